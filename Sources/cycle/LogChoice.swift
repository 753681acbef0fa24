import ArgumentParser
import ProgramLog

/// How the programs of an exchange write their logs.
struct LogChoice: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How the programs write their logs: text, or json with an object in each line.",
            discussion: "By default as the environment variable CLOSED_CYCLE_LOG_FORMAT says; text without."))
    var logFormat: LogFormat?

    /// Before any program is started.
    func apply() { logFormat?.choose() }
}
