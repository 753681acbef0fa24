import ArgumentParser
public import Composition
import ExchangeSchema
import FacilityParty
import Foundation
public import HealthStandards
import KafkaClient
public import Logging
import PartyCore
import PartyRuntime
import PartyStore
import ProgramStart
import Synchronization
import Topology
import Vocabulary

/// Sends the visits of an envelope file into a running exchange, by the same core and host as a facility's program.
public struct EnvelopeSubmission {
    /// Path of the envelope.
    public var file: String
    /// Whose field rules the file is read by.
    public var profile: ValidationProfile
    /// The broker.
    public var broker: BrokerOptions
    /// Path of the topology; nil for the shipped one.
    public var topology: String?
    /// Name of the facility party in the topology; nil for the only one.
    public var party: String?
    /// Data directory; nil for one of the exchange's own under `.cycle/submissions`.
    public var data: String?
    /// Seconds to wait for the outcomes; nil to wait only for the broker's confirmation.
    public var wait: Double?
    /// Least severe messages logged.
    public var logLevel: Logger.Level

    /// Takes all fields.
    public init(
        file: String, profile: ValidationProfile, broker: BrokerOptions, topology: String?, party: String?,
        data: String?, wait: Double?, logLevel: Logger.Level
    ) {
        self.file = file
        self.profile = profile
        self.broker = broker
        self.topology = topology
        self.party = party
        self.data = data
        self.wait = wait
        self.logLevel = logLevel
    }

    /// Reads, sends, waits and prints a line for each visit.
    /// - Throws: `ExitCode`: 1 when a visit was kept back or refused, or has no outcome in time; 2 when it could not run.
    public func run() throws {
        let stop = PartyProgram.startStopSignal(stopWithParent: false, earlyExitCode: ProgramFailure.exitCode)
        let isGood = try ProgramFailure.reported(by: "facility submit") {
            let report = try read()
            for found in report.warnings + report.problems { StandardError.say("\(file): \(found)") }
            guard !report.visits.isEmpty else {
                print("\(file): \(report.visitCount) visits, none of them sound; nothing sent")
                return false
            }
            let outcomes = try send(report.envelope, stop)
            return conclude(outcomes, keptBack: report.refusedCount)
        }
        if !isGood { throw ExitCode(1) }
    }

    private func read() throws -> EnvelopeReport {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw ProgramFailure("cannot read \(file); check that it exists and may be read")
        }
        do {
            return try EnvelopeReader.read(Array(bytes), profile: profile)
        } catch {
            throw ProgramFailure("\(file): \(error)")
        }
    }

    private func send(_ envelope: Envelope, _ stop: StopSignal) throws -> [VisitOutcome] {
        let setup = try PartySetup(topology: topology, scenario: nil)
        let name = try setup.party(.facility, given: party).name
        let settings = try broker.settings(client: name)
        let logger = ProgramLog.logger("facility submit", level: logLevel)
        let directory = try data ?? defaultDirectory(settings, setup, name, logger)
        var source = EnvelopeVisits(envelope)
        let records = source.contents.map(\.record)
        let before = try StoredVisits(directory: directory, records: records)
        source.firstIndex = before.submitted
        let visits = source
        let book = AnswerBook()
        let awaited = Set(visits.contents.filter(before.awaitsAnswer).map(\.record))
        let deadline = wait.map { ContinuousClock.now + .milliseconds(Int64($0 * 1_000)) }
        let finished = FinishedFlag()
        var configuration = HostConfiguration(
            directory: directory, kafka: settings, startupTimeout: broker.timeout)
        configuration.isFinished = { figures, unconfirmed in
            guard figures.submission.nextVisit >= visits.count, unconfirmed == 0 else { return false }
            guard let deadline else { return finished.set() }
            return book.hasAll(awaited) || ContinuousClock.now >= deadline ? finished.set() : false
        }
        let core = AnswerListener(core: FacilityCore(source: visits, pace: SubmissionPace()), book: book)
        try PartyHost(
            core: core, wiring: PartyWiring(party: name, topology: setup.topology), configuration: configuration,
            stop: stop, logger: logger
        ).run()
        guard finished.isSet else {
            throw ProgramFailure(
                "stopped before the broker had confirmed everything; run it again, nothing is sent twice")
        }
        let after = try StoredVisits(directory: directory, records: records)
        return zip(envelope.visits, records).map { visit, record in
            VisitOutcome(
                episodeCode: visit.episodeCode, record: record, before: before[record], after: after[record],
                answer: book[record])
        }
    }

    /// A directory that belongs to the exchange, so that a file sent to two exchanges is sent to both.
    private func defaultDirectory(
        _ settings: KafkaSettings, _ setup: PartySetup, _ name: String, _ logger: Logger
    ) throws -> String {
        let wiring = PartyWiring(party: name, topology: setup.topology)
        let exchange = try TopicSetup.prepare(
            settings: settings, topics: wiring.topicsToCreate, wiring: wiring, timeout: broker.timeout, logger: logger)
        let safe = String(exchange.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "-" })
        return ".cycle/submissions/\(safe)"
    }

    private func conclude(_ outcomes: [VisitOutcome], keptBack: Int) -> Bool {
        for outcome in outcomes { print(outcome.line) }
        let refused = outcomes.count { $0.isRefused }
        let shared = outcomes.count { $0.standing == .shared }
        let unsent = outcomes.count { $0.standing == .notSent }
        let open = outcomes.count - refused - shared - unsent
        print(
            "\(outcomes.count) sound visits: \(shared) shared, \(refused) refused, \(open) without an answer; "
                + "\(keptBack) kept back")
        return keptBack == 0 && refused == 0 && unsent == 0 && (wait == nil || open == 0)
    }
}

/// Whether the submission came to its end, as opposed to being stopped.
private final class FinishedFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() -> Bool {
        flag.store(true, ordering: .releasing)
        return true
    }
}
