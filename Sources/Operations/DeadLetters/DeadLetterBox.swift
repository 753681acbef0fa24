import ExchangeSchema
import Foundation
import KafkaClient
import Replay

/// A topic of dead letters as it stands now: the letters, and which of them were put back.
///
/// What was put back is remembered in the topic itself, by a mark beside the letter: a record of the same partition whose
/// header ``mark`` names the letter's place. It lives as long as the letters do, needs nothing but Kafka, and tells each
/// letter apart, which the committed offset of a group cannot.
struct DeadLetterBox {
    /// Header of a mark: topic, partition and offset of the letter that was put back.
    static let mark = "redriven"

    private(set) var letters: [TrafficRecord] = []
    private(set) var putBack: Set<String> = []

    /// Reads the topic to where it ends now.
    init(settings: KafkaSettings, topic: String, partitions: Int) throws {
        let reader = TopicReader(settings: settings)
        var (letters, putBack): ([TrafficRecord], Set<String>) = ([], [])
        try reader.read(try reader.ranges(topic: topic, partitions: partitions)) { record in
            if let mark = record.header(Self.mark) {
                putBack.insert(String(decoding: mark, as: UTF8.self))
            } else {
                letters.append(record)
            }
        }
        self.letters = letters.sorted { ($0.partition, $0.offset) < ($1.partition, $1.offset) }
        self.putBack = putBack
    }
}
