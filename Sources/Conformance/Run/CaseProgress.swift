import ExchangeSchema
import Vocabulary

/// How far a case has come.
struct CaseProgress {
    let kase: ConformanceCase
    var oracle: any PartyOracle
    /// Stages that were sent.
    private(set) var sent = 0
    /// What the party must write, in the order of what leads to it.
    private(set) var expectations: [Expectation] = []
    /// What it wrote.
    private(set) var found: [FoundRecord] = []
    /// What must still be answered before silence means silence: by fence, how many answers.
    private(set) var fences: [RecordIdentifier: Int] = [:]
    /// When something last happened that concerns it.
    private(set) var lastEvent: ContinuousClock.Instant
    /// When it was done.
    private(set) var end: ContinuousClock.Instant?
    let begin: ContinuousClock.Instant

    init(_ kase: ConformanceCase, oracle: any PartyOracle, now: ContinuousClock.Instant) {
        self.kase = kase
        self.oracle = oracle
        lastEvent = now
        begin = now
        if kase.stages.isEmpty { end = now }
    }

    var isDone: Bool { end != nil }

    /// Takes the next stage.
    /// - Parameters:
    ///   - fence: A fence behind a message; nil where there can be none.
    ///   - letters: Where a topic's dead letters go.
    /// - Returns: What is to be sent, fences last.
    mutating func begin(
        at now: ContinuousClock.Instant, clock: Int64, fence: (CaseMessage) throws -> (CaseMessage, Int)?,
        letters: (String) -> String
    ) throws -> [CaseMessage] {
        let messages = kase.stages[sent]
        var last: [String: CaseMessage] = [:]
        for message in messages {
            let answer = try oracle.take(message, at: clock)
            if answer.isDeadLetter {
                expectations.append(
                    Expectation(content: .deadLetter(message, topic: letters(message.topic)), stage: sent))
            }
            for expected in answer.sent {
                expectations.append(
                    Expectation(
                        content: .message(expected), stage: sent, mayComeLate: expected.type == .assessmentFeedback))
            }
            if message.type != nil {
                last[message.topic + "/" + String(decoding: message.key, as: UTF8.self)] = message
            }
        }
        sent += 1
        lastEvent = now
        fences = [:]
        var posts: [CaseMessage] = []
        for key in last.keys.sorted() {
            guard let message = last[key], let (post, answers) = try fence(message) else { continue }
            posts.append(post)
            fences[post.subject] = answers
        }
        return messages + posts
    }

    /// A record that the party wrote about the case.
    mutating func take(_ record: TrafficRecord, at now: ContinuousClock.Instant) {
        found.append(FoundRecord(record: record, stage: sent))
        lastEvent = now
    }

    /// An answer to one of its fences.
    mutating func passFence(_ record: RecordIdentifier, at now: ContinuousClock.Instant) {
        guard let left = fences[record] else { return }
        fences[record] = left > 1 ? left - 1 : nil
        lastEvent = now
    }

    /// Goes on where the stage is over: all is there and every fence is passed, or nothing has come for so long that no more
    /// is waited for.
    ///
    /// In front of the gate a fence is answered by a dead letter, and what a party sends too early stands on another topic, of
    /// which the broker keeps no order with the first. So before the gate is opened nothing may have come for a while.
    /// - Returns: Whether another stage is to be sent.
    mutating func isReady(_ judge: CaseJudge, at now: ContinuousClock.Instant, patience: Duration) -> Bool {
        guard !isDone else { return false }
        let isComplete = fences.isEmpty && judge.isComplete(expectations, found)
        let isBeforeGate = kase.opensGate && sent < kase.stages.count
        let wait = !isComplete ? patience : isBeforeGate ? patience / 4 : .zero
        guard lastEvent.duration(to: now) >= wait else { return false }
        if sent < kase.stages.count { return true }
        end = now
        return false
    }

    /// Gives up.
    mutating func stop(at now: ContinuousClock.Instant) { if end == nil { end = now } }
}

extension CaseJudge {
    /// Whether everything is there that is waited for. What may come late is waited for as long as a fence takes.
    func isComplete(_ expectations: [Expectation], _ found: [FoundRecord]) -> Bool {
        var rest = found
        for expectation in expectations where !expectation.mayComeLate {
            guard let place = rest.firstIndex(where: { matches($0.record, expectation) }) else { return false }
            rest.remove(at: place)
        }
        return true
    }
}
