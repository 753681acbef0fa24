// relay: the bare baseline against which the cycle is measured. It consumes and produces through librdkafka and does
// nothing in between: the same hops, with the bytes that a real run put on them.
//
//   relay --bootstrap H:P [--name NAME] --sample FILE --in TOPIC[,TOPIC...] --out IN=OUT[,IN=OUT...] --count N
//   relay --bootstrap H:P --sample FILE --source TOPIC --count N          sends N records of the sample to TOPIC
//   relay --bootstrap H:P --in TOPIC[,TOPIC...] --count N                 reads N records of each topic and drops them
//
//   --sample-keys OUT[,OUT...]  topics that get the sample's keys; all others keep the key of the consumed record
//   --ready-file F              written once the topics are known and assigned
//   --idle-seconds S            gives up (exit 1) when nothing happened for so long; 60 unless told
//
// It ends when N records of each --in topic were read and all it produced is confirmed, and prints one line of JSON.
// Exit: 0 done, 1 a record was not delivered or nothing came any more, 2 it could not run, 64 wrong usage.
//
// The sample file is described in sample.h. All settings below are the defaults of KafkaSettings; keep them alike.

#include "sample.h"

#include <librdkafka/rdkafka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>

enum { MAX_TOPICS = 32, MAX_ROUTES = 64, BATCH = 500, QUEUE_KIB = 4096 };

typedef struct { rd_kafka_topic_t *topic; int *samples; int sampleCount, next, ownKeys; } output;
typedef struct { const char *name; rd_kafka_topic_t *seen; int64_t consumed; output *outputs[MAX_ROUTES]; int outputCount; } input;

static output outputs[MAX_ROUTES];
static input inputs[MAX_TOPICS];
static int outputTotal, inputTotal;
static rd_kafka_t *producer, *consumer;
static rd_kafka_queue_t *reports;
static int64_t produced, delivered, failed, consumed, limit;
static rd_kafka_resp_err_t firstError;
static int64_t firstTime, lastTime;

static int64_t now(void) {
    struct timeval t;
    gettimeofday(&t, NULL);
    return (int64_t)t.tv_sec * 1000 + t.tv_usec / 1000;
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
    char text[512];
    if (rd_kafka_conf_set(conf, name, value, text, sizeof text) != RD_KAFKA_CONF_OK)
        stop(2, "setting refused", text);
}

static rd_kafka_t *client(rd_kafka_type_t kind, const char *bootstrap) {
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    char text[512];
    set(conf, "bootstrap.servers", bootstrap);
    set(conf, "client.id", "relay");
    set(conf, "socket.nagle.disable", "true");
    set(conf, "reconnect.backoff.max.ms", "1000");
    set(conf, "log.connection.close", "false");
    if (kind == RD_KAFKA_PRODUCER) {
        set(conf, "acks", "all");
        set(conf, "enable.idempotence", "true");
        set(conf, "partitioner", "murmur2_random");
        set(conf, "compression.type", "lz4");
        set(conf, "linger.ms", "5");
        set(conf, "message.timeout.ms", "30000");
        set(conf, "queue.buffering.max.messages", "50000");
        set(conf, "queue.buffering.max.kbytes", "32768");
        rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_DR);
    } else {
        char kibibytes[16];
        snprintf(kibibytes, sizeof kibibytes, "%d", QUEUE_KIB);
        set(conf, "group.id", "relay");
        set(conf, "enable.auto.commit", "false");
        set(conf, "enable.auto.offset.store", "false");
        set(conf, "auto.offset.reset", "error");
        set(conf, "queued.min.messages", "1000000");
        set(conf, "queued.max.messages.kbytes", kibibytes);
        set(conf, "fetch.wait.max.ms", "50");
        set(conf, "fetch.min.bytes", "1");
        set(conf, "fetch.max.bytes", "1048576");
        set(conf, "max.partition.fetch.bytes", "1048576");
        set(conf, "fetch.error.backoff.ms", "100");
        set(conf, "check.crcs", "false");
    }
    rd_kafka_t *made = rd_kafka_new(kind, conf, text, sizeof text);
    if (!made)
        stop(2, "cannot make a client", text);
    return made;
}

