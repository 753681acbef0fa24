import ArgumentParser

/// What is measured, each by a command of its own.
@main
struct ExchangeBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange-bench", abstract: "Measures the cycle, the journals, and what people read.",
        subcommands: [
            PairBench.self, JournalBench.self, ReadingBench.self, InstructionBench.self,
            PartyLoad.self, WarehouseLoad.self,
        ],
        defaultSubcommand: PairBench.self)
}
