import Journal
import KafkaClient

extension CheckpointMessage {
    /// Reads a consumed record, of which the consumer was asked to find the headers of a party's reader; nil when it is
    /// no such message.
    init?(_ batch: ConsumedBatch, at index: Int) {
        let record = batch.records[index]
        func text(_ name: Int) -> String? { batch.text(batch.header(name, ofRecordAt: index)) }
        self.init(
            type: text(2), source: text(1), subject: text(3), key: batch.key(of: record), value: batch.value(of: record)
        )
    }
}