static int partitionsOf(const char *name) {
    rd_kafka_topic_t *topic = rd_kafka_topic_new(consumer, name, NULL);
    const struct rd_kafka_metadata *metadata;
    int64_t deadline = now() + 30000;
    while (now() < deadline) {
        if (rd_kafka_metadata(consumer, 0, topic, &metadata, 1000) == RD_KAFKA_RESP_ERR_NO_ERROR) {
            int count = metadata->topic_cnt == 1 && !metadata->topics[0].err ? metadata->topics[0].partition_cnt : 0;
            rd_kafka_metadata_destroy(metadata);
            if (count > 0) {
                rd_kafka_topic_destroy(topic);
                return count;
            }
        }
    }
    stop(2, "no such topic, or the broker does not answer", name);
    return 0;
}

static rd_kafka_topic_partition_list_t *assignAll(void) {
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(64);
    for (int i = 0; i < inputTotal; i++)
        for (int p = 0, count = partitionsOf(inputs[i].name); p < count; p++)
            rd_kafka_topic_partition_list_add(list, inputs[i].name, p)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_resp_err_t error = rd_kafka_assign(consumer, list);
    if (error)
        stop(2, "cannot assign", rd_kafka_err2str(error));
    for (int i = 0; i < list->cnt; i++)
        list->elems[i].offset = RD_KAFKA_OFFSET_END;
    return list;
}

static void serveReports(int milliseconds) {
    rd_kafka_event_t *event;
    while ((event = rd_kafka_queue_poll(reports, milliseconds)) != NULL) {
        const rd_kafka_message_t *message;
        while ((message = rd_kafka_event_message_next(event)) != NULL) {
            if (message->err) {
                failed++;
                firstError = firstError ? firstError : message->err;
            } else {
                delivered++;
            }
        }
        rd_kafka_event_destroy(event);
        milliseconds = 0;
        lastTime = now();
    }
}

