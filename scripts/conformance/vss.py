"""A small VSS, as somebody outside would write one from the .proto files: for `cycle up --without vss`.

    vss.py HOST:PORT [--count N] [--config FILE]

It reads moh.records, and writes one vss.assessments for each record, and one vss.identity-checks for each that it does not
refuse. It has no register of insured people: a visit without a card is not insured, a card that had ended before the visit
began is refused with 010, every other card is good for 80 percent. Yours knows better.

Needs protoc and, from PyPI, confluent-kafka and protobuf. Ends after N records, or at Ctrl-C.
"""

import argparse
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import uuid

from confluent_kafka import Consumer, Producer
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PROTOS = pathlib.Path(__file__).resolve().parents[2] / "Sources/ExchangeSchema/Protos"


def messages():
    """The message classes of exchange.v1, by name: made when the program starts, from the .proto files as they are."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "exchange.bin"
        files = [str(path) for path in sorted(PROTOS.glob("exchange/v1/*.proto"))]
        subprocess.run(
            ["protoc", f"--proto_path={PROTOS}", "--include_imports", f"--descriptor_set_out={out}", *files], check=True)
        files = descriptor_pb2.FileDescriptorSet.FromString(out.read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return lambda name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"exchange.v1.{name}"))


def headers(kind, record, revision, now):
    """CloudEvents attributes in Kafka's binary mode. `ce_id` is the same whenever the same thing is said again."""
    said = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now / 1000)) + f".{now % 1000:03d}Z"
    return {
        "ce_specversion": "1.0", "ce_id": str(uuid.uuid5(uuid.UUID(record), f"{kind}/{revision}")), "ce_source": "/vss",
        "ce_type": f"exchange.v1.{kind}", "ce_time": said, "ce_subject": record,
        "content-type": "application/protobuf",
    }


class VSS:
    def __init__(self, message, send):
        self.message = message
        self.send = send
        self.latest = {}

    def take(self, value):
        """Answers one record; a copy, or an older revision, has no second effect."""
        record = self.message("AcceptedRecord").FromString(value)
        if self.latest.get(record.record_id, 0) >= record.revision:
            return False
        self.latest[record.record_id] = record.revision
        patient = self.message("AdministrativeBlock").FromString(record.administrative)
        insurance = self.message("InsuranceBlock").FromString(record.insurance)
        now = int(time.time() * 1000)
        assessment = self.message("Assessment")(
            record_id=record.record_id, revision=record.revision, assessed_at=now)
        if not insurance.ma_the_bhyt:
            assessment.outcome = 2  # not insured
        elif insurance.gt_the_den and insurance.gt_the_den.split(";")[-1] < insurance.ngay_vao[:8]:
            assessment.outcome = 3  # refused
            assessment.card_check_code = "010"
            assessment.contradictions.add(
                field="GT_THE_DEN", value=insurance.gt_the_den, rule="the card ended before the visit began")
        else:
            assessment.outcome = 1  # covered
            assessment.card_check_code = "000"
            assessment.benefit_percent = 80
        self.send("vss.assessments", "Assessment", record, assessment, now)
        if assessment.outcome != 3:
            check = self.message("IdentityCheck")(
                record_id=record.record_id, revision=record.revision, citizen_number=patient.so_cccd,
                full_name=patient.ho_ten, birth_date=patient.ngay_sinh)
            self.send("vss.identity-checks", "IdentityCheck", record, check, now)
        return True


def main():
    options = argparse.ArgumentParser()
    options.add_argument("bootstrap")
    options.add_argument("--count", type=int, default=None)
    options.add_argument("--config", help="a file of librdkafka settings, one NAME=VALUE a line")
    given = options.parse_args()
    settings = {"bootstrap.servers": given.bootstrap, "client.id": "outside-vss"}
    if given.config:
        lines = pathlib.Path(given.config).read_text().splitlines()
        settings |= dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    consumer = Consumer(settings | {
        "group.id": "vss", "auto.offset.reset": "earliest", "enable.auto.commit": False})
    # murmur2 is where Java's client puts a key, and where the exchange looks for it.
    producer = Producer(settings | {"enable.idempotence": True, "partitioner": "murmur2_random"})
    failed = []

    def send(topic, kind, record, message, now):
        producer.produce(
            topic, key=record.record_id, value=message.SerializeToString(),
            headers=headers(kind, record.record_id, record.revision, now),
            on_delivery=lambda error, _: failed.append(error) if error else None)

    vss = VSS(messages(), send)
    running = True

    def stop(*_):
        nonlocal running
        running = False

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    consumer.subscribe(["moh.records"])
    answered = 0
    while running and (given.count is None or answered < given.count):
        batch = [message for message in consumer.consume(500, timeout=0.2) if not message.error()]
        answered += sum(vss.take(message.value()) for message in batch)
        producer.flush()
        if failed:
            sys.exit(f"vss.py: the broker did not take {len(failed)} messages: {failed[0]}")
        # Only what is answered is read: after a crash it is read again, and known by its identifiers.
        if batch:
            consumer.commit(asynchronous=False)
    consumer.close()
    print(f"{answered} records answered")


if __name__ == "__main__":
    main()
