// OpenSSL 3 calls these functions old, and wants EVP in their place: its look-ups and checks cost as much as hashing two
// blocks, and nearly all that is hashed here is one to three blocks long.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "CSHA2.h"

#include <openssl/sha.h>

#include <string.h>

_Static_assert(sizeof(csha2_beginning) == sizeof(SHA256_CTX), "csha2_beginning is not as large as what it stands for");

void csha2_256(const void *bytes, size_t count, void *digest) {
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, bytes, count);
    SHA256_Final(digest, &state);
}

void csha2_512(const void *bytes, size_t count, void *digest) {
    SHA512_CTX state;
    SHA512_Init(&state);
    SHA512_Update(&state, bytes, count);
    SHA512_Final(digest, &state);
}

void csha2_256_begin(csha2_beginning *beginning, const void *bytes, size_t count) {
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, bytes, count);
    memcpy(beginning, &state, sizeof state);
}

void csha2_256_after(const csha2_beginning *beginning, const void *bytes, size_t count, void *digest) {
    SHA256_CTX state;
    memcpy(&state, beginning, sizeof state);
    SHA256_Update(&state, bytes, count);
    SHA256_Final(digest, &state);
}
