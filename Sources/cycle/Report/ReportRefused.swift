import ArgumentParser
import Composition
import Foundation
import Operations
import WarehouseStore

/// The records behind a number of refusals.
struct ReportRefused: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refused",
        abstract: "List the records that were returned to facilities, by code and facility.",
        discussion: """
            Records are named by identifier only. Exit codes: 0 answered; 2 there is no such exchange; 64 wrong usage.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "Records that were returned with this code, as vss.010.")
    var code: String?

    @Option(help: ArgumentHelp("Records of this facility.", valueName: "facility"))
    var of: String?

    @Option(help: "The month of return, as 2026-11; else all months.")
    var month: String?

    @Option(help: "At most so many records.")
    var limit = 1_000

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let month, !WarehouseMonth.isMonth(month) {
            throw ValidationError("--month is \(month), no month as 2026-11")
        }
        if limit < 1 { throw ValidationError("--limit is at least 1") }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle report refused") {
            let records = try DepartmentReports(layout: data.layout)
                .refused(code: code, facility: of, month: month, limit: limit)
            guard json else { return print(DepartmentText.refused(records)) }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(records), as: UTF8.self))
        }
    }
}
