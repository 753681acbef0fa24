import ExchangeSchema
import Topology
import Vocabulary

/// Plays MoH and VSS for a facility: answers its records, each in another way, and watches what it does then. The facility
/// begins, with visits of its own.
struct FacilityTrial {
    /// What the first records are answered with; all others are shared.
    private static let roles: [FacilityCase] = [.shared, .corrected, .deceased, .insurance]
    /// Findings of one kind that are told; more of the same say nothing new.
    private static let most = 5

    private struct Followed {
        var role: FacilityCase
        var latest: FacilityRecord
        var identifiers: [UInt32: [UInt8]?]
        /// Dead letters that must still come before silence means silence.
        var fences: Set<[UInt8]> = []
        /// How many of its answers were sent.
        var answered = 0
        var lastEvent: ContinuousClock.Instant
    }

    private let wire: ExchangeWire
    private let judge: SubmittedRecordJudge
    private let answers: FacilityAnswers
    private let patience: Duration
    private let deadline: ContinuousClock.Instant
    private let submissions: String
    private let begin = ContinuousClock.now

    private var findings: [FacilityCase: [Finding]] = [:]
    private var followed: [RecordIdentifier: Followed] = [:]
    private var order: [RecordIdentifier] = []
    private var fences: [[UInt8]: CaseMessage] = [:]
    private var fenceOwners: [[UInt8]: RecordIdentifier] = [:]
    private var letters = 0
    private var resubmitted = false

    /// - Parameter submissions: The topic of its records.
    init(
        wire: ExchangeWire, judge: SubmittedRecordJudge, patience: Duration, deadline: ContinuousClock.Instant,
        submissions: String
    ) {
        self.wire = wire
        self.judge = judge
        self.patience = patience
        self.deadline = deadline
        self.submissions = submissions
        answers = FacilityAnswers(desk: judge.desk)
    }

    /// Runs until each answer had its effect, or the time is over.
    mutating func run() throws -> [CaseResult] {
        while ContinuousClock.now < deadline, !isDone {
            for record in try wire.next(within: max(1, Int(patience / .milliseconds(4)))) {
                if record.topic == submissions {
                    try take(record)
                } else if let value = record.value, let fence = fences[value],
                    record.topic == judge.desk.topology.deadLetters.topicName(for: fence.topic)
                {
                    takeLetter(record, of: fence)
                }
            }
        }
        return FacilityCase.allCases.map(result)
    }

    /// Every role has its record, every fence is passed, and what was returned has come again. For that people may have to work,
    /// so it is waited for until the time is over.
    private var isDone: Bool {
        guard order.count >= Self.roles.count else { return false }
        return order.prefix(Self.roles.count).allSatisfy { record in
            guard let one = followed[record] else { return false }
            let isQuiet = one.lastEvent.duration(to: .now) >= patience
            return (one.fences.isEmpty || isQuiet) && (one.role != .corrected || resubmitted)
        }
    }

    private mutating func take(_ record: TrafficRecord) throws {
        guard let value = record.value, let message = try? FacilityRecord(decoding: value),
            let identifier = RecordIdentifier(message.recordID)
        else {
            note(.content, [Finding("record at \(record.place)", expected: "an encoded FacilityRecord", found: "none")])
            return
        }
        note(.headers, judge.headers(record, message))
        note(.leastData, judge.leastData(message))
        note(.content, try judge.content(message))
        let name = record.header(EventAttribute.identifier.header)
        guard var one = followed[identifier] else {
            let role = order.count < Self.roles.count ? Self.roles[order.count] : .shared
            order.append(identifier)
            followed[identifier] = Followed(
                role: role, latest: message, identifiers: [message.revision: name], lastEvent: .now)
            return try answer(identifier)
        }
        one.lastEvent = .now
        defer { followed[identifier] = one }
        if let before = one.identifiers[message.revision] {
            if before != name {
                note(
                    .copies,
                    [
                        Finding(
                            "revision \(message.revision) of record \(identifier)", expected: "the ce_id of before",
                            found: "another one")
                    ])
            }
            return
        }
        one.identifiers[message.revision] = name
        let expected = one.latest.revision + 1
        one.latest = message
        switch one.role {
        case .corrected where message.revision == expected && !resubmitted:
            resubmitted = true
            // A late copy of the word about the first revision, and the end of the second.
            let late = answers.returned(Self.earlier(message), by: .moh, as: .mohNameInvalid)
            try send([late, answers.shared(message)], about: identifier, &one)
        default:
            note(
                one.role,
                [
                    Finding(
                        "revision \(message.revision) of record \(identifier)",
                        expected: one.role == .corrected ? "revision \(expected) once" : "none", found: "sent")
                ])
        }
    }

