#include "CMongoc.h"

#include "CLoader.h"

#include <errno.h>
#include <libmongoc-1.0/mongoc/mongoc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__APPLE__)
#define LIBRARY "libmongoc-1.0.0.dylib"
#define ADVICE "install the package mongo-c-driver@1"
#else
#define LIBRARY "libmongoc-1.0.so.0"
#define ADVICE "install the package libmongoc-1.0-0"
#endif

// Those of libbson are found through libmongoc, which needs it.
#define FUNCTIONS(X)                                                                                                   \
    X(bson_new_from_data)                                                                                              \
    X(bson_destroy)                                                                                                    \
    X(bson_destroy_with_steal)                                                                                         \
    X(bson_free)                                                                                                       \
    X(bson_get_data)                                                                                                   \
    X(mongoc_init)                                                                                                     \
    X(mongoc_log_set_handler)                                                                                          \
    X(mongoc_uri_new_with_error)                                                                                       \
    X(mongoc_uri_destroy)                                                                                              \
    X(mongoc_uri_get_hosts)                                                                                            \
    X(mongoc_uri_get_srv_hostname)                                                                                     \
    X(mongoc_uri_get_password)                                                                                         \
    X(mongoc_uri_get_tls)                                                                                              \
    X(mongoc_uri_get_appname)                                                                                          \
    X(mongoc_uri_set_appname)                                                                                          \
    X(mongoc_uri_has_option)                                                                                           \
    X(mongoc_uri_set_option_as_int32)                                                                                  \
    X(mongoc_uri_get_write_concern)                                                                                    \
    X(mongoc_uri_set_write_concern)                                                                                    \
    X(mongoc_write_concern_copy)                                                                                       \
    X(mongoc_write_concern_destroy)                                                                                    \
    X(mongoc_write_concern_get_w)                                                                                      \
    X(mongoc_write_concern_set_w)                                                                                      \
    X(mongoc_write_concern_get_wtimeout_int64)                                                                         \
    X(mongoc_write_concern_set_wtimeout_int64)                                                                         \
    X(mongoc_client_pool_new_with_error)                                                                               \
    X(mongoc_client_pool_destroy)                                                                                      \
    X(mongoc_client_pool_pop)                                                                                          \
    X(mongoc_client_pool_push)                                                                                         \
    X(mongoc_client_pool_set_error_api)                                                                                \
    X(mongoc_client_command_simple)                                                                                    \
    X(mongoc_client_get_collection)                                                                                    \
    X(mongoc_collection_destroy)                                                                                       \
    X(mongoc_collection_find_with_opts)                                                                                \
    X(mongoc_collection_create_bulk_operation_with_opts)                                                               \
    X(mongoc_read_prefs_new)                                                                                           \
    X(mongoc_read_prefs_destroy)                                                                                       \
    X(mongoc_cursor_next)                                                                                              \
    X(mongoc_cursor_error)                                                                                             \
    X(mongoc_cursor_destroy)                                                                                           \
    X(mongoc_bulk_operation_update_one_with_opts)                                                                      \
    X(mongoc_bulk_operation_remove_one_with_opts)                                                                      \
    X(mongoc_bulk_operation_execute)                                                                                   \
    X(mongoc_bulk_operation_destroy)

static struct {
#define DECLARE(name) __typeof__(name) *name;
    FUNCTIONS(DECLARE)
} lib;

static const cloader_function functions[] = {
#define FIND(name) {#name, (void **)&lib.name},
    FUNCTIONS(FIND)
};
static const cloader_library library = {LIBRARY, "libmongoc", ADVICE, functions, sizeof functions / sizeof *functions};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[512];

static pthread_mutex_t use = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t use_changed = PTHREAD_COND_INITIALIZER;
static int threads;
static bool exiting;

