import Vocabulary

/// Checks that the parts of a topology make an exchange that can work.
enum TopologyRules {
    static func check(_ draft: TopologyDraft) {
        guard ProvinceRules.facilitiesReadNoBook(draft) else { return }
        oneTopicForEachKind(draft)
        partitionedAlike(draft)
        let graph = RouteGraph(draft)
        for party in draft.parties { roleIsServed(party, draft, graph) }
        for party in draft.parties { InstanceRules.check(party, draft) }
        ProvinceRules.check(draft)
        SideTopicRules.check(draft)
        for topic in draft.topics { gateCanOpen(topic, draft) }
    }

    private static func oneTopicForEachKind(_ draft: TopologyDraft) {
        var first: [MessageType: String] = [:]
        for topic in draft.topics {
            guard let carries = topic.carries, let name = topic.name?.value else { continue }
            if let earlier = first[carries.value] {
                carries.source.report(
                    found: "\(carries.source.path) is \(carries.value.name), which \(earlier) carries already",
                    expected: "one topic for each kind")
            } else {
                first[carries.value] = name
            }
        }
    }

    /// State lives with its partitions: all that concerns one record must reach a party with the same partition number.
    private static func partitionedAlike(_ draft: TopologyDraft) {
        for met in topicsThatMeet(draft) {
            guard let first = met.first, let count = first.partitions?.value else { continue }
            for topic in met.dropFirst() {
                guard let name = topic.name?.value, let partitions = topic.partitions, partitions.value != count else {
                    continue
                }
                partitions.source.report(
                    found: "topics[\(name)].partitions is \(partitions.value)",
                    expected: "\(count), as for \(first.name?.value ?? "the first"), for topics keyed by record that "
                        + "meet in a party are partitioned alike")
            }
        }
    }

    /// The topics keyed by record, grouped by the parties that join them, each group in file order.
    private static func topicsThatMeet(_ draft: TopologyDraft) -> [[TopicDraft]] {
        var groups: [(parties: Set<String>, lines: [Int])] = []
        for (line, topic) in draft.topics.enumerated() where topic.carries?.value.key == .recordIdentifier {
            var joined = (parties: Set(topic.writerNames + topic.readerNames), lines: [line])
            for group in groups where !group.parties.isDisjoint(with: joined.parties) {
                joined.parties.formUnion(group.parties)
                joined.lines += group.lines
            }
            groups.removeAll { !$0.parties.isDisjoint(with: joined.parties) }
            groups.append(joined)
        }
        return groups.map { $0.lines.sorted().map { draft.topics[$0] } }
    }

    /// Looks at parties that take part as in April 2024, or not at all; where records come another way, the route says
    /// what is missing (``RouteRules``).
    private static func roleIsServed(_ party: PartyDraft, _ draft: TopologyDraft, _ graph: RouteGraph) {
        guard let name = party.name?.value, let role = party.role, let first = role.duties.first,
            takesPart(name, role, by: first, graph)
        else { return }
        func check(_ kind: MessageType, _ verb: String, _ list: String, _ names: (TopicDraft) -> [String]) {
            let topic = draft.topics.first { $0.carries?.value == kind }
            if let topic, names(topic).contains(name) { return }
            let expected =
                topic.map { "\(name) among the \(list) of \($0.name?.value ?? "its topic")" }
                ?? "a topic that carries \(kind.name)"
            party.source.report(
                found: "\(party.source.path) has the role \(role.rawValue) but does not \(verb) \(kind.name)",
                expected: expected)
        }
        // Whether a facility hears of its records, the route says.
        let duties = first.limited(to: Set(graph.edges.map(\.kind)))
        for kind in duties.inputs where role != .facility || kind != .sharingNotice {
            check(kind, "read", "readers", \.readerNames)
        }
        // Whether somebody tells the facility, likewise.
        for kind in duties.outputs where kind != first.informs { check(kind, "write", "writers", \.writerNames) }
    }

    private static func takesPart(
        _ name: String, _ role: PartyRole, by first: Duties, _ graph: RouteGraph
    ) -> Bool {
        let reads = graph.edges.filter { $0.readers.contains(name) }.map(\.kind)
        let own = role.duties.filter { duties in duties.intake.map(reads.contains) ?? true }
        if let only = own.first { return own.count == 1 && only == first }
        guard role.duties.count > 1, let intake = first.intake else { return true }
        return graph.edge(intake) != nil && graph.takers(of: intake).isEmpty
    }

    /// The writer of a gated topic must hear of signatures, and every signatory must be able to give one.
    private static func gateCanOpen(_ topic: TopicDraft, _ draft: TopologyDraft) {
        guard let gate = topic.requires,
            let agreement = draft.agreements.first(where: { $0.name?.value == gate.value })
        else { return }
        // Only C06 keeps what it may not send yet. On another topic the agreement would hold nothing back.
        if let kind = topic.carries?.value, kind != .identityResult {
            gate.source.report(
                found: "\(gate.source.path) holds back \(kind.name), which its writers send at once",
                expected:
                    "requires on the topic that carries identityResult: only the answers of c06 wait for an agreement")
            return
        }
        let signatures = draft.topics.first { $0.carries?.value == .agreementSignature }
        let name = signatures?.name?.value
        func report(_ found: String, _ list: String, _ party: String) {
            gate.source.report(
                found: found,
                expected: name.map { "\(party) among the \(list) of \($0)" }
                    ?? "a topic that carries agreementSignature")
        }
        for writer in topic.writerNames where signatures?.readerNames.contains(writer) != true {
            report("\(gate.source.path) holds \(writer), which does not read signatures", "readers", writer)
        }
        for signatory in agreement.signatories?.value.map(\.value) ?? []
        where signatures?.writerNames.contains(signatory) != true {
            report("\(gate.source.path) needs \(signatory), which cannot write its signature", "writers", signatory)
        }
    }
}
