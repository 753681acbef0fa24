import ArgumentParser
import ProgramStart

/// Runs exchanges.
@main
struct CycleProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cycle",
        abstract:
            "Runs an exchange of health records: facility, MoH, VSS, C06, localities, and the broker between them.",
        discussion: """
            Exit codes: 0 all held; 1 an assertion or the conservation law failed; 2 it could not run; 64 wrong usage; \
            130 interrupted.
            """,
        subcommands: [
            RunScenario.self, SimulateScenario.self, CompareReports.self, Up.self, Status.self, Down.self, Tail.self,
            AgreementCommands.self,
            PartyCommands.self, PeopleCommands.self, BookCommands.self, AuditCommands.self, Redrive.self,
            ReplayCommand.self,
            TopologyCommands.self, WarehouseCommand.self, ReportCommands.self, ConformanceCommand.self,
        ] + ofDoors)

    /// What a build without doors does without.
    private static var ofDoors: [any ParsableCommand.Type] {
        #if DOORS
            [KeysCommands.self]
        #else
            []
        #endif
    }

    static func main() {
        ProgramStart.begin()
        main(nil)
    }
}
