import ExchangeSchema
import KafkaClient
import Vocabulary

/// What the attributes, key and place of a message must be.
enum HeaderJudge {
    /// - Parameter partitions: Of the topic.
    static func findings(_ record: TrafficRecord, _ expected: ExpectedMessage, partitions: Int) -> [Finding] {
        var findings: [Finding] = []
        func need(_ attribute: EventAttribute, _ words: String, _ holds: (String) -> Bool) {
            let text = record.header(attribute.header).map { String(decoding: $0, as: UTF8.self) }
            if let text, holds(text) { return }
            findings.append(
                Finding("header \(attribute.header)", expected: words, found: text.map(quoted) ?? "no such header"))
        }
        func mayHave(_ attribute: EventAttribute, _ words: String, _ holds: (String) -> Bool) {
            guard record.header(attribute.header) != nil else { return }
            need(attribute, words + ", or no such header", holds)
        }
        need(.specificationVersion, quoted(EventHeaders.specificationVersion)) {
            $0 == EventHeaders.specificationVersion
        }
        need(.identifier, "a UUID") { RecordIdentifier($0) != nil }
        need(.type, quoted(expected.type.eventType)) { $0 == expected.type.eventType }
        need(.source, quoted(expected.source)) { $0 == expected.source }
        need(.subject, quoted(expected.subject.description)) { RecordIdentifier($0) == expected.subject }
        mayHave(.time, "a time as RFC 3339 writes it") { WrittenTime.milliseconds($0) != nil && $0.contains("T") }
        mayHave(.contentType, quoted(EventHeaders.contentType)) { $0 == EventHeaders.contentType }
        mayHave(.salt, "32 hexadecimal digits") { text in
            let bytes = Array(text.utf8)
            return PayloadSalt(utf8: bytes.span.bytes) != nil
        }
        mayHave(.traceParent, "a traceparent of W3C Trace Context") { isTraceParent($0) }
        if record.key != expected.key {
            findings.append(
                Finding(
                    "key", expected: quoted(String(decoding: expected.key, as: UTF8.self)),
                    found: record.key.map { quoted(String(decoding: $0, as: UTF8.self)) } ?? "no key"))
        } else if partitions > 1 {
            let place = murmur2Partition(key: expected.key, count: Int32(partitions))
            if record.partition != place {
                findings.append(
                    Finding(
                        "partition", expected: "\(place), by murmur2 of the key", found: String(record.partition)))
            }
        }
        return findings
    }

    private static func isTraceParent(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [2, 32, 16, 2]
            && parts.joined().allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }

    static func quoted(_ text: String) -> String { UnreadablePayload.quoted(text) }
}
