#ifndef CCRC32C_H
#define CCRC32C_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) of `length` bytes, continuing from `crc`.
/// Start with 0. Uses the processor's instruction where it has one.
uint32_t ccrc32c(uint32_t crc, const void *bytes, size_t length);

/// The same by table, on any processor. Public so that a test can compare both.
uint32_t ccrc32c_portable(uint32_t crc, const void *bytes, size_t length);

#endif
