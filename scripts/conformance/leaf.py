"""A leaf of a journal, and which messages are about a record: from README.txt of a package. The one place that knows how a leaf
lies. Standard library only."""

import hashlib
import struct
import uuid

from tlog import Wrong

# Bytes of a leaf, and the version in its first.
WIDTH, VERSION = 112, 3
ACCEPTED, REFUSED, DUPLICATE, STALE, HELD, UNREADABLE, SENT, OBSERVED, LOOKED, KEY_CHANGED, OBEYED, CHANGED = (
    1, 2, 3, 4, 6, 7, 9, 10, 11, 12, 14, 17)
COMMAND_TOPIC, NOTE_VERDICTS = 254, 14
FACILITY_RECORD = 1
DECISIONS = range(1, 18)
# What a leaf says of the one before it about the same subject: nothing is one, it is the first, or its number + 1.
NO_CHAIN, FIRST = (1 << 48) - 1, 0

KINDS = {
    1: "exchange.v1.FacilityRecord", 2: "exchange.v1.AcceptedRecord", 9: "exchange.v1.AssessedRecord",
    3: "exchange.v1.Assessment", 4: "exchange.v1.IdentityCheck", 5: "exchange.v1.IdentityResult",
    6: "exchange.v1.BookEntry", 7: "exchange.v1.Correction", 10: "exchange.v1.SharingNotice",
    13: "exchange.v1.AssessmentFeedback", 14: "exchange.v1.InsuranceNotice", 15: "exchange.v1.HistoryRequest",
    16: "exchange.v1.SharedHistory",
}
REVISIONS = range(0, 33)
REQUEST_KINDS = (15, 16)

BLOCKS = ["administrative", "insurance", "clinical", "clinicalDetails"]
TABLES = ["xml0", "xml6", "xml7", "xml8", "xml9", "xml10", "xml11", "xml12", "xml13", "xml14", "xml15"]


class Leaf:
    def __init__(self, data):
        if len(data) != WIDTH or data[0] != VERSION or data[1] not in DECISIONS:
            raise Wrong(f"these {len(data)} bytes are no leaf")
        self.decision, self.kind, self.topic, self.reason = struct.unpack(">BBBH", data[1:6])
        self.offset, self.time = struct.unpack(">qq", data[16:32])
        self.previous = int.from_bytes(data[6:12], "big")
        self.partition = int.from_bytes(data[12:16], "big", signed=True)
        self.message, self.cause, self.digest = data[32:48], data[48:64], data[64:96]

    @property
    def is_verdict(self):
        return (self.decision, self.topic, self.kind) == (OBEYED, COMMAND_TOPIC, NOTE_VERDICTS)


# Identifiers

MASK = (1 << 64) - 1


def mix(x):
    x ^= x >> 30
    x = x * 0xBF58476D1CE4E5B9 & MASK
    x ^= x >> 27
    x = x * 0x94D049BB133111EB & MASK
    return x ^ x >> 31


def version8(high, low):
    high = high & ~0xF000 | 0x8000
    low = low & ~(3 << 62) | 2 << 62
    return struct.pack(">QQ", high & MASK, low & MASK)


def message(kind, record, revision):
    """The identifier of a message about a record, 16 bytes each."""
    high, low = struct.unpack(">QQ", record)
    a = mix(high + mix((kind << 32 | revision) + 0x9E3779B97F4A7C15 & MASK) & MASK)
    b = mix(low ^ a)
    return version8(a ^ b, mix(b))


def subjects(record):
    """Kind and revision by message identifier, of all messages about a record."""
    return {
        message(kind, record, revision): (kind, revision)
        for kind in KINDS for revision in ([1] if kind in REQUEST_KINDS else REVISIONS)
    }


# Payloads


def parts_of(kind):
    """The labels that the parts of a message can have."""
    count = {1: 4, 2: 2, 6: 4, 9: 4}.get(kind, 0)
    blocks = ["rest"] + BLOCKS[:count]
    return [blocks, blocks + TABLES] if count else [blocks]


def commitment(digests):
    return digests[0] if len(digests) == 1 else hashlib.sha256(b"".join(digests)).digest()


# Verdicts of MoH's axis


def varint(data, at):
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise Wrong("it is no message in Protocol Buffers")
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 0x80:
            return value, at


def verdict_records(statement):
    """The records that a verdict is about."""
    at, found = 0, []
    while at < len(statement):
        tag, at = varint(statement, at)
        value, at = varint(statement, at)
        if tag & 7 == 2:
            if value > len(statement) - at:
                raise Wrong("it is no message in Protocol Buffers")
            if tag >> 3 == 8:
                found.append(statement[at:at + value].decode("utf-8", "replace"))
            at += value
        elif tag & 7 != 0:
            raise Wrong("it is no verdict")
    return found


def verdict_message(statement):
    digest = hashlib.sha256(b"exchange.v1.AxisVerdict|" + statement).digest()
    return version8(*struct.unpack(">QQ", digest[:16]))


def record_bytes(text):
    """The 16 bytes of a record's UUID; None when it is none."""
    try:
        found = uuid.UUID(text)
    except ValueError:
        return None
    return found.bytes if text.lower() == str(found) else None
