// libmongoc, loaded when it is first used: a run that writes to no MongoDB does not pay for it. Documents go in and out
// as BSON bytes, so that no structure of the library's is seen outside; all calls but the first three block.
// `cmongoc_load` comes before anything else here.
#ifndef CMONGOC_H
#define CMONGOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Loads libmongoc. Returns NULL, or what was wrong; the text lives as long as the process.
const char *cmongoc_load(void);

/// Runs `body` on a new detached thread, the only place for calls that block: `exit` gives it a second to return before
/// it tears TLS down. Returns 0 or an error number.
int cmongoc_start_thread(void (*body)(void *), void *context);

/// Who reports an error.
typedef enum cmongoc_kind {
    /// The server: the code is the server's.
    CMONGOC_SERVER,
    /// The server: the write was done, but not as durably as it was asked for.
    CMONGOC_WRITE_CONCERN,
    /// No server was found in time.
    CMONGOC_SELECTION,
    /// A connection failed.
    CMONGOC_NETWORK,
    /// A user, password or mechanism was not accepted.
    CMONGOC_AUTHENTICATION,
    /// The library.
    CMONGOC_LIBRARY,
} cmongoc_kind;

typedef struct cmongoc_error {
    cmongoc_kind kind;
    uint32_t code;
    char message[504];
} cmongoc_error;

/// A connection string with the clients that share its connections.
typedef struct cmongoc_connection cmongoc_connection;

/// Reads a connection string and sets the timeouts, the name of the application and the write concern that it leaves
/// open. Connects to nothing. NULL and an error, which may quote the string, when it is malformed.
cmongoc_connection *cmongoc_open(const char *uri, cmongoc_error *error);
/// Ends its use. The connections close on a thread of their own.
void cmongoc_close(cmongoc_connection *connection);
/// Writes its hosts, with commas between, into `text`. Returns whether they fit.
bool cmongoc_hosts(const cmongoc_connection *connection, char *text, size_t size);
/// Its password; NULL when there is none.
const char *cmongoc_password(const cmongoc_connection *connection);

/// A client of a connection: for one thread at a time.
typedef struct cmongoc_client cmongoc_client;

/// NULL and an error when there can be none.
cmongoc_client *cmongoc_take(cmongoc_connection *connection, cmongoc_error *error);
void cmongoc_give_back(cmongoc_connection *connection, cmongoc_client *client);

/// Bytes that the library allocated; to be freed with `cmongoc_free` unless NULL.
typedef struct cmongoc_bytes {
    uint8_t *start;
    size_t count;
} cmongoc_bytes;

void cmongoc_free(cmongoc_bytes bytes);

/// Runs a command on the primary. `reply` is set in both cases.
bool cmongoc_command(
    cmongoc_client *client, const char *database, const uint8_t *command, size_t count, cmongoc_bytes *reply,
    cmongoc_error *error);

/// The documents that a query finds.
typedef struct cmongoc_cursor cmongoc_cursor;

/// A cursor, to be freed with `cmongoc_cursor_free`. Errors come from `cmongoc_cursor_next`.
cmongoc_cursor *cmongoc_find(
    cmongoc_client *client, const char *database, const char *collection, const uint8_t *filter, size_t count,
    bool on_primary);
/// The next document, which lives until the next call. NULL at the end, then `failed` says whether there is an error.
const uint8_t *cmongoc_cursor_next(cmongoc_cursor *cursor, size_t *count, bool *failed, cmongoc_error *error);
void cmongoc_cursor_free(cmongoc_cursor *cursor);

/// Writes that are done in order; the first that fails is the last that is tried.
typedef struct cmongoc_bulk cmongoc_bulk;

/// To be freed with `cmongoc_bulk_free`.
cmongoc_bulk *cmongoc_bulk_new(cmongoc_client *client, const char *database, const char *collection);
/// Changes the document that a filter finds; where there is none, makes it if `inserts`.
bool cmongoc_bulk_update(
    cmongoc_bulk *bulk, const uint8_t *filter, size_t filter_count, const uint8_t *update, size_t update_count,
    bool inserts, cmongoc_error *error);

/// Removes the document that a filter finds, if there is one.
bool cmongoc_bulk_remove(cmongoc_bulk *bulk, const uint8_t *filter, size_t filter_count, cmongoc_error *error);
/// Does them.
bool cmongoc_bulk_execute(cmongoc_bulk *bulk, cmongoc_error *error);
void cmongoc_bulk_free(cmongoc_bulk *bulk);

#endif