static void produce(output *to, const void *key, size_t keyCount) {
    const sample *s = &samples[to->samples[to->next]];
    size_t valueCount = s->value.count < 0 ? 0 : (size_t)s->value.count;
    to->next = to->next + 1 == to->sampleCount ? 0 : to->next + 1;
    if (to->ownKeys) {
        key = s->key.bytes;
        keyCount = s->key.count < 0 ? 0 : (size_t)s->key.count;
    }
    for (;;) {
        rd_kafka_headers_t *headers = rd_kafka_headers_new((size_t)s->headerCount);
        for (int i = 0; i < s->headerCount; i++)
            rd_kafka_header_add(headers, s->headers[i].name.bytes, s->headers[i].name.count, s->headers[i].value.bytes,
                                s->headers[i].value.count < 0 ? 0 : s->headers[i].value.count);
        rd_kafka_resp_err_t error = rd_kafka_producev(
            producer, RD_KAFKA_V_RKT(to->topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
            RD_KAFKA_V_VALUE((void *)s->value.bytes, valueCount),
            RD_KAFKA_V_KEY(key, keyCount), RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
        if (!error)
            break;
        rd_kafka_headers_destroy(headers);
        if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL)
            stop(2, "cannot produce", rd_kafka_err2str(error));
        serveReports(100);
    }
    produced++;
}

static void take(rd_kafka_message_t *message) {
    if (message->err) {
        fprintf(stderr, "relay: %s\n", rd_kafka_message_errstr(message));
        return;
    }
    input *from = NULL;
    for (int i = 0; i < inputTotal && !from; i++)
        if (inputs[i].seen == message->rkt)
            from = &inputs[i];
    for (int i = 0; i < inputTotal && !from; i++)
        if (strcmp(inputs[i].name, rd_kafka_topic_name(message->rkt)) == 0) {
            from = &inputs[i];
            from->seen = message->rkt;
        }
    if (!from || from->consumed == limit)
        return;
    from->consumed++;
    consumed++;
    for (int i = 0; i < from->outputCount; i++)
        produce(from->outputs[i], message->key, message->key_len);
}

// librdkafka 2.0.2 sleeps a second when its consumer queue was full; any request to the broker ends that sleep, so the
// end offsets are asked for after each quarter of the queue, without waiting. KafkaClient's FetchWakeUp does the same.
static void keepFetching(size_t count, rd_kafka_topic_partition_list_t *assigned) {
    static size_t since;
    since += count;
    if (since < (size_t)QUEUE_KIB * 1024 / 4)
        return;
    since = 0;
    rd_kafka_topic_partition_list_t *copy = rd_kafka_topic_partition_list_copy(assigned);
    rd_kafka_offsets_for_times(consumer, copy, 0);
    rd_kafka_topic_partition_list_destroy(copy);
}

static void relayAll(rd_kafka_topic_partition_list_t *assigned, int64_t idleMilliseconds) {
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(consumer);
    rd_kafka_message_t *messages[BATCH];
    int64_t active = now();
    while (consumed < limit * inputTotal || delivered + failed < produced) {
        size_t taken = 0;
        int64_t before = consumed + delivered;
        // While reports are outstanding and nothing more is to be read, wait for them instead.
        int reading = consumed < limit * inputTotal;
        if (reading && (messages[0] = rd_kafka_consume_queue(queue, 10)) != NULL) {
            ssize_t more = rd_kafka_consume_batch_queue(queue, 0, messages + 1, BATCH - 1);
            if (!firstTime)
                firstTime = now();
            for (ssize_t i = 0; i < 1 + (more > 0 ? more : 0); i++) {
                taken += messages[i]->len + messages[i]->key_len;
                take(messages[i]);
                rd_kafka_message_destroy(messages[i]);
            }
            lastTime = now();
            keepFetching(taken, assigned);
        }
        if (producer)
            serveReports(reading ? 0 : 100);
        if (consumed + delivered != before)
            active = now();
        else if (now() - active > idleMilliseconds)
            break;
    }
    rd_kafka_queue_destroy(queue);
}

static void sendAll(void) {
    firstTime = now();
    while (produced < limit) {
        produce(&outputs[0], NULL, 0);
        if (produced % BATCH == 0)
            serveReports(0);
    }
    while (delivered + failed < produced)
        serveReports(1000);
}

static int isListed(const char *list, const char *name) {
    for (size_t length = strlen(name); list && *list; list = strchr(list, ',') ? strchr(list, ',') + 1 : NULL)
        if (strncmp(list, name, length) == 0 && (list[length] == 0 || list[length] == ','))
            return 1;
    return 0;
}

static output *outputFor(const char *name, const char *sampleKeys, int ownKeys) {
    for (int i = 0; i < outputTotal; i++)
        if (strcmp(rd_kafka_topic_name(outputs[i].topic), name) == 0)
            return &outputs[i];
    if (outputTotal == MAX_ROUTES)
        stop(64, "too many topics", NULL);
    output *made = &outputs[outputTotal++];
    made->topic = rd_kafka_topic_new(producer, name, NULL);
    made->samples = malloc((size_t)(sampleTotal + 1) * sizeof(int));
    for (int i = 0; i < sampleTotal; i++)
        if ((size_t)samples[i].topic.count == strlen(name) && !memcmp(samples[i].topic.bytes, name, strlen(name)))
            made->samples[made->sampleCount++] = i;
    if (made->sampleCount == 0)
        stop(2, "the sample file has no record of topic", name);
    made->ownKeys = ownKeys || isListed(sampleKeys, name);
    return made;
}

static void route(char *text, const char *sampleKeys) {
    for (char *pair = strtok(text, ","); pair; pair = strtok(NULL, ",")) {
        char *equals = strchr(pair, '=');
        if (!equals)
            stop(64, "--out wants IN=OUT", pair);
        *equals = 0;
        int found = 0;
        for (int i = 0; i < inputTotal; i++)
            if (strcmp(inputs[i].name, pair) == 0) {
                found = 1;
                if (inputs[i].outputCount == MAX_ROUTES)
                    stop(64, "too many routes", NULL);
                inputs[i].outputs[inputs[i].outputCount++] = outputFor(equals + 1, sampleKeys, 0);
            }
        if (!found)
            stop(64, "--out names a topic that is not in --in", pair);
    }
}

int main(int argc, char **argv) {
    enum { BOOTSTRAP, NAME, SAMPLE, IN, OUT, SOURCE, COUNT, KEYS, READY, IDLE, OPTIONS };
    static const char *const names[OPTIONS] = {"--bootstrap", "--name",  "--sample",      "--in",         "--out",
                                               "--source",    "--count", "--sample-keys", "--ready-file", "--idle-seconds"};
    char *given[OPTIONS] = {0};
    for (int i = 1; i < argc; i += 2) {
        int option = 0;
        while (option < OPTIONS && strcmp(argv[i], names[option]) != 0)
            option++;
        if (option == OPTIONS || i + 1 == argc)
            stop(64, "unknown option, or an option without its value", argv[i]);
        given[option] = argv[i + 1];
    }
    limit = given[COUNT] ? atoll(given[COUNT]) : 0;
    int sends = given[SOURCE] || given[OUT];
    if (!given[BOOTSTRAP] || limit < 1 || !given[IN] == !given[SOURCE] || (sends && !given[SAMPLE]))
        stop(64, "wants --bootstrap, --count and either --in or --source; --sample when it sends", NULL);
    if (given[SAMPLE])
        loadSample(given[SAMPLE]);
    if (sends) {
        producer = client(RD_KAFKA_PRODUCER, given[BOOTSTRAP]);
        reports = rd_kafka_queue_get_main(producer);
    }
    rd_kafka_topic_partition_list_t *assigned = NULL;
    if (given[IN]) {
        for (char *name = strtok(given[IN], ","); name; name = strtok(NULL, ",")) {
            if (inputTotal == MAX_TOPICS)
                stop(64, "too many topics", NULL);
            inputs[inputTotal++].name = name;
        }
        if (given[OUT])
            route(given[OUT], given[KEYS]);
        consumer = client(RD_KAFKA_CONSUMER, given[BOOTSTRAP]);
        assigned = assignAll();
    } else {
        outputFor(given[SOURCE], NULL, 1);
    }
    FILE *ready = given[READY] ? fopen(given[READY], "w") : NULL;
    if (ready)
        fclose(ready);
    if (given[IN])
        relayAll(assigned, (given[IDLE] ? atoll(given[IDLE]) : 60) * 1000);
    else
        sendAll();
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                 (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("{\"name\":\"%s\",\"consumed\":%lld,\"produced\":%lld,\"firstMilliseconds\":%lld,\"lastMilliseconds\":%lld,"
           "\"peakResidentBytes\":%lld,\"cpuSeconds\":%.3f}\n",
           given[NAME] ? given[NAME] : given[IN] ? given[IN] : given[SOURCE], (long long)consumed, (long long)delivered,
           (long long)firstTime, (long long)lastTime, (long long)usage.ru_maxrss * 1024, cpu);
    fflush(stdout);
    if (failed)
        fprintf(stderr, "relay: %lld not delivered: %s\n", (long long)failed, rd_kafka_err2str(firstError));
    // Everything is confirmed, so there is nothing that a slow and orderly end would save.
    _Exit(failed || (given[IN] && consumed < limit * inputTotal) ? 1 : 0);
}
