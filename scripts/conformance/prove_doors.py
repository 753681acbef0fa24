"""Many visits through each door of an exchange that runs, and every one read back by FHIR at another facility.

    prove_doors.py --doors DATA/doors.json --people topology/people [--door http://HOST:PORT] [--count N]
                   [--wait SECONDS]

Sends N visits to the VSS portal, to MoH's axis and to the agent of June 2026, N health checks to the province's gateway (all of facility
01999), and N visits as FHIR Bundles (of facility 01998): of five patients, 50 records a message, each at a time of its own. Then facility
01998 reads by FHIR what stands from 01999, and the other way round, until every record is there. Prints one line of JSON; ends with 1
where one is lost, or comes twice. The exchange is `cycle up --people patients.csv --only-these-people --doors`, of the files in
`topology/people`; `scripts/prove-doors` does it all. Standard library, and `openssl` for the axis.
"""

import argparse
import base64
import datetime
import json
import re
import sys
import time
import types
import uuid
import xml.etree.ElementTree

import agent_node
import axis
import portal
from axis import ask
from fhir import JSON, Server

PATIENTS = ["001180000101", "001192000104", "001088000105", "001065000107", "001090000109"]
SYSTEM = "http://fhir.ehealth.gov.vn/core/sid/national_id"
MOMENT = re.compile(r">(202611\d{6})<")
PIECE = 50


def fail(words):
    sys.exit("prove_doors.py: " + words)


def later(text, minutes):
    """The text with every moment of November 2026 moved."""

    def moved(found):
        moment = datetime.datetime.strptime(found.group(1), "%Y%m%d%H%M") + datetime.timedelta(minutes=minutes)
        return ">%s<" % moment.strftime("%Y%m%d%H%M")

    return MOMENT.sub(moved, text)


def start(text):
    """NGAY_VAO as FHIR says it."""
    moment = datetime.datetime.strptime(re.search(r"<NGAY_VAO>(\d{12})<", text).group(1), "%Y%m%d%H%M")
    return moment.strftime("%Y-%m-%dT%H:%M:00+07:00")


class Samples:
    """The shipped visits of those patients whose visits are shared, and a health check that is."""

    def __init__(self, folder):
        with open(folder + "/visits.xml", encoding="utf-8") as file:
            records = re.findall(r"<HOSO>(.*?)</HOSO>", file.read(), re.DOTALL)
        with open(folder + "/patients.csv", encoding="utf-8") as file:
            rows = [line.split(",") for line in file.read().splitlines()[1:]]
        self.people = {row[0]: row for row in rows}
        numbers = {number: citizen for citizen in PATIENTS for number in (citizen, *self.people[citizen][1].split(";"))}
        self.visits = {}
        for record in records:
            tables = {
                kind: base64.b64decode(content).decode("utf-8")
                for kind, content in re.findall(
                    r"<LOAIHOSO>(\w+)</LOAIHOSO>\s*<NOIDUNGFILE>(.*?)</NOIDUNGFILE>", record, re.DOTALL)}
            citizen = numbers.get(re.search(r"<SO_CCCD>(.*?)</SO_CCCD>", tables["XML1"]).group(1))
            if citizen:
                self.visits[citizen] = tables
        with open(folder + "/checkups.xml", encoding="utf-8") as file:
            self.checkups = file.read()
        self.check = re.search(r"<HOSO>.*?</HOSO>", self.checkups, re.DOTALL).group(0)
        if len(self.visits) != len(PATIENTS):
            fail("the visits of %s are not those of the patients" % folder)

    def visit(self, citizen, place, name, facility):
        """Tables of a visit of its own, and when it begins."""
        found = {}
        for kind, text in self.visits[citizen].items():
            text = re.sub(r"<MA_LK>.*?</MA_LK>", "<MA_LK>%s</MA_LK>" % name, text)
            text = re.sub(r"<MA_CSKCB>.*?</MA_CSKCB>", "<MA_CSKCB>%s</MA_CSKCB>" % facility, text)
            found[kind] = later(text, place)
        return found, start(found["XML1"])

    def health_check(self, citizen, place, name):
        _, _, full_name, birth, sex, *_ = self.people[citizen]
        text = self.check
        for field, value in [
                ("MA_LK", name), ("SO_CCCD", citizen), ("HO_TEN", full_name), ("GIOI_TINH", sex),
                ("NGAY_SINH", birth.replace("-", "") + "0000")]:
            text = re.sub(r"<%s>.*?</%s>" % (field, field), "<%s>%s</%s>" % (field, value, field), text)
        text = later(text, place)
        return text, start(text)


