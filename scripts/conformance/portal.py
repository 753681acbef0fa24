"""A hospital's system at the VSS portal, written from dispatches 1245 and 1923/BHXH-CNTT alone. Standard library.

    portal.py --door http://HOST:PORT --username U --password P [--copies N] [--wait SECONDS] ENVELOPE

Takes a token, sends the envelope N times, each time with other MA_LK, to guiHoSoXmlQD3176; checks that the same file gets the
same answer, and with --wait looks up what came of each (nhanChiTietLoiHS is Decision 4210's name; the answer is
simulator-defined). Prints one line of JSON; ends with 1 where something is not as the texts say.
"""

import argparse
import base64
import concurrent.futures
import hashlib
import json
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

from envelope import facility_code, renamed


class NotAsWritten(Exception):
    """An answer that is not what the texts say."""


def want(holds, words):
    if not holds:
        raise NotAsWritten(words)


def post(url, fields, headers=None):
    body = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(url, data=body, headers=headers or {}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


class Portal:
    def __init__(self, options):
        self.options = options
        self.password = hashlib.md5(options.password.encode()).hexdigest().upper()
        status, answer = post(
            options.door + "/api/token/take", {"username": options.username, "password": self.password})
        reply = json.loads(answer)
        want(status == 200 and reply["maKetQua"] == "200", "token/take: %s" % answer.decode())
        self.key = reply["APIKey"]
        want(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", self.key["expires_in"]), "expires_in")

    def submit(self, file):
        code = facility_code(file)
        return post(
            self.options.door + "/api/qd130/guiHoSoXmlQD3176",
            {"username": self.options.username, "loaiHoSo": "130", "maTinh": code[:2], "maCSKCB": code,
             "fileHSBase64": base64.b64encode(file).decode()},
            {"accessToken": self.key["access_token"], "tokenId": self.key["id_token"], "passwordHash": self.password})

    def results(self, transaction):
        query = urllib.parse.urlencode({
            "token": self.key["access_token"], "id_token": self.key["id_token"], "username": self.options.username,
            "password": self.password})
        status, answer = post(
            self.options.door + "/api/egw/nhanChiTietLoiHS?" + query, {"maGiaoDich": transaction})
        want(status == 200, "nhanChiTietLoiHS: %d %s" % (status, answer.decode()))
        return json.loads(answer)


def send(portal, file, deadline):
    """Sends one file, twice, and waits for what comes of it."""
    status, first = portal.submit(file)
    reply = json.loads(first)
    want(status == 200 and reply["maKetQua"] == "200", "%d %s" % (status, first.decode()))
    want(re.fullmatch(r"\d{14}", reply["thoiGianTiepNhan"]) and reply["maGiaoDich"], "maGiaoDich or thoiGianTiepNhan")
    want(portal.submit(file)[1] == first, "the same file got another answer")
    while True:
        results = portal.results(reply["maGiaoDich"])
        if results["soHSChoKetQua"] == 0 or time.monotonic() > deadline:
            return results
        time.sleep(0.2)


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("envelope")
    for name in ("door", "username", "password"):
        reader.add_argument("--" + name, required=True)
    reader.add_argument("--copies", type=int, default=1)
    reader.add_argument("--wait", type=float, default=0)
    options = reader.parse_args()
    with open(options.envelope, "rb") as file:
        envelope = file.read()
    try:
        portal = Portal(options)
        deadline = time.monotonic() + options.wait
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            files = [renamed(envelope, "P%d-" % number) for number in range(options.copies)]
            found = list(pool.map(lambda file: send(portal, file, deadline), files))
    except NotAsWritten as error:
        print("portal.py: %s" % error, file=sys.stderr)
        return 1
    names = {"records": "tongSo", "shared": "soHSThanhCong", "refused": "soHSLoi", "open": "soHSChoKetQua"}
    print(json.dumps({name: sum(results[field] for results in found) for name, field in names.items()}, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
