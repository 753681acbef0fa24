import ArgumentParser
import Judgement

/// Runs one scenario to its end.
struct RunScenario: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a scenario to its end, and judge it.")

    @Argument(help: "The scenario, by name or path.")
    var scenario: String

    @Option(help: "Visits to submit, in place of the scenario's number.")
    var records: Int?

    @Option(help: "The seed, in place of the scenario's.")
    var seed: UInt64?

    @OptionGroup var broker: BrokerChoice

    @OptionGroup var vault: VaultOption

    @OptionGroup var log: LogChoice

    @Option(help: "A party that somebody else runs: it is not started. May be given several times.")
    var without: [String] = []

    @Option(help: "The data directory, which must be new; by default one under .cycle/runs.")
    var data: String?

    @Option(help: "A file for the report, as JSON.")
    var report: String?

    @Option(help: "A file for what was tried, as JUnit XML: a case for each assertion, finding and program.")
    var junit: String?

    @Option(help: "The topology file; by default the scenario's, or the shipped one.")
    var topology: String?

    @Option(help: "Seconds to wait for the broker at the start.")
    var startupTimeout = 30.0

    @Flag(help: "Keep the data although all held (a directory given with --data is always kept).")
    var keep = false

    @Flag(help: "Show no progress.")
    var quiet = false

    func validate() throws {
        if let records, records < 1 { throw ValidationError("--records is 1 or more") }
        if !(startupTimeout > 0 && startupTimeout <= 86_400) {
            throw ValidationError("--startup-timeout is from above 0 to 86400 seconds")
        }
    }

    func run() throws {
        log.apply()
        var run = ScenarioRun(scenario: scenario)
        run.records = records
        run.seed = seed
        run.bootstrapServers = broker.bootstrapServers
        run.kafkaConfig = broker.kafkaConfig
        run.security = broker.security
        run.outside = without
        run.data = data
        run.report = report
        run.junit = junit
        run.topology = topology
        run.startupTimeout = startupTimeout
        run.keep = keep
        run.quiet = quiet
        run.vaultKey = vault.vaultKey
        try run.run()
    }
}
