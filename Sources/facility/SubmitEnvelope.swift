public import ArgumentParser
public import HealthStandards
import Operations
import Supervision

/// Sends a hospital's envelope.
struct SubmitEnvelope: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Hand the visits of an envelope (GIAMDINHHS, Decision 130/4750) to the facility that runs.",
        discussion: """
            Each problem of the file is reported with record, table, row and field; the sound visits go all the same. \
            The facility knows its visits by MA_CSKCB and MA_LK: the same contents again have no second effect, and a visit \
            that was refused and has changed goes as a new revision. Other contents of a visit that is on its way or shared are a \
            conflict: nothing is sent, and facility amend sends them. \
            Exit codes: 0 all sent (with --wait: all shared); 1 some were kept back or refused, or have no outcome in \
            time; 2 it could not run; 64 wrong usage.
            """)

    @Argument(help: "The envelope file.")
    var file: String

    @Option(help: "Whose field rules apply: annex or portal.")
    var profile = ValidationProfile.portal

    @Option(help: "The data directory of the exchange, or that of a facility started by hand.")
    var data = ExchangeLayout.defaultDirectory

    @Option(help: "The facility party in the topology; by default the only one.")
    var party: String?

    @Option(help: "Seconds to wait for the outcome of every visit; without it only until the facility has them all.")
    var wait: Double?

    func validate() throws {
        if let wait, !(wait > 0 && wait <= 86_400) {
            throw ValidationError("--wait is from above 0 to 86400 seconds")
        }
    }

    func run() throws {
        try EnvelopeSubmission(.submit, file: file, profile: profile, data: data, party: party, wait: wait).run()
    }
}

extension ValidationProfile: ExpressibleByArgument {}
