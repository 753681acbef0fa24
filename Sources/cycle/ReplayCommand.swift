import ArgumentParser
import Composition
import Foundation
import KafkaClient
import Operations
import ProgramStart
import Replay
import Supervision

/// Replays recorded traffic.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Send recorded traffic into another broker, or through today's rules.",
        discussion: """
            --into sends what was recorded to the same partitions, with the same keys, contents, headers and times, in \
            the recorded order; each record says in replay_of where it was recorded. TIME is 2024-04-01T08:00:00Z, or \
            +90s for after the first record.

            --rerun takes what one party read, batch by batch, through today's core and compares each decision and each \
            message sent with the party's journal.

            Exit codes: 0 done, or the same outcome; 1 another outcome; 2 it could not run, and nothing was written.
            """)

    @Argument(help: "The data directory of an exchange that is not running.")
    var data: String

    @Option(help: "The broker to send to, HOST:PORT.")
    var into: String?

    @Option(
        name: .customLong("topic"), help: "A topic; by default all of the exchange, without dead letters and audit.")
    var topics: [String] = []

    @Option(help: "Begin with what was recorded at this TIME.")
    var from: String?

    @Option(help: "End before what was recorded at this TIME.")
    var until: String?

    @Option(help: "Times the recorded speed: 1x, 10x, 0.5x, or max.")
    var speed = "1x"

    @Flag(help: "Also into a broker that holds this run already.")
    var again = false

    @Option(help: "A file of librdkafka settings for the broker, one NAME=VALUE a line.")
    var kafkaConfig: String?

    @Option(help: "Why, for the record; required with --into.")
    var purpose: String?

    @Option(name: .customLong("rerun"), help: "The party whose inputs are run through today's core.")
    var party: String?

    @Flag(help: "A line for each record that differs.")
    var diff = false

    @Flag(help: "The outcome of --rerun as JSON.")
    var json = false

    @Option(help: "Read what was recorded from the exchange's broker, HOST:PORT, in place of the auditor's record.")
    var fromBroker: String?

    @Option(help: "A file of librdkafka settings for that broker.")
    var fromKafkaConfig: String?

    @OptionGroup var vault: VaultOption

    @Option(help: "Seconds to wait for a broker.")
    var startupTimeout = 10.0

    func validate() throws {
        guard (into == nil) != (party == nil) else { throw ValidationError("say either --into or --rerun") }
        if into != nil {
            if diff || json { throw ValidationError("--diff and --json go with --rerun") }
            if let problem = StatedReason.problem(
                purpose ?? "", option: "--purpose", meaning: "says why, in a few words; it is required with --into")
            {
                throw ValidationError(problem)
            }
        } else if !topics.isEmpty || from != nil || until != nil || again || speed != "1x" {
            throw ValidationError("--topic, --from, --until, --speed and --again go with --into")
        }
        if fromKafkaConfig != nil, fromBroker == nil {
            throw ValidationError("--from-kafka-config goes with --from-broker")
        }
        for address in [into, fromBroker].compactMap({ $0 }) {
            try BrokerOptions(bootstrapServers: address, startupTimeout: startupTimeout).validate()
        }
    }

    func run() throws {
        let isSame = try ProgramFailure.reported(by: "cycle replay") {
            do {
                return try work()
            } catch {
                try noteRefusal()
                throw error
            }
        }
        if !isSame { throw ExitCode(1) }
    }

    private var timeout: Duration { .milliseconds(Int64(startupTimeout * 1_000)) }

    private func work() throws -> Bool {
        let speed = try ReplaySpeed(speed)
        let (from, until) = (try from.map { try ReplayMoment($0) }, try until.map { try ReplayMoment($0) })
        let exchange = try ExchangeReplay(layout: ExchangeLayout(data, vaultKey: vault.vaultKey))
        let plan = try exchange.topics(named: topics)
        let settings = try into.map {
            try BrokerOptions(bootstrapServers: $0, startupTimeout: startupTimeout, kafkaConfig: kafkaConfig)
                .settings(client: "cycle-replay")
        }
        if let into {
            try AccessNote.note(
                action: "replay", subject: "into \(into)", purpose: purpose ?? "", layout: ExchangeLayout(data))
        }
        let traffic = try recorded(exchange)
        guard let settings else { return try rerun(exchange, traffic) }
        let replay = TrafficReplay(
            exchange: try exchange.exchange(), topics: Set(plan.map(\.topic)), from: from, until: until, speed: speed)
        let progress = try BrokerReplay(
            traffic: traffic, replay: replay, plan: plan, settings: settings, timeout: timeout
        ).run(again: again) { StandardError.say("cycle replay: \($0)") }
        print(BrokerReplay.conclusion(progress))
        return true
    }

    /// That a replay was tried is an act too. A directory that holds no exchange has no log for it.
    private func noteRefusal() throws {
        let layout = ExchangeLayout(data)
        guard let into, (try? layout.record()) != nil else { return }
        try AccessNote.note(
            action: "replay", subject: "into \(into), which did not come about", purpose: purpose ?? "", layout: layout)
    }

    private func recorded(_ exchange: ExchangeReplay) throws -> any RecordedTraffic {
        guard let fromBroker else { return try exchange.recordedTraffic() }
        let settings = try BrokerOptions(
            bootstrapServers: fromBroker, startupTimeout: startupTimeout, kafkaConfig: fromKafkaConfig
        ).settings(client: "cycle-replay")
        return try exchange.traffic(from: settings, timeout: timeout)
    }

    private func rerun(_ exchange: ExchangeReplay, _ traffic: any RecordedTraffic) throws -> Bool {
        let report = try exchange.rerun(party: party ?? "", traffic)
        print(json ? String(decoding: try report.json, as: UTF8.self) : report.text(listing: diff))
        return report.holds
    }
}
