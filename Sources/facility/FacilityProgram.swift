import ArgumentParser
import ProgramStart

/// The program of the party with the role `facility`, and the door for a hospital's own files.
@main
struct FacilityProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facility",
        abstract:
            "Hospitals and clinics: submit visits, vaccinations and health checks, correct what comes back, amend, withdraw, ask for "
            + "shared history.",
        discussion: "Exit codes: 0 as asked; 1 visits were refused or kept back; 2 it could not run; 64 wrong usage.",
        subcommands: [
            RunFacility.self, SubmitEnvelope.self, AmendEnvelope.self, WithdrawVisit.self, SendVaccinations.self,
            SendHealthChecks.self, AskHistory.self, ExportEnvelope.self, ValidateEnvelope.self,
        ], defaultSubcommand: RunFacility.self)

    static func main() {
        ProgramStart.begin()
        main(nil)
    }
}
