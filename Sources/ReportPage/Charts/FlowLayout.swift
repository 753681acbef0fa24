import Topology
import Vocabulary

/// Where the boxes and arrows of the flow stand, by the route of the topology: facilities on the left, those who decide
/// in the middle, those who are asked on the right, localities below.
struct FlowLayout {
    /// A rectangle of the picture.
    struct Box: Equatable {
        var x: Int, y: Int, width: Int, height: Int
        var right: Int { x + width }
        var bottom: Int { y + height }
        var middle: Int { x + width / 2 }
    }

    /// One arrow: from, to, and where its words stand.
    struct Arrow {
        var kind: MessageType
        var reader: PartyRole
        var from: (x: Int, y: Int)
        var to: (x: Int, y: Int)
        var words: (x: Int, y: Int)
        var anchor: String
        /// Whether its words are written: of several writers of a topic, the figures are those of all together.
        var hasWords: Bool
    }

    /// Height of the boxes at the left, and of all in the middle together: three arrows between two parties have 60 each.
    private static let tall = 480
    /// Height of the picture: below the boxes the localities, which have arrows and words above them.
    static let height = tall + 200

    let boxes: [PartyRole: Box]
    let arrows: [Arrow]

    init(_ topology: Topology) {
        let route = topology.route
        let roles = Set(topology.parties.map(\.role))
        let middle = Self.unique(route.deciders.compactMap { topology.party(named: $0)?.role })
        let right = route.examiners.filter { !middle.contains($0) && roles.contains($0) }
        var boxes: [PartyRole: Box] = [
            .facility: Box(x: 2, y: 30, width: 150, height: Self.tall),
            .locality: Box(x: 412, y: Self.tall + 120, width: 150, height: 74),
        ]
        let gap = 90
        let height = (Self.tall - gap * max(0, middle.count - 1)) / max(1, middle.count)
        for (place, role) in middle.enumerated() {
            boxes[role] = Box(x: 412, y: 30 + place * (height + gap), width: 150, height: height)
        }
        // Whoever is asked last stands beside the foot of whoever writes the book.
        for (place, role) in right.enumerated() {
            let isLast = place == right.count - 1
            let foot = right.count > 1 ? (y: Self.tall - 70, height: 100) : (y: Self.tall - 125, height: 155)
            let share = (Self.tall - 230) / max(1, right.count - 1)
            boxes[role] =
                isLast
                ? Box(x: 836, y: foot.y, width: 162, height: foot.height)
                : Box(x: 836, y: 30 + place * share, width: 162, height: share)
        }
        self.boxes = boxes
        arrows = Self.arrows(Self.hops(topology, route), boxes)
    }

    private struct Hop {
        var kind: MessageType
        var writer: PartyRole
        var reader: PartyRole
        var hasWords: Bool
    }

    private static func hops(_ topology: Topology, _ route: Route) -> [Hop] {
        route.order.compactMap(topology.topic(carrying:)).filter { $0.carries.isOnTheRoute }.flatMap {
            topic in
            let writers = unique(topic.writers.compactMap { topology.party(named: $0)?.role })
            let readers = unique(topic.readers.compactMap { topology.party(named: $0)?.role })
            return readers.flatMap { reader in
                writers.map { Hop(kind: topic.carries, writer: $0, reader: reader, hasWords: $0 == writers.last) }
            }
        }
    }

    private static func arrows(_ hops: [Hop], _ boxes: [PartyRole: Box]) -> [Arrow] {
        hops.compactMap { hop in
            guard let from = boxes[hop.writer], let to = boxes[hop.reader], from != to else { return nil }
            let beside = hops.filter { Set([$0.writer, $0.reader]) == [hop.writer, hop.reader] }
            let place = beside.firstIndex { $0.kind == hop.kind } ?? 0
            return arrow(hop, from, to, place: place, of: beside.count)
        }
    }

    /// Level between boxes that stand beside each other, upright between those above each other.
    private static func arrow(_ hop: Hop, _ from: Box, _ to: Box, place: Int, of count: Int) -> Arrow {
        if from.right < to.x || to.right < from.x {
            let (top, bottom) = (max(from.y, to.y), min(from.bottom, to.bottom))
            let y = top + (bottom - top) * (2 * place + 1) / (2 * count)
            let (start, end) = from.right < to.x ? (from.right, to.x - 6) : (from.x, to.right + 6)
            return Arrow(
                kind: hop.kind, reader: hop.reader, from: (start, y), to: (end, y), words: ((start + end) / 2, y - 10),
                anchor: "middle", hasWords: hop.hasWords)
        }
        let x = from.middle
        let (start, end) = from.y < to.y ? (from.bottom, to.y - 6) : (from.y, to.bottom + 6)
        let isOuter = from.x > 600
        return Arrow(
            kind: hop.kind, reader: hop.reader, from: (x, start), to: (x, end),
            words: (isOuter ? x - 13 : x + 13, min(start, end) + 32), anchor: isOuter ? "end" : "start",
            hasWords: hop.hasWords)
    }

    private static func unique(_ roles: [PartyRole]) -> [PartyRole] {
        var seen: [PartyRole] = []
        for role in roles where !seen.contains(role) { seen.append(role) }
        return seen
    }
}
