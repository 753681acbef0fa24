import ArgumentParser
import Composition

/// Where the key of the auditor's vault lies.
struct VaultOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file of the key under which the auditor's vault is; by default where it lay last.",
            discussion: "cycle audit vault-key make FILE makes one.", valueName: "file"),
        transform: ExchangeFiles.absolute)
    var vaultKey: String?
}
