import DoorTestSupport
import ExchangeSchema
import FHIRMapping
import Foundation
import HealthStandards
import ProgramTestSupport
import Registers
import Supervision
import Testing

/// A visit that comes by the portal's door at one hospital is read by FHIR at another, which sent its own as a Bundle, with
/// vaccinations and health checks; and what stands is read in the reading room.
@Suite struct FHIRDoorTests {
    private static let patient = "001180000101"
    private static let system = "http://fhir.ehealth.gov.vn/core/sid/national_id"

    /// Tokens of the accounts in `doors.json`, by name.
    private static func tokens(_ data: String) throws -> [String: String] {
        struct File: Decodable {
            struct Dialects: Decodable { var fhir: Settings }
            struct Settings: Decodable { var accounts: [Account] }
            struct Account: Decodable { var name, token: String }
            var dialects: Dialects
        }
        let file = try JSONDecoder().decode(
            File.self, from: Data(contentsOf: URL(fileURLWithPath: data + "/doors.json")))
        return Dictionary(uniqueKeysWithValues: file.dialects.fhir.accounts.map { ($0.name, $0.token) })
    }

    private static func python(_ arguments: [String], in directory: TemporaryDirectory) async throws -> ProgramRun {
        try await Program("/usr/bin/python3", arguments, in: directory.path).finish()
    }

    /// The shipped visits as another hospital would send them, in the tables that FHIR has a form for.
    private static func others() throws -> [VisitRecord] {
        let file = try Data(contentsOf: URL(fileURLWithPath: OpenDoors.people + "/visits.xml"))
        return try EnvelopeReader.read([UInt8](file)).visits.map { visit in
            var visit = visit
            visit.insurance.maCskcb = "01998"
            visit.administrative.maLk = visit.administrative.maLk.replacing("PX", with: "PY")
            return MappedVisit(visit).record
        }
    }

    /// The shipped vaccinations and health checks, likewise: as a Bundle has them, and in the file of health checks.
    private static func events() throws -> (contents: [BundleRecord.Content], checkups: String) {
        var contents: [BundleRecord.Content] = []
        try VaccinationFile.forEach(OpenDoors.people + "/vaccinations.csv") { entry in
            contents.append(.vaccination(entry.patient, entry.clinical.vaccination))
        }
        let checkups = try String(contentsOfFile: OpenDoors.people + "/checkups.xml", encoding: .utf8)
            .replacing("<MA_CSKCB>01999<", with: "<MA_CSKCB>01998<")
        contents += try HealthCheckReader.read(Array(checkups.utf8)).records.map { .healthCheck($0) }
        return (contents, checkups)
    }

    /// What came as a Bundle is known as the same by the other ways, and has its outcome.
    private static func awaitEvents(
        _ checkups: String, _ doors: OpenDoors, _ directory: TemporaryDirectory
    ) async throws {
        let file = directory.path + "/checkups.xml"
        try checkups.write(toFile: file, atomically: true, encoding: .utf8)
        let options = ["--facility", "01998", "--data", doors.data, "--wait", "60"]
        let checks = try await ProgramRun.of("facility", ["checkup", file] + options, in: directory)
        #expect(checks.output.contains("6 sound health checks: 2 shared, 4 refused"), "\(checks.output)")
        let given = try await ProgramRun.of(
            "facility", ["vaccinate", OpenDoors.people + "/vaccinations.csv"] + options, in: directory)
        #expect(given.output.contains("6 vaccinations: 2 shared, 4 refused"), "\(given.output)")
    }

