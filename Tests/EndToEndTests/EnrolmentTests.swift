import Composition
import ExchangeSchema
import Foundation
import PartyCore
import PartyRuntime
import PartyStore
import ProgramTestSupport
import Supervision
import SyntheticPopulation
import Testing
import Topology
import WarehouseStore

/// Books opened before any visit, by the programs: exact however often MoH is killed, and on an exchange at rest.
@Suite struct EnrolmentTests {
    private struct Answer: Decodable {
        var residents, opened, alreadyThere, populationRegisterOnly, insuranceRegisterOnly, contradictory: Int64
        var withBook, countedAt: Int64
        var coverage: Double?
    }

    private struct Report: Decodable {
        struct Coverage: Decodable { var residents, withBook, countedAt: Int64 }
        var coverage: Coverage?
    }

    private static func answer(_ run: ProgramRun) throws -> Answer {
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        return try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
    }

    private static func enrol(_ province: String, _ directory: TemporaryDirectory) async throws -> ProgramRun {
        try await ProgramRun.of(
            "cycle", ["book", "enrol", "--province", province, "--data", directory.data, "--json"], in: directory)
    }

    /// Those who live in a province by the population itself.
    private static func residents(_ province: String, _ layout: ExchangeLayout) throws -> [CitizenNumber] {
        let setup = try PartySetup(topology: layout.topologyPath, scenario: layout.scenarioPath, records: 0)
        let population = try setup.population("test")
        return (0..<population.configuration.persons).map { population.citizenNumber(ofPerson: $0) }.filter {
            let person = population.person(citizenNumber: $0)
            return person?.residentProvince.code == province && person?.death == nil
        }
    }

    @Test func everyResidentHasABookHoweverOftenMoHIsKilled() async throws {
        try await ExchangeSlots.run { directory in
            var scenario = TestScenario()
            scenario.records = 300
            scenario.load = "maximumPending: 500, recordsPerSecond: 60"
            let path = try scenario.write(in: directory)
            let people = try Self.renamed(of: "79", scenario: path, in: directory)
            let run = try await CycleRun.up(in: directory, ["--scenario", path, "--people", people])
            let ministry = run.layout.partyDirectory("moh")
            let commands: @Sendable () throws -> Int64 = {
                try StoreInspection(directory: ministry).progress.books.figures.commands
            }
            let enrolment = try ProgramRun.start(
                "cycle", ["book", "enrol", "--province", "79", "--data", directory.data, "--json"], in: directory)
            for lists in Int64(1)...2 {
                try await run.until("\(lists) lists are in") { try commands() >= lists * 2 }
                // Stopped first, so that it is killed while the lists come.
                #expect(kill(try await run.awaitProcess("moh"), SIGSTOP) == 0)
                #expect(enrolment.isRunning, "MoH is killed while the lists come")
                try await run.disturb("moh", SIGKILL)
            }
            let first = try Self.answer(await enrolment.finish())
            let residents = try Self.residents("79", run.layout)
            #expect(first.residents == Int64(residents.count) && first.contradictory == 1)
            #expect(first.opened + first.alreadyThere == first.residents - 1 && first.withBook == first.residents - 1)
            #expect(first.populationRegisterOnly == 0 && first.insuranceRegisterOnly == 0)
            #expect(first.coverage == Double(first.residents - 1) / Double(first.residents))

            let again = try Self.answer(try await Self.enrol("79", directory))
            #expect(again.opened == 0 && again.alreadyThere == first.withBook && again.coverage == first.coverage)

            let wanted = Int64(scenario.records)
            try await run.until("all is settled") {
                guard let facility = run.status("facility")?.ledger, let locality = run.status("locality")?.ledger
                else { return false }
                return facility.submitted == wanted && facility.pending == 0 && facility.shared == locality.shared
            }
            // The province has it in a file of its own, also where MoH is elsewhere.
            let warehouse = run.layout.partyDirectory("locality") + "/warehouse.sqlite"
            try await run.until("the province is told") {
                try WarehouseFile(path: warehouse).coverage(ofProvince: "79")?.countedAt == again.countedAt
            }
            let auditor = run.layout.partyDirectory("auditor")
            try await run.until("the auditor has seen the counts") { try Self.counts(in: auditor) == 2 }
            let told = try #require(try WarehouseFile(path: warehouse).coverage(ofProvince: "79"))
            #expect(told.residents == first.residents && told.withBook == first.withBook)
            #expect(try WarehouseFile(path: warehouse).coverage(ofProvince: "01") == nil)
            try await Self.expectReports("79", first.withBook, of: first.residents, at: again.countedAt, directory)
            #expect(await run.program.stop(SIGINT).status == 0)
            try Self.expectOneEnrolmentEach(ministry, residents.count)
            for command in ["verify", "reconcile"] {
                let audit = try await ProgramRun.of("cycle", ["audit", command, directory.data], in: directory)
                #expect(audit.code == 0, "\(command): \(audit.output)\(audit.errors)")
            }
            let rerun = try await ProgramRun.of("cycle", ["replay", "--rerun", "moh", directory.data], in: directory)
            #expect(rerun.code == 0 && rerun.output.contains("same outcome"), "\(rerun.output)\(rerun.errors)")
            #expect(rerun.output.contains("lists of people to open books for"), "\(rerun.output)")
        }
    }

