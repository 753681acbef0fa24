import ArgumentParser
import Audit
import Composition
import Foundation
import Operations
import Supervision

/// Compares party with party.
struct Reconcile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare party with party: the conservation law, what is pending, and every disagreement.",
        discussion: "Exit codes: 0 all parties agree; 1 they do not, and in what; 2 it could not be compared.")

    @Argument(help: "The data directory of an exchange, running or not.")
    var data: String

    @Flag(help: "As JSON.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Count ages to this time: ISO 8601 with a zone, or Unix milliseconds; else to the last leaf.",
            valueName: "time"))
    var at: String?

    @OptionGroup var pinning: PinOption

    @OptionGroup var vault: VaultOption

    func run() throws {
        let found = try ProgramFailure.reported(by: "cycle audit") {
            let at = try ExchangeEvidence.instant(at)
            let found = try ExchangeEvidence(layout: ExchangeLayout(data, vaultKey: vault.vaultKey), pins: pinning.pins)
                .reconcile(at: at)
            print(json ? String(decoding: try found.json, as: UTF8.self) : found.text)
            return found
        }
        if !found.agrees { throw ExitCode(1) }
    }
}
