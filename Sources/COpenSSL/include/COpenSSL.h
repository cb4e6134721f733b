// libcrypto, loaded when it is first used: a run that signs nothing does not pay for it.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <stddef.h>

/// Signs `message` with the RSA key in `pem` (PKCS#8 or PKCS#1, without a passphrase): RSASSA-PKCS1-v1_5 with SHA-256,
/// which JWT calls RS256.
///
/// `signature_size` is the room in `signature` (512 bytes fit a key of 4096 bits) and becomes the signature's size.
/// Returns 0; otherwise what was wrong is in `problem`, which never holds a part of the key.
int copenssl_sign_rs256(
    const char *pem, size_t pem_size, const void *message, size_t message_size, unsigned char *signature,
    size_t *signature_size, char *problem, size_t problem_size);

#endif
