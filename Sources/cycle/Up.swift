import ArgumentParser
import Supervision

/// Starts an exchange that stays.
struct Up: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start an exchange and keep it running until Ctrl-C or cycle down.",
        discussion: """
            Without a scenario the facility submits nothing by itself: send visits with facility submit. Started again \
            on the same directory, the exchange goes on where it was.
            """)

    @Option(help: "The topology file; by default the shipped one.")
    var topology: String?

    @Option(help: "The scenario, by name or path: who lives there, and what the facility submits.")
    var scenario: String?

    @Option(help: "A party that somebody else runs: it is not started. May be given several times.")
    var without: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file of people of your own, whom VSS and C06 then know beside those of the scenario.",
            discussion: "CSV, JSON Lines or SQLite; cycle people sample writes one, cycle people check looks at it."))
    var people: String?

    @Option(help: "A file of facilities of your own: MoH then knows them, and refuses records of all others.")
    var facilities: String?

    @Flag(help: "Nobody lives there but the people of --people.")
    var onlyThesePeople = false

    @Flag(
        help: ArgumentHelp(
            "Take in by HTTP what hospitals' systems send, on this machine.",
            discussion: "Address, paths and test accounts are printed, and stand in doors.json in the data directory."))
    var doors = false

    @Option(help: "The port of the doors; by default a free one.")
    var doorsPort: Int?

    @OptionGroup var data: DataOptions

    @Option(help: "The own broker's port; by default a free one.")
    var port: Int?

    @OptionGroup var broker: BrokerChoice

    @OptionGroup var vault: VaultOption

    @OptionGroup var log: LogChoice

    @Option(help: "Seconds to wait for the broker at the start.")
    var startupTimeout = 30.0

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port is from 0 to 65535") }
        if let doorsPort, !(0...65_535).contains(doorsPort) {
            throw ValidationError("--doors-port is from 0 to 65535")
        }
        if doorsPort != nil, !doors { throw ValidationError("--doors-port is said of --doors") }
        if port != nil, broker.bootstrapServers != nil {
            throw ValidationError("--port is that of an own broker; leave out --bootstrap-servers")
        }
        if onlyThesePeople, people == nil { throw ValidationError("--only-these-people is said of those in --people") }
        if !(startupTimeout > 0 && startupTimeout <= 86_400) {
            throw ValidationError("--startup-timeout is from above 0 to 86400 seconds")
        }
    }

    func run() throws {
        log.apply()
        var exchange = StandingExchange(
            topology: topology, scenario: scenario, data: data.data, port: port, startupTimeout: startupTimeout)
        exchange.bootstrapServers = broker.bootstrapServers
        exchange.kafkaConfig = broker.kafkaConfig
        exchange.security = broker.security
        exchange.outside = without
        exchange.people = people
        exchange.facilities = facilities
        exchange.onlyThesePeople = onlyThesePeople
        exchange.doors = doors
        exchange.doorsPort = doorsPort
        exchange.vaultKey = vault.vaultKey
        try exchange.run()
    }
}
