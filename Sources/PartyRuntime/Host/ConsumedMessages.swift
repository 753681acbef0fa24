import ExchangeSchema
import HostMachine
import Journal
import KafkaClient
import PartyCore
import Vocabulary

/// A consumed batch as a party's machine sees it: the records stay where the client library put them.
struct ConsumedMessages: MessageBatch {
    let batch: ConsumedBatch
    /// Name of each topic.
    let topics: [String]
    /// What each topic carries.
    let types: [MessageType]
    var shardGuard: ShardGuard?

    var count: Int { batch.records.count }

    func place(at index: Int) -> MessagePlace {
        let record = batch.records[index]
        return MessagePlace(topic: UInt8(record.topicIndex), partition: record.partition, offset: record.offset)
    }

    func head(at index: Int) throws(UnreadableHead) -> MessageHead {
        try MessageHead(batch, record: index, carrying: types[batch.records[index].topicIndex])
    }

    /// The same message, keyed as it is to be placed. Its identifier makes it a copy.
    mutating func handedOn(at index: Int, _ head: MessageHead) throws(UnreadableHead) -> RecordCopy? {
        guard let own = shardGuard?.otherPartition(of: head) else { return nil }
        var copy = copy(at: index)
        guard !copy.headers.contains(where: { $0.name == ShardGuard.header }) else {
            throw UnreadableHead(shardGuard?.refusal(of: head, belongingTo: own) ?? "")
        }
        let record = batch.records[index]
        let from = "\(topics[record.topicIndex])/\(record.partition)@\(record.offset)"
        copy.headers.append(DeadLetterHeader(ShardGuard.header, Array(from.utf8)))
        copy.key = shardGuard?.key(of: head)
        return copy
    }

    func withPayload<Result, Failure: Error>(
        at index: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try batch.withBytes(batch.records[index].value, body)
    }

    func copy(at index: Int) -> RecordCopy {
        let record = batch.records[index]
        return RecordCopy(
            key: batch.key(of: record).map { Array($0) }, value: batch.value(of: record).map { Array($0) },
            headers: batch.allHeaders(of: record).map { DeadLetterHeader($0.name, Array($0.value)) })
    }

    func checkpoint(at index: Int) -> CheckpointMessage? { CheckpointMessage(batch, at: index) }
}
