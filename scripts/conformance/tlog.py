"""Signed notes, keys, checkpoints, cosignatures, and the proofs and tiles of a Merkle tree: from C2SP signed-note,
tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-tiles and RFC 6962. Standard library only."""

import base64
import binascii
import hashlib
import pathlib
import re

import ed25519

LOG, WITNESS = 1, 4
NUMBER = re.compile(r"0|[1-9][0-9]{0,19}")


class Wrong(Exception):
    """Something that does not hold, in words."""


def sha256(data):
    return hashlib.sha256(data).digest()


def number(text):
    if not NUMBER.fullmatch(text) or int(text) >= 1 << 64:
        raise Wrong(f"{text!r} is no number")
    return int(text)


def unpacked64(text):
    """The bytes of base 64, in its one canonical form."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("there is something that is not base 64") from None
    if base64.b64encode(data).decode() != text:
        raise Wrong("there is base 64 that is not canonical")
    return data


def hash64(text):
    data = unpacked64(text)
    if len(data) != 32:
        raise Wrong("a hash has 32 bytes")
    return data


# Keys


def is_key_name(name):
    return bool(name) and "+" not in name and not any(c.isspace() or ord(c) < 32 for c in name)


class Key:
    """A verifier key, and in which sizes of its log or at which times it may sign."""

    def __init__(self, line):
        parts = line.split("+", 2)
        if len(parts) != 3 or not is_key_name(parts[0]):
            raise Wrong(f"{line!r} is no key")
        self.line, self.name = line, parts[0]
        material = unpacked64(parts[2])
        self.kind, self.public = material[0] if material else 0, material[1:]
        if self.kind not in (LOG, WITNESS) or len(self.public) != 32:
            raise Wrong(f"{line!r} is of no known kind")
        self.identifier = self.identifier_as(self.kind)
        if parts[1] != self.identifier.hex():
            raise Wrong(f"{line!r} has not the identifier that follows from it")
        self.sizes, self.times = (0, None), (0, None)

    def identifier_as(self, kind):
        return sha256(self.name.encode() + b"\n" + bytes([kind]) + self.public)[:4]

    @property
    def witness(self):
        """The same pair as it cosigns."""
        data = base64.b64encode(bytes([WITNESS]) + self.public).decode()
        key = Key(f"{self.name}+{self.identifier_as(WITNESS).hex()}+{data}")
        key.times = self.times
        return key


def within(value, limits):
    return value >= limits[0] and (limits[1] is None or value <= limits[1])


def key_list(data):
    """The keys of a NAME.keys: a note with "closed-cycle/keys", the log, and of each key the first size, the first time and
    itself; signed by the last key and the one before."""
    note = Note(data)
    lines = note.text.split("\n")[:-1]
    if len(lines) < 3 or lines[0] != "closed-cycle/keys":
        raise Wrong("it is no list of keys")
    keys = []
    for line in lines[2:]:
        size, time, key = line.split(" ")
        key = Key(key)
        key.sizes, key.times = (number(size), None), (number(time), None)
        if key.name != lines[1] or key.kind != LOG:
            raise Wrong("it has a key of another log")
        if keys:
            keys[-1].sizes = (keys[-1].sizes[0], key.sizes[0] - 1)
            keys[-1].times = (keys[-1].times[0], key.times[0])
        keys.append(key)
    for key in keys[-2:]:
        if not any(note.is_by(key, name, signature) for name, signature in note.signatures):
            raise Wrong(f"the list of keys is not signed by {key.name}+{key.identifier.hex()}")
    return keys


def keys_at(path):
    """The keys of a file, or of all *.keys and *.pub of a folder. Of a key with a known range that range counts."""
    path = pathlib.Path(path)
    paths = sorted(p for p in path.iterdir() if p.suffix in (".pub", ".keys")) if path.is_dir() else [path]
    found = {}
    for file in sorted(paths, key=lambda p: p.suffix != ".keys"):
        data = file.read_bytes()
        try:
            keys = key_list(data) if data.startswith(b"closed-cycle/keys\n") else key_lines(data)
        except Wrong as error:
            raise Wrong(f"{file}: {error}") from None
        for key in keys:
            found.setdefault(key.line, key)
    if not found:
        raise Wrong(f"there are no keys at {path}")
    return list(found.values())


def key_lines(data):
    return [Key(line) for line in data.decode().split("\n") if line and not line.startswith("#")]


# Notes


class Note:
    def __init__(self, data):
        if len(data) > 1 << 20:
            raise Wrong("the note is too long")
        try:
            whole = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Wrong("the note is not UTF-8") from None
        text, mark, rest = whole.rpartition("\n\n")
        if not mark or not rest.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in whole):
            raise Wrong("it is no signed note")
        self.data, self.text = data, text + "\n"
        self.signatures = [self.signature(line) for line in rest[:-1].split("\n")]
        if len(self.signatures) > 100:
            raise Wrong("the note has too many signatures")

    @staticmethod
    def signature(line):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or not is_key_name(parts[1]):
            raise Wrong("a signature line is malformed")
        content = unpacked64(parts[2])
        if len(content) <= 4:
            raise Wrong("a signature line is malformed")
        return parts[1], content

    def is_by(self, key, name, content):
        """Whether a signature line is of this key, and right. Raises Wrong when it is of it and not right."""
        if name != key.name or content[:4] != key.identifier:
            return False
        message, signature = self.text.encode(), content[4:]
        if key.kind == WITNESS:
            if len(signature) != 72:
                raise Wrong(f"the cosignature of {name} is wrong")
            time = int.from_bytes(signature[:8], "big")
            message, signature = f"cosignature/v1\ntime {time}\n".encode() + message, signature[8:]
        if not ed25519.verifies(key.public, signature, message):
            raise Wrong(f"the signature of {name}+{key.identifier.hex()} is wrong")
        return True


class Checkpoint:
    """A checkpoint with its signatures checked."""

    def __init__(self, data, keys, origin):
        self.note = note = Note(data)
        lines = note.text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]):
            raise Wrong("it is no checkpoint")
        self.origin, self.size, self.root = lines[0], number(lines[1]), hash64(lines[2])
        if self.origin != origin:
            raise Wrong(f"the checkpoint is of {self.origin}, not of {origin}")
        if self.size == 0 and self.root != sha256(b""):
            raise Wrong("the checkpoint of no leaves has a wrong root")
        own = [key for key in keys if key.kind == LOG and key.name == origin]
        witnesses = {key.line: key for key in keys if key.kind == WITNESS}
        for key in keys:
            if key.kind == LOG:
                witness = key.witness
                # A range that is known counts, wherever the key stands without one as well.
                witnesses[witness.line] = witness
        signed, self.cosigned = False, {}
        for name, content in note.signatures:
            for key in own:
                if note.is_by(key, name, content):
                    signed = signed or within(self.size, key.sizes)
            for key in witnesses.values():
                if note.is_by(key, name, content):
                    time = int.from_bytes(content[4:12], "big")
                    if within(time, key.times):
                        self.cosigned[name] = time
        if not signed:
            raise Wrong(f"the checkpoint is not signed by a key of {origin} that may sign {self.size} leaves")


def party(origin):
    """A log's name without the number of a shard."""
    folder, _, name = origin.rpartition("/")
    return folder + "/" + name.partition(".")[0]