    @Test func aVisitSentAtOneHospitalIsReadByFHIRAtAnother() async throws {
        try await ExchangeSlots.run { directory in
            let doors = try await OpenDoors.start(in: directory)
            let visitor = ReadingVisitor(doors: doors, directory: directory)
            try await visitor.addStranger()
            let tokens = try Self.tokens(doors.data)
            let client =
                (BuiltPrograms.topologyFolder as NSString).deletingLastPathComponent
                + "/scripts/conformance/fhir.py"
            let base = "http://127.0.0.1:\(doors.port)"
            // One hospital by the portal, the other by FHIR.
            let session = try await doors.logInAgain()
            let file = try Data(contentsOf: URL(fileURLWithPath: OpenDoors.people + "/visits.xml"))
            #expect(try await doors.submit([UInt8](file), session).text("maKetQua") == "200")
            let visits = try Self.others()
            let bundle = directory.path + "/bundle.json"
            let events = try Self.events()
            let contents = visits.map { BundleRecord.Content.visit($0) } + events.contents
            try Data(VisitBundle.transaction(contents, facilityCode: "01998", systems: .community).json)
                .write(to: URL(fileURLWithPath: bundle))
            let list = try doors.checklist("fhir-facility")
            func send() async throws -> ProgramRun {
                try await Self.python(
                    [client, "send", base + "/facility/fhir", "--token", tokens["01998_BV"] ?? "", bundle],
                    in: directory)
            }
            let sent = try await send()
            #expect(try await send().output.contains("the same was taken in before"))
            #expect(sent.code == 0 && sent.output.contains("201 Created"), "\(sent.output)\(sent.errors)")
            // The facility knows the same visits, and tells when all have an outcome.
            let envelope = directory.path + "/other.xml"
            try Data(try EnvelopeWriter.write(visits, facilityCode: "01998", createdOn: "20261129"))
                .write(to: URL(fileURLWithPath: envelope))
            for path in [OpenDoors.people + "/visits.xml", envelope] {
                let awaited = try await ProgramRun.of(
                    "facility", ["submit", path, "--data", doors.data, "--wait", "60"], in: directory)
                #expect(awaited.output.contains("10 sound visits: 5 shared, 5 refused"), "\(awaited.output)")
            }
            try await Self.awaitEvents(events.checkups, doors, directory)
            // What was refused it sends with other contents, and what is shared is a conflict.
            let mended = visits.map { visit in
                var visit = visit
                visit.administrative.diaChi += ", tầng 2"
                return BundleRecord.Content.visit(visit)
            }
            try Data(VisitBundle.transaction(mended, facilityCode: "01998", systems: .community).json)
                .write(to: URL(fileURLWithPath: bundle))
            #expect(try await send().output.contains("taken in as revision 2"))
            let watched = await list.finish()
            #expect(watched.code == 0 && watched.output.contains("4 cases, 4 passed"), "\(watched.output)")

            func read(_ account: String, _ purpose: String) async throws -> ProgramRun {
                try await Self.python(
                    [
                        client, "read", base + "/fhir", "--token", tokens[account] ?? "", "--purpose", purpose,
                        "--officer",
                        "BS. Trần Thị B", "--system", Self.system, "--number", Self.patient,
                    ], in: directory)
            }
            let elsewhere = try await read("01998_BV", "khám lại")
            #expect(elsewhere.code == 0, "\(elsewhere.output)\(elsewhere.errors)")
            #expect(elsewhere.output.contains(#""facilities": ["01999"]"#), "\(elsewhere.output)")
            #expect(!elsewhere.output.contains("Coverage"), "a facility is given no card")
            #expect(!elsewhere.output.contains("ClinicalImpression"), "and no course")
            let others = try await read("01999_BV", "khám lại")
            #expect(others.output.contains(#""Immunization": 1"#), "\(others.output)\(others.errors)")
            #expect(others.output.contains(#""Encounter": 2"#), "a visit and a health check: \(others.output)")
            for account in ["SYT_01", "BO_Y_TE"] {
                let whole = try await read(account, "giám sát")
                #expect(whole.code == 0, "\(whole.output)\(whole.errors)")
                #expect(whole.output.contains(#""facilities": ["01998", "01999"]"#), "\(whole.output)")
                #expect(whole.output.contains(#""Coverage": 2"#), "\(whole.output)")
                #expect(whole.output.contains(#""Encounter": 3"#), "\(whole.output)")
                #expect(whole.output.contains(#""ClinicalImpression": 2"#), "\(whole.output)")
                #expect(whole.output.contains(#""Immunization": 1"#), "\(whole.output)")
            }
            try await visitor.expectRoom(about: Self.patient, named: "TRẦN THỊ HAI THẺ")
            try await Self.expectLooks(doors, directory)
            try await doors.end()
            try await Self.expectEvidence(doors, directory)
        }
    }

