import Vocabulary

/// Who sends what to whom: parties, and the topics that carry messages about records.
struct RouteGraph {
    struct Member {
        var name: String
        var role: PartyRole
    }

    struct Edge {
        var kind: MessageType
        var topic: String
        var writers: [String]
        var readers: [String]
    }

    let members: [Member]
    let edges: [Edge]
    private let dutiesByName: [String: Duties]

    init(_ members: [Member], _ edges: [Edge]) {
        self.members = members
        self.edges = edges.filter { $0.kind.isOnTheRoute }
        let carried = Set(edges.map(\.kind))
        dutiesByName = Dictionary(
            members.compactMap { member in
                let kinds = edges.filter { $0.readers.contains(member.name) }.map(\.kind)
                return member.role.duties(reading: kinds).map { (member.name, $0.limited(to: carried)) }
            }
        ) { first, _ in first }
    }

    /// What a party does; nil when no record comes to it.
    func duties(of party: String) -> Duties? { dutiesByName[party] }

    /// The topic that carries a kind.
    func edge(_ kind: MessageType) -> Edge? { edges.first { $0.kind == kind } }

    /// The readers that do something with a kind.
    func takers(of kind: MessageType) -> [String] {
        edge(kind)?.readers.filter { duties(of: $0)?.inputs.contains(kind) == true } ?? []
    }

    func role(of party: String) -> PartyRole? { members.first { $0.name == party }?.role }

    func names(_ role: PartyRole) -> [String] { members.filter { $0.role == role }.map(\.name) }
}

extension RouteGraph {
    init(_ topology: Topology) {
        self.init(
            topology.parties.map { Member(name: $0.name, role: $0.role) },
            topology.declaredTopics.map {
                Edge(kind: $0.carries, topic: $0.name, writers: $0.writers, readers: $0.readers)
            })
    }
}