struct cmongoc_connection {
    mongoc_uri_t *uri;
    /// Made when a client is first taken: for `mongodb+srv` that asks the name service.
    mongoc_client_pool_t *pool;
    pthread_mutex_t mutex;
    /// Whether its threads use OpenSSL.
    bool is_tls;
    /// All that are open, guarded by `use`.
    cmongoc_connection *previous, *next;
};

static cmongoc_connection *open_connections;

struct start {
    void (*body)(void *);
    void *context;
    bool is_counted;
};

static void finish_thread(void) {
    pthread_mutex_lock(&use);
    threads--;
    if (exiting) pthread_cond_broadcast(&use_changed);
    pthread_mutex_unlock(&use);
}

static void *run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    start.body(start.context);
    if (start.is_counted) finish_thread();
    return NULL;
}

/// Starts a thread, which `threads` counts already if it is to.
static int start_thread(void (*body)(void *), void *context, bool is_counted) {
    struct start *start = malloc(sizeof *start);
    pthread_t thread;
    int number = ENOMEM;
    if (start) {
        *start = (struct start){body, context, is_counted};
        number = pthread_create(&thread, NULL, run, start);
    }
    if (number == 0) {
        pthread_detach(thread);
    } else {
        free(start);
        if (is_counted) finish_thread();
    }
    return number;
}

int cmongoc_start_thread(void (*body)(void *), void *context) {
    pthread_mutex_lock(&use);
    while (exiting) pthread_cond_wait(&use_changed, &use);
    threads++;
    pthread_mutex_unlock(&use);
    return start_thread(body, context, true);
}

static void destroy_pools(void *context) {
    (void)context;
    for (cmongoc_connection *each = open_connections; each; each = each->next) {
        if (!each->pool || !each->is_tls) continue;
        lib.mongoc_client_pool_destroy(each->pool);
        each->pool = NULL;
    }
}

static bool is_idle(const struct timespec *deadline) {
    while (threads > 0 && pthread_cond_timedwait(&use_changed, &use, deadline) == 0) {}
    return threads == 0;
}

// OpenSSL frees what it shares when the process ends; a thread that is inside it at that moment would crash: one of the
// program's, or one of those with which the library watches the servers. This handler is registered after OpenSSL's, so
// it runs before it, and gives them a second. The library takes half of that; without TLS nothing is waited for.
// `mongoc_cleanup` is left out: it must not run while any thread might still use the library, and frees only memory.
static void finish_use(void) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 1;
    pthread_mutex_lock(&use);
    exiting = true;
    bool is_tls = false;
    if (is_idle(&deadline)) {
        for (cmongoc_connection *each = open_connections; each; each = each->next) is_tls |= each->pool && each->is_tls;
    }
    if (is_tls) {
        threads++;
        pthread_mutex_unlock(&use);
        start_thread(destroy_pools, NULL, true);
        pthread_mutex_lock(&use);
        is_idle(&deadline);
    }
    pthread_mutex_unlock(&use);
}

/// The library's log can quote connection strings, and all that matters comes back as an error.
static void discard(mongoc_log_level_t level, const char *domain, const char *message, void *context) {
    (void)level, (void)domain, (void)message, (void)context;
}

static void load(void) {
    // Its counters would be in a file of shared memory that a killed process leaves behind. Nobody reads them here.
    setenv("MONGOC_DISABLE_SHM", "1", 0);
    if (!cloader_load(&library, problem, sizeof problem)) return;
    lib.mongoc_log_set_handler(discard, NULL);
    lib.mongoc_init();
    atexit(finish_use);
}

const char *cmongoc_load(void) {
    pthread_once(&once, load);
    return problem[0] ? problem : NULL;
}

static cmongoc_kind kind_of(const bson_error_t *error) {
    switch (error->domain) {
    case MONGOC_ERROR_SERVER: return CMONGOC_SERVER;
    case MONGOC_ERROR_WRITE_CONCERN: return CMONGOC_WRITE_CONCERN;
    case MONGOC_ERROR_SERVER_SELECTION: return CMONGOC_SELECTION;
    case MONGOC_ERROR_STREAM: return CMONGOC_NETWORK;
    case MONGOC_ERROR_SCRAM:
    case MONGOC_ERROR_SASL: return CMONGOC_AUTHENTICATION;
    case MONGOC_ERROR_CLIENT:
        return error->code == MONGOC_ERROR_CLIENT_AUTHENTICATE ? CMONGOC_AUTHENTICATION : CMONGOC_LIBRARY;
    default: return CMONGOC_LIBRARY;
    }
}

