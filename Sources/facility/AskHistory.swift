import ArgumentParser
import Composition
import ExchangeSchema
import Foundation
import Operations
import Supervision

/// Asks for the shared history of a patient.
struct AskHistory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Ask MoH what is known of one of the facility's own patients from elsewhere, for treatment.",
        discussion: """
            MoH answers from the health book: visits at other facilities as they stand, without card and money, and none \
            that was withdrawn. A patient is the facility's own when a visit there stands in the book. Who asked and why \
            stands in the patient's book, in the journals and in the auditor's log. A number on the command line can be seen \
            by others on this machine: give it by --citizen-file, or leave it out and be asked. \
            Exit codes: 0 answered, also where there is nothing elsewhere; 1 refused, or no answer in time; 2 it could not \
            run; 64 wrong usage.
            """)

    @Argument(help: "The patient's number, 12 digits.")
    var citizen: String?

    @Option(help: ArgumentHelp("The file that has the number; - for standard input.", valueName: "path"))
    var citizenFile: String?

    @Option(help: "MA_CSKCB of the facility that asks.")
    var facility: String?

    @Option(help: "Why; 1 to 500 characters, which the patient can read in the book.")
    var purpose: String?

    @Option(help: "Who asks, as the facility names them; the patient can read it too.")
    var officer: String?

    @Option(help: "Show what has come of an earlier request, by its identifier, and ask nothing.")
    var request: String?

    @Option(name: [.short, .long], help: "Write one self-contained HTML page to this file.")
    var output: String?

    @Flag(help: "As JSON.")
    var json = false

    @Option(help: "Seconds to wait for MoH.")
    var wait = 30.0

    @Option(help: "The data directory of the exchange, or that of a facility started by hand.")
    var data = ExchangeLayout.defaultDirectory

    @Option(help: "The facility party in the topology; by default the only one.")
    var party: String?

    private var number: CitizenNumberSource { CitizenNumberSource(argument: citizen, file: citizenFile) }

    func validate() throws {
        if !(wait > 0 && wait <= 86_400) { throw ValidationError("--wait is from above 0 to 86400 seconds") }
        if request != nil {
            guard citizen == nil, citizenFile == nil, facility == nil, purpose == nil, officer == nil else {
                throw ValidationError("--request names a request that was sent: whom, why and who it says already")
            }
            return
        }
        if let problem = number.problem("the patient's number") {
            throw ValidationError(problem)
        }
        if facility == nil { throw ValidationError("--facility says which facility asks, by its MA_CSKCB") }
        if !PrintableText.isLine(purpose ?? "", upTo: HistoryRequest.longestPurpose) {
            throw ValidationError(
                "--purpose says why, in 1 to \(HistoryRequest.longestPurpose) printable characters on one line")
        }
        if let problem = StatedReason.problem(purpose ?? "", option: "--purpose", meaning: "says why") {
            throw ValidationError(problem)
        }
        if let officer, !PrintableText.isLine(officer, upTo: HistoryRequest.longestOfficer) {
            throw ValidationError(
                "--officer is 1 to \(HistoryRequest.longestOfficer) printable characters on one line")
        }
    }

    func run() throws {
        let order: SharedHistoryInquiry.Order
        if let request {
            order = .find(request)
        } else {
            order = .ask(try ProgramFailure.reported(by: "facility history") { try asked() })
        }
        try SharedHistoryInquiry(
            order, data: data, party: party, wait: wait, output: output, isJSON: json
        ).run()
    }

    private func asked() throws -> RequestHistory {
        var order = RequestHistory()
        order.facilityCode = facility ?? ""
        order.citizenNumber = try number.read()
        order.purpose = purpose ?? ""
        order.officer = officer ?? ""
        return order
    }
}
