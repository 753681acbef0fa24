"""VSS before an AgentNode of the National Data Centre, written from Decision 1551/QD-BYT (Annex 03) alone. Standard library.

    agent_node.py --door http://HOST:PORT --key KEY [--copies N] [--change] ENVELOPE

Sends the envelope N times, the second time on with other MA_LK; checks the answer (XML, Root with statusCode, data, responseTime), that
the same request-id gets the same answer, with --change that other contents go under a new request-id, and that a clock over two minutes off is refused. Prints one line of JSON; ends with 1 where
something is not as the text says.
"""

import argparse
import base64
import datetime
import json
import sys
import urllib.error
import urllib.request
import uuid
import xml.etree.ElementTree

from envelope import changed, renamed

VIET_NAM = datetime.timezone(datetime.timedelta(hours=7))


class NotAsWritten(Exception):
    """An answer that is not what the text says."""


def want(holds, words):
    if not holds:
        raise NotAsWritten(words)


def send(options, file, number, seconds=0):
    """Status and bytes of the answer."""
    time = datetime.datetime.now(VIET_NAM) + datetime.timedelta(seconds=seconds)
    headers = {
        "content-Type": "application/json", "authorization": options.key, "data-type": "QD3176", "request-id": number,
        "request-time": time.strftime("%d%m%Y%H%M%S"), "X-Service": "G12"}
    body = json.dumps({"fileName": "hoso.xml", "fileContent": base64.b64encode(file).decode()}).encode()
    request = urllib.request.Request(
        options.door + "/api/integrate/v1/G12", data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def values(answer):
    root = xml.etree.ElementTree.fromstring(answer)
    want(root.tag == "Root", "the root is " + root.tag)
    return [root.findtext(name) for name in ("statusCode", "data", "responseTime")]


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("envelope")
    reader.add_argument("--door", required=True)
    reader.add_argument("--key", required=True)
    reader.add_argument("--copies", type=int, default=1)
    reader.add_argument("--change", action="store_true")
    options = reader.parse_args()
    with open(options.envelope, "rb") as file:
        envelope = file.read()
    try:
        for copy in range(options.copies):
            file, number = renamed(envelope, "G%d-" % copy) if copy else envelope, str(uuid.uuid4())
            for seconds in (-123, 123):
                code, data, _ = values(send(options, file, number, seconds)[1])
                want(code == "400" and data, "a clock %d seconds off is taken" % seconds)
            status, first = send(options, file, number)
            code, data, time = values(first)
            want(status == 200 and code == "200" and not data and time, first.decode())
            want(send(options, file, number)[1] == first, "the same request-id got another answer")
        if options.change:
            code, data, _ = values(send(options, changed(file), str(uuid.uuid4()))[1])
            want(code == "200" and not data, "other contents under a new request-id are not taken in")
    except NotAsWritten as error:
        print("agent_node.py: %s" % error, file=sys.stderr)
        return 1
    print(json.dumps({"files": options.copies}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
