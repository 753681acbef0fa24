import ArgumentParser
import Operations

/// Sends what has changed of visits that are known.
struct AmendEnvelope: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend",
        abstract: "Send visits of an envelope that have changed since they were sent, as their next revision.",
        discussion: """
            A visit that is on its way or shared goes again, and is pending until it has come round: then book and \
            provinces show the new revision, and keep the older ones as history. If the amendment is refused, a revision \
            that is in the book stays there. One that was refused goes again as with facility submit. What was never sent, \
            or was withdrawn, is left as it is, and a line says so. \
            Exit codes: 0 all sent (with --wait: all shared); 1 some were kept back, refused or left as they are, or have \
            no outcome in time; 2 it could not run; 64 wrong usage.
            """)

    @OptionGroup var envelope: EnvelopeOptions

    @Option(help: "Send only where this is the next revision; without it the next one, whichever it is.")
    var revision: UInt32?

    func validate() throws {
        if let revision, revision < 2 { throw ValidationError("--revision is 2 or more: 1 is the first submission") }
    }

    func run() throws {
        try EnvelopeSubmission(
            .amend(revision: revision), file: envelope.file, profile: envelope.profile, data: envelope.data,
            party: envelope.party,
            wait: envelope.wait
        ).run()
    }
}
