import ExchangeSchema
import Topology
import Vocabulary

/// Plays everybody else for a party, and watches what it writes: all cases at once, each at its own pace.
struct ConformanceRun {
    let wire: ExchangeWire
    let desk: CaseDesk
    let judge: CaseJudge
    let makeOracle: () throws -> any PartyOracle
    /// How long nothing may come before no more is waited for.
    let patience: Duration
    let deadline: ContinuousClock.Instant

    private var cases: [CaseProgress] = []
    private var fences: Fences
    /// Which case a record belongs to.
    private var owners: [RecordIdentifier: Int] = [:]
    private var fenceOwners: [RecordIdentifier: Int] = [:]
    /// Payloads that were sent, for records that bear nothing else.
    private var senders: [[UInt8]: Int] = [:]
    /// Identifiers of what the kit itself sent.
    private var own: Set<String> = []
    private let clock: Int64

    init(
        wire: ExchangeWire, desk: CaseDesk, patience: Duration, deadline: ContinuousClock.Instant,
        oracle: @escaping () throws -> any PartyOracle
    ) {
        self.wire = wire
        self.desk = desk
        self.patience = patience
        self.deadline = deadline
        clock = desk.now
        makeOracle = oracle
        judge = CaseJudge(partitions: wire.partitions)
        fences = Fences(desk: desk)
    }

    /// Runs cases to their ends.
    /// - Parameter isGated: Whether the party answers nothing before the first of them has opened the gate.
    mutating func run(_ kases: [ConformanceCase], isGated: Bool) throws {
        let first = cases.count
        fences.isGated = isGated
        let now = ContinuousClock.now
        for kase in kases { cases.append(CaseProgress(kase, oracle: try makeOracle(), now: now)) }
        for place in first..<cases.count where !cases[place].isDone { try send(place) }
        while cases[first...].contains(where: { !$0.isDone }) {
            let now = ContinuousClock.now
            guard now < deadline else { break }
            let left = min(now.duration(to: deadline), patience)
            for record in try wire.next(within: max(1, Int(left / .milliseconds(1)) / 4)) { take(record) }
            for place in first..<cases.count {
                if cases[place].isReady(judge, at: .now, patience: patience) { try send(place) }
            }
        }
        for place in first..<cases.count { cases[place].stop(at: .now) }
    }

    /// What the party's warehouse has wrong of each case. It may be a little behind what the party has taken in, so it is looked
    /// at again until nothing is wrong, or no more is waited for.
    func findings(in kept: KeptRecords) throws -> [String: [Finding]] {
        let end = min(ContinuousClock.now + patience, deadline)
        while true {
            let findings = try kept.findings(cases.map(\.kase))
            guard !findings.isEmpty, ContinuousClock.now < end else { return findings }
            _ = try wire.next(within: 100)
        }
    }

    /// What came of all of them.
    func results() -> [CaseResult] {
        cases.map { progress in
            let outcome: CaseOutcome =
                progress.kase.obstacle?.outcome
                ?? judge.outcome(
                    progress.expectations, progress.found, sentAll: progress.sent == progress.kase.stages.count)
            let seconds = progress.end.map { progress.begin.duration(to: $0) / .seconds(1) } ?? 0
            return CaseResult(
                name: progress.kase.name, sentence: progress.kase.sentence, source: progress.kase.source,
                outcome: outcome, seconds: seconds)
        }
    }

    private mutating func send(_ place: Int) throws {
        let isGated = fences.isGated && !(cases[place].kase.opensGate && cases[place].sent > 0)
        var posts = fences
        posts.isGated = isGated
        let (wire, clock, makeOracle, deadLetters) = (wire, clock, makeOracle, desk.topology.deadLetters)
        let messages = try cases[place].begin(
            at: .now, clock: clock,
            fence: { message in
                guard let fence = posts.fence(behind: message, wire.partition) else { return nil }
                var oracle = try makeOracle()
                let answer = try oracle.take(fence, at: clock)
                return (fence, answer.sent.count + (answer.isDeadLetter ? 1 : 0))
            }, letters: deadLetters.topicName(for:))
        fences.resume(from: posts)
        for subject in cases[place].kase.subjects { owners[subject] = place }
        for fence in cases[place].fences.keys { fenceOwners[fence] = place }
        for message in messages {
            if let identifier = message.text(.identifier) { own.insert(message.topic + identifier) }
            senders[message.value] = place
        }
        try wire.send(messages)
    }

    private mutating func take(_ record: TrafficRecord) {
        let identifier = record.header(EventAttribute.identifier.header).map { String(decoding: $0, as: UTF8.self) }
        if let identifier, own.contains(record.topic + identifier) { return }
        let topic = desk.topology.topic(named: record.topic)
        // On a topic that is not the party's, only what bears its name is its own.
        if let topic, !topic.writers.contains(desk.party.name) {
            let source = record.header(EventAttribute.source.header).map { String(decoding: $0, as: UTF8.self) } ?? ""
            guard source.hasPrefix(desk.party.role.eventSource) else { return }
        }
        let subject = RecordSubject(of: record, carrying: topic?.carries).identifier
        if let subject, let place = fenceOwners[subject] {
            cases[place].passFence(subject, at: .now)
        } else if let place = subject.flatMap({ owners[$0] }) ?? record.value.flatMap({ senders[$0] }) {
            cases[place].take(record, at: .now)
        }
    }
}
