/// Checks that every name is declared once, and every name used is declared.
enum TopologyNames {
    static func check(_ draft: TopologyDraft) {
        unique(draft.parties.compactMap(\.name), kind: "party")
        unique(draft.topics.compactMap(\.name), kind: "topic")
        unique(draft.agreements.compactMap(\.name), kind: "agreement")
        topicNamesStayApart(draft)
        auditNamesStayApart(draft)

        let parties = draft.parties.compactMap(\.name?.value)
        for topic in draft.topics {
            for list in [topic.writers, topic.readers] { members(list, known: parties, kind: "party") }
            let agreements = draft.agreements.compactMap(\.name?.value)
            if let gate = topic.requires { known(gate, names: agreements, kind: "agreement") }
        }
        for agreement in draft.agreements {
            members(agreement.signatories, known: parties, kind: "party")
            guard let signatories = agreement.signatories?.value.map(\.value) else { continue }
            unique(agreement.signed, kind: "signature")
            for name in agreement.signed { known(name, names: signatories, kind: "signatory") }
        }
    }

    /// A list of names that must not be empty, must not repeat, and must be declared.
    private static func members(_ list: Located<[Located<String>]>?, known names: [String], kind: String) {
        guard let list else { return }
        if list.source.isEmptyList {
            list.source.report(found: "\(list.source.path) is empty", expected: "at least one \(kind)")
        }
        unique(list.value, kind: kind)
        for name in list.value { known(name, names: names, kind: kind) }
    }

    private static func known(_ name: Located<String>, names: [String], kind: String) {
        guard !names.contains(name.value) else { return }
        let shown = YAMLValue.cut(name.value)
        name.source.report(
            found: "\(name.source.path) is \(shown), which is no \(kind)",
            expected: Suggestion.oneOf(names, for: name.value, kind: kind))
    }

    private static func unique(_ names: [Located<String>], kind: String) {
        var first: [String: SourceLocation] = [:]
        for name in names {
            if let earlier = first[name.value] {
                name.source.report(
                    found: "\(name.source.path) is \(name.value), given before in line \(earlier.line)",
                    expected: "each \(kind) once")
            } else {
                first[name.value] = name.source.location
            }
        }
    }

    /// The auditor, the operator and the topics of the audit are nobody else's.
    private static func auditNamesStayApart(_ draft: TopologyDraft) {
        for name in draft.parties.compactMap(\.name) {
            let owner = [AuditPlan.auditorName: "the auditor", AccessPlan.operatorName: "who runs the exchange"][
                name.value]
            guard let owner else { continue }
            name.source.report(
                found: "\(name.source.path) is \(name.value), the name of \(owner)", expected: "another name")
        }
        let own = draft.topics.compactMap(\.name)
        let taken = Set(own.flatMap { [$0.value, draft.deadLetters.topicName(for: $0.value)] }.map(folded))
        for name in draft.auditTopics where taken.contains(folded(name.value)) {
            name.source.report(
                found: "\(name.source.path) is \(name.value), which is another topic's name",
                expected: "a topic of its own")
        }
        for name in own where draft.audit.topics.map(folded).contains(folded(name.value)) && draft.auditTopics.isEmpty {
            name.source.report(
                found: "\(name.source.path) is \(name.value), a topic of the audit", expected: "another name")
        }
        if folded(draft.audit.checkpoints) == folded(draft.audit.access), let name = draft.auditTopics.first {
            name.source.report(
                found: "\(name.source.path) is \(name.value), for both topics of the audit", expected: "two topics")
        }
    }

    private static func folded(_ name: String) -> String { String(name.map { $0 == "." ? "_" : $0 }) }

    /// Kafka's metrics cannot tell `a.b` from `a_b`, so it refuses the second; dead-letter topics count too.
    private static func topicNamesStayApart(_ draft: TopologyDraft) {
        let topics = draft.topics.compactMap(\.name)
        for (index, name) in topics.enumerated() {
            let deadLetters = draft.deadLetters.topicName(for: name.value)
            if deadLetters.utf8.count > 249 {
                name.source.report(
                    found:
                        "\(name.source.path) with \(draft.deadLetters.suffix) has \(deadLetters.utf8.count) characters",
                    expected: "at most 249")
            }
            for (otherIndex, other) in topics.enumerated() where otherIndex != index {
                if folded(other.value) == folded(name.value), other.value != name.value, otherIndex < index {
                    name.source.report(
                        found: "\(name.source.path) differs from \(other.value) only by . and _",
                        expected: "a name that Kafka can tell apart")
                }
                if folded(other.value) == folded(deadLetters) {
                    other.source.report(
                        found: "\(other.source.path) is also the dead-letter topic of \(name.value)",
                        expected: "another name, or another deadLetters.suffix")
                }
            }
        }
    }
}
