#include "CPostgres.h"

#include "CLoader.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

#if defined(__APPLE__)
#define LIBRARY "libpq.5.dylib"
#define ADVICE "install the package libpq"
#else
#define LIBRARY "libpq.so.5"
#define ADVICE "install the package libpq5"
#endif

#define FUNCTIONS(X)                                                                                                   \
    X(PQconninfoParse)                                                                                                 \
    X(PQconninfoFree)                                                                                                  \
    X(PQconnectStartParams)                                                                                            \
    X(PQconnectPoll)                                                                                                   \
    X(PQsetErrorVerbosity)                                                                                             \
    X(PQsetNoticeProcessor)                                                                                            \
    X(PQstatus)                                                                                                        \
    X(PQsocket)                                                                                                        \
    X(PQsslInUse)                                                                                                      \
    X(PQserverVersion)                                                                                                 \
    X(PQerrorMessage)                                                                                                  \
    X(PQfinish)                                                                                                        \
    X(PQexec)                                                                                                          \
    X(PQexecParams)                                                                                                    \
    X(PQresultStatus)                                                                                                  \
    X(PQresultErrorField)                                                                                              \
    X(PQntuples)                                                                                                       \
    X(PQnfields)                                                                                                       \
    X(PQfname)                                                                                                         \
    X(PQftype)                                                                                                         \
    X(PQgetvalue)                                                                                                      \
    X(PQgetisnull)                                                                                                     \
    X(PQclear)                                                                                                         \
    X(PQputCopyData)                                                                                                   \
    X(PQputCopyEnd)                                                                                                    \
    X(PQgetCopyData)                                                                                                   \
    X(PQgetResult)                                                                                                     \
    X(PQfreemem)

static struct {
#define DECLARE(name) __typeof__(name) *name;
    FUNCTIONS(DECLARE)
} pq;

static const cloader_function functions[] = {
#define FIND(name) {#name, (void **)&pq.name},
    FUNCTIONS(FIND)
};
static const cloader_library library = {LIBRARY, "libpq", ADVICE, functions, sizeof functions / sizeof *functions};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[512];
static bool is_loaded;

static void load(void) { is_loaded = cloader_load(&library, problem, sizeof problem); }

const char *cpostgres_load(void) {
    pthread_once(&once, load);
    return is_loaded ? NULL : problem;
}

struct start {
    void (*body)(void *);
    void *context;
};

static void *run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    start.body(start.context);
    return NULL;
}

int cpostgres_start_thread(void (*body)(void *), void *context) {
    struct start *start = malloc(sizeof *start);
    if (!start) return ENOMEM;
    *start = (struct start){body, context};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    int number = pthread_create(&thread, &attributes, run, start);
    pthread_attr_destroy(&attributes);
    if (number) free(start);
    return number;
}

bool cpostgres_parse(const char *uri, char *text, size_t size) {
    char *error = NULL;
    PQconninfoOption *options = pq.PQconninfoParse(uri, &error);
    if (!options) {
        snprintf(text, size, "%s", error ? error : "out of memory");
        pq.PQfreemem(error);
        return false;
    }
    static const char *const names[] = {"host", "port", "dbname", "user", "password"};
    bool fits = true;
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        const char *value = "";
        for (PQconninfoOption *option = options; option->keyword; option++) {
            if (!strcmp(option->keyword, names[index]) && option->val) value = option->val;
        }
        size_t count = strlen(value) + 1;
        if (count > size) {
            fits = false;
            break;
        }
        memcpy(text, value, count);
        text += count;
        size -= count;
    }
    pq.PQconninfoFree(options);
    return fits;
}

