#!/usr/bin/env python3
"""Scenarios of a Kafka client in Python (confluent-kafka) against a broker. Run: kafka_client.py SCENARIO HOST:PORT

Each scenario ends with exit code 0, or with an assertion that names what was wrong. The tests of the embedded broker
run them; they run unchanged against Apache Kafka, except that SCRAM users and ACLs must exist there.
"""
import os
import signal
import subprocess
import sys
import time

from confluent_kafka import (
    Consumer, ConsumerGroupTopicPartitions, IsolationLevel, KafkaError, KafkaException, Producer, TopicPartition)
from confluent_kafka.admin import (
    AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic, OffsetSpec, ResourceType)

PATIENCE = 20.0


ADMINS = []


def admin(bootstrap, **more):
    """An admin client that lives as long as the program: one that is collected takes its futures with it."""
    error_cb = {"error_cb": more.pop("error_cb")} if "error_cb" in more else {}
    ADMINS.append(AdminClient({"bootstrap.servers": bootstrap, **more, **error_cb}))
    return ADMINS[-1]


def create(bootstrap, topic, partitions=1, config=None, **more):
    wish = NewTopic(topic, num_partitions=partitions, replication_factor=1, config=config or {})
    for future in admin(bootstrap, **more).create_topics([wish]).values():
        future.result(PATIENCE)


class Deliveries:
    """Counts what the producer was told of its records."""

    def __init__(self):
        self.good, self.bad = 0, []

    def __call__(self, error, message):
        if error is None:
            self.good += 1
        else:
            self.bad.append(error)


def produce(bootstrap, topic, records, **more):
    """Sends (key, value, headers, partition, timestamp) tuples and waits; returns the deliveries."""
    done = Deliveries()
    producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 5, **more})
    for key, value, headers, partition, timestamp in records:
        rest = {"timestamp": timestamp} if timestamp else {}
        producer.produce(
            topic, key=key, value=value, headers=headers, partition=partition, on_delivery=done, **rest)
    assert producer.flush(PATIENCE) == 0, "records are left in the producer"
    return done


def consumer(bootstrap, group="reader", **more):
    return Consumer({
        "bootstrap.servers": bootstrap, "group.id": group, "enable.auto.commit": False,
        "auto.offset.reset": "earliest", **more})


def read(bootstrap, topic, count, partitions=1, offset=0, **more):
    """Reads `count` messages without a group, from an offset on."""
    reader = consumer(bootstrap, **more)
    reader.assign([TopicPartition(topic, index, offset) for index in range(partitions)])
    found, end = [], time.monotonic() + PATIENCE
    while len(found) < count and time.monotonic() < end:
        message = reader.poll(0.5)
        if message is None:
            continue
        assert message.error() is None, message.error()
        found.append(message)
    reader.close()
    assert len(found) == count, f"{len(found)} of {count} messages came"
    return found


# MARK: scenarios

def roundtrip(bootstrap):
    """Keys, headers, tombstones and every compression come back as they were sent."""
    for codec in ["none", "gzip", "snappy", "lz4", "zstd"]:
        topic = f"roundtrip-{codec}"
        create(bootstrap, topic)
        records = [(f"k{n}", None if n % 10 == 3 else f"value-{n}" * 20, [("id", str(n)), ("empty", None)], 0,
                    1_700_000_000_000 + n) for n in range(500)]
        done = produce(bootstrap, topic, records, **{"compression.type": codec, "enable.idempotence": True})
        assert done.good == 500 and not done.bad, done.bad
        for n, message in enumerate(read(bootstrap, topic, 500)):
            key, value, headers, _, timestamp = records[n]
            assert message.offset() == n and message.key() == key.encode()
            assert message.value() == (None if value is None else value.encode()), n
            assert message.headers() == [("id", str(n).encode()), ("empty", None)]
            assert message.timestamp()[1] == timestamp


def oversized(bootstrap):
    """A batch over 1 MiB is refused, and the next one is not."""
    create(bootstrap, "oversized")
    more = {"message.max.bytes": 8_000_000}
    done = produce(bootstrap, "oversized", [(None, b"x" * 1_200_000, None, 0, 0)], **more)
    assert [e.code() for e in done.bad] == [KafkaError.MSG_SIZE_TOO_LARGE], done.bad
    done = produce(bootstrap, "oversized", [(None, b"x" * 900_000, None, 0, 0)], **more)
    assert done.good == 1, done.bad
    read(bootstrap, "oversized", 1)


