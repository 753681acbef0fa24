"""Checks a log that was exported as C2SP tlog-tiles: each leaf, each tile, each checkpoint. Standard library only."""

import pathlib

from leaf import Leaf
from tlog import (
    LOG, Checkpoint, Key, Note, Tree, Wrong, check_consistency, check_inclusion, key_lines, leaf_hash, node, quorum,
)

WIDTH = 256


def tile_path(level, index, width):
    groups, rest = [f"{index % 1000:03d}"], index // 1000
    while rest:
        groups.append(f"x{rest % 1000:03d}")
        rest //= 1000
    return "tile/" + "/".join([str(level)] + groups[::-1]) + ("" if width == WIDTH else f".p/{width}")


def tiles_of(size):
    """Level, index and width of all tiles, and bundles of entries, that a tree has at its right edge or full."""
    level, count = 0, size
    while count:
        for index in range((count + WIDTH - 1) // WIDTH):
            width = min(WIDTH, count - WIDTH * index)
            yield level, index, width
            if level == 0:
                yield "entries", index, width
        level, count = level + 1, count // WIDTH


class Log:
    def __init__(self, folder, trusted):
        self.folder, self.findings = pathlib.Path(folder), []
        if not (self.folder / "checkpoint").is_file():
            raise Wrong("there is no checkpoint")
        own = []
        for path in sorted(self.folder.glob("keys/*.pub")):
            try:
                keys = key_lines(path.read_bytes())
            except (Wrong, ValueError) as error:
                self.add(path.relative_to(self.folder), error)
                continue
            own += keys
            if trusted:
                known = {key.line for key in trusted}
                for key in keys:
                    if key.kind == LOG and key.line not in known:
                        self.add(path.relative_to(self.folder), f"{key.line} is not among the keys that are trusted")
        self.keys = trusted or own
        self.check_witness_keys(own)
        self.origins = {key.name for key in self.keys + own if key.kind == LOG}
        self.origin = Note((self.folder / "checkpoint").read_bytes()).text.split("\n")[0]
        self.seen = {"checkpoint"} | {str(p.relative_to(self.folder)) for p in self.folder.glob("keys/*.pub")}

    def add(self, file, text):
        self.findings.append((str(file), str(text)))

    def check_witness_keys(self, own):
        """A log cosigns others with the pairs that it signs with."""
        signing = {key.witness.line for key in own if key.kind == LOG}
        if signing != {key.line for key in own if key.kind != LOG}:
            self.add("keys", "the keys of logs and those of witnesses are not the same pairs")

    def read(self, path):
        self.seen.add(path)
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None

    def head(self, path):
        """A checkpoint; None when it does not hold."""
        self.seen.add(path)
        try:
            return Checkpoint((self.folder / path).read_bytes(), self.keys, self.origin)
        except Wrong as error:
            self.add(path, error)

    def check(self):
        newest = self.head("checkpoint")
        if newest is None:
            return 0
        heads = {}
        for path in (self.folder / "checkpoints").glob("*"):
            head = self.head(f"checkpoints/{path.name}")
            if head is None:
                continue
            if str(head.size) != path.name or head.size > newest.size:
                self.add(f"checkpoints/{path.name}", f"it is of {head.size} leaves")
            heads[head.size] = head
        if newest.size in heads and heads[newest.size].root != newest.root:
            self.add("checkpoint", "two histories: of its size there is one with another root")
        heads[newest.size] = newest
        self.check_cosigned(heads)
        hashes = self.check_entries(newest.size)
        self.check_roots(heads, hashes)
        self.check_tiles(sorted(heads), hashes)
        self.check_proofs(sorted(heads), heads, hashes)
        for file in sorted(self.folder.rglob("*")):
            name = str(file.relative_to(self.folder))
            if file.is_file() and name not in self.seen:
                self.add(name, "a log has no such file")
        return newest.size

    def check_cosigned(self, heads):
        others, needed = quorum(self.origin, self.origins)
        if not (self.folder / "cosigned").is_file():
            return self.add("cosigned", f"no checkpoint is cosigned by {needed} of {len(others)} other logs")
        head = self.head("cosigned")
        if head is None:
            return
        if len(others & set(head.cosigned)) < needed:
            self.add("cosigned", f"it is cosigned by {len(others & set(head.cosigned))}, and {needed} are needed")
        if head.size not in heads or heads[head.size].root != head.root:
            self.add("cosigned", "it is none of the checkpoints of the log")

    def check_entries(self, size):
        """The hashes of all leaves."""
        hashes = []
        for index in range((size + WIDTH - 1) // WIDTH):
            width = min(WIDTH, size - WIDTH * index)
            path = tile_path("entries", index, width)
            try:
                entries = self.entries(self.read(path), width)
                hashes += [leaf_hash(entry) for entry in entries]
                for entry in entries:
                    Leaf(entry)
            except Wrong as error:
                self.add(path, error)
                hashes += [b""] * (WIDTH * index + width - len(hashes))
        return hashes

    @staticmethod
    def entries(data, width):
        if data is None:
            raise Wrong("it is missing")
        found, at = [], 0
        while at < len(data):
            length = int.from_bytes(data[at:at + 2], "big")
            found.append(data[at + 2:at + 2 + length])
            at += 2 + length
        if at != len(data) or len(found) != width:
            raise Wrong(f"it has not {width} entries")
        return found

    def check_roots(self, heads, hashes):
        tree = Tree()
        for place, leaf in enumerate(hashes):
            tree.append(leaf)
            head = heads.get(place + 1)
            if head and head.root != tree.root:
                self.add(f"checkpoints/{place + 1}", "the leaves have another root")

    def check_tiles(self, sizes, hashes):
        """For each size that was signed every tile must be there, or the full one that came later."""
        levels = [hashes]
        while len(levels[-1]) >= WIDTH:
            below = levels[-1]
            full = range(0, len(below) - WIDTH + 1, WIDTH)
            levels.append([Subtrees(below[at:at + WIDTH]).root(0, WIDTH) for at in full])
        done = set()
        for size in sizes:
            for level, index, width in tiles_of(size):
                path = tile_path(level, index, width)
                if path in done:
                    continue
                done.add(path)
                data = self.read(path)
                if data is None:
                    if (self.folder / tile_path(level, index, WIDTH)).is_file():
                        continue
                    self.add(path, f"it is missing, and there is a checkpoint of {size} leaves")
                elif level == "entries":
                    try:
                        found = [leaf_hash(entry) for entry in self.entries(data, width)]
                        if found != hashes[WIDTH * index:WIDTH * index + width]:
                            raise Wrong("it is not the log's")
                    except Wrong as error:
                        self.add(path, error)
                elif data != b"".join(levels[level][WIDTH * index:WIDTH * index + width]):
                    self.add(path, "it is not what the leaves give")

    def check_proofs(self, sizes, heads, hashes):
        """That each checkpoint continues the one before, and that its last leaf is in it, by proofs made from the hashes."""
        if b"" in hashes:
            return
        subtrees = Subtrees(hashes)
        for old, new in zip(sizes, sizes[1:]):
            try:
                path = subtrees.consistency(old, 0, new)
                check_consistency(old, new, path, heads[old].root, heads[new].root)
            except Wrong as error:
                self.add(f"checkpoints/{new}", f"it does not continue that of {old}: {error}")
        size = sizes[-1]
        try:
            path = subtrees.inclusion(size - 1, 0, size)
            check_inclusion(size - 1, size, hashes[-1], path, heads[size].root)
        except Wrong as error:
            self.add("checkpoint", error)


# Proofs as RFC 6962 defines them, sections 2.1.1 and 2.1.2.


def split(count):
    return 1 << (count - 1).bit_length() - 1


class Subtrees:
    """The roots of all perfect subtrees over some leaves: of height h, those of 2^h leaves."""

    def __init__(self, hashes):
        self.rows = [hashes]
        while len(below := self.rows[-1]) > 1:
            self.rows.append([node(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])

    def root(self, low, high):
        """The root over a range that begins where a subtree of its length may begin."""
        count = high - low
        if count & count - 1 == 0:
            height = count.bit_length() - 1
            return self.rows[height][low >> height]
        middle = low + split(count)
        return node(self.root(low, middle), self.root(middle, high))

    def inclusion(self, index, low, high):
        if high - low == 1:
            return []
        middle = low + split(high - low)
        if index < middle:
            return self.inclusion(index, low, middle) + [self.root(middle, high)]
        return self.inclusion(index, middle, high) + [self.root(low, middle)]

    def consistency(self, old, low, high, is_whole=True):
        if old == high:
            return [] if is_whole else [self.root(low, high)]
        middle = low + split(high - low)
        if old <= middle:
            return self.consistency(old, low, middle, is_whole) + [self.root(middle, high)]
        return self.consistency(old, middle, high, False) + [self.root(low, middle)]


def check_log(folder, keys):
    """What there is, in words, and what does not hold."""
    log = Log(folder, keys)
    size = log.check()
    return f"{log.origin}, {size} leaves", log.findings
