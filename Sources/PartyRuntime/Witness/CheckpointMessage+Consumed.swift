import ExchangeSchema
import Journal
import KafkaClient

extension CheckpointMessage {
    /// Reads a consumed record, of which the consumer was asked to find the headers of a party's reader; nil when it is
    /// no such message.
    init?(_ batch: ConsumedBatch, at index: Int) {
        let record = batch.records[index]
        self.init(
            type: batch.text(.type, ofRecord: index), source: batch.text(.source, ofRecord: index),
            subject: batch.text(.subject, ofRecord: index), key: batch.key(of: record), value: batch.value(of: record))
    }
}