def stream(bootstrap, count="20000"):
    """Sends numbered records by an idempotent producer; the broker is killed under it."""
    done = Deliveries()
    producer = Producer({
        "bootstrap.servers": bootstrap, "enable.idempotence": True, "linger.ms": 1, "batch.num.messages": 50,
        "reconnect.backoff.ms": 10, "reconnect.backoff.max.ms": 50, "retry.backoff.ms": 20})
    for n in range(int(count)):
        while True:
            try:
                producer.produce("stream", value=str(n), partition=0, on_delivery=done)
                break
            except BufferError:
                producer.poll(0.1)
        if n % 100 == 0:
            producer.poll(0.002)
    assert producer.flush(3 * PATIENCE) == 0
    assert done.good == int(count) and not done.bad, done.bad[:1]


def streamed(bootstrap, count="20000"):
    """Every record of `stream` is there once, in order."""
    values = [int(m.value()) for m in read(bootstrap, "stream", int(count))]
    assert values == list(range(int(count))), "records are lost, doubled or out of order"
    low, high = consumer(bootstrap).get_watermark_offsets(TopicPartition("stream", 0), timeout=PATIENCE)
    assert (low, high) == (0, int(count)), (low, high)


def member(bootstrap, topic, strategy, instance=""):
    """One member of a group of three: says what it reads and commits it, until it is stopped."""
    more = {"group.instance.id": instance} if instance else {}
    reader = consumer(bootstrap, "three", **{
        "session.timeout.ms": 1500, "heartbeat.interval.ms": 200, "partition.assignment.strategy": strategy, **more})
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    # Whoever started us may have had signals blocked, which is inherited.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    parent = os.getppid()

    def say(*words):
        print(*words, flush=True)

    reader.subscribe([topic], on_assign=lambda _, p: say("assigned", len(p)), on_revoke=lambda *_: say("revoked"))
    while not stopped and os.getppid() == parent:
        message = reader.poll(0.1)
        if message is not None and message.error() is None:
            try:
                reader.commit(message=message, asynchronous=False)
            except KafkaException as problem:
                # The group is sharing out anew. The record is read again: here, or where its partition has gone.
                assert problem.args[0].code() in (
                    KafkaError.REBALANCE_IN_PROGRESS, KafkaError.ILLEGAL_GENERATION, KafkaError.UNKNOWN_MEMBER_ID), problem
                try:
                    reader.seek(TopicPartition(topic, message.partition(), message.offset()))
                except KafkaException:
                    pass
                continue
            say("read", message.partition(), message.offset())
    reader.close()


