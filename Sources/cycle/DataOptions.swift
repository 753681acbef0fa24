import ArgumentParser
import Supervision

/// Which exchange a command is about.
struct DataOptions: ParsableArguments {
    @Option(help: "The data directory of the exchange.")
    var data = ExchangeLayout.defaultDirectory

    var layout: ExchangeLayout { ExchangeLayout(data) }

    /// For what opens the auditor's vault.
    func layout(_ vault: VaultOption) -> ExchangeLayout { ExchangeLayout(data, vaultKey: vault.vaultKey) }
}
