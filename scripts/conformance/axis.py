"""A sender to MoH's axis, written from the text of Decision 2062/QD-BYT (Annexes 02 and 03) alone. Standard library; RSA by the
command openssl.

    axis.py --door http://HOST:PORT --username U --password P --sender-id ID --key PRIVATE.pem [--axis-key PUBLIC.pem]
            [--checkups] [--copies N] [--change] [--wait SECONDS] [--keep FILE | --again FILE] [--broken] ENVELOPE

Sends the envelope N times, each time with other MA_LK, as txn_type sync_ehr, or with --checkups as sync_checkup. Checks each reply: header swapped, msg_type 102,
ref_msg_id, the axis's signature; that the same message gets the same bytes; and with --wait asks for the verdicts until none is
open. With --change the first file then goes once more with other contents under a new msg_id, which makes new versions of its
records. With --broken a message whose signature does not hold is sent first. Prints one line of JSON; ends with 1 where something is not as the text says.
"""

import argparse
import base64
import concurrent.futures
import datetime
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from envelope import changed, renamed

VIET_NAM = datetime.timezone(datetime.timedelta(hours=7))


class NotAsWritten(Exception):
    """A reply that is not what the text says."""


def want(holds, words):
    if not holds:
        raise NotAsWritten(words)


def ask(method, url, headers, body=None):
    """Status and bytes of the answer, whatever the status is."""
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def checksum(header, data):
    """C of Annex 02, section 4: A and B are hashes without blanks and line ends, upper case, with a point between them."""
    digests = [hashlib.sha256(re.sub(r"\s", "", text or "{}").encode()).hexdigest().upper() for text in (header, data)]
    return ".".join(digests).encode()


def sign(text, key):
    done = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key], input=text, capture_output=True, check=True)
    return done.stdout.hex().upper()


def is_signed(text, signature, key):
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes.fromhex(signature))
        file.flush()
        done = subprocess.run(
            ["openssl", "dgst", "-sha256", "-verify", key, "-signature", file.name], input=text, capture_output=True)
        return done.returncode == 0


def parts(text):
    """The members of an object as they are written."""
    decoder, found, place = json.JSONDecoder(), {}, text.index("{") + 1
    while text[place] != "}":
        name, place = decoder.raw_decode(text, place)
        place = text.index(":", place) + 1
        _, end = decoder.raw_decode(text, place)
        found[name] = text[place:end]
        place = end + 1 if text[end] == "," else end
    return found


class Axis:
    def __init__(self, options):
        self.options = options
        self.kind = "sync_checkup" if options.checkups else "sync_ehr"
        body = json.dumps({"username": options.username, "password": options.password}).encode()
        status, answer = ask(
            "POST", options.door + "/api/auth/login",
            {"Content-Type": "application/json", "Accept": "*/*", "Accept-Encoding": "gzip,deflate,br"}, body)
        reply = json.loads(answer)
        want(status == 200 and reply["header"]["res_code"] == "CM_SUCCESS", "login: %d %r" % (status, reply))
        want(reply["data"]["duration"] > 0 and reply["data"]["role"] in ("facility", "doh", "department"), "login: data")
        self.token = reply["data"]["token"]

    def message(self, file):
        now = datetime.datetime.now(VIET_NAM)
        header = json.dumps({
            "version": "1.0", "sender_id": self.options.sender_id, "receiver_id": "TDLBYT", "txn_type": self.kind,
            "msg_id": self.options.sender_id + now.strftime("%y%m%d") + uuid.uuid4().hex, "msg_type": "101",
            "data_type": "xml/base64", "send_datetime": str(int(now.timestamp() * 1000))})
        data = base64.b64encode(file).decode()
        signature = sign(checksum(header, data), self.options.key)
        text = '{"header":%s,"data":%s,"signature":"%s"}' % (header, json.dumps(data), signature)
        return json.loads(header)["msg_id"], text.encode()

    def push(self, body):
        return ask(
            "POST",
            self.options.door + "/api/platform/%s/push" % ("data-sync" if self.options.checkups else "resource-sync"),
            {"Content-Type": "application/json", "Authorization": "Bearer " + self.token, "service-type": "100"}, body)

    def check(self, answer, message_id):
        """Reads a reply as the text describes it."""
        text = answer.decode()
        reply = json.loads(text)
        header = reply["header"]
        want(header["sender_id"] == "TDLBYT" and header["receiver_id"] == self.options.sender_id, "header not swapped")
        want(header["msg_type"] == "102" and header["ref_msg_id"] == message_id, "msg_type or ref_msg_id")
        want(re.fullmatch(r"..-%s-\d{6}[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}" % re.escape(self.options.sender_id),
                          header["txn_id"]), "txn_id " + header["txn_id"])
        for name in ("send_datetime", "res_datetime"):
            want(re.fullmatch(r"\d{13}", header[name]), name)
        if self.options.axis_key:
            raw = parts(text)
            want(is_signed(checksum(raw["header"], raw["data"]), reply["signature"], self.options.axis_key),
                 "the reply's signature does not hold")
        return reply

    def verdict(self, message_id):
        url = self.options.door + "/api/platform/verdict?" + urllib.parse.urlencode({"ref_msg_id": message_id})
        status, answer = ask("GET", url, {"Authorization": "Bearer " + self.token})
        want(status == 200, "verdict: %d %s" % (status, answer.decode()))
        return self.check(answer, message_id)