def envelope(visits):
    """GIAMDINHHS with these visits."""
    records = "".join(
        "<HOSO>%s</HOSO>" % "".join(
            "<FILEHOSO><LOAIHOSO>%s</LOAIHOSO><NOIDUNGFILE>%s</NOIDUNGFILE></FILEHOSO>"
            % (kind, base64.b64encode(text.encode()).decode()) for kind, text in tables.items())
        for tables in visits)
    return (
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><GIAMDINHHS><THONGTINDONVI><MACSKCB>01999</MACSKCB></THONGTINDONVI>"
        "<THONGTINHOSO><NGAYLAP>20261129</NGAYLAP><SOLUONGHOSO>%d</SOLUONGHOSO><DANHSACHHOSO>%s</DANHSACHHOSO>"
        "</THONGTINHOSO><CHUKYDONVI></CHUKYDONVI></GIAMDINHHS>" % (len(visits), records)).encode()


def checkup_envelope(samples, checks):
    head, tail = samples.checkups[:samples.checkups.index("<HOSO>")], samples.checkups[samples.checkups.rindex("</HOSO>"):]
    head = re.sub(r"<SOLUONGHOSO>.*?</SOLUONGHOSO>", "<SOLUONGHOSO>%d</SOLUONGHOSO>" % len(checks), head)
    return (head + "".join(checks) + tail[len("</HOSO>"):]).encode()


FIELDS = {
    "XML2": ("MedicationRequest", {"status": "completed", "intent": "order"}, "medicationCodeableConcept", "TEN_THUOC"),
    "XML3": ("Procedure", {"status": "completed"}, "code", "TEN_DICH_VU"),
    "XML4": ("Observation", {"status": "final"}, "code", "TEN_CHI_SO"),
    "XML5": ("ClinicalImpression", {"status": "completed"}, None, None),
}
PERSON = {
    "MA_BN", "NHOM_MAU", "MA_QUOCTICH", "MA_DANTOC", "MA_NGHE_NGHIEP", "DIA_CHI", "MATINH_CU_TRU", "MAHUYEN_CU_TRU",
    "MAXA_CU_TRU", "DIEN_THOAI", "HO_TEN", "SO_CCCD", "NGAY_SINH", "GIOI_TINH"}


def carried(fields):
    return [
        {"url": "urn:closed-cycle:field:" + name, "valueString": value} for name, value in fields.items() if value]


