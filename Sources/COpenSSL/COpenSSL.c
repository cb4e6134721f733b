#include "COpenSSL.h"

#include <stdio.h>

#if __has_include(<openssl/evp.h>)

#include <dlfcn.h>
#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <pthread.h>
#include <stdlib.h>

#if defined(__APPLE__)
#define LIBRARY "libcrypto.3.dylib"
#define ADVICE "install OpenSSL 3"
#else
#define LIBRARY "libcrypto.so.3"
#define ADVICE "install the package libssl3"
#endif

#define FUNCTIONS(X)                                                                                                   \
    X(OPENSSL_init_crypto)                                                                                             \
    X(ERR_clear_error)                                                                                                 \
    X(ERR_get_error)                                                                                                   \
    X(ERR_reason_error_string)                                                                                         \
    X(BIO_new_mem_buf)                                                                                                 \
    X(BIO_free)                                                                                                        \
    X(PEM_read_bio_PrivateKey)                                                                                         \
    X(EVP_PKEY_get_base_id)                                                                                            \
    X(EVP_PKEY_free)                                                                                                   \
    X(EVP_MD_CTX_new)                                                                                                  \
    X(EVP_MD_CTX_free)                                                                                                 \
    X(EVP_sha256)                                                                                                      \
    X(EVP_DigestSignInit)                                                                                              \
    X(EVP_DigestSign)

static struct {
#define DECLARE(name) __typeof__(name) *name;
    FUNCTIONS(DECLARE)
} crypto;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char load_problem[512];

// Held while libcrypto works, and from the process's end on: libcrypto frees what it shares then, and this handler,
// registered after libcrypto's, runs before it.
static pthread_mutex_t use = PTHREAD_MUTEX_INITIALIZER;
static void finish_use(void) { pthread_mutex_lock(&use); }

static void load(void) {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const char *reason = dlerror();
        snprintf(load_problem, sizeof load_problem, "cannot load libcrypto: %s; " ADVICE, reason ? reason : LIBRARY);
        return;
    }
#define FIND(name)                                                                                                     \
    *(void **)&crypto.name = dlsym(library, #name);                                                                    \
    if (!crypto.name) {                                                                                                \
        snprintf(load_problem, sizeof load_problem, LIBRARY " lacks " #name ": it is too old; " ADVICE);               \
        return;                                                                                                        \
    }
    FUNCTIONS(FIND)
    if (!crypto.OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS, NULL)) {
        snprintf(load_problem, sizeof load_problem, "libcrypto does not start");
        return;
    }
    atexit(finish_use);
}

// OpenSSL's own words for the first of its errors, and an empty queue.
static void describe(const char *what, char *problem, size_t size) {
    unsigned long code = crypto.ERR_get_error();
    const char *reason = code ? crypto.ERR_reason_error_string(code) : NULL;
    snprintf(problem, size, "%s%s%s", what, reason ? ": " : "", reason ? reason : "");
    crypto.ERR_clear_error();
}

// Without this OpenSSL asks at the terminal.
static int no_passphrase(char *buffer, int size, int writing, void *context) {
    (void)buffer, (void)size, (void)writing, (void)context;
    return -1;
}

static EVP_PKEY *read_key(const char *pem, size_t size) {
    BIO *source = size <= INT_MAX ? crypto.BIO_new_mem_buf(pem, (int)size) : NULL;
    if (!source) return NULL;
    EVP_PKEY *key = crypto.PEM_read_bio_PrivateKey(source, NULL, no_passphrase, NULL);
    crypto.BIO_free(source);
    return key;
}

static int sign(
    const char *pem, size_t pem_size, const void *message, size_t message_size, unsigned char *signature,
    size_t *signature_size, char *problem, size_t problem_size) {
    crypto.ERR_clear_error();
    EVP_PKEY *key = read_key(pem, pem_size);
    EVP_MD_CTX *context = NULL;
    int is_signed = 0;
    if (!key) {
        describe("the private key cannot be read", problem, problem_size);
    } else if (crypto.EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
        snprintf(problem, problem_size, "the private key is no RSA key");
    } else if (
        !(context = crypto.EVP_MD_CTX_new())
        || crypto.EVP_DigestSignInit(context, NULL, crypto.EVP_sha256(), NULL, key) != 1
        || crypto.EVP_DigestSign(context, signature, signature_size, message, message_size) != 1) {
        describe("signing failed", problem, problem_size);
    } else {
        is_signed = 1;
    }
    crypto.EVP_MD_CTX_free(context);
    crypto.EVP_PKEY_free(key);
    return is_signed ? 0 : -1;
}

int copenssl_sign_rs256(
    const char *pem, size_t pem_size, const void *message, size_t message_size, unsigned char *signature,
    size_t *signature_size, char *problem, size_t problem_size) {
    pthread_once(&once, load);
    if (load_problem[0]) {
        snprintf(problem, problem_size, "%s", load_problem);
        return -1;
    }
    pthread_mutex_lock(&use);
    int result = sign(pem, pem_size, message, message_size, signature, signature_size, problem, problem_size);
    pthread_mutex_unlock(&use);
    return result;
}

#else

int copenssl_sign_rs256(
    const char *pem, size_t pem_size, const void *message, size_t message_size, unsigned char *signature,
    size_t *signature_size, char *problem, size_t problem_size) {
    (void)pem, (void)pem_size, (void)message, (void)message_size, (void)signature, (void)signature_size;
    snprintf(problem, problem_size, "this program was built without OpenSSL's headers");
    return -1;
}

#endif
