import ArgumentParser
import Operations

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

    @OptionGroup var envelope: EnvelopeOptions

    func run() throws {
        try EnvelopeSubmission(
            .submit, file: envelope.file, profile: envelope.profile, data: envelope.data, party: envelope.party,
            wait: envelope.wait
        ).run()
    }
}