static void report(const bson_error_t *from, cmongoc_error *to) {
    to->kind = kind_of(from);
    to->code = from->code;
    snprintf(to->message, sizeof to->message, "%s", from->message);
}

static void report_text(const char *text, cmongoc_error *to) {
    to->kind = CMONGOC_LIBRARY;
    to->code = 0;
    snprintf(to->message, sizeof to->message, "%s", text);
}

static void set_timeout(mongoc_uri_t *uri, const char *option, int32_t milliseconds) {
    if (!lib.mongoc_uri_has_option(uri, option)) lib.mongoc_uri_set_option_as_int32(uri, option, milliseconds);
}

/// A journal must not lose rows that it was told are written: a majority holds them unless the connection string asks
/// for less, and at least one server does even if it asks for none.
static void set_write_concern(mongoc_uri_t *uri) {
    mongoc_write_concern_t *concern = lib.mongoc_write_concern_copy(lib.mongoc_uri_get_write_concern(uri));
    switch (lib.mongoc_write_concern_get_w(concern)) {
    case MONGOC_WRITE_CONCERN_W_DEFAULT:
        lib.mongoc_write_concern_set_w(concern, MONGOC_WRITE_CONCERN_W_MAJORITY);
        break;
    case MONGOC_WRITE_CONCERN_W_UNACKNOWLEDGED:
    case MONGOC_WRITE_CONCERN_W_ERRORS_IGNORED: lib.mongoc_write_concern_set_w(concern, 1); break;
    }
    if (lib.mongoc_write_concern_get_wtimeout_int64(concern) == 0) {
        lib.mongoc_write_concern_set_wtimeout_int64(concern, 20000);
    }
    lib.mongoc_uri_set_write_concern(uri, concern);
    lib.mongoc_write_concern_destroy(concern);
}

cmongoc_connection *cmongoc_open(const char *text, cmongoc_error *error) {
    bson_error_t reason = {0};
    mongoc_uri_t *uri = lib.mongoc_uri_new_with_error(text, &reason);
    if (!uri) {
        report(&reason, error);
        return NULL;
    }
    set_timeout(uri, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, 10000);
    set_timeout(uri, MONGOC_URI_CONNECTTIMEOUTMS, 10000);
    set_timeout(uri, MONGOC_URI_SOCKETTIMEOUTMS, 30000);
    if (!lib.mongoc_uri_get_appname(uri)) lib.mongoc_uri_set_appname(uri, "trading-playbook");
    set_write_concern(uri);
    cmongoc_connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        lib.mongoc_uri_destroy(uri);
        report_text("out of memory", error);
        return NULL;
    }
    connection->uri = uri;
    connection->is_tls = lib.mongoc_uri_get_tls(uri);
    pthread_mutex_init(&connection->mutex, NULL);
    pthread_mutex_lock(&use);
    connection->next = open_connections;
    if (open_connections) open_connections->previous = connection;
    open_connections = connection;
    pthread_mutex_unlock(&use);
    return connection;
}

static void destroy(void *context) {
    cmongoc_connection *connection = context;
    if (connection->pool) lib.mongoc_client_pool_destroy(connection->pool);
    lib.mongoc_uri_destroy(connection->uri);
    pthread_mutex_destroy(&connection->mutex);
    free(connection);
}

