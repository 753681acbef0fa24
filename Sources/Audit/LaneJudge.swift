import ExchangeSchema

/// What a sender wrote for one reader, or of one kind: messages of a lane keep their order within a partition.
struct Lane: Hashable {
    /// Place of the sender in the list of subjects.
    var sender: UInt16
    /// Place of the reader, or number of the kind.
    var target: Int
}

/// Tells what was lost from what may still be on its way: a message is lost when later ones of its lane have arrived in
/// every partition. Used for what parties receive and for what the auditor sees.
struct LaneJudge {
    /// One message that did not arrive.
    struct Missed {
        var lane: Lane
        /// Its number in the sender's journal.
        var number: Int64
        /// Whether later ones have arrived everywhere.
        var isOvertaken: Bool
        /// The message; nil beyond the first ``mostWhole``, of which only the number is kept.
        var entry: CrossEntry?
    }

    /// Missed messages kept whole, to be named one by one; no report names more. All are judged and counted.
    static let mostWhole = 100_000

    private let mostWhole: Int
    private var greatest: [Lane: [Int32: Int64]] = [:]
    private var whole: [(lane: Lane, entry: CrossEntry, isAhead: Bool)] = []
    private var rest: [(lane: Lane, number: Int64, isAhead: Bool)] = []

    init(mostWhole: Int = Self.mostWhole) { self.mostWhole = mostWhole }

    /// Notes that a message with this journal number has arrived.
    mutating func arrived(_ number: Int64, in lane: Lane, partition: Int32) {
        let known = greatest[lane]?[partition] ?? -1
        if number > known { greatest[lane, default: [:]][partition] = number }
    }

    /// Notes that a message has not.
    /// - Parameter isAhead: Whether it is known to stand where the reader has not come yet.
    mutating func missed(_ entry: CrossEntry, in lane: Lane, isAhead: Bool = false) {
        if whole.count < mostWhole {
            whole.append((lane, entry, isAhead))
        } else {
            rest.append((lane, entry.number, isAhead))
        }
    }

    /// Hands over each missed message with the verdict; to be called when all that arrived is noted.
    /// - Parameter width: Into how many partitions a lane writes.
    func forEachMissed(width: (Lane) -> Int, _ body: (Missed) -> Void) {
        var limits: [Lane: Int64] = [:]
        func isOvertaken(_ number: Int64, _ lane: Lane) -> Bool {
            let limit = limits[lane] ?? self.limit(lane, width: width(lane))
            limits[lane] = limit
            return number < limit
        }
        for (lane, entry, isAhead) in whole {
            let isLost = !isAhead && isOvertaken(entry.number, lane)
            body(Missed(lane: lane, number: entry.number, isOvertaken: isLost, entry: entry))
        }
        for (lane, number, isAhead) in rest {
            let isLost = !isAhead && isOvertaken(number, lane)
            body(Missed(lane: lane, number: number, isOvertaken: isLost))
        }
    }

    /// The number below which nothing can arrive any more.
    private func limit(_ lane: Lane, width: Int) -> Int64 {
        guard let seen = greatest[lane], seen.count >= width else { return .min }
        return seen.values.min() ?? .min
    }
}
