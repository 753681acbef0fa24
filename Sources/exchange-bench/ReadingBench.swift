import ArgumentParser
import BookStore
import ExchangeSchema
import Foundation
import HealthBook
import PartyCore
import PartyStore
import Registers
import WarehouseStore

/// Measures what people read of a finished exchange, and a file of people.
struct ReadingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading",
        abstract: "Measures books and reports of a data directory, and the import and look-up of a file of people.")

    @Option(help: "Directory of a finished exchange, of which MoH's and one locality's store are read.")
    var data: String?

    @Option(help: "Name of the locality.")
    var locality = "locality"

    @Option(help: "The province whose report is made.")
    var province = "01"

    @Option(help: "The month whose report is made, as 2026-11; all months without.")
    var month: String?

    @Option(help: "A file of people, which is imported and looked up.")
    var people: String?

    @Option(help: "Random people who are looked up.")
    var lookups = 2_000

    func validate() throws {
        if data == nil && people == nil { throw ValidationError("give --data, --people or both") }
        if lookups < 1 { throw ValidationError("--lookups is 1 or more") }
    }

    func run() throws {
        print(Machine.description)
        if let data { try read(data) }
        if let people { try take(people) }
    }

    private func read(_ data: String) throws {
        if FileManager.default.fileExists(atPath: data + "/moh") { try readBooks(data + "/moh") }
        try readWarehouse(data + "/" + locality + "/" + WarehouseWriter.fileName)
    }

    /// A book is read as `cycle book` reads it: the store is opened for each.
    private func readBooks(_ directory: String) throws {
        let (count, citizens) = try StoreInspection(directory: directory).withConnection { connection in
            let count = try connection.statement("SELECT count(*) FROM book_item")
            defer { count.finalize() }
            let items = try count.step() ? count.integer(0) : 0
            let statement = try connection.statement(
                "SELECT DISTINCT citizen FROM book_index ORDER BY random() LIMIT ?1")
            defer { statement.finalize() }
            try statement.bind(Int64(lookups), at: 1)
            var citizens: [UInt64] = []
            while try statement.step() { citizens.append(UInt64(statement.integer(0))) }
            return (items, citizens)
        }
        var visits = 0
        try Self.report("books out of \(count) entries", citizens) { citizen in
            guard let number = CitizenNumber(number: citizen) else { return }
            let book = try BookReader.book(of: number, in: [try StoreInspection(directory: directory)])
            visits += book?.visits.count ?? 0
        }
        print("  \(visits) visits in them")
    }

    private func readWarehouse(_ path: String) throws {
        for grouping in [[], WarehouseGrouping.allCases] {
            let begin = ContinuousClock.now
            let file = try WarehouseFile(path: path)
            let report = try file.report(ofProvince: province, month: month, by: grouping)
            print(
                "report of \(province), \(report.total.visits) visits, \(grouping.count) groupings: "
                    + Self.milliseconds(ContinuousClock.now - begin) + " ms")
        }
        let begin = ContinuousClock.now
        let repeats = try WarehouseFile(path: path).repeats(
            ofProvince: province, month: nil, within: 30, limit: 100)
        print("repeats among \(repeats.total.tests) results: " + Self.milliseconds(ContinuousClock.now - begin) + " ms")
    }

    private func take(_ people: String) throws {
        let folder = NSTemporaryDirectory() + "reading-bench-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = RegisterFiles(directory: folder)
        let begin = ContinuousClock.now
        let imported = try PeopleImport.run(people, into: files)
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        print(
            "imported \(imported.people) people in \(Machine.fixed(seconds, 2)) s, "
                + "\(Int(Double(imported.people) / seconds)) rows/s, \(Machine.peakResidentBytes >> 20) MiB at most")
        let register = try PopulationRegister(files.population)
        var citizens: [UInt64] = []
        guard let province = Province(code: province) else {
            throw ValidationError("--province is \(province), no province")
        }
        try register.forEachPossibleResident(of: province) { citizens.append($0.citizenNumber.number) }
        citizens = Array(citizens.shuffled().prefix(lookups))
        try Self.report("people out of \(imported.registered)", citizens) { citizen in
            guard let number = CitizenNumber(number: citizen) else { return }
            guard try register.person(citizenNumber: number) != nil else { throw ExitCode.failure }
        }
    }

    private static func report(_ what: String, _ citizens: [UInt64], _ body: (UInt64) throws -> Void) throws {
        var times: [Duration] = []
        for citizen in citizens {
            let begin = ContinuousClock.now
            try body(citizen)
            times.append(ContinuousClock.now - begin)
        }
        guard !times.isEmpty else { return print("\(what): nobody to look up") }
        times.sort()
        func at(_ share: Double) -> String {
            milliseconds(times[min(times.count - 1, Int(Double(times.count) * share))])
        }
        print("\(times.count) \(what): p50 \(at(0.5)) ms, p99 \(at(0.99)) ms, most \(at(1)) ms")
    }

    private static func milliseconds(_ duration: Duration) -> String {
        Machine.fixed(duration / .milliseconds(1), 4)
    }
}
