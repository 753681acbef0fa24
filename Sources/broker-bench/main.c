/* Measures a broker: records in with an idempotent producer, then out, with librdkafka in this process.
 *
 * broker-bench [--broker PATH] [--durability process|power] [--bootstrap HOST:PORT] [--records N] [--size BYTES]
 *              [--partitions N] [--keep]
 *
 * Without --bootstrap it starts the broker program that stands beside it on an empty directory and a free port,
 * measures how long that takes until it is ready, and reads its peak memory before it stops it: once for each
 * durability, so that nobody has to guess what safety costs, or for the one that --durability names.
 * Exit codes: 0 measured, 1 something failed or was lost, 64 wrong usage. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <librdkafka/rdkafka.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READY_TIMEOUT_MS = 20000, FLUSH_TIMEOUT_MS = 120000, SILENCE_LIMIT = 30, BATCH = 1000 };

struct settings {
    const char *broker;
    const char *durability;
    const char *bootstrap;
    long records;
    size_t size;
    int partitions;
    bool keep;
};

struct child {
    pid_t pid;
    char directory[64];
    char address[64];
    double ready_ms;
};

static long acknowledged, failed;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what, const char *why) {
    fprintf(stderr, "broker-bench: %s: %s\n", what, why);
    exit(1);
}

static void delivered(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque) {
    (void)kafka;
    (void)opaque;
    if (message->err) {
        if (!failed++) fprintf(stderr, "broker-bench: a record failed: %s\n", rd_kafka_err2str(message->err));
    } else {
        acknowledged++;
    }
}

static void set(rd_kafka_conf_t *configuration, const char *name, const char *value) {
    char problem[512];
    if (rd_kafka_conf_set(configuration, name, value, problem, sizeof problem)) die(name, problem);
}

static rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *configuration) {
    char problem[512];
    rd_kafka_t *kafka = rd_kafka_new(type, configuration, problem, sizeof problem);
    if (!kafka) die("cannot make a client", problem);
    return kafka;
}

/* The broker is to end with us, however we end, and to inherit nothing but its three standard files. */
static void become_broker(const char *path, const char *directory, const char *durability, int output) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(output, STDOUT_FILENO);
    for (int file = 3; file < 1024; file++) close(file);
    execl(path, path, "--data", directory, "--port", "0", "--log-level", "error", "--durability", durability, (char *)NULL);
    _exit(127);
}

static struct child start(const char *path, const char *durability) {
    struct child child = {.directory = "/tmp/broker-bench-XXXXXX"};
    int output[2];
    if (!mkdtemp(child.directory) || pipe(output)) die("cannot prepare", strerror(errno));
    strcat(child.directory, "/data");
    double began = now();
    child.pid = fork();
    if (child.pid < 0) die("cannot fork", strerror(errno));
    if (child.pid == 0) become_broker(path, child.directory, durability, output[1]);
    close(output[1]);
    char line[128] = "";
    struct pollfd wait = {.fd = output[0], .events = POLLIN};
    if (poll(&wait, 1, READY_TIMEOUT_MS) <= 0 || read(output[0], line, sizeof line - 1) <= 0
        || sscanf(line, "broker ready on %63s", child.address) != 1)
        die(path, "did not become ready");
    child.ready_ms = (now() - began) * 1000;
    close(output[0]);
    return child;
}

static long peak_memory_kib(pid_t pid) {
    char path[64], line[256];
    long peak = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %ld", &peak) == 1) break;
    fclose(file);
    return peak;
}

static void stop(struct child child, bool keep) {
    kill(child.pid, SIGTERM);
    waitpid(child.pid, NULL, 0);
    *strrchr(child.directory, '/') = 0;
    if (keep) {
        printf("data kept in %s\n", child.directory);
        return;
    }
    pid_t remover = fork();
    if (remover == 0) {
        execlp("rm", "rm", "-rf", child.directory, (char *)NULL);
        _exit(127);
    }
    waitpid(remover, NULL, 0);
}

static void create_topic(rd_kafka_t *kafka, const char *topic, int partitions) {
    char problem[512];
    rd_kafka_NewTopic_t *wish = rd_kafka_NewTopic_new(topic, partitions, 1, problem, sizeof problem);
    if (!wish) die(topic, problem);
    rd_kafka_queue_t *queue = rd_kafka_queue_new(kafka);
    rd_kafka_CreateTopics(kafka, &wish, 1, NULL, queue);
    rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 10000);
    if (!event || rd_kafka_event_error(event)) die("cannot create a topic", event ? rd_kafka_event_error_string(event) : "no answer");
    rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
    rd_kafka_NewTopic_destroy(wish);
}

static double produce(const struct settings *settings, const char *bootstrap, const char *topic) {
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    set(configuration, "bootstrap.servers", bootstrap);
    set(configuration, "enable.idempotence", "true");
    set(configuration, "acks", "all");
    set(configuration, "linger.ms", "5");
    set(configuration, "queue.buffering.max.messages", "200000");
    set(configuration, "batch.num.messages", "10000");
    rd_kafka_conf_set_dr_msg_cb(configuration, delivered);
    rd_kafka_t *kafka = client(RD_KAFKA_PRODUCER, configuration);
    create_topic(kafka, topic, settings->partitions);
    rd_kafka_topic_t *handle = rd_kafka_topic_new(kafka, topic, NULL);
    char *payload = malloc(settings->size);
    srand(1);
    for (size_t i = 0; i < settings->size; i++) payload[i] = (char)('a' + rand() % 26);
    double began = now();
    for (long i = 0; i < settings->records; i++) {
        memcpy(payload, &i, sizeof i);
        while (rd_kafka_produce(handle, (int)(i % settings->partitions), RD_KAFKA_MSG_F_COPY, payload, settings->size, NULL, 0, NULL) == -1)
            rd_kafka_poll(kafka, 10);
        if (i % 1000 == 0) rd_kafka_poll(kafka, 0);
    }
    rd_kafka_flush(kafka, FLUSH_TIMEOUT_MS);
    double took = now() - began;
    free(payload);
    rd_kafka_topic_destroy(handle);
    rd_kafka_destroy(kafka);
    return took;
}