    /// A file with one resident of the population, whom C06 then has under another name than VSS.
    private static func renamed(
        of province: String, scenario: String, in directory: TemporaryDirectory
    ) throws -> String {
        let topology = BuiltPrograms.topologyFolder + "/2024-04.yaml"
        let population = try PartySetup(topology: topology, scenario: scenario, records: 0).population("test")
        let number = try #require(
            (0..<population.configuration.persons).lazy.map { population.citizenNumber(ofPerson: $0) }.first {
                let person = population.person(citizenNumber: $0)
                return person?.residentProvince.code == province && person?.death == nil
            })
        return try directory.write(
            "citizenNumber,fullName,birthDate,sex,province\n"
                + "\(number),TÊN KHÁC HẲN,\(number.birthYear)-06-01,\(number.sex.rawValue),\(province)\n",
            to: "people.csv")
    }

    /// Coverage as the province's report has it, as JSON, text and page.
    private static func expectReports(
        _ province: String, _ withBook: Int64, of residents: Int64, at time: Int64, _ directory: TemporaryDirectory
    ) async throws {
        let ask = ["warehouse", province, "report", "--data", directory.data]
        let report = try await ProgramRun.of("cycle", ask + ["--json"], in: directory)
        #expect(report.code == 0, "\(report.errors)")
        let coverage = try JSONDecoder().decode(Report.self, from: Data(report.output.utf8)).coverage
        #expect(coverage?.withBook == withBook && coverage?.residents == residents && coverage?.countedAt == time)
        let text = try await ProgramRun.of("cycle", ask, in: directory)
        #expect(text.output.contains("residents with a book  \(withBook) of \(residents), 99.9 %"), "\(text.output)")
        let page = directory.path + "/report.html"
        #expect(try await ProgramRun.of("cycle", ask + ["-o", page], in: directory).code == 0)
        let html = String(decoding: try Data(contentsOf: URL(fileURLWithPath: page)), as: UTF8.self)
        #expect(html.contains("residents have a book (99.9 %)"))
        // Of a province where nobody was enrolled, nothing is said that is not so.
        let other = try await ProgramRun.of(
            "cycle", ["warehouse", "01", "report", "--data", directory.data], in: directory)
        #expect(other.output.contains("residents with a book  not counted"), "\(other.output)")
    }

    /// In the tables themselves: a row a person, whatever was given twice.
    private static func expectOneEnrolmentEach(_ ministry: String, _ residents: Int) throws {
        let rows = try StoreInspection(directory: ministry).withConnection { connection in
            let rows = try connection.statement(
                """
                SELECT count(*), count(DISTINCT citizen) FROM book_index JOIN book_item USING (position)
                WHERE kind = \(ReadModelChange.Kind.enrolment.rawValue) AND run IN (SELECT run FROM book_run)
                """)
            defer { rows.finalize() }
            _ = try rows.step()
            return [rows.integer(0), rows.integer(1)]
        }
        #expect(rows[0] == rows[1] && rows[0] <= Int64(residents) && rows[0] > Int64(residents) * 9 / 10)
    }

    /// The ten patients on the newer route: who is known to one register only is told apart. At rest likewise, and an empty
    /// book is shown and erased.
    @Test func thePatientsOfAFileAreEnrolledWhileTheExchangeRunsAndAtRest() async throws {
        try await ExchangeSlots.run { directory in
            let people = try directory.write(Self.people, to: "people.csv")
            let up = [
                "up", "--data", directory.data, "--topology", BuiltPrograms.topologyFolder + "/2026-07.yaml",
                "--people", people, "--only-these-people",
            ]
            let exchange = try ProgramRun.start("cycle", up, in: directory)
            _ = try await exchange.brokerAddress()
            let first = try Self.answer(try await Self.enrol("01", directory))
            #expect(first.residents == 3 && first.opened == 2 && first.populationRegisterOnly == 1)
            #expect(first.insuranceRegisterOnly == 1 && first.withBook == 2)
            let auditor = ExchangeLayout(directory.data).partyDirectory("auditor")
            try await FileWatch.until("the auditor has seen the count", in: directory.path, of: [exchange]) {
                try Self.counts(in: auditor) == 1
            }
            let down = try await ProgramRun.of("cycle", ["down", "--data", directory.data], in: directory)
            #expect(down.code == 0)
            #expect(await exchange.finish().code == 0)

            let atRest = try Self.answer(try await Self.enrol("79", directory))
            #expect(atRest.residents == 1 && atRest.opened == 1 && atRest.coverage == 1)
            let again = try Self.answer(try await Self.enrol("01", directory))
            #expect(again.opened == 0 && again.alreadyThere == 2 && again.withBook == 2)
            try await Self.expectVerified(directory)

            let look = ["book", "079085000003", "--purpose", "xem", "--data", directory.data]
            let empty = try await ProgramRun.of("cycle", look, in: directory)
            #expect(empty.code == 0 && empty.output.contains("has no visit yet"), "\(empty.output)\(empty.errors)")
            let erased = try await ProgramRun.of(
                "cycle",
                [
                    "audit", "erase", "079085000003", "--order", "QĐ 1", "--purpose", "yêu cầu", "--data",
                    directory.data,
                ],
                in: directory)
            #expect(
                erased.code == 0 && erased.output.contains("0 records; the book itself is gone"), "\(erased.errors)")
            #expect(try await ProgramRun.of("cycle", look, in: directory).code == 2)

            // What was said at rest is published and cosigned when the exchange goes on.
            let resumed = try ProgramRun.start("cycle", ["up", "--data", directory.data], in: directory)
            _ = try await resumed.brokerAddress()
            #expect(try Self.answer(try await Self.enrol("79", directory)).opened == 1)
            // Two were counted at rest, and one just now.
            try await FileWatch.until("the auditor has seen all counts", in: directory.path, of: [resumed]) {
                try Self.counts(in: auditor) == 4
            }
            _ = try await ProgramRun.of("cycle", ["down", "--data", directory.data], in: directory)
            #expect(await resumed.finish().code == 0)
            try await Self.expectVerified(directory)
        }
    }

    /// How many counts of provinces a party, or the auditor, has read.
    private static func counts(in directory: String) throws -> Int64 {
        let offsets = try StoreInspection.open(directory: directory).store?.progress.offsets ?? []
        return offsets.filter { $0.topic == "moh.coverage" }.reduce(0) { $0 + $1.next }
    }

    private static func expectVerified(_ directory: TemporaryDirectory) async throws {
        let verified = try await ProgramRun.of("cycle", ["audit", "verify", directory.data], in: directory)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }

    @Test func c06SaysNothingBeforeTheRegulationIsInForce() async throws {
        try await ExchangeSlots.run { directory in
            let scenario = try TestScenario.held("held", records: 10).write(in: directory)
            let run = try await CycleRun.up(in: directory, ["--scenario", scenario])
            let refused = try await Self.enrol("01", directory)
            #expect(refused.code == 2 && refused.errors.contains("coordination-regulation is not in force"))
            let wrong = try await Self.enrol("02", directory)
            #expect(wrong.code == 2 && wrong.errors.contains("02 is no province"), "\(wrong.errors)")
            #expect(await run.program.stop(SIGINT).status == 0)
            let census = try StoreInspection(directory: run.layout.partyDirectory("moh"))
            #expect(census.progress.books.figures.commands == 0)
        }
    }

    private static let people = """
        citizenNumber,fullName,birthDate,sex,province,card,cardValidFrom,cardValidTo,diedOn
        001085000001,NGUYỄN VĂN AN,1985-03-17,1,01,GD4010123456789,2026-01-01,2027-12-31,
        001085000002,ĐỖ VĂN BÌNH,1985-03-17,1,01,GD4010123456790,2026-01-01,2027-12-31,
        001085000004,PHẠM KHÔNG THẺ,1985-03-17,1,01,,,,
        001050000005,TRẦN DŨNG,1950-10-01,1,01,GD4010123456795,2026-01-01,2027-12-31,2025-01-15
        079085000003,LÊ CƯỜNG,1985-03-17,1,79,GD4790123456791,2026-01-01,2027-12-31,
        ,LÊ SƠ SINH,2026-10-30,1,01,TE1010123456792,2026-10-30,2027-12-31,

        """
}
