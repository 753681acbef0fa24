import ArgumentParser
import Composition
import ProgramStart

/// What is measured, each by a command of its own.
@main
struct ExchangeBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange-bench", abstract: "Measures the cycle, the journals, the doors, and what people read.",
        subcommands: [
            PairBench.self, JournalBench.self, ReadingBench.self, InstructionBench.self,
            PartyLoad.self, WarehouseLoad.self, DoorsBench.self, AllocationBench.self, HeadLoad.self,
        ],
        defaultSubcommand: PairBench.self)

    static func main() {
        guard BareParty.role != nil else { return main(nil) }
        ProgramStart.begin()
        DatabaseStart.begin()
        BareParty.main(nil)
    }
}
