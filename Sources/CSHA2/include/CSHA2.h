// SHA-256 and SHA-512 (FIPS 180-4) of bytes that lie in one piece, by OpenSSL's libcrypto. For what is hashed a hundred times
// for each visit: nothing is allocated, and the state lives on the stack of the caller.
#ifndef CSHA2_H
#define CSHA2_H

#include <stddef.h>
#include <stdint.h>

// SHA-256 after a beginning that is hashed once for all.
typedef struct {
    uint32_t words[28];
} csha2_beginning;

void csha2_256(const void *bytes, size_t count, void *digest);
void csha2_512(const void *bytes, size_t count, void *digest);

void csha2_256_begin(csha2_beginning *beginning, const void *bytes, size_t count);
void csha2_256_after(const csha2_beginning *beginning, const void *bytes, size_t count, void *digest);

#endif
