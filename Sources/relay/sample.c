#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

sample *samples;
int sampleTotal;

void stop(int code, const char *what, const char *detail) {
    fprintf(stderr, "relay: %s%s%s\n", what, detail ? ": " : "", detail ? detail : "");
    exit(code);
}

static const unsigned char *cursor, *fileEnd;

static uint64_t number(int size) {
    uint64_t value = 0;
    if (fileEnd - cursor < size)
        stop(2, "the sample file is cut short", NULL);
    for (int i = 0; i < size; i++)
        value |= (uint64_t)cursor[i] << (8 * i);
    cursor += size;
    return value;
}

static slice bytes(int countSize) {
    uint64_t count = number(countSize);
    slice s = {NULL, -1};
    if (countSize == 4 && count == 0xFFFFFFFFu)
        return s;
    if ((uint64_t)(fileEnd - cursor) < count)
        stop(2, "the sample file is cut short", NULL);
    s.bytes = (const char *)cursor;
    s.count = (int64_t)count;
    cursor += count;
    return s;
}

void loadSample(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        stop(2, "cannot open the sample file", path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    unsigned char *all = malloc((size_t)size + 1);
    if (!all || fread(all, 1, (size_t)size, file) != (size_t)size || size < 8 || memcmp(all, "CCSAMPL1", 8) != 0)
        stop(2, "not a sample file", path);
    fclose(file);
    cursor = all + 8;
    fileEnd = all + size;
    int capacity = 0;
    while (cursor < fileEnd) {
        if (sampleTotal == capacity) {
            capacity = capacity ? capacity * 2 : 1024;
            samples = realloc(samples, (size_t)capacity * sizeof(sample));
            if (!samples)
                stop(2, "no memory", NULL);
        }
        sample *s = &samples[sampleTotal++];
        s->topic = bytes(2);
        s->key = bytes(4);
        s->headerCount = (int)number(2);
        s->headers = malloc((size_t)(s->headerCount + 1) * sizeof(header));
        for (int i = 0; i < s->headerCount; i++) {
            s->headers[i].name = bytes(2);
            s->headers[i].value = bytes(4);
        }
        s->value = bytes(4);
    }
}
