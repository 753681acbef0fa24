import ArgumentParser
import Supervision

/// Which exchange a command is about.
struct DataOptions: ParsableArguments {
    @Option(help: "The data directory of the exchange.")
    var data = ExchangeLayout.defaultDirectory

    var layout: ExchangeLayout { ExchangeLayout(data) }
}
