import ArgumentParser
import Composition
import EvidencePackage
import Operations

/// Makes a package of evidence.
struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pack the evidence of one record's way, for somebody who has only the public keys.",
        discussion: """
            The package is a ZIP: leaves, proofs, checkpoints, keys, and what is disclosed of the payloads. README.txt in \
            it says how to check it with other tools.
            """)

    @Argument(help: "The record's identifier.")
    var record: String

    @Option(name: [.short, .long], help: "The file to write, which must be new.")
    var output: String

    @OptionGroup var access: AccessOptions

    @OptionGroup var data: DataOptions

    @OptionGroup var vault: VaultOption

    @Option(help: "Blocks of the payloads to show, with commas: administrative, insurance, clinical, all.")
    var disclose: String?

    @OptionGroup var pinning: PinOption

    func validate() throws {
        if let disclose, Disclosure.list(disclose) == nil {
            throw ValidationError("--disclose takes administrative, insurance, clinical and all, with commas")
        }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit prove") {
            let evidence = try ExchangeEvidence(layout: data.layout(vault), pins: pinning.pins)
            let bytes = try evidence.prove(
                record, to: output, disclosing: disclose.flatMap(Disclosure.list) ?? [], purpose: access.purpose)
            print("\(output): \(bytes) bytes; check it with: cycle audit check \(output)")
        }
    }
}
