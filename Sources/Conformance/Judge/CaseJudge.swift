import ExchangeSchema
import Replay
import Vocabulary

/// Compares what the party wrote about a case with what it must write.
struct CaseJudge {
    /// Partitions of each topic.
    let partitions: [String: Int]

    /// What came of a case.
    /// - Parameter sentAll: Whether all stages were sent before the time was over.
    func outcome(
        _ expectations: [Expectation], _ found: [FoundRecord], sentAll: Bool = true
    ) -> CaseOutcome {
        var rest = found
        var findings: [Finding] = []
        var late: [Expectation] = []
        var said: [TrafficRecord] = []
        for expectation in expectations {
            guard let place = rest.firstIndex(where: { matches($0.record, expectation) }) else {
                if expectation.mayComeLate {
                    late.append(expectation)
                } else {
                    findings.append(Finding("answer", expected: expectation.title, found: "none"))
                }
                continue
            }
            let record = rest.remove(at: place)
            said.append(record.record)
            if record.stage <= expectation.stage {
                findings.append(
                    Finding(
                        expectation.title, expected: "not before it may be sent", found: "sent too early"))
            }
            findings += differences(record.record, expectation)
        }
        findings += rest.compactMap { surplus($0.record, said) }
        if !findings.isEmpty { return .failed(findings) }
        if !sentAll { return .notJudged("the time was over before all of it was sent; give more by --timeout") }
        if let first = late.first {
            return .notJudged("\(first.title) has not come yet; it may take longer than is waited for here")
        }
        return .passed
    }

    /// Whether a record is the one expected, as far as anybody can tell: topic, kind and revision.
    func matches(_ record: TrafficRecord, _ expectation: Expectation) -> Bool {
        guard record.topic == expectation.topic else { return false }
        switch expectation.content {
        case .message(let message):
            guard RecordSubject(of: record, carrying: message.type).identifier == message.subject else { return false }
            guard let revision = Self.revision(message.payload, message.type),
                let own = record.value.flatMap({ Self.revision($0, message.type) })
            else { return true }
            return own == revision
        case .deadLetter(let message, _): return record.value ?? [] == message.value
        }
    }

    private func differences(_ record: TrafficRecord, _ expectation: Expectation) -> [Finding] {
        switch expectation.content {
        case .message(let message):
            return HeaderJudge.findings(record, message, partitions: partitions[message.topic] ?? 0)
                + ContentJudge.findings(record.value, message)
        case .deadLetter(let message, _): return DeadLetterJudge.findings(record, of: message)
        }
    }

    /// What is left over. The same message once more, under its identifier and with its content, is a copy, which a sender
    /// makes that did not see its confirmation.
    private func surplus(_ record: TrafficRecord, _ said: [TrafficRecord]) -> Finding? {
        let identifier = record.header(EventAttribute.identifier.header)
        for other in said where other.topic == record.topic {
            if identifier != nil, other.header(EventAttribute.identifier.header) == identifier {
                if other.value == record.value { return nil }
                return Finding(
                    "a second message on \(record.topic)", expected: "the same content under the same ce_id",
                    found: "other content under it")
            }
        }
        if said.contains(where: { $0.topic == record.topic && $0.key == record.key }) {
            return Finding(
                "a second message on \(record.topic)", expected: "one answer, or a copy of it with the same ce_id",
                found: "another with a ce_id of its own")
        }
        return Finding("a message on \(record.topic)", expected: "none", found: Self.name(record))
    }

    private static func name(_ record: TrafficRecord) -> String {
        let type = record.header(EventAttribute.type.header).map { String(decoding: $0, as: UTF8.self) }
        return type.map(HeaderJudge.quoted) ?? "one without \(EventAttribute.type.header)"
    }

    static func revision(_ payload: [UInt8], _ type: MessageType) -> JSONValue? {
        guard case .object(let members) = try? JSONValue(text: MessageCodec.of(type).json(payload)) else { return nil }
        return members["revision"]
    }
}

/// What came of a case.
package enum CaseOutcome: Sendable, Equatable {
    /// As it must be.
    case passed
    /// Not so.
    case failed([Finding])
    /// It ought to be judged, and nobody can tell: why.
    case notJudged(String)
    /// There is nothing to judge here: why.
    case notApplicable(String)
}

/// What stands on a topic of dead letters.
enum DeadLetterJudge {
    static func findings(_ record: TrafficRecord, of message: CaseMessage) -> [Finding] {
        var findings: [Finding] = []
        if record.key ?? [] != message.key {
            findings.append(
                Finding(
                    "key of the dead letter",
                    expected: HeaderJudge.quoted(String(decoding: message.key, as: UTF8.self)),
                    found: record.key.map { HeaderJudge.quoted(String(decoding: $0, as: UTF8.self)) } ?? "no key"))
        }
        for header in message.headers where record.header(header.name) != header.value {
            findings.append(
                Finding("header \(header.name) of the dead letter", expected: "as it came", found: "lost or changed"))
        }
        if record.header("dlt_reason")?.isEmpty ?? true {
            findings.append(Finding("header dlt_reason", expected: "why it could not be read", found: "nothing"))
        }
        return findings
    }
}
