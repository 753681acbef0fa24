import Vocabulary

/// Which of a party's topics a message goes to: by what it is, and of a kind with a topic for each province by the province
/// too. A table, for it is asked for every message.
struct WrittenTopics {
    private static let provinces = 100
    private var places: [UInt16]

    /// - Parameter writes: The topics that the party writes; their places are the answers.
    init(_ writes: [WiredTopic]) {
        places = Array(repeating: .max, count: 256 * Self.provinces)
        for (place, topic) in writes.enumerated() {
            let row = Int(topic.type.rawValue) * Self.provinces
            // A topic of all takes the messages of each.
            for column in topic.province.map({ Int($0)...Int($0) }) ?? 0...Self.provinces - 1 {
                if places[row + column] == .max { places[row + column] = UInt16(clamping: place) }
            }
        }
    }

    /// Place of the topic among those written; nil when the party has none for it.
    func place(of type: MessageType, province: UInt8) -> Int? {
        guard Int(province) < Self.provinces else { return nil }
        let place = places[Int(type.rawValue) * Self.provinces + Int(province)]
        return place == .max ? nil : Int(place)
    }
}