def leaves(reply, count):
    """Numbers of the leaves in MoH's journal that the verdicts on signatures have (simulator-defined)."""
    found = [verdict.get("leaf") for verdict in reply["data"]["verdicts"]]
    want(all(isinstance(leaf, int) for leaf in found[:count]) and found[count:] == [None] * (4 - count), "leaves: %r" % found)
    return found[:count]


def send_broken(axis, file):
    """Sends a message whose signature does not hold, twice, and looks it up. Gives the leaf of the verdict."""
    message_id, body = axis.message(file)
    start = body.index(b'"signature":"') + 13
    body = body[:start] + bytes(reversed(body[start:-2])) + body[-2:]
    told = []
    for _ in range(2):
        status, answer = axis.push(body)
        reply = axis.check(answer, message_id)
        want(status == 400 and reply["header"]["res_code"] == "PS_DS_RSA_SIGNATURE_INVALID", answer.decode())
        told.append(leaves(reply, 1))
    url = axis.options.door + "/api/platform/verdict?" + urllib.parse.urlencode({"ref_msg_id": message_id})
    told.append(leaves(axis.check(ask("GET", url, {"Authorization": "Bearer " + axis.token})[1], message_id), 1))
    want(told[0] == told[1] == told[2], "another leaf: %r" % told)
    return told[0][0]


def send(axis, file, deadline):
    """Sends one file, twice, and waits for the verdicts. Gives res_code, reason and record of each."""
    message_id, body = axis.message(file)
    status, first = axis.push(body)
    reply = axis.check(first, message_id)
    want(status == 200 and reply["header"]["res_code"] == "CM_SUCCESS", "%d %s" % (status, first.decode()))
    status, again = axis.push(body)
    want(status == 200 and again == first, "the same msg_id got another answer")
    while True:
        reply = axis.verdict(message_id)
        checks = {verdict["check"]: verdict["state"] for verdict in reply["data"]["verdicts"]}
        want(checks["rsa-signature"] == "passed", "the verdict on the signature")
        leaves(reply, 2)
        details = reply["data"]["details"]
        if all("res_code" in detail for detail in details) or time.monotonic() > deadline:
            return [
                (detail.get("res_code", "open"), detail.get("reason", ""), detail["record_id"]) for detail in details]
        time.sleep(0.2)


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("envelope")
    for name in ("door", "username", "password", "sender-id", "key"):
        reader.add_argument("--" + name, required=True)
    reader.add_argument("--axis-key")
    reader.add_argument("--checkups", action="store_true")
    reader.add_argument("--copies", type=int, default=1)
    reader.add_argument("--change", action="store_true")
    reader.add_argument("--wait", type=float, default=0)
    reader.add_argument("--broken", action="store_true", help="send a message first whose signature does not hold")
    reader.add_argument("--keep", help="send one message and write it and its answer to a file")
    reader.add_argument("--again", help="send the message of such a file, and compare the answer")
    options = reader.parse_args()
    with open(options.envelope, "rb") as file:
        envelope = file.read()
    try:
        axis = Axis(options)
        if options.keep:
            message_id, body = axis.message(envelope)
            answer = axis.push(body)[1]
            want(axis.check(answer, message_id)["header"]["res_code"] == "CM_SUCCESS", answer.decode())
            with open(options.keep, "w") as file:
                json.dump([body.decode(), answer.decode()], file)
            print(json.dumps({"kept": options.keep}))
            return 0
        if options.again:
            with open(options.again) as file:
                body, answer = json.load(file)
            want(axis.push(body.encode())[1].decode() == answer, "the same msg_id got another answer")
            print(json.dumps({"again": options.again}))
            return 0
        deadline = time.monotonic() + options.wait
        broken = send_broken(axis, renamed(envelope, "B-")) if options.broken else None
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            files = [renamed(envelope, "A%d-" % number) for number in range(options.copies)]
            found = [pair for pairs in pool.map(lambda file: send(axis, file, deadline), files) for pair in pairs]
        if options.change:
            message_id, body = axis.message(changed(files[0]))
            reply = axis.check(axis.push(body)[1], message_id)
            versions = [detail["version"] for detail in reply["data"]["details"] if "version" in detail]
            want(reply["header"]["res_code"] == "CM_SUCCESS" and min(versions) > 1, "versions %r" % versions)
    except NotAsWritten as error:
        print("axis.py: %s" % error, file=sys.stderr)
        return 1
    codes, reasons, examples = {}, {}, {}
    for code, reason, record in found:
        codes[code] = codes.get(code, 0) + 1
        examples[code] = record
        if reason:
            reasons[reason] = reasons.get(reason, 0) + 1
    print(json.dumps(
        {"records": len(found), "codes": codes, "reasons": reasons, "examples": examples, "broken": broken},
        sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
