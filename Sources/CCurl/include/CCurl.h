// libcurl, loaded when it is first used: a run without a network does not pay for it. Variadic functions have a typed
// wrapper for each kind of argument. `ccurl_load` comes before anything else here.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

/// Loads libcurl. Returns NULL, or what was wrong; the text lives as long as the process.
const char *ccurl_load(void);

/// Brackets use of libcurl by a thread that may still run when the process ends: `exit` waits for `ccurl_leave` before
/// it tears TLS down, and `ccurl_enter` does not return after that.
void ccurl_enter(void);
void ccurl_leave(void);

/// Runs `body` on a new detached thread. Returns 0 or an error number.
int ccurl_start_thread(void (*body)(void *), void *context);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *easy);
CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_off_t(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value);
CURLcode ccurl_set_callback(CURL *easy, CURLoption option, curl_write_callback callback);
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode ccurl_get_off_t(CURL *easy, CURLINFO info, curl_off_t *value);
const char *ccurl_easy_strerror(CURLcode code);

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *text);
void ccurl_slist_free_all(struct curl_slist *list);

CURLM *ccurl_multi_init(void);
void ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_perform(CURLM *multi);
CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds);
CURLMcode ccurl_multi_wakeup(CURLM *multi);
/// The next transfer that has ended, or NULL.
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result);

#endif