def fhir_entries(tables, begin):
    """A visit as entries of a transaction; what FHIR has no place for goes by name."""
    summary = {node.tag: node.text or "" for node in xml.etree.ElementTree.fromstring(tables["XML1"])}
    patient, encounter = "urn:uuid:" + str(uuid.uuid4()), "urn:uuid:" + str(uuid.uuid4())
    main, end = summary.pop("MA_BENH_CHINH"), summary.pop("NGAY_RA")
    text = summary.pop("CHAN_DOAN_RV")
    name, facility = summary.pop("MA_LK"), summary.pop("MA_CSKCB")
    summary.pop("NGAY_VAO")
    entries = [
        (patient, {"resourceType": "Patient", "extension": carried({k: v for k, v in summary.items() if k in PERSON})}),
        (encounter, {
            "resourceType": "Encounter", "status": "finished",
            "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
            "identifier": [{"system": "urn:closed-cycle:sid:ma-lk", "value": name}],
            "subject": {"reference": patient}, "serviceProvider": {"reference": "Organization/" + facility},
            "period": {
                "start": begin,
                "end": datetime.datetime.strptime(end, "%Y%m%d%H%M").strftime("%Y-%m-%dT%H:%M:00+07:00")},
            "extension": carried({k: v for k, v in summary.items() if k not in PERSON})}),
        ("urn:uuid:" + str(uuid.uuid4()), {
            "resourceType": "Condition", "subject": {"reference": patient}, "encounter": {"reference": encounter},
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": main}], "text": text}}),
    ]
    for kind, (resource, fixed, concept, title) in FIELDS.items():
        if kind not in tables:
            continue
        document = xml.etree.ElementTree.fromstring(tables[kind])
        for row in document.iter():
            if row.find("STT") is None:
                continue
            fields = {node.tag: node.text or "" for node in row}
            fields.pop("MA_LK")
            body = {"resourceType": resource, **fixed, "subject": {"reference": patient},
                    "encounter": {"reference": encounter}}
            if concept:
                body[concept] = {"text": fields.pop(title)}
            entries.append(("urn:uuid:" + str(uuid.uuid4()), body | {"extension": carried(fields)}))
    return [
        {"fullUrl": url, "resource": resource, "request": {"method": "POST", "url": resource["resourceType"]}}
        for url, resource in entries]


class Doors:
    def __init__(self, path, address):
        with open(path, encoding="utf-8") as file:
            self.file = json.load(file)
        self.address = address or self.file["address"]

    def account(self, dialect, name, value):
        found = [one for one in self.file["dialects"][dialect]["accounts"] if one.get(name) == value]
        return found[0] if found else fail("doors.json has no account of %s with %s %s" % (dialect, name, value))

    def portal(self, pieces):
        account = self.account("vss-portal", "username", "THU_NGHIEM")
        client = portal.Portal(types.SimpleNamespace(
            door=self.address, username=account["username"], password=account["password"]))
        for piece in pieces:
            status, answer = client.submit(envelope(piece))
            reply = json.loads(answer)
            if status != 200 or reply["maKetQua"] != "200" or reply.get("dsLoi"):
                fail("the portal: %d %s" % (status, answer.decode()))

    def axis(self, pieces):
        account = self.account("moh-axis", "username", "VSS_TEST")
        client = axis.Axis(types.SimpleNamespace(
            door=self.address, username=account["username"], password=account["password"],
            sender_id=account["senderID"], key=account["privateKeyFile"], axis_key=None, checkups=False))
        for piece in pieces:
            message_id, body = client.message(envelope(piece))
            status, answer = client.push(body)
            if status != 200 or client.check(answer, message_id)["header"]["res_code"] != "CM_SUCCESS":
                fail("the axis: %d %s" % (status, answer.decode()))

    def agent(self, pieces):
        options = types.SimpleNamespace(
            door=self.address, key=self.file["dialects"]["agent-node"]["accounts"][0]["key"])
        for piece in pieces:
            status, answer = agent_node.send(options, envelope(piece), str(uuid.uuid4()))
            if status != 200 or agent_node.values(answer)[0] != "200":
                fail("the agent: %d %s" % (status, answer.decode()))

    def province(self, samples, pieces):
        account = self.account("province-gateway", "senderID", "8930000019991")
        kind = {"Content-Type": "application/json"}
        login = json.dumps({name: account[name] for name in ("username", "password")}).encode()
        _, answer = ask("POST", self.address + "/api/v1/resource/authentication/login", kind, login)
        bearer = {"Authorization": "Bearer " + json.loads(answer)["access_token"], **kind}
        for piece in pieces:
            now = datetime.datetime.now(axis.VIET_NAM)
            header = {
                "version": "1.0", "sender_id": account["senderID"], "receiver_id": "VTS", "txn_type": "sync_checkup",
                "msg_id": account["senderID"] + now.strftime("%y%m%d") + uuid.uuid4().hex, "msg_type": "101",
                "data_type": "xml/base64", "send_datetime": int(now.timestamp() * 1000)}
            content = base64.b64encode(checkup_envelope(samples, piece)).decode()
            body = json.dumps({"header": header, "data": {"content": content}}).encode()
            status, answer = ask(
                "POST", self.address + "/api/v1/medical-record/ksk-lien-thong/kham-suc-khoe", bearer, body)
            if status != 200:
                fail("the province: %d %s" % (status, answer.decode()))

    def fhir(self, pieces):
        server = Server(self.address + "/facility/fhir", self.account("fhir", "code", "01998")["token"])
        for piece in pieces:
            entries = [entry for tables, begin in piece for entry in fhir_entries(tables, begin)]
            bundle = json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}).encode()
            status, _, reply = server.ask("", body=bundle)
            states = {entry["response"]["status"] for entry in reply.get("entry", [])}
            if status != 200 or states != {"201 Created"}:
                fail("FHIR: %d %s %s" % (status, states, json.dumps(reply)[:2000]))

    def found(self, reader):
        """What a facility reads of the patients: patient, beginning, kind, facility; each as often as it is there."""
        server = Server(self.address + "/fhir", self.account("fhir", "code", reader)["token"], "đối chiếu", "prove_doors")
        seen = []
        for citizen in PATIENTS:
            status, _, bundle = server.ask("Patient/_search", form={"identifier": "%s|%s" % (SYSTEM, citizen)})
            # Nothing of the reader's own stands yet: then it is nobody's patient there.
            if status == 403 or status == 200 and not bundle.get("entry"):
                continue
            if status != 200:
                fail("FHIR: %d %s" % (status, json.dumps(bundle)))
            patient = bundle["entry"][0]["resource"]["id"]
            for entry in server.bundle("Encounter?patient=%s&_count=200" % patient)[0]:
                resource = entry["resource"]
                codes = {code.get("code") for kind in resource.get("type", []) for code in kind.get("coding", [])}
                seen.append((
                    citizen, resource["period"]["start"], "KHAMSUCKHOE" in codes,
                    resource["serviceProvider"]["reference"].split("/")[1]))
        return seen


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--doors", required=True)
    options.add_argument("--door", help="the address, where it is not the one of doors.json")
    options.add_argument("--people", required=True)
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--wait", type=float, default=300)
    given = options.parse_args()
    doors, samples = Doors(given.doors, given.door), Samples(given.people)
    wanted, began = {}, time.monotonic()

    def pieces(door, offset, facility="01999", with_start=False):
        made = []
        wanted[door] = []
        for number in range(given.count):
            citizen = PATIENTS[number % len(PATIENTS)]
            place, name = offset + number // len(PATIENTS), "%s-%05d" % (door.upper(), number)
            if door == "province":
                record, begin = samples.health_check(citizen, place, name)
            else:
                record, begin = samples.visit(citizen, place, name, facility)
            wanted[door].append((citizen, begin, door == "province", facility))
            made.append((record, begin) if with_start else record)
        return [made[first:first + PIECE] for first in range(0, len(made), PIECE)]

    each = (given.count + len(PATIENTS) - 1) // len(PATIENTS)
    taken = {}
    for door, send in [
            ("portal", lambda: doors.portal(pieces("portal", 0))),
            ("axis", lambda: doors.axis(pieces("axis", each))),
            ("agent", lambda: doors.agent(pieces("agent", 2 * each))),
            ("province", lambda: doors.province(samples, pieces("province", 0))),
            ("fhir", lambda: doors.fhir(pieces("fhir", 0, "01998", with_start=True)))]:
        moment = time.monotonic()
        send()
        taken[door] = round(time.monotonic() - moment, 1)
        print("%s: %d sent in %.1f s" % (door, given.count, taken[door]), file=sys.stderr)
    while True:
        seen = doors.found("01998") + doors.found("01999")
        lost = {door: len(set(records) - set(seen)) for door, records in wanted.items()}
        if not any(lost.values()) or time.monotonic() - began > given.wait:
            break
        time.sleep(1)
    twice = len(seen) - len(set(seen))
    print(json.dumps({
        "sent": given.count, "lost": lost, "twice": twice, "read": len(seen), "seconds": round(time.monotonic() - began, 1),
        "secondsToSend": taken}, sort_keys=True))
    sys.exit(1 if any(lost.values()) or twice else 0)


if __name__ == "__main__":
    main()
