import ExchangeSchema
import Topology
import Vocabulary

/// What a topic carries, as leaves number it.
struct MessageTypeOfTopic {
    let type: UInt8
    let isFacilityRecord: Bool

    init(_ topic: Topic) {
        type = topic.carries.rawValue
        isFacilityRecord = topic.carries == .facilityRecord
    }
}
