import ArgumentParser
import Composition
import Foundation
import Judgement
import ProgramStart

/// `cycle compare`: what two runs do not have in common.
struct CompareReports: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Say what differs between two runs, by the reports that --report wrote.",
        discussion: """
            What came out is compared first: counts, refusals by code, assertions, messages at each hop, and of simulations \
            the roots of all logs. Then what was measured: times, speed, memory, disk; it is shown and decides nothing.
            Exit codes: 0 the same came out of both; 1 it did not; 2 a report cannot be read.
            """)

    @Argument(help: ArgumentHelp("The first report.", valueName: "A.json"))
    var first: String

    @Argument(help: ArgumentHelp("The second report.", valueName: "B.json"))
    var second: String

    @Flag(help: "As JSON.")
    var json = false

    func run() throws {
        let comparison = try ProgramFailure.reported(by: "cycle compare") {
            let comparison = ReportComparison(try ComparedReport(path: first), try ComparedReport(path: second))
            try StandardOutput.say(
                json ? String(decoding: try comparison.json, as: UTF8.self) : comparison.text)
            return comparison
        }
        if !comparison.isSame { throw ExitCode(1) }
    }
}
