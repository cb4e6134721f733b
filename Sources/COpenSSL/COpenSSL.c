#include "COpenSSL.h"

#include <stdio.h>

#if __has_include(<openssl/evp.h>)

#include "CLoader.h"

#include <limits.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
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
    X(EVP_Digest)                                                                                                      \
    X(EVP_sha256)                                                                                                      \
    X(EVP_DigestSignInit)                                                                                              \
    X(EVP_DigestSign)                                                                                                  \
    X(EVP_DigestVerifyInit)                                                                                            \
    X(EVP_DigestVerify)                                                                                                \
    X(EVP_PKEY_CTX_new_from_name)                                                                                      \
    X(EVP_PKEY_CTX_free)                                                                                               \
    X(EVP_PKEY_fromdata_init)                                                                                          \
    X(EVP_PKEY_fromdata)                                                                                               \
    X(BN_bin2bn)                                                                                                       \
    X(BN_num_bits)                                                                                                     \
    X(BN_free)                                                                                                         \
    X(OSSL_PARAM_BLD_new)                                                                                              \
    X(OSSL_PARAM_BLD_push_BN)                                                                                          \
    X(OSSL_PARAM_BLD_to_param)                                                                                         \
    X(OSSL_PARAM_BLD_free)                                                                                             \
    X(OSSL_PARAM_free)

static struct {
#define DECLARE(name) __typeof__(name) *name;
    FUNCTIONS(DECLARE)
} crypto;

static const cloader_function functions[] = {
#define FIND(name) {#name, (void **)&crypto.name},
    FUNCTIONS(FIND)
};
static const cloader_library library = {LIBRARY, "libcrypto", ADVICE, functions, sizeof functions / sizeof *functions};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char load_problem[512];

// Held while libcrypto works, and from the process's end on: libcrypto frees what it shares then, and this handler,
// registered after libcrypto's, runs before it.
static pthread_mutex_t use = PTHREAD_MUTEX_INITIALIZER;
static void finish_use(void) { pthread_mutex_lock(&use); }

static void load(void) {
    if (!cloader_load(&library, load_problem, sizeof load_problem)) return;
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
        snprintf(problem, problem_size, "the private key is not an RSA key");
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

// Whether libcrypto is there; `problem` says why not.
static int is_loaded(char *problem, size_t problem_size) {
    pthread_once(&once, load);
    if (load_problem[0]) snprintf(problem, problem_size, "%s", load_problem);
    return !load_problem[0];
}

int copenssl_sign_rs256(
    const char *pem, size_t pem_size, const void *message, size_t message_size, unsigned char *signature,
    size_t *signature_size, char *problem, size_t problem_size) {
    if (!is_loaded(problem, problem_size)) return -1;
    pthread_mutex_lock(&use);
    int result = sign(pem, pem_size, message, message_size, signature, signature_size, problem, problem_size);
    pthread_mutex_unlock(&use);
    return result;
}

// The key of a modulus and an exponent, or NULL.
static EVP_PKEY *make_public_key(const BIGNUM *modulus, const BIGNUM *exponent) {
    EVP_PKEY *key = NULL;
    OSSL_PARAM *parameters = NULL;
    OSSL_PARAM_BLD *builder = crypto.OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = crypto.EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    if (builder && context && crypto.OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus)
        && crypto.OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent)
        && (parameters = crypto.OSSL_PARAM_BLD_to_param(builder)) && crypto.EVP_PKEY_fromdata_init(context) == 1
        && crypto.EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        crypto.EVP_PKEY_free(key);
        key = NULL;
    }
    crypto.OSSL_PARAM_free(parameters);
    crypto.OSSL_PARAM_BLD_free(builder);
    crypto.EVP_PKEY_CTX_free(context);
    return key;
}

// Larger keys take long and are nobody's; libcrypto refuses those of more than 16,384 bits itself.
enum { least_bits = 2048, most_bits = 8192, most_exponent_bits = 64 };