    private static func earlier(_ message: FacilityRecord) -> FacilityRecord {
        var earlier = message
        earlier.revision -= 1
        return earlier
    }

    private mutating func answer(_ identifier: RecordIdentifier) throws {
        guard var one = followed[identifier] else { return }
        let message = one.latest
        switch one.role {
        case .corrected:
            let word = answers.returned(message, by: .moh, as: .mohNameInvalid)
            try send([word, word], about: identifier, &one)
        case .deceased: try send([answers.returned(message, by: .c06, as: .c06Deceased)], about: identifier, &one)
        case .insurance:
            try send(
                [answers.shared(message), answers.insurance(message)].compactMap(\.self), about: identifier, &one)
        default:
            let word = answers.shared(message)
            try send([word, word], about: identifier, &one)
        }
        followed[identifier] = one
    }

    private mutating func send(
        _ messages: [CaseMessage], about identifier: RecordIdentifier, _ one: inout Followed
    ) throws {
        var last: [String: CaseMessage] = [:]
        for message in messages { last[message.topic] = message }
        var posts: [CaseMessage] = []
        for topic in last.keys.sorted() {
            guard let message = last[topic], let fence = answers.unreadable(behind: message, fences.count) else {
                continue
            }
            posts.append(fence)
            fences[fence.value] = fence
            fenceOwners[fence.value] = identifier
            one.fences.insert(fence.value)
        }
        one.lastEvent = .now
        try wire.send(messages + posts)
    }

    private mutating func takeLetter(_ record: TrafficRecord, of fence: CaseMessage) {
        letters += 1
        note(.deadLetters, DeadLetterJudge.findings(record, of: fence))
        guard let owner = fenceOwners[fence.value] else { return }
        followed[owner]?.fences.remove(fence.value)
    }

    private mutating func note(_ kase: FacilityCase, _ found: [Finding]) {
        let room = Self.most - (findings[kase]?.count ?? 0)
        if room > 0, !found.isEmpty { findings[kase, default: []] += found.prefix(room) }
    }

    private func result(_ kase: FacilityCase) -> CaseResult {
        CaseResult(
            name: kase.name, sentence: kase.sentence, source: kase.source, outcome: outcome(kase),
            seconds: begin.duration(to: .now) / .seconds(1))
    }

    private func outcome(_ kase: FacilityCase) -> CaseOutcome {
        if let found = findings[kase] { return .failed(found) }
        guard !order.isEmpty else { return .notJudged("no record came; have the facility submit at least four visits") }
        if let place = Self.roles.firstIndex(of: kase), order.count <= place {
            return .notJudged("\(order.count) records came; have the facility submit at least four visits")
        }
        switch kase {
        case .corrected where !resubmitted: return uncorrected
        case .deadLetters where letters == 0:
            return .failed([Finding("answer", expected: "the record on the topic of dead letters", found: "none")])
        case .insurance where followed.isEmpty || answers.insurance(FacilityRecord()) == nil:
            return .notApplicable("the topology has no topic for it")
        default: return .passed
        }
    }

    /// The record that was returned did not come again: a finding where the word was read.
    private var uncorrected: CaseOutcome {
        guard let one = followed.values.first(where: { $0.role == .corrected }), one.fences.isEmpty else {
            return .notJudged("nothing shows that the word was read; what goes to the dead letters would")
        }
        return .failed([
            Finding(
                "record \(one.latest.recordID), which was returned",
                expected: "revision \(one.latest.revision + 1) within --timeout", found: "none")
        ])
    }
}
