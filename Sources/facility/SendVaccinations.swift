import ArgumentParser
import ExchangeSchema
import Operations
import Supervision

/// Sends a file of vaccinations.
struct SendVaccinations: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vaccinate",
        abstract: "Hand vaccinations of a file (CSV, JSON Lines) to the facility that runs.",
        discussion: """
            Each row is a vaccination, which the facility knows by its own number: the same contents again have no second \
            effect, one that was refused and has changed goes as a new revision, and other contents of one that is on its way \
            or shared are a conflict, which --amend sends as the next revision. facility withdraw takes one back. Every problem \
            of the file is told by line, column, value and rule, and then nothing is sent. \
            Exit codes: 0 all sent (with --wait: all shared); 1 the file has a problem, or some were refused or left as they \
            are, or have no outcome in time; 2 it could not run; 64 wrong usage.
            """)

    @Argument(help: "The file; docs/commands.md names its columns.")
    var file: String

    @Option(help: "MA_CSKCB of the facility that gave them.")
    var facility: String

    @Flag(help: "Send those that are known and have changed, in their next revision.")
    var amend = false

    @Option(help: "With --amend: send only where this is the next revision.")
    var revision: UInt32?

    @Option(help: "The data directory of the exchange, or that of a facility started by hand.")
    var data = ExchangeLayout.defaultDirectory

    @Option(help: "The facility party in the topology; by default the only one.")
    var party: String?

    @Option(help: "Seconds to wait for the outcome of all; without it only until the facility has them.")
    var wait: Double?

    func validate() throws {
        do throws(IdentifierError) {
            _ = try FacilityCode(parsing: facility)
        } catch {
            throw ValidationError("--facility is \(PrintableText.escaped(facility)): \(error.rule.text)")
        }
        if let revision {
            guard amend else { throw ValidationError("--revision is about --amend") }
            if revision < 2 { throw ValidationError("--revision is 2 or more: 1 is the first submission") }
        }
        if let wait, !(wait > 0 && wait <= 86_400) {
            throw ValidationError("--wait is from above 0 to 86400 seconds")
        }
    }

    func run() throws {
        try VaccinationSubmission(
            amend ? .amend(revision: revision) : .submit, file: file, facility: try FacilityCode(parsing: facility),
            data: data, party: party, wait: wait
        ).run()
    }
}
