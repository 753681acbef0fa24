"""Checks a package of evidence as its README.txt says. Standard library only."""

import hashlib
import json
import pathlib
import re
import zipfile

import leaf as leaves
import story
from leaf import Leaf
from tlog import (
    LOG, Checkpoint, Key, Note, Wrong, check_consistency, check_inclusion, key_list, leaf_hash, proof_file, quorum,
    request_file, sha256, unpacked64,
)

MOST = 256 << 20
HEX = re.compile(r"[0-9a-fA-F]{64}")
NAME = re.compile(r"[!-\[\]-~]{1,1000}")


def unzipped(path):
    """The files of an archive by name. Never unpacks more than a package can be, nor a name twice or out of its folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            names = [entry.filename for entry in entries]
            if len(set(names)) != len(names) or sum(entry.file_size for entry in entries) > MOST:
                raise Wrong("the archive has a name twice, or is larger than a package can be")
            for name in names:
                if not NAME.fullmatch(name) or any(part in ("", ".", "..") for part in name.split("/")):
                    raise Wrong(f"the archive has the name {name!r}")
            files = {}
            for entry in entries:
                with archive.open(entry) as file:
                    files[entry.filename] = file.read(entry.file_size + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Wrong(f"it cannot be unpacked: {error}") from None
    except Exception as error:  # zlib.error is no subclass of anything of these
        if type(error).__name__ != "error":
            raise
        raise Wrong(f"it cannot be unpacked: {error}") from None
    if "manifest.json" not in files:
        tops = {name.split("/")[0] for name in files}
        if len(tops) == 1 and f"{(top := tops.pop())}/manifest.json" in files:
            files = {name[len(top) + 1:]: data for name, data in files.items()}
    return files


def read_json(data, fields, optional=()):
    """An object with exactly these fields."""
    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise Wrong("a field stands twice")
        return dict(pairs)

    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except ValueError:
        raise Wrong("it is no JSON") from None
    if not isinstance(found, dict) or not set(fields) <= set(found) <= set(fields) | set(optional):
        raise Wrong("it has other fields than it should")
    return found


class Pins:
    """What was carried away: by log its keys, and its checkpoints with the path of each."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        lists = {path.stem: key_list(path.read_bytes()) for path in sorted(folder.glob("*.keys"))}
        if not lists:
            raise Wrong(f"there are no pins in {folder}")
        self.keys = [key for keys in lists.values() for key in keys]
        self.heads = {}
        for name, keys in lists.items():
            origin = keys[0].name
            paths = [folder / f"{name}.checkpoint", folder / f"{name}.cosigned"]
            self.heads[origin] = [
                (str(path), Checkpoint(path.read_bytes(), self.keys, origin)) for path in paths if path.exists()]


