#ifndef CDECOMPRESSION_H
#define CDECOMPRESSION_H

#include <stddef.h>

enum {
    /// All was unpacked.
    CDECOMPRESSION_DONE = 0,
    /// The room does not suffice.
    CDECOMPRESSION_NO_ROOM = 1,
    /// The bytes are not packed this way.
    CDECOMPRESSION_DAMAGED = 2,
};

/// Unpacks what follows the header of a Kafka record batch. `type` is the batch's compression: 1 gzip, 2 snappy (whole, or
/// in the chunks that Java clients write), 3 lz4 frames, 4 zstd. Never writes beyond `room`; `written` is valid when done.
int cdecompression_unpack(int type, const void *packed, size_t size, void *unpacked, size_t room, size_t *written);

/// Unpacks a bare deflate stream (RFC 1951), as an entry of a ZIP archive has it. Done only where the packed bytes are one whole
/// stream, to the last of them. Never writes beyond `room`; `written` is valid when done.
int cdecompression_inflate(const void *packed, size_t size, void *unpacked, size_t room, size_t *written);

#endif
