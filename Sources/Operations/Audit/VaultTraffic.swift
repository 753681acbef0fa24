import Audit
import EvidencePackage
import ExchangeSchema
import PartyCore
import PartyStore
import Replay
import Topology
import Vocabulary

/// The auditor's vault as recorded traffic.
struct VaultTraffic: RecordedTraffic {
    private let vault: VaultInspection

    init(_ vault: VaultInspection) { self.vault = vault }

    func forEach(_ body: (TrafficRecord) throws -> Void) throws {
        try vault.forEach { _, record in try body(record) }
    }

    func record(topic: String, partition: Int32, offset: Int64) throws -> TrafficRecord? {
        try vault.record(topic: topic, partition: partition, offset: offset)
    }
}

/// The payloads in the auditor's vault. Opened when the first is asked for: until then somebody else reads the journal in
/// the same directory.
final class VaultPayloads: RecordedPayloads {
    private let directory: String
    private let keyFile: String?
    private var vault: VaultInspection?

    /// - Parameter keyFile: Where the key of the vault lies; nil for where it lay last.
    init(directory: String, keyFile: String?) {
        self.directory = directory
        self.keyFile = keyFile
    }

    func payload(topic: String, partition: Int32, offset: Int64) throws -> RecordedPayload? {
        let vault = try self.vault ?? VaultInspection(directory: directory, keyFile: keyFile)
        self.vault = vault
        return try vault.record(topic: topic, partition: partition, offset: offset).map { record in
            RecordedPayload(
                value: record.value, salt: record.header(ObservedPayload.saltHeader), isErased: record.isErased)
        }
    }
}

extension VaultPayloads {
    /// A payload with its salt; nil where it was not seen, or is erased.
    func seen(topic: String, partition: Int32, offset: Int64) throws -> SeenPayload? {
        guard let payload = try payload(topic: topic, partition: partition, offset: offset), !payload.isErased,
            let value = payload.value
        else { return nil }
        return SeenPayload(
            bytes: value, salt: payload.salt.flatMap { PayloadSalt(utf8: $0.span.bytes) } ?? .none)
    }
}

/// Facilities of records as their submissions named them, read from the vault once.
struct VaultFacilities: RecordFacilities {
    private let codes: [RecordIdentifier: String]
    private let erased: Set<RecordIdentifier>

    /// - Throws: `StoreError` when the vault cannot be read.
    init(directory: String, keyFile: String?, topology: Topology) throws {
        let vault = try VaultInspection(directory: directory, keyFile: keyFile)
        let submissions = topology.topic(carrying: .facilityRecord).flatMap { vault.topics.firstIndex(of: $0.name) }
        var codes: [RecordIdentifier: String] = [:]
        var erased: Set<RecordIdentifier> = []
        // One text for each facility, however many records it has.
        var known: [String: String] = [:]
        try vault.forEachEntry {
            Int($0.topic) == submissions && $0.decision == .observed
        } _: { entry in
            guard let record = entry.record, entry.about != RecordIdentifier(high: 0, low: 0) else { return }
            if record.isErased { erased.insert(entry.about) }
            guard
                let source = record.header(EventAttribute.source.header).flatMap({
                    String(validating: $0, as: UTF8.self)
                })
            else {
                return
            }
            let head = MessageHead(type: .facilityRecord, message: .none, record: entry.about, source: source)
            guard !head.facilityCode.isEmpty else { return }
            let code = known[head.facilityCode] ?? head.facilityCode
            known[code] = code
            codes[entry.about] = code
        }
        self.codes = codes
        self.erased = erased
    }

    var knowsWrongMatches: Bool { false }

    func forEach(_ body: (RecordIdentifier, RecordFacility) throws -> Void) throws {
        for (record, code) in codes where !erased.contains(record) { try body(record, RecordFacility(code: code)) }
        for record in erased { try body(record, RecordFacility(code: nil)) }
    }

    func name(ofFacility code: String) -> String? { nil }
}
