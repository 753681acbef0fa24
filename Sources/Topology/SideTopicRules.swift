import Vocabulary

/// Checks the topics beside the way of a record. What happens to people is reported by C06 to MoH, and what follows from
/// it for records in the book goes from MoH to the localities; what facilities ask goes to MoH, and the answers come back.
/// Of each an exchange has both or neither. What MoH has counted of a province goes to its locality, where there is a topic
/// for it.
enum SideTopicRules {
    static func check(_ draft: TopologyDraft) {
        let kinds = MessageType.allCases.filter { $0.besideTheRoute != nil }
        let topics = kinds.map(draft.topic(carrying:))
        for (kind, topic) in zip(kinds, topics) {
            guard let topic, let roles = kind.besideTheRoute else { continue }
            hasOnly(roles.writer, kind, "writes", topic.writers, topic, draft)
            hasOnly(roles.reader, kind, "reads", topic.readers, topic, draft)
        }
        for (kinds, why) in MessageType.besideTheRouteTogether { areTogether(kinds, why, draft) }
        localitiesHear(of: .bookHandover, "a record passes from any to any", draft)
        localitiesHear(of: .provinceCoverage, "each is told of its own provinces", draft)
    }

    private static func areTogether(_ kinds: [MessageType], _ why: String, _ draft: TopologyDraft) {
        if let there = kinds.compactMap(draft.topic(carrying:)).first,
            let missing = kinds.first(where: { draft.topic(carrying: $0) == nil })
        {
            there.source.report(
                found: "no topic carries \(missing.name)",
                expected: "topics for \(kinds.map(\.name).joined(separator: " and ")), or for neither: \(why)")
        }
    }

    private static func localitiesHear(of kind: MessageType, _ why: String, _ draft: TopologyDraft) {
        guard let topic = draft.topic(carrying: kind) else { return }
        for party in draft.parties where party.role == .locality {
            guard let name = party.name?.value, !topic.readerNames.contains(name) else { continue }
            (topic.readers?.source ?? topic.source).report(
                found: "\(name) does not read \(topic.name?.value ?? "it")",
                expected: "every locality among the readers: \(why)")
        }
    }

    private static func hasOnly(
        _ role: PartyRole, _ kind: MessageType, _ does: String, _ names: Located<[Located<String>]>?,
        _ topic: TopicDraft, _ draft: TopologyDraft
    ) {
        let listed = names?.value ?? []
        if listed.isEmpty {
            topic.source.report(
                found: "nobody \(does) \(topic.name?.value ?? kind.name)",
                expected: "a party with the role \(role.rawValue): \(kind.name) is between "
                    + "\(kind.besideTheRoute?.writer.rawValue ?? "") and \(kind.besideTheRoute?.reader.rawValue ?? "")")
        }
        for name in listed {
            guard let party = draft.parties.first(where: { $0.name?.value == name.value }), let found = party.role
            else { continue }
            if found != role {
                name.source.report(
                    found: "\(name.source.path) is \(name.value), whose role is \(found.rawValue)",
                    expected: "parties with the role \(role.rawValue) only")
            } else if role == .c06, let instances = party.instances, instances.value > 1 {
                instances.source.report(
                    found: "\(instances.source.path) is \(instances.value), and each would report every change",
                    expected: "1, for \(name.value) writes \(topic.name?.value ?? kind.name)")
            }
        }
    }
}