def quorum(origin, logs):
    """The other logs, and how many of them must have cosigned."""
    others = {log for log in logs if party(log) != party(origin)}
    return others, len(others) // 2 + 1


# The tree (RFC 6962, section 2.1; checks as in RFC 9162, sections 2.1.3.2 and 2.1.4.2)


def leaf_hash(data):
    return sha256(b"\0" + data)


def node(left, right):
    return sha256(b"\1" + left + right)


def check_inclusion(index, size, leaf, path, root):
    if index >= size:
        raise Wrong(f"leaf {index} is not in a tree of {size}")
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise Wrong("the proof is too long")
        if place & 1 or place == last:
            found = node(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, step)
        place, last = place >> 1, last >> 1
    if last or found != root:
        raise Wrong("the proof does not lead to the root of the checkpoint")


def check_consistency(old, new, path, old_root, new_root):
    if old > new:
        raise Wrong("the tree that should be older has more leaves")
    if old == new or old == 0:
        if path or old == new and old_root != new_root:
            raise Wrong("the two trees are not of one history")
        return
    if old & old - 1 == 0:
        path = [old_root] + path
    if not path:
        raise Wrong("the proof is too short")
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            raise Wrong("the proof is too long")
        if place & 1 or place == last:
            first, second = node(step, first), node(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node(second, step)
        place, last = place >> 1, last >> 1
    if last or first != old_root or second != new_root:
        raise Wrong("the two trees are not of one history")


class Tree:
    """A tree that grows: the roots of its perfect subtrees."""

    def __init__(self):
        self.size, self.parts = 0, []

    def append(self, leaf):
        self.parts.append(leaf)
        self.size += 1
        size = self.size
        while not size & 1:
            right, left = self.parts.pop(), self.parts.pop()
            self.parts.append(node(left, right))
            size >>= 1

    @property
    def root(self):
        if not self.parts:
            return sha256(b"")
        found = self.parts[-1]
        for part in reversed(self.parts[:-1]):
            found = node(part, found)
        return found


# Files of proofs


def proof_file(data):
    """Index, path, and the bytes of the checkpoint."""
    head, mark, note = data.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if not mark or len(lines) < 2 or lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("index "):
        raise Wrong("it is no proof")
    return number(lines[1][6:]), [hash64(line) for line in lines[2:]], note


def request_file(data):
    """Size of the other, path, and the bytes of the checkpoint."""
    head, mark, note = data.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if not mark or not lines[0].startswith("old "):
        raise Wrong("it is no request to a witness")
    return number(lines[0][4:]), [hash64(line) for line in lines[1:]], note
