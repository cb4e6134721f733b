#include "CCurl.h"

#include "CLoader.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined(__APPLE__)
#define LIBRARY "libcurl.4.dylib"
#define ADVICE "it comes with macOS"
#else
#define LIBRARY "libcurl.so.4"
#define ADVICE "install the package libcurl4"
#endif

#define FUNCTIONS(X)                                                                                                   \
    X(global_init)                                                                                                     \
    X(easy_init)                                                                                                       \
    X(easy_cleanup)                                                                                                    \
    X(easy_setopt)                                                                                                     \
    X(easy_getinfo)                                                                                                    \
    X(easy_strerror)                                                                                                   \
    X(slist_append)                                                                                                    \
    X(slist_free_all)                                                                                                  \
    X(multi_init)                                                                                                      \
    X(multi_cleanup)                                                                                                   \
    X(multi_setopt)                                                                                                    \
    X(multi_add_handle)                                                                                                \
    X(multi_remove_handle)                                                                                             \
    X(multi_perform)                                                                                                   \
    X(multi_poll)                                                                                                      \
    X(multi_wakeup)                                                                                                    \
    X(multi_info_read)

static struct {
#define DECLARE(name) __typeof__(curl_##name) *name;
    FUNCTIONS(DECLARE)
} curl;

static const cloader_function functions[] = {
#define FIND(name) {"curl_" #name, (void **)&curl.name},
    FUNCTIONS(FIND)
};
static const cloader_library library = {LIBRARY, "libcurl", ADVICE, functions, sizeof functions / sizeof *functions};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char problem[512];

static pthread_mutex_t use = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t use_changed = PTHREAD_COND_INITIALIZER;
static int users;
static int exiting;

void ccurl_enter(void) {
    pthread_mutex_lock(&use);
    while (exiting) pthread_cond_wait(&use_changed, &use);
    users++;
    pthread_mutex_unlock(&use);
}

void ccurl_leave(void) {
    pthread_mutex_lock(&use);
    users--;
    if (exiting) pthread_cond_broadcast(&use_changed);
    pthread_mutex_unlock(&use);
}

// OpenSSL frees what it shares when the process ends; a thread that is inside it at that moment would crash. This
// handler is registered after OpenSSL's, so it runs before it. Nothing that libcurl does between two polls takes long.
static void finish_use(void) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 1;
    pthread_mutex_lock(&use);
    exiting = 1;
    while (users > 0 && pthread_cond_timedwait(&use_changed, &use, &deadline) == 0) {}
    pthread_mutex_unlock(&use);
}

static void load(void) {
    if (!cloader_load(&library, problem, sizeof problem)) return;
    CURLcode code = curl.global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) {
        snprintf(problem, sizeof problem, "libcurl does not start: %s", curl.easy_strerror(code));
        return;
    }
    atexit(finish_use);
}

const char *ccurl_load(void) {
    pthread_once(&once, load);
    return problem[0] ? problem : NULL;
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

int ccurl_start_thread(void (*body)(void *), void *context) {
    struct start *start = malloc(sizeof *start);
    if (!start) return 12; // ENOMEM
    *start = (struct start){body, context};
    pthread_t thread;
    int number = pthread_create(&thread, NULL, run, start);
    if (number == 0) {
        pthread_detach(thread);
    } else {
        free(start);
    }
    return number;
}

CURL *ccurl_easy_init(void) { return curl.easy_init(); }
void ccurl_easy_cleanup(CURL *easy) { curl.easy_cleanup(easy); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) { return curl.easy_setopt(easy, option, value); }
CURLcode ccurl_set_off_t(CURL *easy, CURLoption option, curl_off_t value) {
    return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl.easy_setopt(easy, option, value);
}
CURLcode ccurl_set_callback(CURL *easy, CURLoption option, curl_write_callback callback) {
    return curl.easy_setopt(easy, option, callback);
}
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) { return curl.easy_getinfo(easy, info, value); }
CURLcode ccurl_get_off_t(CURL *easy, CURLINFO info, curl_off_t *value) { return curl.easy_getinfo(easy, info, value); }
const char *ccurl_easy_strerror(CURLcode code) { return curl.easy_strerror(code); }

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text) {
    return curl.slist_append(list, text);
}
void ccurl_slist_free_all(struct curl_slist *list) { curl.slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return curl.multi_init(); }
void ccurl_multi_cleanup(CURLM *multi) { curl.multi_cleanup(multi); }
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl.multi_setopt(multi, option, value);
}
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *easy) { return curl.multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *easy) { return curl.multi_remove_handle(multi, easy); }
CURLMcode ccurl_multi_perform(CURLM *multi) {
    int running;
    return curl.multi_perform(multi, &running);
}
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds) {
    return curl.multi_poll(multi, NULL, 0, milliseconds, NULL);
}
CURLMcode ccurl_multi_wakeup(CURLM *multi) { return curl.multi_wakeup(multi); }

CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result) {
    int left;
    CURLMsg *message;
    while ((message = curl.multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}
