import ArgumentParser

/// Files of people of one's own.
struct PeopleCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Test patients of your own: write a sample to start from, check a file before an exchange takes it.",
        subcommands: [SamplePeople.self, CheckPeople.self])
}
