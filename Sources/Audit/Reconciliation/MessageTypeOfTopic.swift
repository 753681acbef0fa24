import ExchangeSchema
import Topology

/// What a topic carries, as leaves number it.
struct MessageTypeOfTopic {
    let type: UInt8
    let isFacilityRecord: Bool

    init(_ topic: Topic) {
        type = MessageType(carried: topic.carries).rawValue
        isFacilityRecord = topic.carries == .facilityRecord
    }
}
