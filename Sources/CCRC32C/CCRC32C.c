#include "CCRC32C.h"

#include <pthread.h>
#include <string.h>

#define POLYNOMIAL 0x82F63B78u

static uint32_t table[8][256];
static pthread_once_t table_once = PTHREAD_ONCE_INIT;

static void fill_table(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) ? POLYNOMIAL : 0);
        table[0][i] = crc;
    }
    for (uint32_t i = 0; i < 256; i++)
        for (int k = 1; k < 8; k++) table[k][i] = (table[k - 1][i] >> 8) ^ table[0][table[k - 1][i] & 0xFF];
}

uint32_t ccrc32c_portable(uint32_t crc, const void *bytes, size_t length) {
    pthread_once(&table_once, fill_table);
    const uint8_t *p = bytes;
    uint32_t c = ~crc;
    // Eight bytes a step (slicing by eight), read byte by byte so that any byte order gives the same result.
    for (; length >= 8; length -= 8, p += 8) {
        uint32_t low = c ^ ((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24);
        c = table[7][low & 0xFF] ^ table[6][(low >> 8) & 0xFF] ^ table[5][(low >> 16) & 0xFF] ^ table[4][low >> 24]
            ^ table[3][p[4]] ^ table[2][p[5]] ^ table[1][p[6]] ^ table[0][p[7]];
    }
    for (; length > 0; length--, p++) c = (c >> 8) ^ table[0][(c ^ *p) & 0xFF];
    return ~c;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

// The instruction has a latency of three cycles and a throughput of one: three streams at once hide the latency.
// Streams are joined by advancing a CRC over LANE zero bytes, a linear map kept as four tables of 256 entries.
#define LANE 1024

static uint32_t lane_shift[4][256];
static pthread_once_t lane_once = PTHREAD_ONCE_INIT;
static int has_instruction;

static uint32_t advance_by_table(uint32_t c, size_t zeros) {
    for (; zeros > 0; zeros--) c = (c >> 8) ^ table[0][c & 0xFF];
    return c;
}

static void prepare_lanes(void) {
    pthread_once(&table_once, fill_table);
    __builtin_cpu_init();
    has_instruction = __builtin_cpu_supports("sse4.2");
    for (int k = 0; k < 4; k++)
        for (uint32_t i = 0; i < 256; i++) lane_shift[k][i] = advance_by_table(i << (8 * k), LANE);
}

static inline uint32_t shift_one_lane(uint32_t c) {
    return lane_shift[0][c & 0xFF] ^ lane_shift[1][(c >> 8) & 0xFF] ^ lane_shift[2][(c >> 16) & 0xFF]
        ^ lane_shift[3][c >> 24];
}

static inline uint64_t load8(const uint8_t *p) {
    uint64_t value;
    memcpy(&value, p, 8);
    return value;
}

__attribute__((target("sse4.2"))) static uint32_t by_instruction(uint32_t crc, const uint8_t *p, size_t length) {
    uint64_t c = (uint32_t)~crc;
    while (length >= 3 * LANE) {
        uint64_t c1 = 0, c2 = 0;
        for (size_t i = 0; i < LANE; i += 8) {
            c = _mm_crc32_u64(c, load8(p + i));
            c1 = _mm_crc32_u64(c1, load8(p + LANE + i));
            c2 = _mm_crc32_u64(c2, load8(p + 2 * LANE + i));
        }
        c = shift_one_lane((uint32_t)c) ^ (uint32_t)c1;
        c = shift_one_lane((uint32_t)c) ^ (uint32_t)c2;
        p += 3 * LANE;
        length -= 3 * LANE;
    }
    for (; length >= 8; length -= 8, p += 8) c = _mm_crc32_u64(c, load8(p));
    uint32_t tail = (uint32_t)c;
    for (; length > 0; length--, p++) tail = _mm_crc32_u8(tail, *p);
    return ~tail;
}

uint32_t ccrc32c(uint32_t crc, const void *bytes, size_t length) {
    pthread_once(&lane_once, prepare_lanes);
    return has_instruction ? by_instruction(crc, bytes, length) : ccrc32c_portable(crc, bytes, length);
}
#else
uint32_t ccrc32c(uint32_t crc, const void *bytes, size_t length) { return ccrc32c_portable(crc, bytes, length); }
#endif
