public import ArgumentParser
import Composition
import ExchangeSchema
import Foundation
public import KafkaClient
import PartyRuntime
import PartyStore
import ProgramStart
public import Supervision
import Topology

/// What every command takes that shows or changes what is in an exchange.
public struct AccessOptions: ParsableArguments {
    /// Why.
    @Option(help: "Why this is done; it is written into the auditor's log, with who did it and when.")
    public var purpose: String

    /// For ArgumentParser.
    public init() {}

    /// For ArgumentParser: refuses a purpose that is empty, or that has a person's number in it.
    public func validate() throws {
        if let problem = StatedReason.problem(purpose, option: "--purpose", meaning: "says why, in a few words") {
            throw ValidationError(problem)
        }
    }
}

/// Writes into the auditor's log what a person does: through the broker while the exchange runs, else at once.
public enum AccessNote {
    /// Writes an act down, before it is done. Where nothing can be written down, the person is told so.
    /// - Parameters:
    ///   - action: What is done, as the command is called.
    ///   - subject: Record identifiers separated by spaces, or the name of a topic; never a citizen number.
    /// - Throws: ``ProgramFailure`` when the log of a running exchange does not take it; `StoreError`.
    public static func note(action: String, subject: String, purpose: String, layout: ExchangeLayout) throws {
        guard let record = try layout.record() else {
            throw ProgramFailure("\(layout.directory) holds no exchange; check the path")
        }
        let topology = try ExchangeFiles.topology(at: layout.topologyPath)
        let entry = AccessEntry(action: action, subject: subject, purpose: purpose)
        let directory = layout.partyDirectory(AuditPlan.auditorName)
        guard topology.audit.auditor, layout.isInUse || StoreInspection.isPossible(directory: directory) else {
            StandardError.say("cycle: \(layout.directory) has no auditor: this \(action) is written down nowhere")
            return
        }
        if layout.isInUse {
            let settings = try record.login(layout).settings(
                of: AccessPlan.operatorName, bootstrapServers: record.broker)
            try send(entry, settings: settings, topic: topology.audit.access, seal: try AccessSeal(layout))
        } else {
            let log = try AccessLog(directory: directory, evidence: layout.evidenceDirectory)
            try log.append(entry)
            try log.close()
        }
    }

    /// The same for a broker that is not one of a data directory's.
    public static func note(
        action: String, subject: String, purpose: String, settings: KafkaSettings, topic: String
    )
        throws
    {
        let cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: .seconds(10))
        guard cluster.topics[topic] != nil else {
            StandardError.say(
                "cycle: \(settings.bootstrapServers) has no topic \(topic): this \(action) is written down nowhere")
            return
        }
        // Of somebody else's broker: there is no key with which this could be sealed.
        try send(
            AccessEntry(action: action, subject: subject, purpose: purpose), settings: settings, topic: topic, seal: nil
        )
    }

    /// Sends an entry to the topic that the auditor reads, and waits until the broker has confirmed it.
    static func send(_ entry: AccessEntry, settings: KafkaSettings, topic: String, seal: AccessSeal?) throws {
        let producer = try KafkaProducer(settings: settings, topics: [topic])
        defer { producer.close() }
        try enqueue(entry, by: producer, seal: seal)
        let reports = producer.flush(deadlineMilliseconds: 10_000)
        guard reports.reduce(0, { $0 + $1.delivered }) == 1 else {
            let why = reports.compactMap(\.error).first?.message ?? "no answer within 10 s"
            throw ProgramFailure("the broker did not take the note of who looked: \(why); nothing was done")
        }
    }

    /// Hands an entry to a producer whose only topic is the one that the auditor reads.
    static func enqueue(_ entry: AccessEntry, by producer: KafkaProducer, seal: AccessSeal?) throws {
        let json = entry.json
        var headers = HeaderBlock(names: EventHeaders.names + [AccessSeal.header])
        EventHeaders.write(
            event: AccessEntry.eventType, identifier: entry.id, source: "/cycle", time: entry.time, subject: nil,
            contentType: "application/json", to: &headers)
        if let seal { headers.set(EventHeaders.names.count, to: try seal.value(over: json)) }
        try producer.enqueue(
            topic: 0, key: Array(entry.id.utf8), value: json, headers: headers,
            timestampMilliseconds: entry.time, batch: 1)
    }
}
