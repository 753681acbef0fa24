import Foundation
import ProgramTestSupport
import Supervision
import Testing

@testable import Registers

#if canImport(FoundationXML)
    import FoundationXML
#endif

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
        let marked = try PersonalWords.marked(
            try String(contentsOfFile: folder + "/visits.xml", encoding: .utf8))
        let visits = directory.path + "/visits.xml"
        try Data(marked.envelope.utf8).write(to: URL(fileURLWithPath: visits))
        let exchange = try ProgramRun.start(
            "cycle", ["up", "--people", folder + "/patients.csv", "--only-these-people", "--data", data], in: directory)
        _ = try await exchange.brokerAddress()
        let submitted = try await ProgramRun.of(
            "facility", ["submit", visits, "--data", data, "--wait", "60"], in: directory)
        // A line for each visit, as its outcome comes: PX0001  record  shared, or refused CODE: what is wrong.
        let lines = submitted.output.split(separator: "\n").filter { $0.hasPrefix("PX") }.sorted()
        #expect(lines.count == expected.count, "\(submitted.output)\(submitted.errors)")
        for (line, expected) in zip(lines, expected) {
            let outcome = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).last ?? ""
            let first = outcome.split(separator: ":")[0]
            #expect(first.trimmingCharacters(in: .whitespaces) == expected, "\(line)")
        }
        // The book of each whose visit was shared, asked of the exchange that runs.
        var shared: [String] = []
        for (line, row) in zip(lines, try people(folder)) where row.expected == "shared" {
            let record = String(line.split(separator: " ", omittingEmptySubsequences: true)[1])
            shared.append(record)
            let book = try await ProgramRun.of(
                "cycle", ["book", row.number, "--purpose", "kiểm tra", "--data", data, "--json"], in: directory)
            #expect(book.code == 0 && book.output.contains(record), "\(row.number): \(book.output)\(book.errors)")
        }
        #expect(!shared.isEmpty)
        let copies = directory.path + "/copies.xml"
        try Data(try PersonalWords.repeated(marked.envelope, times: 30).utf8).write(to: URL(fileURLWithPath: copies))
        let again = try await ProgramRun.of(
            "facility", ["submit", copies, "--data", data, "--wait", "120"], in: directory)
        #expect(again.output.contains("300 sound visits: "), "\(again.output.suffix(300))\(again.errors)")
        #expect(again.output.contains(" 0 without an answer"), "\(again.output.suffix(300))")
        let down = try await ProgramRun.of("cycle", ["down", "--data", data], in: directory)
        #expect(down.output == "stopped\n")
        #expect(await exchange.finish().code == 0)
        #expect(marked.patients.count == expected.count)
        for (visit, expected) in zip(marked.patients.keys.sorted(), expected) {
            try expectNothingLeft(of: marked.patients[visit], isShared: expected == "shared", data, directory)
        }
        try await booksAtRest(data, try people(folder).first { $0.expected == "shared" }?.number ?? "", in: directory)
    }

    /// After all is decided nobody has a byte of a patient on disk but whoever is to keep it: MoH in its books, the facility
    /// that sent it, the locality, the broker, and the auditor, sealed.
    private func expectNothingLeft(
        of patient: PersonalWords?, isShared: Bool, _ data: String, _ directory: TemporaryDirectory
    ) throws {
        let patient = try #require(patient)
        for party in ["vss", "c06", "auditor"] { #expect(try patient.found(in: data + "/" + party) == [], "\(party)") }
        let found = try patient.found(in: data + "/moh")
        guard isShared else { return #expect(found == [], "MoH, of a visit that was refused") }
        #expect(!found.isEmpty, "MoH has it in a book")
        let copy = directory.path + "/moh-without-books"
        if !FileManager.default.fileExists(atPath: copy) {
            try PersonalWords.ministryWithoutBooks(data + "/moh", to: copy)
        }
        #expect(try patient.found(in: copy) == [], "MoH, beside its books")
    }

    /// What the file of people says of each patient, in its order.
    private func people(_ folder: String) throws -> [(number: String, expected: String)] {
        var rows = try RegisterFile.open(folder + "/patients.csv", PeopleColumn.self)
        var found: [(String, String)] = []
        while let row = try rows.next() { found.append((row[.citizenNumber], row[.expected])) }
        return found
    }

    /// The book of an exchange that is stopped: as a page, by the number in a file; then erased.
    private func booksAtRest(_ data: String, _ number: String, in directory: TemporaryDirectory) async throws {
        let (file, page) = (directory.path + "/number.txt", directory.path + "/book.html")
        try Data((number + "\n").utf8).write(to: URL(fileURLWithPath: file))
        let look = ["book", "--citizen-file", file, "--purpose", "xem sổ", "--data", data]
        let written = try await ProgramRun.of("cycle", look + ["-o", page, "--history"], in: directory)
        #expect(written.code == 0, "\(written.errors)")
        let html = String(decoding: try Data(contentsOf: URL(fileURLWithPath: page)), as: UTF8.self)
        #expect(html.contains(number) && html.contains("Họ và tên") && html.contains("kiểm tra"))
        #expect(XMLParser(data: Data(html.utf8)).parse(), "the page is well-formed")
        #expect(!html.contains("<script") && !html.contains("src="))

        let unknown = try await ProgramRun.of(
            "cycle", ["book", "001099000001", "--purpose", "tìm", "--data", data], in: directory)
        #expect(unknown.code == 2 && unknown.errors.contains("no book of this citizen"), "\(unknown.errors)")
        #expect(try databases(data, with: "HAI THẺ").contains("moh/party.sqlite"), "the name of the first patient")
        let erased = try await ProgramRun.of(
            "cycle", ["audit", "erase", number, "--order", "QĐ 1", "--purpose", "yêu cầu", "--data", data],
            in: directory)
        #expect(try databases(data, with: "HAI THẺ") == [], "nor in what they have deleted")
        #expect(
            erased.code == 0 && erased.output.contains("taken out of the book at MoH: 31 records"), "\(erased.output)")
        let gone = try await ProgramRun.of("cycle", look, in: directory)
        #expect(gone.code == 2 && gone.errors.contains("no book of this citizen"), "\(gone.errors)")
        let verified = try await ProgramRun.of("cycle", ["audit", "verify", data], in: directory)
        #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }

    /// The files of MoH, VSS, C06 and the locality that hold a text.
    private func databases(_ data: String, with text: String) throws -> [String] {
        try ["moh", "vss", "c06", "locality"].flatMap { party in
            try FileManager.default.contentsOfDirectory(atPath: data + "/" + party).map { party + "/" + $0 }
        }.filter { name in
            FileManager.default.contents(atPath: data + "/" + name)?.range(of: Data(text.utf8)) != nil
        }
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
