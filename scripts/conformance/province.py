"""A facility before a province's gateway, written from dispatch 7286/SYT-QLBHYTCNTT alone, but for the path by which it looks up,
which no public text gives. Standard library.

    province.py --door http://HOST:PORT --username U --password P --sender-id ID --wait SECONDS KHAMSUCKHOE.xml

Logs in, sends the file as header and data{content}, sends the same message again (the same maGiaoDich), looks it up until no record is
under way, sends the file with other contents under a new msg_id, and looks that up. Prints one line of JSON; ends with 1 where something
is not as the text says.
"""

import argparse
import base64
import datetime
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from envelope import changed

VIET_NAM = datetime.timezone(datetime.timedelta(hours=7))
RECORDS = "/api/v1/medical-record/ksk-lien-thong"


class NotAsWritten(Exception):
    """A reply that is not what the text says."""


def want(holds, words):
    if not holds:
        raise NotAsWritten(words)


class Gateway:
    def __init__(self, options):
        self.options = options
        self.headers = {"Content-Type": "application/json"}
        status, reply, _ = self.ask(
            "/api/v1/resource/authentication/login", {"username": options.username, "password": options.password})
        want(status == 200 and reply["code"] == 200 and reply["access_token"], "login: %d %r" % (status, reply))
        self.headers["Authorization"] = "Bearer " + reply["access_token"]

    def ask(self, path, body=None):
        """Status, JSON and head of the answer, whatever the status is."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.options.door + path, data=data, headers=self.headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read()), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read()), error.headers

    def message(self, file):
        day = datetime.datetime.now(VIET_NAM).strftime("%y%m%d")
        sender = self.options.sender_id
        return {
            "header": {
                "version": "1.0", "sender_id": sender, "receiver_id": "VTS", "txn_type": "sync_checkup",
                "msg_id": sender + day + uuid.uuid4().hex},
            "data": {"content": base64.b64encode(file).decode()}}

    def push(self, message):
        status, reply, head = self.ask(RECORDS + "/kham-suc-khoe", message)
        want(status == 200 and reply["status"] == 200 and reply["maGiaoDich"], "push: %d %r" % (status, reply))
        want(head["X-HOC-Tracking-Id"] == reply["tracking_id"], "the tracking number of the head is another one")
        return reply["maGiaoDich"]

    def ended(self, transaction):
        """The message, once no record of it is under way."""
        deadline = time.monotonic() + self.options.wait
        while True:
            status, reply, _ = self.ask(RECORDS + "/giao-dich?" + urllib.parse.urlencode({"maGiaoDich": transaction}))
            want(status == 200, "look-up: %d %r" % (status, reply))
            if reply["trangThai"] != "Đang xử lý":
                want(reply["tongSo"] == reply["soThanhCong"] + reply["soLoi"], "the counts: %r" % reply)
                return reply
            want(time.monotonic() < deadline, "still under way: %r" % reply)
            time.sleep(0.2)


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("envelope")
    for name in ("door", "username", "password", "sender-id"):
        reader.add_argument("--" + name, required=True)
    reader.add_argument("--wait", type=float, default=60)
    options = reader.parse_args()
    with open(options.envelope, "rb") as file:
        envelope = file.read()
    try:
        gateway = Gateway(options)
        message = gateway.message(envelope)
        transaction = gateway.push(message)
        want(gateway.push(message) == transaction, "the same msg_id got another maGiaoDich")
        first = gateway.ended(transaction)
        later = gateway.ended(gateway.push(gateway.message(changed(envelope))))
        versions = [record["lan_gui"] for record in later["dsHoSo"]]
        want(max(versions) > 1, "other contents are no later version: %r" % versions)
    except NotAsWritten as error:
        print("province.py: %s" % error, file=sys.stderr)
        return 1
    print(json.dumps(
        {"records": first["tongSo"], "shared": first["soThanhCong"], "refused": first["soLoi"], "versions": versions}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
