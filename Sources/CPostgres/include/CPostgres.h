// libpq, loaded when it is first used: a run that has nothing to do with PostgreSQL does not pay for it. All calls but
// the first two block, on a thread that `cpostgres_start_thread` has started. `cpostgres_load` comes before all others.
#ifndef CPOSTGRES_H
#define CPOSTGRES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Loads libpq. Returns NULL, or what was wrong; the text lives as long as the process.
const char *cpostgres_load(void);

/// Runs `body` on a new detached thread. Returns 0 or an error number.
int cpostgres_start_thread(void (*body)(void *), void *context);

/// What a connection string says, in `text`: host, port, database, user and password, each ended by a zero. Options that
/// are left out are empty. False, and the reason in `text`, when the string is malformed.
bool cpostgres_parse(const char *uri, char *text, size_t size);

typedef struct cpostgres_connection cpostgres_connection;

/// Connects within `milliseconds`, with `names` and `values` that end with NULL. NULL when there is no memory.
cpostgres_connection *cpostgres_connect(const char *const *names, const char *const *values, int milliseconds);
/// Whether it is connected and still in order.
bool cpostgres_is_connected(const cpostgres_connection *connection);
bool cpostgres_is_secure(const cpostgres_connection *connection);
/// 150004 is version 15.4.
int cpostgres_version(const cpostgres_connection *connection);
/// What was wrong last, perhaps several lines.
const char *cpostgres_error(const cpostgres_connection *connection);
void cpostgres_close(cpostgres_connection *connection);

/// What a statement came to, to be freed with `cpostgres_free`.
typedef struct cpostgres_result cpostgres_result;

typedef enum cpostgres_status {
    /// Done, without rows.
    CPOSTGRES_DONE,
    /// Done, with rows.
    CPOSTGRES_ROWS,
    /// Rows are to be sent with `cpostgres_put`.
    CPOSTGRES_TAKES,
    /// Rows are to be got with `cpostgres_get`.
    CPOSTGRES_GIVES,
    /// The server refused, or the connection failed.
    CPOSTGRES_FAILED,
} cpostgres_status;

/// Runs statements without values.
cpostgres_result *cpostgres_execute(cpostgres_connection *connection, const char *statements);
/// Runs one statement with `count` values as text; NULL stands for null.
cpostgres_result *cpostgres_query(
    cpostgres_connection *connection, const char *statement, int count, const char *const *values);
cpostgres_status cpostgres_result_status(const cpostgres_result *result);
/// Five characters; empty when the server sent none.
const char *cpostgres_result_state(const cpostgres_result *result);
/// The server's message; empty when there is none.
const char *cpostgres_result_message(const cpostgres_result *result);
int cpostgres_rows(const cpostgres_result *result);
int cpostgres_columns(const cpostgres_result *result);
const char *cpostgres_column_name(const cpostgres_result *result, int column);
/// The number of a column's type in `pg_type`.
uint32_t cpostgres_column_type(const cpostgres_result *result, int column);
/// A value as text; NULL for null.
const char *cpostgres_value(const cpostgres_result *result, int row, int column);
void cpostgres_free(cpostgres_result *result);

/// Sends bytes of a COPY. False when the connection failed.
bool cpostgres_put(cpostgres_connection *connection, const char *bytes, size_t count);
/// Ends a COPY; `problem` is NULL, or why it is given up.
cpostgres_result *cpostgres_put_end(cpostgres_connection *connection, const char *problem);
/// The next line of a COPY, to be freed with `cpostgres_free_line`: its length, 0 at the end, below 0 on failure.
int cpostgres_get(cpostgres_connection *connection, char **line);
void cpostgres_free_line(char *line);
/// What a COPY came to, after its last line.
cpostgres_result *cpostgres_get_end(cpostgres_connection *connection);

#endif
