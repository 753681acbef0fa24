import Vocabulary

/// Checks that release rules say one thing of everybody, and nothing that a closed list or the route forbids.
enum ReleaseRules {
    static func check(_ draft: TopologyDraft) {
        guard let release = draft.release else { return }
        eachOnce(release)
        closedListsHold(release)
        let graph = RouteGraph(draft)
        for rule in release.rules { blocksFitTheMessages(rule, draft, graph) }
        tablesComeFromSomebody(release, draft, graph)
    }

    private static func eachOnce(_ release: ReleaseDraft) {
        var first: [ReleaseRecipient: Int] = [:]
        for recipient in release.rules.compactMap(\.recipient) {
            if let line = first[recipient.value] {
                recipient.source.report(
                    found: "\(recipient.source.path) is \(recipient.value.rawValue), given before in line \(line)",
                    expected: "one rule for each recipient")
            } else {
                first[recipient.value] = recipient.source.location.line
            }
        }
        for missing in ReleaseRecipient.allCases where first[missing] == nil {
            release.source.report(
                found: "\(release.source.path) says nothing of \(missing.rawValue)",
                expected: "a rule for each of \(ReleaseRecipient.allCases.map(\.rawValue).joined(separator: ", ")); "
                    + "parts may be empty")
        }
        for rule in release.rules {
            var seen: Set<RecordPart> = []
            for part in rule.parts where !seen.insert(part.value).inserted {
                part.source.report(found: "\(part.source.path) is \(part.value.name) again", expected: "each part once")
            }
        }
    }

    /// Tables that tell of HIV: XML6, and XML15 with the day on which it was confirmed. The law gives them to a closed list,
    /// whether the file has one or not.
    private static let closedByLaw: Set<RecordPart> = [.xml6, .xml15]

    /// Other parts have a closed list where the file says so.
    private static func closedListsHold(_ release: ReleaseDraft) {
        for rule in release.rules {
            guard let recipient = rule.recipient?.value.rawValue else { continue }
            for part in rule.parts {
                let lists = release.closedLists.filter { $0.part?.value == part.value }
                guard !lists.isEmpty || closedByLaw.contains(part.value) else { continue }
                let members = lists.flatMap(\.recipients).map(\.value.rawValue)
                guard !members.contains(recipient) else { continue }
                part.source.report(
                    found:
                        "\(part.source.path) would hand \(part.value.name) to \(recipient), which is not on its closed "
                        + "list (\(members.isEmpty ? "nobody is" : members.joined(separator: ", ")))",
                    expected: closedByLaw.contains(part.value)
                        ? "only recipients whom closedLists names for \(part.value.name), with the law that names them: Law "
                            + "64/2006/QH11 as amended by Law 71/2020/QH14, Article 30"
                        : "only recipients whom closedLists names for \(part.value.name)")
            }
        }
    }

    /// Blocks are part of a message's kind. Which of them one may leave out, the cores decide.
    private static func blocksFitTheMessages(
        _ rule: ReleaseDraft.Rule, _ draft: TopologyDraft, _ graph: RouteGraph
    ) {
        guard let recipient = rule.recipient?.value, let limits = limits(of: recipient, draft, graph) else { return }
        let blocks = RecordPartSet(rule.parts.map(\.value)).intersection(.blocks)
        for part in rule.parts where !part.value.isTable && !limits.most.contains(part.value) {
            part.source.report(
                found: "\(part.source.path) is \(part.value.name), which no message brings to \(recipient.rawValue)",
                expected: limits.most.isEmpty
                    ? "no part: \(recipient.rawValue) is told number, name and birth date only"
                    : "of the blocks " + names(limits.most))
        }
        let lacking = limits.least.subtracting(blocks)
        guard !lacking.isEmpty else { return }
        rule.source.report(
            found: "\(rule.source.path) does not give \(recipient.rawValue) \(names(lacking))",
            expected:
                "of the blocks at least \(names(limits.least)), without which \(recipient.rawValue) can do nothing")
    }

    private static func names(_ parts: RecordPartSet) -> String { parts.parts.map(\.name).joined(separator: ", ") }

    /// The blocks that a recipient must have, and those that it can have.
    private static func limits(
        of recipient: ReleaseRecipient, _ draft: TopologyDraft, _ graph: RouteGraph
    ) -> (least: RecordPartSet, most: RecordPartSet)? {
        let identity = RecordPartSet([.administrative, .insurance])
        switch recipient {
        case .c06: return ([], [])
        case .facility: return ([], .blocks)
        case .book, .locality: return (RecordPartSet([.administrative, .clinical]), .blocks)
        case .moh: return (.blocks, .blocks)
        case .vss:
            guard let vss = graph.names(.vss).first else { return nil }
            return graph.duties(of: vss)?.intake == .acceptedRecord ? (identity, identity) : (.blocks, .blocks)
        }
    }

    /// A table reaches a recipient by way of whoever sends it on, who must have it too.
    private static func tablesComeFromSomebody(
        _ release: ReleaseDraft, _ draft: TopologyDraft, _ graph: RouteGraph
    ) {
        let isAssessedFirst = graph.names(.moh).first.flatMap { graph.duties(of: $0)?.intake } == .assessedRecord
        for rule in release.rules {
            guard let recipient = rule.recipient?.value else { continue }
            let sender: ReleaseRecipient?
            switch recipient {
            case .moh: sender = isAssessedFirst ? .vss : nil
            case .vss: sender = isAssessedFirst ? nil : .moh
            case .book, .locality, .facility: sender = .moh
            case .c06: sender = nil
            }
            guard recipient != .c06 else {
                for part in rule.parts where part.value.isTable {
                    part.source.report(
                        found: "\(part.source.path) is \(part.value.name), which no message brings to c06",
                        expected: "no part: c06 is told number, name and birth date only")
                }
                continue
            }
            guard let sender, let given = release.rules.first(where: { $0.recipient?.value == sender }) else {
                continue
            }
            for part in rule.parts where part.value.isTable && !given.parts.contains(where: { $0.value == part.value })
            {
                part.source.report(
                    found: "\(part.source.path) is \(part.value.name), which comes to \(recipient.rawValue) by way of "
                        + "\(sender.rawValue), and \(sender.rawValue) does not have it",
                    expected: "\(part.value.name) among the parts of \(sender.rawValue), or not here")
            }
        }
    }
}
