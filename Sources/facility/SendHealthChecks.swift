public import ArgumentParser
public import HealthStandards
import Operations

/// Sends a file of health checks.
struct SendHealthChecks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkup",
        abstract: "Hand health checks of an envelope (KHAMSUCKHOE, Decision 2062/QD-BYT) to the facility that runs.",
        discussion: """
            The file is XML or its JSON twin. How it is written (tables nested, as Base64 or escaped, which form of dates, by what \
            LOAIHOSO counts) is read either way and told; an option accepts one alone. Each problem is reported with record, \
            table and field; the sound checks go all the same. The facility knows a check by MA_LK: the same contents again have \
            no second effect, one that was refused and has changed goes as a new revision, and other contents of one that is on \
            its way or shared are a conflict, which --amend sends as the next revision. facility withdraw takes one back. \
            Exit codes: 0 all sent (with --wait: all shared); 1 some were kept back, refused or left as they are, or have no \
            outcome in time; 2 it could not run; 64 wrong usage.
            """)

    @OptionGroup var options: RecordFileOptions

    @Option(help: "How NOIDUNGFILE holds its table: nested, base64 or escaped; by default any.")
    var content: [HealthCheckReadings.Content] = []

    @Option(help: "How dates are written: 3176, ddMMyyyy or iso; by default any.")
    var dates: [HealthCheckReadings.Dates] = []

    @Option(help: "By what LOAIHOSO counts: annex or implementers; by default any.")
    var numbering: [HealthCheckReadings.Numbering] = []

    func run() throws {
        var accepted = HealthCheckReadings.all
        if !content.isEmpty { accepted.contents = Set(content) }
        if !dates.isEmpty { accepted.dates = Set(dates) }
        if !numbering.isEmpty { accepted.numberings = Set(numbering) }
        try HealthCheckSubmission(options.records, accepting: accepted).run()
    }
}

extension HealthCheckReadings.Content: ExpressibleByArgument {}
extension HealthCheckReadings.Dates: ExpressibleByArgument {}
extension HealthCheckReadings.Numbering: ExpressibleByArgument {}
