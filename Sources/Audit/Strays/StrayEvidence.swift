import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import Vocabulary

/// Messages that no party of the topology sent, on one topic as one reader met them.
public struct StrayEvidence: Sendable, Codable, Equatable {
    /// Name of the topic.
    public var topic: String
    /// Who read them.
    public var reader: String
    /// Messages that could be told at once: without readable attributes, or of a `ce_source` that does not write the topic.
    public var strays: Int64 = 0
    /// Leaves that they have in the reader's log.
    public var leaves: Int64 = 0
    /// Messages that bear the name of a party that writes the topic, and stand in no log of it: known by comparing the logs.
    public var forged: Int64 = 0
    /// When the first of both was written down; Unix milliseconds.
    public var since: Int64
    /// When the last one was.
    public var until: Int64
    /// Where the first one stood: the partition.
    public var partition: Int32
    /// Its offset there.
    public var offset: Int64
    /// What the first one looks like, in words; nil where no auditor keeps it.
    public var looks: String?

    /// For people.
    public var line: String {
        var parts: [String] = []
        if strays > 0 { parts.append("\(strays) messages that no party of the topology sent") }
        if forged > 0 { parts.append("\(forged) that bear a party's name and stand in no log of it") }
        var text =
            "\(topic): \(reader) has read \(parts.joined(separator: ", and ")), since \(TraceStep.clock(since)), the "
            + "first at \(topic)/\(partition)@\(offset)"
        if strays > 0 { text += ", set aside in \(leaves) \(leaves == 1 ? "leaf" : "leaves")" }
        return text + (looks.map { "; it has \($0)" } ?? "")
    }

    /// All of them, in the order of the parties; each reader with strays is a finding.
    /// - Parameter forged: By place of the party in the list, and the number of the topic.
    static func gather(
        _ parties: [PartyEvidence], forged: [[UInt8: StrayCount]], vault: VaultInspection?,
        _ findings: inout FindingList
    ) -> [StrayEvidence] {
        var all: [StrayEvidence] = []
        for (place, party) in parties.enumerated() {
            let forged = forged.indices.contains(place) ? forged[place] : [:]
            for topic in Set(party.pass.strays.keys).union(forged.keys).sorted() {
                let (own, other) = (party.pass.strays[topic], forged[topic])
                guard let first = [own, other].compactMap({ $0 }).min(by: { $0.firstAt < $1.firstAt }),
                    let seen = first.first
                else { continue }
                let name = party.subject.topicName(topic)
                var evidence = StrayEvidence(
                    topic: name, reader: party.subject.party, since: first.firstAt,
                    until: max(own?.lastAt ?? 0, other?.lastAt ?? 0), partition: seen.place.partition,
                    offset: seen.place.offset)
                evidence.strays = own?.messages ?? 0
                evidence.leaves = own?.leaves ?? 0
                evidence.forged = other?.messages ?? 0
                let record = try? vault?.record(topic: name, partition: evidence.partition, offset: evidence.offset)
                evidence.looks = record.flatMap { $0 }.map(Self.looks)
                all.append(evidence)
                // What is forged is named message by message, as what was received and never sent.
                if evidence.strays > 0 {
                    findings.add(.stray, party.subject.party, leaf: own?.first?.leaf, evidence.line)
                }
            }
        }
        return all
    }

    /// What a record looks like, without a byte of its value: that may be about a person.
    private static func looks(_ record: TrafficRecord) -> String {
        func text(_ attribute: EventAttribute) -> String {
            guard let bytes = record.header(attribute.header) else { return "no \(attribute.header)" }
            return "\(attribute.header) \(UnreadablePayload.quoted(String(decoding: bytes, as: UTF8.self)))"
        }
        let size = record.value.map { "a value of \($0.count) bytes" } ?? "no value"
        return ([EventAttribute.source, .type, .identifier].map(text) + [size]).joined(separator: ", ")
    }
}