/// Notices, such as that a table is there already, are not printed.
static void ignore(void *context, const char *message) {
    (void)context;
    (void)message;
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

cpostgres_connection *cpostgres_connect(const char *const *names, const char *const *values, int milliseconds) {
    PGconn *connection = pq.PQconnectStartParams(names, values, 1);
    if (!connection) return NULL;
    // Messages begin with the five characters that tell what is wrong, in whatever language they are.
    pq.PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
    pq.PQsetNoticeProcessor(connection, ignore, NULL);
    long long end = now() + milliseconds;
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    while (pq.PQstatus(connection) != CONNECTION_BAD
           && (status == PGRES_POLLING_READING || status == PGRES_POLLING_WRITING)) {
        long long left = end - now();
        if (left <= 0) break;
        struct pollfd descriptor = {
            pq.PQsocket(connection), status == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0};
        int ready = poll(&descriptor, 1, (int)left);
        if (ready < 0 && errno != EINTR) break;
        if (ready > 0) status = pq.PQconnectPoll(connection);
    }
    return (cpostgres_connection *)connection;
}

static PGconn *inner(const cpostgres_connection *connection) { return (PGconn *)connection; }
static PGresult *outcome(const cpostgres_result *result) { return (PGresult *)result; }

bool cpostgres_is_connected(const cpostgres_connection *connection) {
    return pq.PQstatus(inner(connection)) == CONNECTION_OK;
}

bool cpostgres_is_secure(const cpostgres_connection *connection) { return pq.PQsslInUse(inner(connection)); }

int cpostgres_version(const cpostgres_connection *connection) { return pq.PQserverVersion(inner(connection)); }

const char *cpostgres_error(const cpostgres_connection *connection) { return pq.PQerrorMessage(inner(connection)); }

void cpostgres_close(cpostgres_connection *connection) { pq.PQfinish(inner(connection)); }

cpostgres_result *cpostgres_execute(cpostgres_connection *connection, const char *statements) {
    return (cpostgres_result *)pq.PQexec(inner(connection), statements);
}

cpostgres_result *cpostgres_query(
    cpostgres_connection *connection, const char *statement, int count, const char *const *values) {
    return (cpostgres_result *)pq.PQexecParams(
        inner(connection), statement, count, NULL, values, NULL, NULL, 0);
}

cpostgres_status cpostgres_result_status(const cpostgres_result *result) {
    switch (pq.PQresultStatus(outcome(result))) {
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY: return CPOSTGRES_DONE;
    case PGRES_TUPLES_OK: return CPOSTGRES_ROWS;
    case PGRES_COPY_IN: return CPOSTGRES_TAKES;
    case PGRES_COPY_OUT: return CPOSTGRES_GIVES;
    default: return CPOSTGRES_FAILED;
    }
}

static const char *field(const cpostgres_result *result, int code) {
    const char *text = result ? pq.PQresultErrorField(outcome(result), code) : NULL;
    return text ? text : "";
}

const char *cpostgres_result_state(const cpostgres_result *result) { return field(result, PG_DIAG_SQLSTATE); }

const char *cpostgres_result_message(const cpostgres_result *result) {
    return field(result, PG_DIAG_MESSAGE_PRIMARY);
}

int cpostgres_rows(const cpostgres_result *result) { return pq.PQntuples(outcome(result)); }

int cpostgres_columns(const cpostgres_result *result) { return pq.PQnfields(outcome(result)); }

const char *cpostgres_column_name(const cpostgres_result *result, int column) {
    const char *name = pq.PQfname(outcome(result), column);
    return name ? name : "";
}

uint32_t cpostgres_column_type(const cpostgres_result *result, int column) {
    return pq.PQftype(outcome(result), column);
}

const char *cpostgres_value(const cpostgres_result *result, int row, int column) {
    return pq.PQgetisnull(outcome(result), row, column) ? NULL : pq.PQgetvalue(outcome(result), row, column);
}

void cpostgres_free(cpostgres_result *result) { pq.PQclear(outcome(result)); }

bool cpostgres_put(cpostgres_connection *connection, const char *bytes, size_t count) {
    while (count > 0) {
        int part = count > 1 << 20 ? 1 << 20 : (int)count;
        if (pq.PQputCopyData(inner(connection), bytes, part) != 1) return false;
        bytes += part;
        count -= (size_t)part;
    }
    return true;
}

cpostgres_result *cpostgres_get_end(cpostgres_connection *connection) {
    PGresult *last = NULL, *next;
    while ((next = pq.PQgetResult(inner(connection)))) {
        pq.PQclear(last);
        last = next;
        if (pq.PQstatus(inner(connection)) == CONNECTION_BAD) break;
    }
    return (cpostgres_result *)last;
}

cpostgres_result *cpostgres_put_end(cpostgres_connection *connection, const char *problem) {
    if (pq.PQputCopyEnd(inner(connection), problem) != 1) return NULL;
    return cpostgres_get_end(connection);
}

int cpostgres_get(cpostgres_connection *connection, char **line) {
    *line = NULL;
    int count = pq.PQgetCopyData(inner(connection), line, 0);
    return count == -1 ? 0 : count == -2 ? -1 : count;
}

void cpostgres_free_line(char *line) { pq.PQfreemem(line); }
