// Records of a real run, read from a file that Swift's SampleFile writes. Little-endian:
//   "CCSAMPL1", then records { u16 n, topic[n]; u32 n, key[n]; u16 headers, { u16 n, name[n]; u32 n, value[n] } each;
//   u32 n, value[n] }. A u32 of 0xFFFFFFFF stands for absent bytes.

#ifndef RELAY_SAMPLE_H
#define RELAY_SAMPLE_H

#include <stdint.h>

// count is -1 and bytes NULL when absent
typedef struct { const char *bytes; int64_t count; } slice;
typedef struct { slice name, value; } header;
typedef struct { slice topic, key, value; header *headers; int headerCount; } sample;

extern sample *samples;
extern int sampleTotal;

// Says what is wrong and ends the program.
_Noreturn void stop(int code, const char *what, const char *detail);

// Reads the whole file into `samples`; the slices point into it.
void loadSample(const char *path);

#endif
