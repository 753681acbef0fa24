public import ArgumentParser
import Composition
public import HealthStandards
import Logging
import Operations

/// Sends a hospital's envelope.
struct SubmitEnvelope: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Send the visits of an envelope (GIAMDINHHS, Decision 130/4750).",
        discussion: """
            Each problem of the file is reported with record, table, row and field; the sound visits go all the same. \
            The same file again has no second effect; a visit that was refused and has changed goes as a new revision. \
            Exit codes: 0 all sent (with --wait: all shared); 1 some were kept back or refused, or have no outcome in \
            time; 2 it could not run; 64 wrong usage.
            """)

    @Argument(help: "The envelope file.")
    var file: String

    @OptionGroup var broker: BrokerOptions

    @Option(help: "Whose field rules apply: annex or portal.")
    var profile = ValidationProfile.portal

    @Option(help: "The topology file; by default the shipped one.")
    var topology: String?

    @Option(help: "The facility party in the topology; by default the only one.")
    var party: String?

    @Option(help: "The data directory; by default one for this exchange under .cycle/submissions.")
    var data: String?

    @Option(help: "Seconds to wait for the outcome of every visit; without it only until the broker has them all.")
    var wait: Double?

    @Option(help: "The least severe messages to log, on standard error.")
    var logLevel = Logger.Level.warning

    func validate() throws {
        if let wait, !(wait > 0 && wait <= 86_400) {
            throw ValidationError("--wait is from above 0 to 86400 seconds")
        }
    }

    func run() throws {
        try EnvelopeSubmission(
            file: file, profile: profile, broker: broker, topology: topology, party: party, data: data, wait: wait,
            logLevel: logLevel
        ).run()
    }
}

extension ValidationProfile: ExpressibleByArgument {}