/* Counts the records and sums their numbers; returns whether each came once. */
static bool consume(const struct settings *settings, const char *bootstrap, const char *topic, double *took) {
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    set(configuration, "bootstrap.servers", bootstrap);
    set(configuration, "group.id", "broker-bench");
    set(configuration, "enable.auto.commit", "false");
    set(configuration, "queued.min.messages", "1000000");
    set(configuration, "queued.max.messages.kbytes", "262144");
    rd_kafka_t *kafka = client(RD_KAFKA_CONSUMER, configuration);
    rd_kafka_poll_set_consumer(kafka);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(settings->partitions);
    for (int i = 0; i < settings->partitions; i++)
        rd_kafka_topic_partition_list_add(list, topic, i)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(kafka, list);
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(kafka);
    rd_kafka_message_t *messages[BATCH];
    long count = 0, sum = 0;
    int silence = 0;
    double began = now();
    while (count < settings->records && silence < SILENCE_LIMIT) {
        ssize_t got = rd_kafka_consume_batch_queue(queue, 1000, messages, BATCH);
        silence = got > 0 ? 0 : silence + 1;
        for (ssize_t i = 0; i < got; i++) {
            if (!messages[i]->err) {
                long number;
                memcpy(&number, messages[i]->payload, sizeof number);
                count++;
                sum += number;
            }
            rd_kafka_message_destroy(messages[i]);
        }
    }
    *took = now() - began;
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy(kafka);
    return count == settings->records && sum == settings->records * (settings->records - 1) / 2;
}

static void usage(void) {
    fprintf(stderr, "usage: broker-bench [--broker PATH] [--durability process|power] [--bootstrap HOST:PORT] "
                    "[--records N] [--size BYTES] [--partitions N] [--keep]\n");
    exit(64);
}

static struct settings parse(int count, char **arguments) {
    struct settings settings = {.records = 400000, .size = 1024, .partitions = 4};
    for (int i = 1; i < count; i++) {
        const char *name = arguments[i];
        if (!strcmp(name, "--keep")) {
            settings.keep = true;
            continue;
        }
        if (i + 1 >= count) usage();
        const char *value = arguments[++i];
        if (!strcmp(name, "--broker")) settings.broker = value;
        else if (!strcmp(name, "--durability")) settings.durability = value;
        else if (!strcmp(name, "--bootstrap")) settings.bootstrap = value;
        else if (!strcmp(name, "--records")) settings.records = atol(value);
        else if (!strcmp(name, "--size")) settings.size = (size_t)atol(value);
        else if (!strcmp(name, "--partitions")) settings.partitions = atoi(value);
        else usage();
    }
    if (settings.durability && strcmp(settings.durability, "process") && strcmp(settings.durability, "power")) usage();
    if (settings.records < 1 || settings.size < sizeof(long) || settings.partitions < 1) usage();
    return settings;
}

/* The broker program that was built together with this one. */
static const char *neighbour(void) {
    static char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 16);
    if (length < 0) die("/proc/self/exe", strerror(errno));
    path[length] = 0;
    strcpy(strrchr(path, '/') + 1, "broker");
    return path;
}

/* One broker, ours or one that runs already. Whether every record came out once. */
static bool measure(const struct settings *settings, const char *durability) {
    struct child child = {0};
    const char *bootstrap = settings->bootstrap;
    acknowledged = failed = 0;
    if (!bootstrap) {
        child = start(settings->broker ? settings->broker : neighbour(), durability);
        bootstrap = child.address;
        printf("durability %8s\nstart-up   %8.0f ms\n", durability, child.ready_ms);
    }
    char topic[64];
    snprintf(topic, sizeof topic, "bench-%d", getpid());
    double in = produce(settings, bootstrap, topic), out = 0;
    printf("in         %8.0f records/s   (%ld of %zu bytes, %d partitions, idempotent, acks=all)\n",
           (double)acknowledged / in, acknowledged, settings->size, settings->partitions);
    bool whole = consume(settings, bootstrap, topic, &out) && failed == 0 && acknowledged == settings->records;
    printf("out        %8.0f records/s   %s\n", (double)settings->records / out, whole ? "each once" : "LOST OR DOUBLED");
    if (!settings->bootstrap) {
        printf("peak       %8.1f MiB\n", (double)peak_memory_kib(child.pid) / 1024);
        stop(child, settings->keep);
    }
    return whole;
}

int main(int count, char **arguments) {
    struct settings settings = parse(count, arguments);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (settings.bootstrap || settings.durability) return measure(&settings, settings.durability) ? 0 : 1;
    bool whole = measure(&settings, "process");
    return measure(&settings, "power") && whole ? 0 : 1;
}
