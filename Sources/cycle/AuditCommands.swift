import ArgumentParser
import Audit
import Composition
import Foundation
import Operations
import Supervision

/// What concerns evidence.
struct AuditCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verify, compare and report what an exchange has written down, or follow a record through it.",
        subcommands: [
            Verify.self, Watch.self, PinLogs.self, TraceRecords.self, Reconcile.self, Report.self, Prove.self,
            Check.self,
            Tiles.self,
            Export.self, EraseCitizen.self, ListAccess.self, Restore.self, RotateKey.self,
            VaultKeyCommands.self,
        ])

    /// Verifies.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every journal, every checkpoint, and each party against the others.",
            discussion: "Exit codes: 0 all holds; 1 something is wrong, and what and where; 2 it could not be checked.")

        @Argument(help: "The data directory of an exchange, running or not.")
        var data: String

        @OptionGroup var pinning: PinOption

        @OptionGroup var vault: VaultOption

        @Flag(help: "As JSON.")
        var json = false

        func run() throws {
            let report = try ProgramFailure.reported(by: "cycle audit") {
                let report = try ExchangeEvidence(
                    layout: ExchangeLayout(data, vaultKey: vault.vaultKey), pins: pinning.pins
                ).verify()
                print(json ? String(decoding: try report.json, as: UTF8.self) : report.text)
                return report
            }
            if !report.holds { throw ExitCode(1) }
        }
    }
}
