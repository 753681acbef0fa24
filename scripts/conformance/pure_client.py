"""The broker as kafka-python sees it, a client without a line of librdkafka: one scenario a function.

    pure_client.py SCENARIO HOST:PORT
"""

import sys
import threading

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic
from kafka.errors import TopicAlreadyExistsError

FIRST = 1_700_000_000_000


def create(bootstrap, topic, partitions=1):
    client = KafkaAdminClient(bootstrap_servers=bootstrap)
    client.create_topics([NewTopic(topic, partitions, 1)])
    client.close()


def produce(bootstrap, topic, count, partitions=1, **more):
    producer = KafkaProducer(bootstrap_servers=bootstrap, acks="all", **more)
    sent = [
        producer.send(
            topic, key=b"k%d" % n, value=None if n % 10 == 3 else b"value-%d" % n, partition=n % partitions,
            headers=[("id", b"%d" % n)], timestamp_ms=FIRST + n)
        for n in range(count)
    ]
    producer.flush()
    offsets = [future.get(timeout=10).offset for future in sent]
    producer.close()
    return offsets


def roundtrip(bootstrap):
    """Keys, headers, tombstones and times come back, packed and not, from an idempotent producer."""
    for codec in [None, "gzip"]:
        topic = f"pure-{codec}"
        create(bootstrap, topic)
        assert produce(bootstrap, topic, 300, compression_type=codec, enable_idempotence=True) == list(range(300))
        reader = KafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest")
        for n in range(300):
            message = next(reader)
            assert message.offset == n and message.key == b"k%d" % n and message.timestamp == FIRST + n, message
            assert message.value == (None if n % 10 == 3 else b"value-%d" % n), message
            assert list(message.headers) == [("id", b"%d" % n)], message
        reader.close()


def times(bootstrap):
    """Offsets are found by time, and so are both ends."""
    for codec in [None, "gzip"]:
        topic = f"pure-times-{codec}"
        create(bootstrap, topic)
        produce(bootstrap, topic, 200, compression_type=codec, linger_ms=50)
        place = TopicPartition(topic, 0)
        reader = KafkaConsumer(bootstrap_servers=bootstrap)
        for n in [0, 1, 137, 199]:
            assert reader.offsets_for_times({place: FIRST + n})[place].offset == n, (codec, n)
        assert reader.offsets_for_times({place: FIRST + 200})[place] is None
        assert reader.beginning_offsets([place])[place] == 0 and reader.end_offsets([place])[place] == 200
        reader.close()


def group(bootstrap):
    """Three members share four partitions, read all once, and the offsets they commit are there for the next."""
    create(bootstrap, "pure-group", 4)
    produce(bootstrap, "pure-group", 400, partitions=4)
    seen, lock, done = [], threading.Lock(), threading.Event()

    def read():
        reader = KafkaConsumer(
            "pure-group", bootstrap_servers=bootstrap, group_id="pure", auto_offset_reset="earliest",
            enable_auto_commit=False, session_timeout_ms=6_000, heartbeat_interval_ms=500)
        while not done.is_set():
            for messages in reader.poll(timeout_ms=200).values():
                with lock:
                    seen.extend((message.partition, message.offset) for message in messages)
                    if len(set(seen)) == 400:
                        done.set()
            reader.commit()
        reader.close()

    readers = [threading.Thread(target=read, daemon=True) for _ in range(3)]
    for reader in readers:
        reader.start()
    assert done.wait(40), f"{len(set(seen))} of 400 read"
    for reader in readers:
        reader.join(10)
    last = KafkaConsumer(bootstrap_servers=bootstrap, group_id="pure")
    committed = [last.committed(TopicPartition("pure-group", n)) for n in range(4)]
    assert committed == [100] * 4, committed
    last.close()


def administration(bootstrap):
    """Topics and groups are made, listed, described and deleted."""
    create(bootstrap, "pure-admin", 2)
    client = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        client.create_topics([NewTopic("pure-admin", 2, 1)])
        raise AssertionError("a topic was made twice")
    except TopicAlreadyExistsError:
        pass
    assert "pure-admin" in client.list_topics()
    assert len(client.describe_cluster()["brokers"]) == 1
    client.delete_topics(["pure-admin"])
    assert "pure-admin" not in client.list_topics()
    client.close()


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2])
