import Composition
import ExchangeSchema
import PartyCore
import PartyStore
import Replay
import Supervision
import Topology
import Vocabulary

/// A missing message with its content: key, payload and headers as its sender wrote them.
struct FoundMessage: Equatable {
    var message: MissingMessage
    var key: [UInt8]?
    var value: [UInt8]?
    var headers: [TrafficHeader]
    /// Kafka timestamp; Unix milliseconds.
    var timestamp: Int64
}

/// Finds the contents of missing messages. A party keeps none after the broker has confirmed it; so they are taken from
/// what the auditor saw or, where it saw nothing, made again from what the party had read then. Either way only the content
/// whose digest is in the journal will do.
struct MissingContents {
    let setup: PartySetup
    let layout: ExchangeLayout
    let vault: VaultInspection

    /// - Returns: Those found, in the order of the missing ones.
    /// - Throws: `StoreError`; `ReplayError`.
    func find(_ missing: [MissingMessage]) throws -> [FoundMessage] {
        var found = try observed(missing)
        found.merge(try remade(missing.filter { found[$0.leaf.message] == nil })) { first, _ in first }
        return missing.compactMap { found[$0.leaf.message] }
    }

    /// What the senders make today of what they had read then: of a broker that never had a message.
    func remade(_ missing: [MissingMessage]) throws -> [MessageIdentifier: FoundMessage] {
        var found: [MessageIdentifier: FoundMessage] = [:]
        for (shard, entries) in Dictionary(grouping: missing, by: \.shard) {
            guard let party = setup.topology.party(named: shard.party) else { continue }
            let choice = RerunChoice(
                shard: shard, role: party.role, setup: setup, directory: layout.directory(of: shard),
                evidence: layout.evidenceDirectory)
            let byMessage = Dictionary(entries.map { ($0.leaf.message, $0) }) { first, _ in first }
            for remade in try choice.remake(Set(byMessage.keys), VaultTraffic(vault)) {
                guard let entry = byMessage[remade.message], entry.leaf.digest == remade.digest else { continue }
                found[remade.message] = Self.message(entry, remade, source: party.role.eventSource)
            }
        }
        return found
    }

    /// What the auditor saw, of copies the first: of a broker that had a message and lost it.
    func observed(_ missing: [MissingMessage]) throws -> [MessageIdentifier: FoundMessage] {
        let wanted = Dictionary(missing.map { ($0.leaf.message, $0) }) { first, _ in first }
        var found: [MessageIdentifier: FoundMessage] = [:]
        try vault.forEachEntry { leaf in
            leaf.decision == .observed && wanted[leaf.message]?.leaf.digest == leaf.digest
        } _: { entry in
            guard let leaf = entry.content, let missing = wanted[leaf.message], let record = entry.record,
                !record.isErased, record.topic == missing.topic.name, found[leaf.message] == nil
            else { return }
            found[leaf.message] = FoundMessage(
                message: missing, key: record.key, value: record.value,
                headers: record.headers.filter { !DeadLetterRedrive.headers.contains($0.name) },
                timestamp: record.timestamp)
        }
        return found
    }

    private static func message(_ missing: MissingMessage, _ remade: RemadeMessage, source: String) -> FoundMessage {
        var headers = WrittenHeaders()
        EventHeaders.write(
            remade.type, remade.message, about: remade.record, source: source, addition: remade.source[...],
            time: missing.leaf.time, sequence: missing.number, salt: remade.salt,
            to: &headers)
        return FoundMessage(
            message: missing, key: remade.key, value: remade.payload, headers: headers.list,
            timestamp: missing.leaf.time)
    }
}

/// The attributes of one message as headers.
private struct WrittenHeaders: EventHeaderSink {
    private var values: [[UInt8]?] = Array(repeating: nil, count: EventHeaders.names.count)

    /// Those that are set, in the order in which the exchange writes them.
    var list: [TrafficHeader] {
        zip(EventHeaders.names, values).compactMap { name, value in value.map { TrafficHeader(name, $0) } }
    }

    mutating func clear() { values = Array(repeating: nil, count: values.count) }

    mutating func set(_ place: Int, to text: String) { values[place] = Array(text.utf8) }

    mutating func write(_ place: Int, _ body: (inout [UInt8]) -> Void) {
        var bytes: [UInt8] = []
        body(&bytes)
        values[place] = bytes
    }
}
