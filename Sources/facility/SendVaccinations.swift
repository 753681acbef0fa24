import ArgumentParser
import Operations

/// Sends a file of vaccinations.
struct SendVaccinations: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vaccinate",
        abstract: "Hand vaccinations of a file (CSV, JSON Lines) to the facility that runs.",
        discussion: """
            Each row is a vaccination, which the facility knows by its own number: the same contents again have no second \
            effect, one that was refused and has changed goes as a new revision, and other contents of one that is on its way \
            or shared are a conflict, which --amend sends as the next revision. facility withdraw takes one back. Every problem \
            of the file is told by line, column, value and rule, and then nothing is sent. \
            Exit codes: 0 all sent (with --wait: all shared); 1 the file has a problem, or some were refused or left as they \
            are, or have no outcome in time; 2 it could not run; 64 wrong usage.
            """)

    @OptionGroup var options: RecordFileOptions

    func run() throws { try VaccinationSubmission(options.records).run() }
}
