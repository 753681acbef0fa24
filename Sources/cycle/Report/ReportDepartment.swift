import ArgumentParser
import Composition
import Foundation
import Operations
import ReportPage
import WarehouseStore

/// The report of a department.
struct ReportDepartment: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "department",
        abstract: "Print coverage, facilities, visits by quality, refusals and repeated tests, month against month.",
        discussion: """
            Reads the provinces' warehouses, what MoH has counted and returned, and the register of facilities, of an exchange \
            that runs or does not. It names no person. Exit codes: 0 answered; 2 there is no such exchange or warehouse; \
            64 wrong usage.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "Residents and facilities of this province, 01 to 96; else of all.")
    var province: String?

    @Option(help: "The month, as 2026-11: of discharge, and of return for refusals; else all months.")
    var month: String?

    @Option(help: "The day of which it says who has sent nothing, as 2026-11-29; else today in Viet Nam.")
    var day: String?

    @Option(help: "A test is repeated when its result is at most so many days older, 1 to 3650.")
    var days = DepartmentReports.usualDays

    @Flag(help: "Print CSV.")
    var csv = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(name: [.short, .long], help: "Write a self-contained HTML page to this file.")
    var output: String?

    func validate() throws {
        if let month, !WarehouseMonth.isMonth(month) {
            throw ValidationError("--month is \(month), no month as 2026-11")
        }
        if !(1...3_650).contains(days) { throw ValidationError("--days is \(days); it is 1 to 3650") }
        if [csv, json, output != nil].count(where: { $0 }) > 1 {
            throw ValidationError("one of --csv, --json and --output at a time")
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle report department") {
            let report = try DepartmentReports(layout: data.layout)
                .report(ofProvince: province, month: month, day: day, within: days)
            if let output {
                try OutputFile(output).write(Data(DepartmentPage(report).html.utf8))
            } else if csv {
                print(report.csv, terminator: "")
            } else {
                print(json ? String(decoding: try report.json, as: UTF8.self) : DepartmentText.report(report))
            }
        }
    }
}
