// libcrypto, loaded when it is first used: a run that signs and verifies nothing does not pay for it.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <stdbool.h>
#include <stddef.h>

/// Signs `message` with the RSA key in `pem` (PKCS#8 or PKCS#1, without a passphrase): RSASSA-PKCS1-v1_5 with SHA-256,
/// which JWT calls RS256.
///
/// `signature_size` is the room in `signature` (512 bytes fit a key of 4096 bits) and becomes the signature's size.
/// Returns 0; otherwise what was wrong is in `problem`, which never holds a part of the key.
int copenssl_sign_rs256(
    const char *pem, size_t pem_size, const void *message, size_t message_size, unsigned char *signature,
    size_t *signature_size, char *problem, size_t problem_size);

/// Verifies an RS256 signature of `message` with the RSA key of `modulus` and `exponent`, both as bytes from the highest,
/// as a JSON Web Key has them. A key of fewer than 2,048 bits is refused.
///
/// Returns 1 when the signature is the key's, 0 when it is not; -1 when the key is of no use or libcrypto is missing:
/// what was wrong is in `problem` then.
int copenssl_verify_rs256(
    const unsigned char *modulus, size_t modulus_size, const unsigned char *exponent, size_t exponent_size,
    const void *message, size_t message_size, const unsigned char *signature, size_t signature_size, char *problem,
    size_t problem_size);

/// Puts the SHA-256 of `bytes` into `digest`; false when libcrypto is missing.
bool copenssl_sha256(const void *bytes, size_t size, unsigned char digest[32]);

#endif
