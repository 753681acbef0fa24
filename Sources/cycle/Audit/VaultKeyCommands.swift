import ArgumentParser
import Composition
import Operations
import PartyStore
import Supervision

/// The key that the auditor's vault is under.
struct VaultKeyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault-key", abstract: "Make the key that the auditor's vault is under, or put it under another.",
        discussion: """
            With cycle up --vault-key FILE nothing of what the auditor keeps can be read without that file, which may lie \
            elsewhere while nothing runs. Keep a copy of it: without it nobody can read what is kept, or erase.
            """, subcommands: [MakeVaultKey.self, ChangeVaultKey.self])
}

/// `cycle audit vault-key make`.
struct MakeVaultKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: "Make a key, in a file that only you may read.")

    @Argument(help: "The file; one that is there is never written over.", transform: ExchangeFiles.absolute)
    var file: String

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit vault-key") {
            let key = try VaultKeyFile.make(at: file)
            try StandardOutput.say("\(file): \(key.name); now: cycle up --vault-key \(file)")
        }
    }
}

/// `cycle audit vault-key change`.
struct ChangeVaultKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Put the auditor's vault under another key.",
        discussion: """
            The exchange must not be running. The former key opens nothing here any more; copies of the directory that were \
            made before stay under it.
            """)

    @Argument(help: "The file of the new key.", transform: ExchangeFiles.absolute)
    var file: String

    @OptionGroup var data: DataOptions

    @OptionGroup var vault: VaultOption

    func run() throws {
        try ProgramFailure.reported(by: "cycle audit vault-key") {
            try StandardOutput.say(try VaultKeyExchange(layout: data.layout(vault)).run(to: file))
        }
    }
}