class Members:
    """The processes of a group's members, and what they have read so far."""

    def __init__(self, bootstrap, topic, strategy, instances):
        import threading
        self.read, self.by, self.processes, self.threads = set(), {}, [], []
        for index, instance in enumerate(instances):
            process = subprocess.Popen(
                [sys.executable, __file__, "member", bootstrap, topic, strategy, instance], stdout=subprocess.PIPE,
                text=True)
            self.processes.append(process)
            self.by[index] = 0
            thread = threading.Thread(target=self.listen, args=(index, process), daemon=True)
            thread.start()
            self.threads.append(thread)

    def listen(self, index, process):
        for line in process.stdout:
            words = line.split()
            if words[0] == "read":
                self.read.add((int(words[1]), int(words[2])))
                self.by[index] += 1

    def wait(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"{what}: {len(self.read)} read, {self.by}"
            time.sleep(0.02)

    def stop(self):
        for process in self.processes:
            process.terminate()
        try:
            codes = [process.wait(PATIENCE) for process in self.processes]
        finally:
            for process in self.processes:
                process.kill()
        assert set(codes) <= {0, -signal.SIGKILL}, codes


def group(bootstrap, strategy="range", instances=",,"):
    """Three members share six partitions; one is killed and the others take over; nothing is left unread."""
    topic = f"group-{strategy}" + ("-static" if instances != ",," else "")
    create(bootstrap, topic, partitions=6)

    def send():
        done = produce(bootstrap, topic, [(None, "x", None, n % 6, 0) for n in range(120)])
        assert done.good == 120, done.bad

    members = Members(bootstrap, topic, strategy, instances.split(","))
    try:
        rounds = 0
        while min(members.by.values()) == 0 or rounds == 0:
            send()
            rounds += 1
            members.wait(lambda: len(members.read) == 120 * rounds, "before the death")
            assert rounds < 60, members.by
        members.processes[0].kill()
        send()
        rounds += 1
        members.wait(lambda: len(members.read) == 120 * rounds, "after the death")
    finally:
        members.stop()
    found = consumer(bootstrap, "three").committed([TopicPartition(topic, p) for p in range(6)], timeout=PATIENCE)
    assert [p.offset for p in found] == [20 * rounds] * 6, found


def commit(bootstrap):
    """Commits an offset as a member of a group."""
    create(bootstrap, "kept")
    produce(bootstrap, "kept", [(None, str(n), None, 0, 0) for n in range(10)])
    reader = consumer(bootstrap, "keeper")
    reader.subscribe(["kept"])
    while (message := reader.poll(PATIENCE)) is not None and message.offset() < 4:
        assert message.error() is None, message.error()
    reader.commit(message=message, asynchronous=False)
    reader.close()


def resume(bootstrap):
    """After a restart the group goes on where it had committed."""
    reader = consumer(bootstrap, "keeper")
    reader.subscribe(["kept"])
    message = reader.poll(PATIENCE)
    assert message is not None and message.error() is None and message.offset() == 5, message
    reader.close()


def times(bootstrap):
    """Offsets are found by time: exactly, compressed or not."""
    for codec in ["none", "gzip", "snappy", "lz4", "zstd"]:
        topic = f"times-{codec}"
        create(bootstrap, topic)
        records = [(None, f"value-{n}" * 10, None, 0, 1_700_000_000_000 + 1_000 * n) for n in range(1_000)]
        produce(bootstrap, topic, records, **{"compression.type": codec, "linger.ms": 200})
        reader = consumer(bootstrap)
        for second, offset in [(0, 0), (1, 1), (437, 437), (999, 999)]:
            wanted = [TopicPartition(topic, 0, 1_700_000_000_000 + 1_000 * second)]
            found = reader.offsets_for_times(wanted, timeout=PATIENCE)
            assert found[0].offset == offset, (codec, second, found)
        late = reader.offsets_for_times([TopicPartition(topic, 0, 1_800_000_000_000)], timeout=PATIENCE)
        assert late[0].offset == -1, late
        reader.close()
        newest = admin(bootstrap).list_offsets({TopicPartition(topic, 0): OffsetSpec.max_timestamp()})
        result = next(iter(newest.values())).result(PATIENCE)
        assert result.timestamp == 1_700_000_999_000, (codec, result.timestamp)
        assert result.offset == 999, (codec, result.offset)


def administration(bootstrap):
    """What an administrator does with topics, settings, records and groups."""
    client = admin(bootstrap)
    create(bootstrap, "admin", partitions=2, config={"retention.ms": "86400000"})
    try:
        create(bootstrap, "admin")
        raise AssertionError("a topic was made twice")
    except KafkaException as problem:
        assert problem.args[0].code() == KafkaError.TOPIC_ALREADY_EXISTS
    cluster = client.describe_cluster().result(PATIENCE)
    assert len(cluster.nodes) == 1 and cluster.cluster_id
    wait(client.create_partitions([NewPartitions("admin", 5)]))
    assert len(client.list_topics("admin", timeout=PATIENCE).topics["admin"].partitions) == 5

    def settings():
        resource = ConfigResource(ResourceType.TOPIC, "admin")
        return {k: v.value for k, v in client.describe_configs([resource])[resource].result(PATIENCE).items()}

    assert settings()["retention.ms"] == "86400000"
    change = ConfigEntry("retention.bytes", "1000", incremental_operation=AlterConfigOpType.SET)
    wait(client.incremental_alter_configs([ConfigResource(ResourceType.TOPIC, "admin", incremental_configs=[change])]))
    assert (settings()["retention.ms"], settings()["retention.bytes"]) == ("86400000", "1000")
    wait(client.alter_configs([ConfigResource(ResourceType.TOPIC, "admin", set_config={"max.message.bytes": "2000"})]))
    assert (settings()["retention.ms"], settings()["max.message.bytes"]) == ("-1", "2000")

    produce(bootstrap, "admin", [(None, "x", None, 0, 0) for _ in range(10)])
    low = wait(client.delete_records([TopicPartition("admin", 0, 4)]))[0]
    assert low.low_watermark == 4, low
    assert consumer(bootstrap).get_watermark_offsets(TopicPartition("admin", 0), timeout=PATIENCE) == (4, 10)
    ends = wait(client.list_offsets(
        {TopicPartition("admin", 0): OffsetSpec.earliest()}, isolation_level=IsolationLevel.READ_UNCOMMITTED))
    assert ends[0].offset == 4

    reader = consumer(bootstrap, "watched")
    reader.subscribe(["admin"])
    assert reader.poll(PATIENCE) is not None
    reader.commit(asynchronous=False)
    group = client.describe_consumer_groups(["watched"])["watched"].result(PATIENCE)
    assert group.state.name == "STABLE" and len(group.members) == 1, group.state
    assert len(group.members[0].assignment.topic_partitions) == 5
    try:
        wait(client.delete_consumer_groups(["watched"]))
        raise AssertionError("a group with members was deleted")
    except KafkaException as problem:
        assert problem.args[0].code() == KafkaError.NON_EMPTY_GROUP
    reader.close()
    listed = client.list_consumer_groups().result(PATIENCE)
    assert "watched" in [g.group_id for g in listed.valid] and not listed.errors
    kept = wait(client.list_consumer_group_offsets([ConsumerGroupTopicPartitions("watched")]))[0]
    assert 5 in [p.offset for p in kept.topic_partitions], kept.topic_partitions
    wait(client.alter_consumer_group_offsets(
        [ConsumerGroupTopicPartitions("watched", [TopicPartition("admin", 0, 7)])]))
    assert consumer(bootstrap, "watched").committed([TopicPartition("admin", 0)], timeout=PATIENCE)[0].offset == 7
    wait(client.delete_consumer_groups(["watched"]))
    assert consumer(bootstrap, "watched").committed([TopicPartition("admin", 0)], timeout=PATIENCE)[0].offset < 0
    wait(client.delete_topics(["admin"]))
    assert "admin" not in client.list_topics(timeout=PATIENCE).topics


def wait(futures):
    return [future.result(PATIENCE) for future in futures.values()]


def transactions(bootstrap):
    """A transactional producer is told by an error that there are no transactions."""
    producer = Producer({"bootstrap.servers": bootstrap, "transactional.id": "t"})
    try:
        producer.init_transactions(PATIENCE)
        raise AssertionError("a transaction could be begun")
    except KafkaException as problem:
        assert problem.args[0].code() == KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, problem


def login(mechanism, user, password, protocol="SASL_PLAINTEXT", ca=""):
    more = {"security.protocol": protocol, "sasl.mechanism": mechanism, "sasl.username": user, "sasl.password": password}
    if ca:
        more["ssl.ca.location"] = ca
    return more


def scram(bootstrap, protocol="SASL_PLAINTEXT", ca=""):
    """The right password lets in, a wrong one and an unknown name do not, with both mechanisms."""
    for mechanism in ["SCRAM-SHA-256", "PLAIN"]:
        good = login(mechanism, "admin", "right horse", protocol, ca)
        assert admin(bootstrap, **good).list_topics(timeout=PATIENCE).brokers
        for user, password in [("admin", "wrong"), ("nobody", "right horse")]:
            errors = []
            bad = admin(bootstrap, **login(mechanism, user, password, protocol, ca), error_cb=errors.append)
            end = time.monotonic() + PATIENCE
            while not any(e.code() == KafkaError._AUTHENTICATION for e in errors):
                assert time.monotonic() < end, f"{mechanism}: {user} was not refused: {errors}"
                bad.poll(0.05)


def access(bootstrap):
    """Rules: `reader` may read topic `open` as group `open-*`, and nothing else."""
    boss = login("SCRAM-SHA-256", "admin", "right horse")
    for topic in ["open", "closed"]:
        create(bootstrap, topic, **boss)
        assert produce(bootstrap, topic, [(None, "x", None, 0, 0)], **boss).good == 1
    me = login("SCRAM-SHA-256", "reader", "small secret")
    read(bootstrap, "open", 1, **me)
    topics = admin(bootstrap, **me).list_topics(timeout=PATIENCE).topics
    assert list(topics) == ["open"], topics
    done = produce(bootstrap, "open", [(None, "x", None, 0, 0)], **me)
    assert [e.code() for e in done.bad] == [KafkaError.TOPIC_AUTHORIZATION_FAILED], done.bad
    reader = consumer(bootstrap, "open-1", **me)
    reader.subscribe(["closed"])
    message = reader.poll(PATIENCE)
    assert message is not None and message.error().code() == KafkaError.TOPIC_AUTHORIZATION_FAILED, message
    reader.close()
    other = consumer(bootstrap, "other", **me)
    other.subscribe(["open"])
    message = other.poll(PATIENCE)
    assert message is not None and message.error().code() == KafkaError.GROUP_AUTHORIZATION_FAILED, message
    other.close()
    try:
        create(bootstrap, "mine", **me)
        raise AssertionError("a topic was made without a right to")
    except KafkaException as problem:
        assert problem.args[0].code() == KafkaError.TOPIC_AUTHORIZATION_FAILED, problem


SCENARIOS = [
    roundtrip, oversized, stream, streamed, member, group, commit, resume, times, administration, transactions, scram,
    access]

if __name__ == "__main__":
    named = {scenario.__name__: scenario for scenario in SCENARIOS}
    if len(sys.argv) < 3 or sys.argv[1] not in named:
        sys.exit(f"usage: kafka_client.py {'|'.join(named)} HOST:PORT [MORE]")
    named[sys.argv[1]](*sys.argv[2:])
