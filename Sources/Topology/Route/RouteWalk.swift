import Vocabulary

/// Follows a record from its submission through all that may come of it, and notes where it cannot go on.
struct RouteWalk {
    /// Where a record is stuck.
    enum Gap: Equatable {
        /// A party must send a kind that no topic carries.
        case noTopic(MessageType, sender: String)
        /// A party must send a kind and is not among the writers of its topic.
        case notWritten(MessageType, sender: String)
        /// None of the readers of a topic does anything with what it carries.
        case notTaken(MessageType)
    }

    private let graph: RouteGraph
    /// The way up to and including the topic of each kind that the record comes by, as topics and parties in turn.
    private(set) var ways: [MessageType: [String]] = [:]
    /// Gaps, each with the way up to it.
    private(set) var gaps: [(gap: Gap, way: [String])] = []
    /// How many topics lie between a submission and each kind, on the longest way.
    private var depths: [MessageType: Int] = [:]

    init(_ graph: RouteGraph) {
        self.graph = graph
        for facility in graph.names(.facility) { send(.facilityRecord, from: facility, []) }
        deepen()
    }

    /// The kinds by which a record comes to anybody, in the order in which they follow each other; those of which none
    /// comes before the other, in the order of their declaration. What is said afterwards stands last.
    var order: [MessageType] {
        let reached = MessageType.allCases.filter { depths[$0] != nil }
        return reached.enumerated().sorted {
            let (first, second) = ($0.element, $1.element)
            guard first.isAfterwards == second.isAfterwards else { return second.isAfterwards }
            return (depths[first] ?? 0, $0.offset) < (depths[second] ?? 0, $1.offset)
        }.map(\.element)
    }

    private mutating func send(_ kind: MessageType, from sender: String, _ way: [String]) {
        guard let edge = graph.edge(kind) else { return note(.noTopic(kind, sender: sender), way) }
        guard edge.writers.contains(sender) else { return note(.notWritten(kind, sender: sender), way) }
        guard ways[kind] == nil else { return }
        let way = way + [edge.topic]
        ways[kind] = way
        let takers = graph.takers(of: kind)
        guard !takers.isEmpty else { return note(.notTaken(kind), way) }
        for taker in takers {
            for next in graph.duties(of: taker)?.consequences(of: kind) ?? [] { send(next, from: taker, way + [taker]) }
        }
    }

    private mutating func note(_ gap: Gap, _ way: [String]) {
        if !gaps.contains(where: { $0.gap == gap }) { gaps.append((gap, way)) }
    }

    /// As many rounds as there are kinds lengthen the ways as far as they go.
    private mutating func deepen() {
        for kind in ways.keys { depths[kind] = 0 }
        for _ in MessageType.allCases {
            for kind in ways.keys {
                for taker in graph.takers(of: kind) {
                    for next in graph.duties(of: taker)?.consequences(of: kind) ?? [] where depths[next] != nil {
                        depths[next] = max(depths[next] ?? 0, (depths[kind] ?? 0) + 1)
                    }
                }
            }
        }
    }
}
