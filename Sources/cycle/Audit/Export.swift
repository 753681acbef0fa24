import ArgumentParser
import Composition
import EvidenceExport
import ExchangeSchema
import Operations

/// Exports resources.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Export the journals as FHIR R4 AuditEvent and Provenance, each with a reference to its proof.",
        discussion: """
            A folder gets AuditEvent.ndjson and Provenance.ndjson; a file that ends in .json gets one Bundle, of one \
            record. With --record each resource carries its whole proof. No patient is named: an act of a person has who did it and how \
            that is known, why, and the records that it was about.
            """)

    @Flag(help: "As FHIR R4 (4.0.1).")
    var fhir = false

    @Option(name: [.short, .long], help: "The folder, or a file that ends in .json.")
    var output: String

    @Option(help: "Only this record; may be given several times.")
    var record: [String] = []

    @Option(help: "Only from this time on, for example 2026-01-31T00:00:00Z; as any command prints it.")
    var from: String?

    @Option(help: "Only before this time.")
    var until: String?

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

    @OptionGroup var vault: VaultOption

    func validate() throws {
        if !fhir { throw ValidationError("say which form: --fhir") }
        for (name, text) in [("--from", from), ("--until", until)] {
            if let text, WrittenTime.milliseconds(text) == nil {
                throw ValidationError("\(name) takes a time as 2026-01-31T00:00:00Z or 2026-01-31 07:00+07:00")
            }
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit export") {
            let evidence = try ExchangeEvidence(layout: data.layout(vault))
            let outcome = try evidence.exportFHIR(
                records: record, from: from.flatMap(WrittenTime.milliseconds),
                until: until.flatMap(WrittenTime.milliseconds),
                to: output, purpose: access.purpose)
            print("\(output): \(outcome.events) AuditEvent, \(outcome.provenances) Provenance")
        }
    }
}
