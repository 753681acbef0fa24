import Vocabulary

/// Checks the topics beside the way of a record. What happens to people is reported by C06 to MoH, and what follows from
/// it for records in the book goes from MoH to the localities; what facilities ask goes to MoH, and the answers come back.
/// Of each an exchange has both or neither.
enum SideTopicRules {
    static func check(_ draft: TopologyDraft) {
        for (kinds, why) in MessageType.besideTheRouteTogether { check(kinds, why, draft) }
        localitiesHearOfThem(draft)
    }

    private static func check(_ kinds: [MessageType], _ why: String, _ draft: TopologyDraft) {
        let topics = kinds.map(draft.topic(carrying:))
        for (kind, topic) in zip(kinds, topics) {
            guard let topic, let roles = kind.besideTheRoute else { continue }
            hasOnly(roles.writer, kind, "writes", topic.writers, topic, draft)
            hasOnly(roles.reader, kind, "reads", topic.readers, topic, draft)
        }
        if let there = topics.compactMap(\.self).first, let missing = zip(kinds, topics).first(where: { $0.1 == nil }) {
            there.source.report(
                found: "no topic carries \(missing.0.name)",
                expected: "topics for \(kinds.map(\.name).joined(separator: " and ")), or for neither: \(why)")
        }
    }

    /// Of several localities the one that gives a record away and the one that gets it are told.
    private static func localitiesHearOfThem(_ draft: TopologyDraft) {
        guard let topic = draft.topic(carrying: .bookHandover) else { return }
        for party in draft.parties where party.role == .locality {
            guard let name = party.name?.value, !topic.readerNames.contains(name) else { continue }
            (topic.readers?.source ?? topic.source).report(
                found: "\(name) does not read \(topic.name?.value ?? "it")",
                expected: "every locality among the readers: a record passes from any to any")
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
