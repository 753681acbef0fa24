import Foundation
import ProgramTestSupport
import Supervision
import Testing

@testable import Registers

/// The ten made-up patients that are shipped: what becomes of each one's visit is what the file of people says.
@Suite struct TenPatientsTests {
    @Test func whatIsExpectedOfEachPatientComesTrue() async throws {
        let folder = BuiltPrograms.topologyFolder + "/people"
        var rows = try RegisterFile.open(folder + "/patients.csv", PeopleColumn.self)
        var expected: [String] = []
        while let row = try rows.next() { expected.append(row[.expected]) }
        #expect(expected.count == 10)

        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        let exchange = try ProgramRun.start(
            "cycle", ["up", "--people", folder + "/patients.csv", "--only-these-people", "--data", data], in: directory)
        _ = try await exchange.brokerAddress()
        let submitted = try await ProgramRun.of(
            "facility", ["submit", folder + "/visits.xml", "--data", data, "--wait", "60"], in: directory)
        // A line for each visit, as its outcome comes: PX0001  record  shared, or refused CODE: what is wrong.
        let lines = submitted.output.split(separator: "\n").filter { $0.hasPrefix("PX") }.sorted()
        #expect(lines.count == expected.count, "\(submitted.output)\(submitted.errors)")
        for (line, expected) in zip(lines, expected) {
            let outcome = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).last ?? ""
            let first = outcome.split(separator: ":")[0]
            #expect(first.trimmingCharacters(in: .whitespaces) == expected, "\(line)")
        }
        let down = try await ProgramRun.of("cycle", ["down", "--data", data], in: directory)
        #expect(down.output == "stopped\n")
        #expect(await exchange.finish().code == 0)
    }

    @Test func aFacilityThatIsNotOnTheRegisterIsRefused() async throws {
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        let facilities = directory.path + "/facilities.csv"
        try Data(
            "code,name,province,kind,connected,electronicRecords\n01998,Bệnh viện mô phỏng,01,hospital,yes,no\n".utf8
        ).write(to: URL(fileURLWithPath: facilities))
        let exchange = try ProgramRun.start(
            "cycle", ["up", "--facilities", facilities, "--data", data], in: directory)
        _ = try await exchange.brokerAddress()
        let submitted = try await ProgramRun.of(
            "facility",
            ["submit", BuiltPrograms.topologyFolder + "/people/visits.xml", "--data", data, "--wait", "60"],
            in: directory)
        let lines = submitted.output.split(separator: "\n").filter { $0.hasPrefix("PX") }
        #expect(lines.count == 10, "\(submitted.output)\(submitted.errors)")
        for line in lines { #expect(line.contains("refused moh.facility-unknown: MA_CSKCB \"01999\""), "\(line)") }
        _ = try await ProgramRun.of("cycle", ["down", "--data", data], in: directory)
        #expect(await exchange.finish().code == 0)
    }
}
