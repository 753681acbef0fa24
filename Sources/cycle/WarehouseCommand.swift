public import ArgumentParser
import Composition
import Foundation
import Operations
import ReportPage
import Supervision
public import WarehouseStore

/// Reads the warehouses of provinces.
struct WarehouseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warehouse",
        abstract: "Read a province's warehouse: reports, the records behind a number, and repeated tests.",
        usage: """
            cycle warehouse list
            cycle warehouse <province> report [--month 2026-11] [--by facility|ward|disease|age|kind] [--csv|--json|-o FILE]
            cycle warehouse <province> records --measure NAME [--of 01013] [--by facility] [--month 2026-11]
            cycle warehouse <province> repeats [--days 30] [--month 2026-11] [--csv|--json]
            """,
        discussion: """
            Reports name no person, and records are named by identifier only. The file itself, DATA/LOCALITY/warehouse.sqlite, \
            is open to any tool (docs/warehouse.md). Measures: \(WarehouseMeasure.all.map(\.name).joined(separator: ", ")). \
            Exit codes: 0 answered; 2 there is no such warehouse; 64 wrong usage.
            """)

    /// What is asked.
    enum Question: String, ExpressibleByArgument, CaseIterable {
        case report, records, repeats
    }

    @OptionGroup var data: DataOptions

    @Argument(help: "list, or the code of a province, 01 to 96.")
    var province: String

    @Argument(help: "report, records or repeats.")
    var question: Question?

    @Option(help: "The month of discharge, as 2026-11; else all months.")
    var month: String?

    @Option(
        help: ArgumentHelp(
            "By what visits are grouped: \(WarehouseGrouping.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "grouping"))
    var by: [WarehouseGrouping] = []

    @Option(help: "Which number the records are behind.")
    var measure: String?

    @Option(help: ArgumentHelp("Records of this facility, or of this value of --by.", valueName: "value"))
    var of: String?

    @Option(help: "At most so many records.")
    var limit = 1_000

    @Option(help: "With repeats: a test is repeated when its result is at most so many days older, 1 to 3650.")
    var days: Int?

    @Flag(help: "Print CSV.")
    var csv = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(name: [.short, .long], help: "Write a self-contained HTML page to this file.")
    var output: String?

    func validate() throws {
        guard province != "list" else {
            if question != nil { throw ValidationError("list takes no further word") }
            return
        }
        guard let question else {
            throw ValidationError("say what is asked of \(province): report, records or repeats")
        }
        if let month, !WarehouseMonth.isMonth(month) {
            throw ValidationError("--month is \(month), no month as 2026-11")
        }
        if [csv, json, output != nil].count(where: { $0 }) > 1 {
            throw ValidationError("one of --csv, --json and --output at a time")
        }
        if limit < 1 { throw ValidationError("--limit is at least 1") }
        if let days {
            if question != .repeats { throw ValidationError("--days goes with repeats") }
            if !(1...3_650).contains(days) { throw ValidationError("--days is \(days); it is 1 to 3650") }
        }
        switch question {
        case .repeats:
            if measure != nil || of != nil { throw ValidationError("--measure and --of go with records") }
            if !by.isEmpty { throw ValidationError("repeats are counted by test and by facility; leave out --by") }
            if output != nil { throw ValidationError("repeats are printed as text, --csv or --json") }
        case .report:
            if measure != nil || of != nil { throw ValidationError("--measure and --of go with records") }
        case .records:
            if csv || output != nil { throw ValidationError("records are printed as text or as --json") }
            if by.count > 1 { throw ValidationError("one --by with records") }
            guard let measure else { throw ValidationError("say which number: --measure") }
            if WarehouseMeasure.named(measure) == nil {
                throw ValidationError(
                    "\(measure) is no measure; expected one of "
                        + WarehouseMeasure.all.map(\.name).joined(separator: ", "))
            }
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle warehouse") {
            let warehouses = try ProvinceWarehouses(layout: data.layout)
            guard province != "list" else { return print(WarehouseText.list(try warehouses.entries())) }
            switch question {
            case .records: try printRecords(try warehouses.file(ofProvince: province))
            case .repeats: try printRepeats(try warehouses.file(ofProvince: province))
            default: try printReport(warehouses)
            }
        }
    }

    private func printReport(_ warehouses: ProvinceWarehouses) throws {
        let isPage = output != nil
        let report = try warehouses.report(
            ofProvince: province, month: month,
            by: by.isEmpty && isPage ? WarehouseGrouping.allCases : by.isEmpty ? [.kind] : by)
        if let output {
            try OutputFile(output).write(Data(WarehousePage(report).html.utf8))
        } else if csv {
            print(report.csv, terminator: "")
        } else {
            print(json ? String(decoding: try report.json, as: UTF8.self) : WarehouseText.report(report))
        }
    }

    private func printRepeats(_ file: WarehouseFile) throws {
        let repeats = try file.repeats(
            ofProvince: province, month: month, within: days ?? Self.usualDays, limit: limit)
        if csv {
            print(repeats.csv, terminator: "")
        } else {
            print(json ? String(decoding: try repeats.json, as: UTF8.self) : WarehouseText.repeats(repeats))
        }
    }

    /// Days within which a test counts as repeated where nobody says otherwise; simulator-defined.
    private static let usualDays = 30

    private func printRecords(_ file: WarehouseFile) throws {
        guard let measure = measure.flatMap(WarehouseMeasure.named) else { return }
        let records = try file.records(
            measure, ofProvince: province, month: month, grouping: by.first ?? .facility, value: of, limit: limit)
        guard json else { return print(WarehouseText.records(records)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(records), as: UTF8.self))
    }
}

extension WarehouseGrouping: ExpressibleByArgument {}
