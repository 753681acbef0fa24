"""A client of FHIR R4 as somebody outside would write one from hl7.org/fhir/R4 alone: standard library only.

    fhir.py read ADDRESS --token TOKEN --purpose TEXT --system URI --number NUMBER [--officer NAME]
    fhir.py send ADDRESS --token TOKEN BUNDLE.json
    fhir.py time ADDRESS --token TOKEN --purpose TEXT --system URI --number NUMBER [--count N] [--clients N]

`read` finds a person by number, follows every page of $everything, reads each resource again by its address, and checks what
the standard says: types, references that lead somewhere, versions in headers, errors as OperationOutcome. It prints what it
found as JSON. `send` posts a transaction. `time` has each client ask for $everything so many times, each over a connection of its own,
and prints how many resources and bytes an answer has, and milliseconds from the request to its last byte: median, 99 of 100, greatest.
"""

import argparse
import concurrent.futures
import http.client
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

JSON = "application/fhir+json"


class Server:
    def __init__(self, base, token, purpose="", officer=""):
        self.base = base.rstrip("/")
        self.headers = {"Accept": JSON, "Authorization": f"Bearer {token}"}
        # Header values travel as bytes; Python writes them as Latin-1.
        if purpose:
            self.headers["X-Purpose"] = purpose.encode().decode("latin-1")
        if officer:
            self.headers["X-Officer"] = officer.encode().decode("latin-1")

    def ask(self, url, form=None, body=None, headers=None):
        """Status, headers and JSON of one request; errors of HTTP are answers too."""
        if "://" not in url:
            url = f"{self.base}/{url}" if url else self.base
        data, kind = None, {}
        if form is not None:
            data = urllib.parse.urlencode(form).encode()
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
        if body is not None:
            data, kind = body, {"Content-Type": JSON}
        request = urllib.request.Request(url, data=data, headers=self.headers | kind | (headers or {}))
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.headers, json.loads(reply.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, error.headers, json.loads(error.read() or b"null")

    def bundle(self, url, **more):
        """Every entry of a searchset, over all its pages."""
        entries = []
        while url:
            status, headers, bundle = self.ask(url, **more)
            expect(status == 200, f"{status} {bundle}")
            expect(headers.get_content_type() == JSON, headers.get_content_type())
            expect(bundle["resourceType"] == "Bundle" and bundle["type"] == "searchset", "no searchset")
            entries += bundle.get("entry", [])
            following = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
            url, more = (following[0] if following else None), {}
        return entries, bundle["total"]


def expect(holds, words):
    if not holds:
        sys.exit(f"fhir.py: {words}")


def references(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "reference" and isinstance(inner, str):
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def outcome(server, url, status, **more):
    """An error, which must be an OperationOutcome with this status."""
    found, _, value = server.ask(url, **more)
    expect(found == status, f"{url.split('?')[0]}: {found} in place of {status}: {value}")
    expect(value["resourceType"] == "OperationOutcome", "an error is an OperationOutcome")
    expect(all({"severity", "code"} <= set(issue) for issue in value["issue"]), "an issue has severity and code")


def find(server, given):
    token = f"{given.system}|{given.number}"
    entries, _ = server.bundle("Patient/_search", form={"identifier": token})
    expect(len(entries) == 1, f"{len(entries)} persons have this number")
    return entries[0]["resource"]


def read(server, given):
    status, _, capability = server.ask("metadata")
    expect(status == 200 and capability["fhirVersion"] == "4.0.1", "no FHIR R4")
    expect(capability["kind"] == "instance" and capability["rest"][0]["mode"] == "server", "no server")
    patient = find(server, given)
    expect(given.number not in json.dumps(patient["id"]), "the number stands in an address")
    entries, total = server.bundle(f"Patient/{patient['id']}/$everything?_count=7")
    expect(total == len(entries), f"{len(entries)} of {total} resources on all pages")
    addresses = [entry["fullUrl"] for entry in entries]
    expect(len(set(addresses)) == len(addresses), "an address stands twice")
    known = {f"{entry['resource']['resourceType']}/{entry['resource']['id']}" for entry in entries}
    for entry in entries:
        resource = entry["resource"]
        for reference in references(resource):
            expect(reference in known, f"{resource['resourceType']} refers to {reference}, which is not there")
        status, headers, again = server.ask(entry["fullUrl"])
        expect(status == 200 and again == resource, f"{resource['resourceType']} is read otherwise")
        if "meta" in resource:
            expect(headers["ETag"] == f"W/\"{resource['meta']['versionId']}\"", "another version in the header")
            expect(headers["Last-Modified"], "no time in the header")
    visits = [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == "Encounter"]
    for visit in visits:
        day = visit["period"]["start"][:10]
        found, _ = server.bundle(f"Encounter?patient={patient['id']}&date={day}")
        expect(any(entry["resource"]["id"] == visit["id"] for entry in found), f"not found by its day {day}")
        found, _ = server.bundle(f"Encounter?patient={patient['id']}&date=gt2100")
        expect(found == [], "found beyond its day")
    outcome(server, "Patient/nobody", 404)
    outcome(server, "Encounter?date=2026", 400)
    outcome(server, f"Encounter?patient={patient['id']}&date=yesterday", 400)
    outcome(server, "Device", 404)
    outcome(server, f"Patient/{patient['id']}", 401, headers={"Authorization": "Bearer nobody"})
    outcome(server, f"Patient/{patient['id']}", 400, headers={"X-Purpose": " "})
    types = {}
    for entry in entries:
        kind = entry["resource"]["resourceType"]
        types[kind] = types.get(kind, 0) + 1
    diagnoses = sorted(
        coding["code"] for entry in entries if entry["resource"]["resourceType"] == "Condition"
        for coding in entry["resource"]["code"].get("coding", []))
    facilities = sorted({visit["serviceProvider"]["reference"].split("/")[1] for visit in visits})
    print(json.dumps(
        {"patient": patient["id"], "types": types, "diagnoses": diagnoses, "facilities": facilities}, sort_keys=True))


def send(server, given):
    with open(given.bundle, "rb") as file:
        status, _, reply = server.ask("", body=file.read())
    print(json.dumps(reply, ensure_ascii=False))
    expect(status == 200, f"status {status}")


def ask_often(address, headers, count):
    """Milliseconds of each of so many requests over one connection."""
    url = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    times = []
    for _ in range(count):
        start = time.perf_counter()
        connection.request("GET", url.path, headers=headers)
        reply = connection.getresponse()
        reply.read()
        times.append((time.perf_counter() - start) * 1000)
        expect(reply.status == 200, f"status {reply.status}")
    return times


def measure(server, given):
    address = f"{server.base}/Patient/{find(server, given)['id']}/$everything"
    _, _, bundle = server.ask(address)
    with concurrent.futures.ProcessPoolExecutor(given.clients) as pool:
        clients = [pool.submit(ask_often, address, server.headers, given.count) for _ in range(given.clients)]
        times = sorted(moment for client in clients for moment in client.result())
    nearly, size = times[min(len(times) - 1, len(times) * 99 // 100)], len(json.dumps(bundle, ensure_ascii=False).encode())
    print(f"{len(bundle['entry'])} resources, {size} bytes, {given.clients} clients: "
          f"{times[len(times) // 2]:.1f} {nearly:.1f} {times[-1]:.1f}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = options.add_subparsers(required=True)
    for name, action in [("read", read), ("time", measure), ("send", send)]:
        command = actions.add_parser(name)
        command.set_defaults(action=action)
        command.add_argument("address")
        command.add_argument("--token", required=True)
        if action is send:
            command.add_argument("bundle")
            command.set_defaults(purpose="", officer="")
            continue
        command.add_argument("--purpose", required=True)
        command.add_argument("--officer", default="")
        command.add_argument("--system", required=True)
        command.add_argument("--number", required=True)
        command.add_argument("--count", type=int, default=100)
        command.add_argument("--clients", type=int, default=1)
    given = options.parse_args()
    given.action(Server(given.address, given.token, given.purpose, given.officer), given)


if __name__ == "__main__":
    main()
