import ArgumentParser
import ExchangeSchema
import Operations
import Supervision

/// Which file of records that are no visits goes to which facility, and how long its outcome is waited for.
struct RecordFileOptions: ParsableArguments {
    @Argument(help: "The file; docs/commands.md says what stands in it.")
    var file: String

    @Option(help: "MA_CSKCB of the facility whose records they are.")
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

    /// The file with its order.
    var records: RecordFile {
        get throws {
            RecordFile(
                amend ? .amend(revision: revision) : .submit, file: file, facility: try FacilityCode(parsing: facility),
                data: data, party: party, wait: wait)
        }
    }
}