class Package:
    def __init__(self, files, trusted, pins, skew):
        self.files, self.pins, self.skew, self.findings = files, pins, skew, []
        if pins:
            trusted = (trusted or []) + pins.keys
        self.trusted = trusted
        try:
            self.manifest = manifest = read_json(files.get("manifest.json", b""), [
                "format", "version", "exchange", "record", "made", "disclosed", "logs", "journals", "files"], ["open"])
        except Wrong as error:
            raise Wrong(f"manifest.json: {error}") from None
        if manifest["format"] != "closed-cycle-evidence" or manifest["version"] != 3:
            raise Wrong("it is no package of version 3")
        self.record = leaves.record_bytes(manifest["record"])
        if self.record is None:
            raise Wrong("the package is about no record")
        self.folder = f"closed-cycle/{manifest['exchange']}/"
        self.subjects = leaves.subjects(self.record)
        parties = [journal["party"] for journal in manifest["journals"]]
        origins = {self.folder + name for name in set(manifest["logs"]) | set(parties)}
        if trusted:
            names = {key.name for key in trusted}
            if not names & {self.folder + name for name in parties}:
                raise Wrong("the keys are those of another exchange")
            origins |= {name for name in names if name.startswith(self.folder)}
        self.origins = origins
        self.proved, self.count, self.alone, self.payloads = [], 0, 0, 0

    def add(self, file, text):
        self.findings.append((file, str(text)))

    def check(self):
        self.check_files()
        manifest, own = self.manifest, []
        for log in sorted(set(manifest["logs"]) | {journal["party"] for journal in manifest["journals"]}):
            own += self.check_keys(log)
        keys = self.trusted or own
        for journal in manifest["journals"]:
            self.check_journal(journal, keys)
        self.check_payloads()
        self.check_story()
        self.check_end()

    # Files and keys

    def check_files(self):
        listed = {entry["name"]: entry for entry in self.manifest["files"]}
        if len(listed) != len(self.manifest["files"]):
            self.add("manifest.json", "a file is named twice")
        present = set(self.files) - {"manifest.json"}
        for name in sorted(present ^ set(listed)):
            self.add(name, "it is not named" if name in present else "it is missing")
        for name in present & set(listed):
            data, entry = self.files[name], listed[name]
            if len(data) != entry["bytes"] or sha256(data).hex() != entry["sha256"]:
                self.add(name, "its SHA-256 is not the one in the manifest")
        known = {"README.txt"}
        for log in self.manifest["logs"] + [journal["party"] for journal in self.manifest["journals"]]:
            known |= {f"keys/{log}.pub", f"keys/{log}.witness.pub"}
        for journal in self.manifest["journals"]:
            name = journal["party"]
            known.add(f"checkpoints/{name}.checkpoint")
            known |= {f"continues/{name}/{size}.request" for size in journal["continues"]}
            for number in journal["leaves"]:
                known |= {f"leaves/{name}/{number}.leaf", f"leaves/{name}/{number}.tlog-proof"}
                if self.is_verdict(f"leaves/{name}/{number}.leaf"):
                    known.add(f"verdicts/{name}/{number}.json")
        for name in sorted(present - known):
            if not name.startswith("payloads/"):
                self.add(name, "a package has no such file")

    def is_verdict(self, name):
        try:
            return Leaf(self.files.get(name, b"")).is_verdict
        except Wrong:
            return False

    def check_keys(self, log):
        name, witness_name = f"keys/{log}.pub", f"keys/{log}.witness.pub"
        try:
            lines = self.lines(name)
            keys = [Key(line) for line in lines]
            if any(key.kind != LOG for key in keys):
                raise Wrong("it has a key that is no log's")
            if self.trusted:
                known = {key.line for key in self.trusted}
                for key in keys:
                    if key.line not in known:
                        self.add(name, f"{key.line} is not among the keys that are trusted")
            if self.lines(witness_name) != [key.witness.line for key in keys]:
                self.add(witness_name, "it has not the same pairs")
            return keys
        except Wrong as error:
            self.add(name, error)
            return []

    def lines(self, name):
        data = self.files.get(name)
        if data is None:
            raise Wrong(f"{name} is missing")
        text = data.decode("utf-8", "replace")
        if text and not text.endswith("\n"):
            raise Wrong(f"{name} does not end with a line break")
        return text.split("\n")[:-1]

    # Journals

    def check_journal(self, journal, keys):
        name = f"checkpoints/{journal['party']}.checkpoint"
        try:
            data = self.files.get(name)
            if data is None:
                raise Wrong("it is missing")
            head = Checkpoint(data, keys, self.folder + journal["party"])
        except Wrong as error:
            return self.add(name, error)
        others, needed = quorum(head.origin, self.origins)
        if (journal["needed"], journal["others"]) != (needed, len(others)):
            self.add("manifest.json", f"of {len(others)} other logs {needed} must have cosigned {journal['party']}")
        cosigned = others & set(head.cosigned)
        is_proved = len(cosigned) >= needed
        if not is_proved:
            self.add(name, f"cosigned by {len(cosigned)} of {len(others)} other logs, and {needed} are needed")
        if self.pins:
            self.check_pins(journal, head, name)
        named, findings = story.chain(
            {number: leaf for number in journal["leaves"] if (leaf := self.leaf(journal["party"], number))},
            self.is_about)
        for number, text in findings:
            self.add(f"leaves/{journal['party']}/{number}.leaf", text)
        last = -1
        for number in journal["leaves"]:
            if number <= last:
                self.add("manifest.json", f"the leaves of {journal['party']} are not in order")
            last = number
            self.check_leaf(journal, number, head, is_proved, named)

    def leaf(self, party_name, number):
        """A leaf; None when there is none of this number, or its bytes are none."""
        try:
            return Leaf(self.files.get(f"leaves/{party_name}/{number}.leaf", b""))
        except Wrong:
            return None

    def is_about(self, leaf):
        return self.subjects.get(leaf.message, (None,))[0] == leaf.kind or self.is_change(leaf)

    def is_change(self, leaf):
        """Whether it says that what a party has stored of the record has changed."""
        return leaf.decision == leaves.CHANGED and leaf.message == self.record

    def check_pins(self, journal, head, name):
        heads = self.pins.heads.get(head.origin)
        if not heads:
            return self.add(name, "there is no pin of it")
        for path, pin in heads:
            if pin.size == head.size:
                if pin.root != head.root:
                    self.add(name, f"two histories: {path} has another root")
                continue
            old, new = (pin, head) if pin.size < head.size else (head, pin)
            request = f"continues/{journal['party']}/{pin.size}.request"
            try:
                if request not in self.files:
                    raise Wrong(f"nothing shows that it and {path} are of one history")
                size, path_, note = request_file(self.files[request])
                if size != old.size or Note(note).text != new.note.text:
                    raise Wrong("it is about other checkpoints")
                check_consistency(old.size, new.size, path_, old.root, new.root)
            except Wrong as error:
                self.add(request, error)

    def check_leaf(self, journal, number, head, is_proved, named):
        party_name = journal["party"]
        name, proof = f"leaves/{party_name}/{number}.leaf", f"leaves/{party_name}/{number}.tlog-proof"
        if name not in self.files or proof not in self.files:
            return self.add(name, "it or its proof is missing")
        try:
            found = Leaf(self.files[name])
            if found.is_verdict:
                self.check_verdict(f"verdicts/{party_name}/{number}.json", found)
            elif not self.is_about(found) and number not in named:
                raise Wrong("it is not about the record")
        except Wrong as error:
            return self.add(name, error)
        try:
            index, path, note = proof_file(self.files[proof])
            if index != number or note != head.note.data:
                raise Wrong("it is about another leaf or another checkpoint")
            check_inclusion(index, head.size, leaf_hash(self.files[name]), path, head.root)
        except Wrong as error:
            return self.add(proof, error)
        if is_proved:
            self.count += 1
        else:
            self.alone += 1
        if not found.is_verdict and self.subjects.get(found.message, (None,))[0] == found.kind:
            topics = journal["topics"]
            topic = topics[found.topic] if found.decision != leaves.SENT and found.topic < len(topics) else None
            self.proved.append((party_name, number, found, topic))

    def check_verdict(self, name, found):
        if name not in self.files:
            raise Wrong(f"{name} is missing")
        said = read_json(self.files[name], ["text", "records", "statement", "salt"])
        statement, salt = unpacked64(said["statement"]), unpacked64(said["salt"])
        records = leaves.verdict_records(statement)
        if (leaves.verdict_message(statement) != found.message or len(salt) != 16
                or sha256(salt + statement) != found.digest or said["records"] != records):
            raise Wrong(f"{name} is not what the leaf binds")
        if self.record not in [leaves.record_bytes(record) for record in records]:
            raise Wrong(f"{name} is not about the record")

    # Payloads

    def check_payloads(self):
        for name in sorted(self.files):
            if name.startswith("payloads/"):
                try:
                    self.check_payload(self.files[name])
                    self.payloads += 1
                except Wrong as error:
                    self.add(name, error)

    def check_payload(self, data):
        said = read_json(data, ["message", "type", "topic", "partition", "offset", "isErased", "parts"])
        kinds = [kind for kind, name in leaves.KINDS.items() if name == said["type"]]
        found = [
            leaf for _, _, leaf, topic in self.proved
            if [leaf.kind] == kinds and str_of(leaf.message) == said["message"] and topic == said["topic"]
            and (leaf.partition, leaf.offset) == (said["partition"], said["offset"])
        ]
        if not found:
            raise Wrong("no proved leaf received it there")
        if said["isErased"] is True and not said["parts"]:
            return
        digests = [self.part_digest(part) for part in said["parts"]]
        if [part["label"] for part in said["parts"]] not in leaves.parts_of(kinds[0]):
            raise Wrong("its parts are not those of such a message")
        if any(leaf.digest != leaves.commitment(digests) for leaf in found):
            raise Wrong("it is not what a leaf binds")

    @staticmethod
    def part_digest(part):
        if set(part) == {"label", "digest"} and HEX.fullmatch(part["digest"]):
            return bytes.fromhex(part["digest"])
        if set(part) == {"label", "bytes", "salt"} and len(salt := unpacked64(part["salt"])) == 16:
            return hashlib.sha256(salt + unpacked64(part["bytes"])).digest()
        raise Wrong("a part is neither shown nor closed")

    # The story

    def check_story(self):
        for name, text in story.disagreements(self.proved, self.skew):
            self.add(name, text)

    def check_end(self):
        """What the leaves leave open must stand in the manifest, and nothing else."""
        entries = [
            (party_name, number, leaf, self.subjects[leaf.message][1]) for party_name, number, leaf, _ in self.proved]
        said = {(end["party"], end["leaf"]) for end in self.manifest.get("open", [])}
        found = story.open_ends(entries)
        for party_name, number in sorted(found - said):
            self.add(f"leaves/{party_name}/{number}.leaf", "incomplete: nothing follows, and the package does not say so")
        for party_name, number in sorted(said - found):
            self.add("manifest.json", f"it says that leaf {number} of {party_name} is open, which is not so")


def str_of(data):
    text = data.hex()
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def check_package(path, keys, pins, skew):
    """What was proved, in words, and what does not hold."""
    package = Package(unzipped(path), keys, Pins(pins) if pins else None, skew)
    try:
        package.check()
    except (KeyError, TypeError, AttributeError) as error:
        package.add("manifest.json", f"it is not of the form that it should have ({error})")
    alone = f", {package.alone} signed alone" if package.alone else ""
    return f"{package.count} leaves proved{alone}, {package.payloads} payloads", package.findings