static int verify(
    const unsigned char *modulus, size_t modulus_size, const unsigned char *exponent, size_t exponent_size,
    const void *message, size_t message_size, const unsigned char *signature, size_t signature_size, char *problem,
    size_t problem_size) {
    if (modulus_size > most_bits / 8 || exponent_size == 0 || exponent_size > most_exponent_bits / 8) {
        snprintf(problem, problem_size, "the key's modulus or exponent is too large, or empty");
        return -1;
    }
    crypto.ERR_clear_error();
    int result = -1;
    EVP_PKEY *key = NULL;
    EVP_MD_CTX *context = NULL;
    BIGNUM *n = crypto.BN_bin2bn(modulus, (int)modulus_size, NULL);
    BIGNUM *e = crypto.BN_bin2bn(exponent, (int)exponent_size, NULL);
    if (!n || !e) {
        describe("the key cannot be read", problem, problem_size);
    } else if (crypto.BN_num_bits(n) < least_bits) {
        snprintf(problem, problem_size, "the key has fewer than %d bits", least_bits);
    } else if (crypto.BN_num_bits(e) < 2 || exponent[exponent_size - 1] % 2 == 0) {
        snprintf(problem, problem_size, "the key's exponent is none");
    } else if (!(key = make_public_key(n, e))) {
        describe("the key cannot be used", problem, problem_size);
    } else if (
        !(context = crypto.EVP_MD_CTX_new())
        || crypto.EVP_DigestVerifyInit(context, NULL, crypto.EVP_sha256(), NULL, key) != 1) {
        describe("verifying failed", problem, problem_size);
    } else {
        // Whatever else is wrong with a signature, its length for instance, makes it no signature.
        result = crypto.EVP_DigestVerify(context, signature, signature_size, message, message_size) == 1;
        crypto.ERR_clear_error();
    }
    crypto.EVP_MD_CTX_free(context);
    crypto.EVP_PKEY_free(key);
    crypto.BN_free(n);
    crypto.BN_free(e);
    return result;
}

int copenssl_verify_rs256(
    const unsigned char *modulus, size_t modulus_size, const unsigned char *exponent, size_t exponent_size,
    const void *message, size_t message_size, const unsigned char *signature, size_t signature_size, char *problem,
    size_t problem_size) {
    if (!is_loaded(problem, problem_size)) return -1;
    pthread_mutex_lock(&use);
    int result = verify(
        modulus, modulus_size, exponent, exponent_size, message, message_size, signature, signature_size, problem,
        problem_size);
    pthread_mutex_unlock(&use);
    return result;
}

bool copenssl_sha256(const void *bytes, size_t size, unsigned char digest[32]) {
    char problem[1];
    if (!is_loaded(problem, sizeof problem)) return false;
    pthread_mutex_lock(&use);
    bool is_done = crypto.EVP_Digest(bytes, size, digest, NULL, crypto.EVP_sha256(), NULL) == 1;
    crypto.ERR_clear_error();
    pthread_mutex_unlock(&use);
    return is_done;
}

#else

int copenssl_sign_rs256(
    const char *pem, size_t pem_size, const void *message, size_t message_size, unsigned char *signature,
    size_t *signature_size, char *problem, size_t problem_size) {
    (void)pem, (void)pem_size, (void)message, (void)message_size, (void)signature, (void)signature_size;
    snprintf(problem, problem_size, "this program was built without OpenSSL's headers");
    return -1;
}

int copenssl_verify_rs256(
    const unsigned char *modulus, size_t modulus_size, const unsigned char *exponent, size_t exponent_size,
    const void *message, size_t message_size, const unsigned char *signature, size_t signature_size, char *problem,
    size_t problem_size) {
    (void)modulus, (void)modulus_size, (void)exponent, (void)exponent_size, (void)message, (void)message_size;
    (void)signature, (void)signature_size;
    snprintf(problem, problem_size, "this program was built without OpenSSL's headers");
    return -1;
}

bool copenssl_sha256(const void *bytes, size_t size, unsigned char digest[32]) {
    (void)bytes, (void)size, (void)digest;
    return false;
}

#endif