void cmongoc_close(cmongoc_connection *connection) {
    pthread_mutex_lock(&use);
    if (exiting) {
        // What must still be done, `finish_use` does.
        pthread_mutex_unlock(&use);
        return;
    }
    if (connection->next) connection->next->previous = connection->previous;
    *(connection->previous ? &connection->previous->next : &open_connections) = connection->next;
    // Its threads take half a second to notice.
    bool is_counted = connection->pool && connection->is_tls;
    if (is_counted) threads++;
    pthread_mutex_unlock(&use);
    if (!connection->pool || start_thread(destroy, connection, is_counted) != 0) destroy(connection);
}

bool cmongoc_hosts(const cmongoc_connection *connection, char *text, size_t size) {
    const char *name = lib.mongoc_uri_get_srv_hostname(connection->uri);
    if (name) return (size_t)snprintf(text, size, "%s", name) < size;
    size_t length = 0;
    for (const mongoc_host_list_t *host = lib.mongoc_uri_get_hosts(connection->uri); host; host = host->next) {
        // The usual port is not worth mentioning.
        bool is_usual = host->port == 27017 && !strchr(host->host, '/') && !strchr(host->host, ':');
        const char *shown = is_usual ? host->host : host->host_and_port;
        int written = snprintf(text + length, size - length, "%s%s", length ? "," : "", shown);
        if (written < 0 || (size_t)written >= size - length) return false;
        length += (size_t)written;
    }
    return length > 0;
}

const char *cmongoc_password(const cmongoc_connection *connection) {
    return lib.mongoc_uri_get_password(connection->uri);
}

cmongoc_client *cmongoc_take(cmongoc_connection *connection, cmongoc_error *error) {
    pthread_mutex_lock(&connection->mutex);
    if (!connection->pool) {
        bson_error_t reason = {0};
        connection->pool = lib.mongoc_client_pool_new_with_error(connection->uri, &reason);
        if (connection->pool) {
            lib.mongoc_client_pool_set_error_api(connection->pool, MONGOC_ERROR_API_VERSION_2);
        } else {
            report(&reason, error);
        }
    }
    mongoc_client_pool_t *pool = connection->pool;
    pthread_mutex_unlock(&connection->mutex);
    if (!pool) return NULL;
    mongoc_client_t *client = lib.mongoc_client_pool_pop(pool);
    if (!client) report_text("no connection became free", error);
    return (cmongoc_client *)client;
}

void cmongoc_give_back(cmongoc_connection *connection, cmongoc_client *client) {
    lib.mongoc_client_pool_push(connection->pool, (mongoc_client_t *)client);
}

void cmongoc_free(cmongoc_bytes bytes) { lib.bson_free(bytes.start); }

bool cmongoc_command(
    cmongoc_client *client, const char *database, const uint8_t *command, size_t count, cmongoc_bytes *reply,
    cmongoc_error *error) {
    *reply = (cmongoc_bytes){0};
    bson_t *body = lib.bson_new_from_data(command, count);
    if (!body) {
        report_text("a command that is not BSON", error);
        return false;
    }
    bson_error_t reason = {0};
    bson_t answer;
    bool is_ok = lib.mongoc_client_command_simple((mongoc_client_t *)client, database, body, NULL, &answer, &reason);
    lib.bson_destroy(body);
    if (!is_ok) report(&reason, error);
    uint32_t length = 0;
    reply->start = lib.bson_destroy_with_steal(&answer, true, &length);
    reply->count = reply->start ? length : 0;
    return is_ok;
}

struct cmongoc_cursor {
    mongoc_collection_t *collection;
    mongoc_cursor_t *cursor;
};

cmongoc_cursor *cmongoc_find(
    cmongoc_client *client, const char *database, const char *collection, const uint8_t *filter, size_t count,
    bool on_primary) {
    cmongoc_cursor *cursor = calloc(1, sizeof *cursor);
    bson_t *query = lib.bson_new_from_data(filter, count);
    if (!cursor || !query) abort();
    mongoc_read_prefs_t *primary = on_primary ? lib.mongoc_read_prefs_new(MONGOC_READ_PRIMARY) : NULL;
    cursor->collection = lib.mongoc_client_get_collection((mongoc_client_t *)client, database, collection);
    cursor->cursor = lib.mongoc_collection_find_with_opts(cursor->collection, query, NULL, primary);
    if (primary) lib.mongoc_read_prefs_destroy(primary);
    lib.bson_destroy(query);
    return cursor;
}