    /// Who looked stands in the person's book, each request once.
    private static func expectLooks(_ doors: OpenDoors, _ directory: TemporaryDirectory) async throws {
        let book = try await ProgramRun.of(
            "cycle", ["book", patient, "--purpose", "kiểm tra", "--data", doors.data], in: directory)
        let looks = book.output.split(separator: "\n")
        #expect(
            looks.contains { $0.contains("facility 01998, BS. Trần Thị B") && $0.contains("khám lại") },
            "\(book.output)")
        #expect(looks.contains { $0.contains("ministry, BS. Trần Thị B") && $0.contains("giám sát") }, "\(book.output)")
        #expect(looks.contains { $0.contains("province 01, BS. Trần Thị B") }, "\(book.output)")
        #expect(!looks.contains { $0.contains("  door:") }, "not told twice: \(book.output)")
    }

    private static func expectEvidence(_ doors: OpenDoors, _ directory: TemporaryDirectory) async throws {
        let access = try await ProgramRun.of("cycle", ["audit", "access", "--data", doors.data], in: directory)
        let lines = access.output.split(separator: "\n").filter { $0.contains("  door  ") }
        #expect(
            lines.contains { $0.contains("facility 01998, BS. Trần Thị B") && $0.contains("(khám lại)") },
            "\(access.output)")
        ReadingVisitor.expectLooks(in: access.output)
        #expect(lines.contains { $0.contains("ministry") } && !access.output.contains(patient), "\(access.output)")
        for arguments in [["audit", "verify"], ["audit", "reconcile"], ["replay", "--rerun", "moh"]] {
            let checked = try await ProgramRun.of("cycle", arguments + [doors.data], in: directory)
            #expect(checked.code == 0, "\(arguments): \(checked.output)\(checked.errors)")
        }
        let log = try String(contentsOfFile: doors.data + "/logs/doors.log", encoding: .utf8)
        #expect(!log.contains(" error ") && !log.contains(patient), "\(log)")
        #expect(try ExchangeLayout(doors.data).errorLines() == [])
    }
}

/// The example set is taken by a model library that has nothing of ours.
@Suite(.enabled(Comment(rawValue: ModelLibrary.skipped)) { await ModelLibrary.isReady() }) struct FHIRModelTests {
    @Test func theExampleSetIsFHIR() async throws {
        let root = (BuiltPrograms.topologyFolder as NSString).deletingLastPathComponent
        let files = try FileManager.default.contentsOfDirectory(atPath: root + "/docs/fhir").filter {
            $0.hasSuffix(".json")
        }
        #expect(files.count >= 7)
        let directory = try TemporaryDirectory()
        let run = try await ModelLibrary.read(files.map { root + "/docs/fhir/" + $0 }, in: directory.path)
        #expect(run.code == 0 && run.output.hasSuffix("resources taken\n"), "\(run.output)\(run.errors)")
        // It does not take everything.
        let wrong = directory.path + "/wrong.json"
        let patient = #"{"resourceType":"Patient","gender":"male","birthDate":"15/03/1980"}"#
        try patient.write(toFile: wrong, atomically: true, encoding: .utf8)
        #expect(try await ModelLibrary.read([wrong], in: directory.path).code == 1)
    }
}

/// fhir.resources from PyPI, in a virtual environment that is kept between runs.
enum ModelLibrary {
    private static let directory =
        ProcessInfo.processInfo.environment["CLOSED_CYCLE_FHIR_PYTHON"] ?? "/tmp/closed-cycle-fhir"
    private static var python: String { directory + "/bin/python3" }

    static let skipped =
        "fhir.resources cannot be installed: make \(directory) with \"python3 -m venv\" and \"pip install "
        + "fhir.resources==6.4.0 'pydantic[email]<2'\""

    /// Whether it can run; installs what it needs the first time that anybody asks.
    static func isReady() async -> Bool { await installation.value }

    private static let installation = Task<Bool, Never> {
        if await works() { return true }
        _ = await code("/usr/bin/python3", ["-m", "venv", directory])
        _ = await code(
            python,
            ["-m", "pip", "install", "--quiet", "--timeout", "10", "fhir.resources==6.4.0", "pydantic[email]<2"])
        return await works()
    }

    /// Only an environment of our own is trusted: the place may be one where others can write too.
    private static func works() async -> Bool {
        let owner = try? FileManager.default.attributesOfItem(atPath: directory)[.ownerAccountID] as? NSNumber
        guard owner?.uint32Value == getuid() else { return false }
        return await code(python, ["-c", "import fhir.resources; assert fhir.resources.__fhir_version__ == '4.0.1'"])
            == 0
    }

    private static func code(_ program: String, _ arguments: [String]) async -> Int32? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        return await (try? Program(program, arguments, in: "/tmp"))?.exit(within: .seconds(120))
    }

    static func read(_ files: [String], in folder: String) async throws -> ProgramRun {
        let script = (BuiltPrograms.topologyFolder as NSString).deletingLastPathComponent
        return try await Program(python, [script + "/scripts/conformance/fhir_models.py"] + files, in: folder).finish()
    }
}
