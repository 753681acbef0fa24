public import Vocabulary

/// The way of a record through an exchange, as the readers and writers of its topics give it: who looks at it in which
/// order, who decides what becomes of it, and which message follows which.
public struct Route: Sendable, Hashable {
    /// Kinds of message about a record, in the order in which they follow each other; those that the exchange does not
    /// have, last.
    public let order: [MessageType]
    /// Roles that examine a record and may refuse it, in the order in which it comes to them.
    public let examiners: [PartyRole]
    /// Parties to which records come straight from facilities.
    public let entrances: [String]
    /// Parties that return refused records to facilities, in the order in which records come to them.
    public let deciders: [String]
    /// The party that writes the book: the last of the deciders. nil in an exchange without a book.
    public let bookkeeper: String?
    private let duties: [String: Duties]
    private let places: [UInt8]

    /// The route of a topology.
    public init(_ topology: Topology) { self.init(RouteGraph(topology)) }

    init(_ graph: RouteGraph) {
        let walked = RouteWalk(graph).order
        order = walked + MessageType.allCases.filter { !walked.contains($0) }
        var places = [UInt8](repeating: 0, count: 256)
        for (place, kind) in order.enumerated() { places[Int(kind.rawValue)] = UInt8(place) }
        self.places = places
        let all = graph.members.compactMap { member in graph.duties(of: member.name).map { (member, $0) } }
        duties = Dictionary(all.map { ($0.0.name, $0.1) }) { first, _ in first }
        // In the order in which a record comes to them.
        let examining = order.flatMap { kind in all.filter { $0.1.intake == kind && $0.1.refuses != nil } }
        var examiners: [PartyRole] = []
        for (member, _) in examining where !examiners.contains(member.role) { examiners.append(member.role) }
        self.examiners = examiners
        entrances = examining.filter(\.1.isEntrance).map(\.0.name)
        deciders = examining.filter { $0.1.outputs.contains(.correction) }.map(\.0.name)
        bookkeeper = examining.last { $0.1.concludes == .bookEntry }?.0.name
    }

    /// Of an exchange whose topology is not at hand: messages follow each other in the order of their declaration.
    public static let unknown = Route(RouteGraph([], []))

    /// What a party does; nil for one to which no record comes.
    public func duties(of party: String) -> Duties? { duties[party] }

    /// Place of a kind in ``order``.
    public func place(of kind: MessageType) -> UInt8 { places[Int(kind.rawValue)] }
}

extension Topology {
    /// The way of a record, from readers and writers.
    public var route: Route { Route(self) }
}