const uint8_t *cmongoc_cursor_next(cmongoc_cursor *cursor, size_t *count, bool *failed, cmongoc_error *error) {
    const bson_t *document;
    *failed = false;
    if (lib.mongoc_cursor_next(cursor->cursor, &document)) {
        *count = document->len;
        return lib.bson_get_data(document);
    }
    bson_error_t reason = {0};
    *failed = lib.mongoc_cursor_error(cursor->cursor, &reason);
    if (*failed) report(&reason, error);
    return NULL;
}

void cmongoc_cursor_free(cmongoc_cursor *cursor) {
    lib.mongoc_cursor_destroy(cursor->cursor);
    lib.mongoc_collection_destroy(cursor->collection);
    free(cursor);
}

struct cmongoc_bulk {
    mongoc_collection_t *collection;
    mongoc_bulk_operation_t *bulk;
};

cmongoc_bulk *cmongoc_bulk_new(cmongoc_client *client, const char *database, const char *collection) {
    cmongoc_bulk *bulk = calloc(1, sizeof *bulk);
    if (!bulk) abort();
    bulk->collection = lib.mongoc_client_get_collection((mongoc_client_t *)client, database, collection);
    bulk->bulk = lib.mongoc_collection_create_bulk_operation_with_opts(bulk->collection, NULL);
    return bulk;
}

bool cmongoc_bulk_update(
    cmongoc_bulk *bulk, const uint8_t *filter, size_t filter_count, const uint8_t *update, size_t update_count,
    bool inserts, cmongoc_error *error) {
    // {upsert: true}
    const uint8_t upsert[] = {14, 0, 0, 0, 8, 'u', 'p', 's', 'e', 'r', 't', 0, inserts, 0};
    bson_t *query = lib.bson_new_from_data(filter, filter_count);
    bson_t *change = lib.bson_new_from_data(update, update_count);
    bson_t *options = lib.bson_new_from_data(upsert, sizeof upsert);
    bson_error_t reason = {0};
    bool is_ok = false;
    if (!query || !change || !options) {
        report_text("a document that is not BSON", error);
    } else {
        is_ok = lib.mongoc_bulk_operation_update_one_with_opts(bulk->bulk, query, change, options, &reason);
        if (!is_ok) report(&reason, error);
    }
    if (query) lib.bson_destroy(query);
    if (change) lib.bson_destroy(change);
    if (options) lib.bson_destroy(options);
    return is_ok;
}

bool cmongoc_bulk_remove(cmongoc_bulk *bulk, const uint8_t *filter, size_t filter_count, cmongoc_error *error) {
    bson_t *query = lib.bson_new_from_data(filter, filter_count);
    bson_error_t reason = {0};
    bool is_ok = false;
    if (!query) {
        report_text("a document that is not BSON", error);
    } else {
        is_ok = lib.mongoc_bulk_operation_remove_one_with_opts(bulk->bulk, query, NULL, &reason);
        if (!is_ok) report(&reason, error);
        lib.bson_destroy(query);
    }
    return is_ok;
}

bool cmongoc_bulk_execute(cmongoc_bulk *bulk, cmongoc_error *error) {
    bson_error_t reason = {0};
    bson_t reply;
    bool is_ok = lib.mongoc_bulk_operation_execute(bulk->bulk, &reply, &reason) != 0;
    lib.bson_destroy(&reply);
    if (!is_ok) report(&reason, error);
    return is_ok;
}

void cmongoc_bulk_free(cmongoc_bulk *bulk) {
    lib.mongoc_bulk_operation_destroy(bulk->bulk);
    lib.mongoc_collection_destroy(bulk->collection);
    free(bulk);
}
