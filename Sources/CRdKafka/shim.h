#ifndef CRDKAFKA_SHIM_H
#define CRDKAFKA_SHIM_H

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

/// Swift cannot call the variadic rd_kafka_producev. The value and the key are copied by librdkafka; the header list
/// changes owner when the message is taken and is destroyed here when it is not (2.0.2 frees a list twice if it was
/// given header by header and the partitioner then fails, so it is always given whole).
static inline rd_kafka_resp_err_t crdkafka_produce(rd_kafka_t *_Nonnull client, rd_kafka_topic_t *_Nonnull topic,
                                                   int32_t partition, int64_t timestamp, const void *_Nullable key,
                                                   size_t keyCount, const void *_Nullable value, size_t valueCount,
                                                   rd_kafka_headers_t *_Nullable headers, uintptr_t batch) {
    rd_kafka_resp_err_t error = rd_kafka_producev(
        client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_VALUE((void *)value, valueCount), RD_KAFKA_V_KEY(key, keyCount), RD_KAFKA_V_TIMESTAMP(timestamp),
        RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE((void *)batch), RD_KAFKA_V_END);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR && headers != NULL)
        rd_kafka_headers_destroy(headers);
    return error;
}

#endif
