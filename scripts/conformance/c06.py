"""A small C06, as somebody outside would write one from the .proto files and docs/conformance.md alone: for
`cycle conformance c06`, which it passes.

    c06.py HOST:PORT --people people.csv [--count N] [--config FILE]

It knows the people of the file, reads vss.identity-checks, and writes c06.identity-results. What it cannot read it puts aside on
vss.identity-checks.dlt. It takes the agreement for signed by all: signatures it only looks at for whether they have a note.

Needs protoc and, from PyPI, confluent-kafka and protobuf. Ends after N answers, or at Ctrl-C.
"""

import argparse
import csv
import pathlib
import re
import signal
import sys
import time
import unicodedata

from confluent_kafka import Consumer, Producer
from vss import headers, messages

CHECKS, RESULTS, AGREEMENTS = "vss.identity-checks", "c06.identity-results", "exchange.agreements"
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
SALT = re.compile(r"[0-9a-fA-F]{32}")


class NotReadable(Exception):
    """Why a record goes to the dead letters."""


def name(text):
    """A name as it is compared: composed, upper case, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).upper().split())


class People:
    """Whom C06 knows, by the number in force and by every number before it."""

    def __init__(self, path):
        self.by_number, self.shared = {}, set()
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["citizenNumber"]:
                    self.by_number[row["citizenNumber"]] = (row, None)
                for earlier in row["earlierNumbers"].split():
                    number, _, since = earlier.partition("@")
                    if number in self.by_number:
                        self.shared.add(number)
                    self.by_number[number] = (row, since.replace("-", ""))


def agrees(written, registered):
    """A birth date agrees in every part that is known: 19850000 says the year only."""
    if len(written) < 8 or not written[:8].isdigit():
        return False
    registered = registered.replace("-", "")
    parts = ((0, 4, "0000"), (4, 6, "00"), (6, 8, "00"))
    return all(written[a:b] in (unknown, registered[a:b]) for a, b, unknown in parts)


class C06:
    def __init__(self, message, people, send, letter):
        self.message, self.people, self.send, self.letter = message, people, send, letter
        self.latest, self.withdrawn = {}, set()

    def read(self, record, kind):
        """The message of a record whose headers say what it is."""
        said = {key: (value or b"").decode("utf-8", "replace") for key, value in record.headers() or []}
        for header in ("ce_id", "ce_type") + (("ce_subject",) if kind == "IdentityCheck" else ()):
            if header not in said:
                raise NotReadable(f"header {header} is missing")
        if said["ce_type"] != f"exchange.v1.{kind}":
            raise NotReadable(f"ce_type is {said['ce_type']}")
        if not UUID.fullmatch(said["ce_id"]) or not SALT.fullmatch(said.get("ce_salt", "0" * 32)):
            raise NotReadable("ce_id or ce_salt is malformed")
        try:
            content = self.message(kind).FromString(record.value() or b"")
        except Exception as error:
            raise NotReadable(f"no {kind}: {error}") from None
        if kind == "IdentityCheck" and (content.record_id != said["ce_subject"] or content.revision < 1):
            raise NotReadable("record_id is not ce_subject, or there is no revision")
        return content

    def take(self, record):
        """Answers a record of either topic, or puts it aside."""
        try:
            if record.topic() == AGREEMENTS:
                if not self.read(record, "AgreementSignature").note:
                    raise NotReadable("agreement.unsigned: a signature has a signed note")
                return False
            return self.check(self.read(record, "IdentityCheck"))
        except NotReadable as problem:
            self.letter(record, str(problem))
            return False

    def check(self, check):
        """Answers a check; a copy, an earlier revision, or one behind a withdrawal has no effect."""
        known = self.latest.get(check.record_id, 0)
        if check.revision <= known or check.record_id in self.withdrawn:
            return False
        self.latest[check.record_id] = check.revision
        if check.withdrawn:
            self.withdrawn.add(check.record_id)
            return False
        now = int(time.time() * 1000)
        result = self.message("IdentityResult")(
            record_id=check.record_id, revision=check.revision, checked_at=now, **self.find(check))
        self.send(check, result, now)
        return True

    def find(self, check):
        """What is said of a check: the fields of the answer. The first rule that fails decides."""
        number = check.citizen_number
        if not number.strip():
            return {"outcome": 2, "mismatch_reason": 4}
        person, since = self.people.by_number.get(number, (None, None))
        if person is None:
            return {"outcome": 2, "mismatch_reason": 1}
        if number in self.people.shared:
            return {"outcome": 5}
        if name(check.full_name) != name(person["fullName"]):
            return {"outcome": 2, "mismatch_reason": 2}
        if not agrees(check.birth_date, person["birthDate"]):
            return {"outcome": 2, "mismatch_reason": 3}
        found = {"outcome": 1, "civil_status": 1, "citizen_number": person["citizenNumber"]}
        if person["movedTo"]:
            found |= {
                "civil_status": 2, "moved_to_province": person["movedTo"], "moved_from_province": person["province"],
                "moved_on": person["movedOn"].replace("-", "")}
        if person["missingSince"]:
            found["civil_status"] = 3
        if person["diedOn"]:
            found |= {"civil_status": 4, "died_on": person["diedOn"].replace("-", "")}
        if since is not None and len(number) == 12:
            found |= {"number_replaced": True, "number_since": since}
        return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("bootstrap")
    options.add_argument("--people", required=True, help="the file of people, as cycle conformance c06 --people writes it")
    options.add_argument("--count", type=int, default=None)
    options.add_argument("--config", help="a file of librdkafka settings, one NAME=VALUE a line")
    given = options.parse_args()
    settings = {"bootstrap.servers": given.bootstrap, "client.id": "outside-c06"}
    if given.config:
        lines = pathlib.Path(given.config).read_text().splitlines()
        settings |= dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    consumer = Consumer(settings | {
        "group.id": "c06", "auto.offset.reset": "earliest", "enable.auto.commit": False,
        "topic.metadata.refresh.interval.ms": 500})
    # murmur2 is where Java's client puts a key, and where the exchange looks for it.
    producer = Producer(settings | {"enable.idempotence": True, "partitioner": "murmur2_random"})
    failed = []

    def reported(error, _):
        if error:
            failed.append(error)

    def send(check, result, now):
        said = headers("IdentityResult", check.record_id, check.revision, now) | {"ce_source": "/c06"}
        producer.produce(
            RESULTS, key=check.record_id, value=result.SerializeToString(), headers=said, on_delivery=reported)

    def letter(record, reason):
        said = (record.headers() or []) + [("dlt_reason", reason.encode()), ("dlt_reader", b"c06")]
        producer.produce(
            record.topic() + ".dlt", key=record.key(), value=record.value(), headers=said, on_delivery=reported)

    c06 = C06(messages(), People(given.people), send, letter)
    running = True

    def stop(*_):
        nonlocal running
        running = False

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    consumer.subscribe([CHECKS, AGREEMENTS])
    answered = 0
    while running and (given.count is None or answered < given.count):
        batch = [record for record in consumer.consume(500, timeout=0.2) if not record.error()]
        answered += sum(c06.take(record) for record in batch)
        producer.flush()
        if failed:
            sys.exit(f"c06.py: the broker did not take {len(failed)} messages: {failed[0]}")
        # Only what is answered is read: after a crash it is read again, and known by its identifiers.
        if batch:
            consumer.commit(asynchronous=False)
    consumer.close()
    print(f"{answered} checks answered")


if __name__ == "__main__":
    main()
