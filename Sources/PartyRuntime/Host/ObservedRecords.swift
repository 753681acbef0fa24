import ExchangeSchema
import HostMachine
import Journal
import KafkaClient
import PartyCore
import PartyStore
import Vocabulary

/// A consumed batch as the auditor's machine sees it; whole records go into the vault.
struct ObservedRecords: ObservedBatch {
    let batch: ConsumedBatch
    let reader: ObservedHead.Reader
    let vault: Vault
    /// Place of the topic of acts of access.
    let access: Int?
    private var lengths: [Int32] = []
    /// Of the record observed last.
    private var head: ObservedHead?

    init(batch: ConsumedBatch, reader: ObservedHead.Reader, vault: Vault, access: Int?) {
        self.batch = batch
        self.reader = reader
        self.vault = vault
        self.access = access
    }

    var count: Int { batch.records.count }

    func place(at index: Int) -> MessagePlace {
        let record = batch.records[index]
        return MessagePlace(
            topic: UInt8(clamping: record.topicIndex), partition: record.partition, offset: record.offset)
    }

    mutating func observation(at index: Int) -> Observation {
        let head = reader.head(batch, at: index)
        self.head = head
        let salt = batch.header(EventAttribute.salt.readPlace, ofRecordAt: index)
        let digest = batch.withBytes(batch.records[index].value) { value in
            batch.withBytes(salt) { ObservedPayload.digest(of: value, type: head.type, salt: $0) }
        }
        return Observation(type: head.type, message: head.message, digest: digest)
    }

    func checkpoint(at index: Int) -> CheckpointMessage? { CheckpointMessage(batch, at: index) }

    mutating func keep(at index: Int, leaf: Int64) throws {
        guard let head else { return }
        let record = batch.records[index]
        batch.layout(of: record, into: &lengths)
        try batch.withWhole(record) { bytes in
            try vault.add(
                head.record, topic: record.topicIndex, partition: record.partition, offset: record.offset,
                timestamp: record.timestampMilliseconds, lengths: lengths, bytes: bytes)
        }
        if let type = head.type {
            let citizen = batch.withBytes(record.value) { CitizenNumberScan.number(in: $0, type: type) }
            if let citizen { vault.note(citizen: citizen, of: head.record) }
        } else if record.topicIndex == access {
            try batch.withBytes(record.value) { value in
                let isEntry = value.withUnsafeBytes { AccessEntry(json: $0) != nil }
                if isEntry { try vault.note(access: value, leaf: leaf) }
            }
        }
    }
}
