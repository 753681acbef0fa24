#include "CDecompression.h"

#include <lz4frame.h>
#include <snappy-c.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

// `window` is zlib's: 15 bits and 32 for a gzip or zlib header, -15 for none. `rest` is how many bytes stand behind the stream.
static int unpack_zlib(int window, const uint8_t *packed, size_t size, uint8_t *unpacked, size_t room, size_t *written,
                       size_t *rest) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (size > UINT32_MAX || room > UINT32_MAX || inflateInit2(&stream, window) != Z_OK) return CDECOMPRESSION_DAMAGED;
    stream.next_in = (Bytef *)packed;
    stream.avail_in = (uInt)size;
    stream.next_out = unpacked;
    stream.avail_out = (uInt)room;
    int status = inflate(&stream, Z_FINISH);
    *written = stream.total_out;
    *rest = stream.avail_in;
    int left = stream.avail_out;
    inflateEnd(&stream);
    if (status == Z_STREAM_END) return CDECOMPRESSION_DONE;
    return left == 0 && (status == Z_OK || status == Z_BUF_ERROR) ? CDECOMPRESSION_NO_ROOM : CDECOMPRESSION_DAMAGED;
}

static int unpack_snappy_block(const uint8_t *packed, size_t size, uint8_t *unpacked, size_t room, size_t *written) {
    size_t length = 0;
    if (snappy_uncompressed_length((const char *)packed, size, &length) != SNAPPY_OK) return CDECOMPRESSION_DAMAGED;
    if (length > room) return CDECOMPRESSION_NO_ROOM;
    *written = room;
    snappy_status status = snappy_uncompress((const char *)packed, size, (char *)unpacked, written);
    return status == SNAPPY_OK ? CDECOMPRESSION_DONE : CDECOMPRESSION_DAMAGED;
}

static size_t big_endian(const uint8_t *bytes) {
    return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

static int unpack_snappy(const uint8_t *packed, size_t size, uint8_t *unpacked, size_t room, size_t *written) {
    // Java's stream format: eight magic bytes, two versions of four bytes, then blocks, each behind its length.
    static const uint8_t magic[8] = {0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    if (size < 16 || memcmp(packed, magic, sizeof magic) != 0)
        return unpack_snappy_block(packed, size, unpacked, room, written);
    size_t at = 16, end = 0;
    while (at < size) {
        if (size - at < 4) return CDECOMPRESSION_DAMAGED;
        size_t length = big_endian(packed + at), block = 0;
        at += 4;
        if (length > size - at) return CDECOMPRESSION_DAMAGED;
        int status = unpack_snappy_block(packed + at, length, unpacked + end, room - end, &block);
        if (status != CDECOMPRESSION_DONE) return status;
        at += length;
        end += block;
    }
    *written = end;
    return CDECOMPRESSION_DONE;
}

static int unpack_lz4(const uint8_t *packed, size_t size, uint8_t *unpacked, size_t room, size_t *written) {
    LZ4F_dctx *context = NULL;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) return CDECOMPRESSION_DAMAGED;
    int status = CDECOMPRESSION_DAMAGED;
    size_t at = 0, end = 0;
    while (1) {
        size_t taken = size - at, made = room - end;
        size_t hint = LZ4F_decompress(context, unpacked + end, &made, packed + at, &taken, NULL);
        if (LZ4F_isError(hint)) break;
        at += taken;
        end += made;
        if (hint == 0) {
            status = CDECOMPRESSION_DONE;
            break;
        }
        if (end == room) {
            status = CDECOMPRESSION_NO_ROOM;
            break;
        }
        if (taken == 0 && made == 0) break;
    }
    LZ4F_freeDecompressionContext(context);
    *written = end;
    return status;
}

static int unpack_zstd(const uint8_t *packed, size_t size, uint8_t *unpacked, size_t room, size_t *written) {
    ZSTD_DStream *stream = ZSTD_createDStream();
    if (stream == NULL) return CDECOMPRESSION_DAMAGED;
    ZSTD_inBuffer in = {packed, size, 0};
    ZSTD_outBuffer out = {unpacked, room, 0};
    int status = CDECOMPRESSION_DAMAGED;
    while (1) {
        size_t before = in.pos + out.pos;
        size_t hint = ZSTD_decompressStream(stream, &out, &in);
        if (ZSTD_isError(hint)) break;
        if (hint == 0) {
            status = CDECOMPRESSION_DONE;
            break;
        }
        if (out.pos == out.size) {
            status = CDECOMPRESSION_NO_ROOM;
            break;
        }
        if (in.pos + out.pos == before) break;
    }
    ZSTD_freeDStream(stream);
    *written = out.pos;
    return status;
}

int cdecompression_unpack(int type, const void *packed, size_t size, void *unpacked, size_t room, size_t *written) {
    *written = 0;
    size_t rest = 0;
    switch (type) {
    case 1: return unpack_zlib(15 + 32, packed, size, unpacked, room, written, &rest);
    case 2: return unpack_snappy(packed, size, unpacked, room, written);
    case 3: return unpack_lz4(packed, size, unpacked, room, written);
    case 4: return unpack_zstd(packed, size, unpacked, room, written);
    default: return CDECOMPRESSION_DAMAGED;
    }
}

int cdecompression_inflate(const void *packed, size_t size, void *unpacked, size_t room, size_t *written) {
    *written = 0;
    size_t rest = 0;
    int status = unpack_zlib(-15, packed, size, unpacked, room, written, &rest);
    return status == CDECOMPRESSION_DONE && rest != 0 ? CDECOMPRESSION_DAMAGED : status;
}
