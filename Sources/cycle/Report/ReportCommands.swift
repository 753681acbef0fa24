import ArgumentParser

/// What a department prints.
struct ReportCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "What a health department prints of an exchange, and the refusals behind it.",
        subcommands: [ReportDepartment.self, ReportRefused.self])
}
