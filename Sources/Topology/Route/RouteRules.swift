import Vocabulary

/// Checks that every record comes to an end: that what a party sends on is taken in by somebody, that one party decides,
/// and that facility and locality learn of it.
enum RouteRules {
    static func check(_ draft: TopologyDraft) {
        let graph = RouteGraph(draft)
        let walk = RouteWalk(graph)
        guard oneIntake(draft), oneDecides(draft, graph, walk) else { return }
        for (gap, way) in walk.gaps { report(gap, way, draft, graph) }
        guard walk.gaps.isEmpty else { return }
        for topic in draft.topics { onlyThoseConcerned(topic, graph, walk) }
        endsAreHeardOf(draft, graph, walk)
        for party in draft.parties { isOnTheRoute(party, graph, walk) }
    }

    private static func report(_ gap: RouteWalk.Gap, _ way: [String], _ draft: TopologyDraft, _ graph: RouteGraph) {
        switch gap {
        case .noTopic(let kind, let sender):
            let party = draft.parties.first { $0.name?.value == sender }
            party?.source.report(
                found: line((way.isEmpty ? [sender] : way) + ["no topic carries \(kind.name)"]),
                expected: "a topic that carries \(kind.name), with \(sender) among its writers")
        case .notWritten(let kind, let sender):
            let topic = draft.topic(carrying: kind)
            let name = graph.edge(kind)?.topic ?? kind.name
            (topic?.writers?.source ?? topic?.source)?.report(
                found: line((way.isEmpty ? [sender] : way) + ["may not write \(name)"]),
                expected: "\(sender) among the writers of \(name): it sends \(kind.name)")
        case .notTaken(let kind):
            let topic = draft.topic(carrying: kind)
            let able = graph.members.filter { member in member.role.duties.contains { $0.inputs.contains(kind) } }
            (topic?.readers?.source ?? topic?.source)?.report(
                found: line(way + ["nobody takes it in"]),
                expected: (able.isEmpty ? "a party that takes in \(kind.name)" : list(able.map(\.name), "or"))
                    + " among the readers")
        }
    }

    /// Who has nothing to do with a message is not told of it, and nobody is a writer who never sends it.
    private static func onlyThoseConcerned(_ topic: TopicDraft, _ graph: RouteGraph, _ walk: RouteWalk) {
        guard let kind = topic.carries?.value, kind.isOnTheRoute else { return }
        guard walk.ways[kind] != nil else {
            topic.carries?.source.report(
                found: "\(topic.source.path) carries \(kind.name), which nobody sends on this route",
                expected: "topics of the route only, which is " + line(walk.order.compactMap { graph.edge($0)?.topic }))
            return
        }
        for reader in topic.readers?.value ?? []
        where graph.duties(of: reader.value)?.inputs.contains(kind) != true && !graph.takers(of: kind).isEmpty {
            reader.source.report(
                found: "\(reader.source.path) is \(reader.value), which does nothing with \(kind.name)",
                expected: "only who takes it in: \(list(graph.takers(of: kind), "and"))")
        }
        for writer in topic.writers?.value ?? []
        where graph.duties(of: writer.value)?.outputs.contains(kind) != true {
            writer.source.report(
                found: "\(writer.source.path) is \(writer.value), which never sends \(kind.name) on this route",
                expected: "only who sends it")
        }
    }

    /// A party has one place on the route.
    private static func oneIntake(_ draft: TopologyDraft) -> Bool {
        var isSo = true
        for party in draft.parties {
            guard let name = party.name?.value, let role = party.role else { continue }
            let reads = draft.topics.filter { $0.readerNames.contains(name) }.compactMap(\.carries?.value)
            let intakes = role.duties.compactMap(\.intake).filter(reads.contains)
            guard intakes.count > 1 else { continue }
            party.source.report(
                found: "\(party.source.path) takes in records by \(list(intakes.map(\.name), "and"))",
                expected: "one of them: a party has one place on the way of a record")
            isSo = false
        }
        return isSo
    }

    /// A record is decided by one party at a time. Only its end is heard by several.
    private static func oneDecides(_ draft: TopologyDraft, _ graph: RouteGraph, _ walk: RouteWalk) -> Bool {
        var isSo = true
        for kind in walk.order where ![.bookEntry, .correction, .insuranceNotice].contains(kind) {
            let takers = graph.takers(of: kind)
            guard takers.count > 1, let topic = draft.topic(carrying: kind), let way = walk.ways[kind] else { continue }
            (topic.readers?.source ?? topic.source).report(
                found: line(way + [list(takers, "and")]) + ": each would decide what becomes of a record",
                expected: "one of them among the readers")
            isSo = false
        }
        return isSo
    }

    /// A record is done when its facility knows. An entry that no locality takes in is a gap.
    private static func endsAreHeardOf(_ draft: TopologyDraft, _ graph: RouteGraph, _ walk: RouteWalk) {
        for kind in [MessageType.sharingNotice, .correction, .insuranceNotice] {
            guard let way = walk.ways[kind], let topic = draft.topic(carrying: kind) else { continue }
            for facility in graph.names(.facility) where !topic.readerNames.contains(facility) {
                (topic.readers?.source ?? topic.source).report(
                    found: line(way + ["\(facility) does not read it"])
                        + (kind == .insuranceNotice
                            ? ": it would never hear what became of its claims" : ": its records would never be done"),
                    expected: "\(facility) among the readers")
            }
        }
    }

    private static func isOnTheRoute(_ party: PartyDraft, _ graph: RouteGraph, _ walk: RouteWalk) {
        guard let name = party.name?.value, let role = party.role, role != .facility else { return }
        let intake = graph.duties(of: name)?.intake
        guard intake.map({ walk.ways[$0] == nil }) ?? true else { return }
        let kinds = role.duties.compactMap(\.intake?.name)
        party.source.report(
            found: "\(party.source.path) has the role \(role.rawValue), and no record comes to it",
            expected: "\(name) among the readers of what carries \(list(kinds, "or"))")
    }

    private static func line(_ way: [String]) -> String { way.joined(separator: " → ") }

    private static func list(_ names: [String], _ last: String) -> String {
        guard names.count > 1, let end = names.last else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " \(last) " + end
    }
}

extension RouteGraph {
    init(_ draft: TopologyDraft) {
        self.init(
            draft.parties.compactMap { party in
                guard let name = party.name?.value, let role = party.role else { return nil }
                return Member(name: name, role: role)
            },
            draft.topics.compactMap { topic in
                guard let kind = topic.carries?.value, let name = topic.name?.value else { return nil }
                return Edge(kind: kind, topic: name, writers: topic.writerNames, readers: topic.readerNames)
            })
    }
}

extension TopologyDraft {
    /// The first topic that carries a kind.
    func topic(carrying kind: MessageType) -> TopicDraft? { topics.first { $0.carries?.value == kind } }
}
