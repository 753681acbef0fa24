import Vocabulary

/// The section `release` while it is read.
struct ReleaseDraft {
    struct Rule {
        let source: YAMLValue
        var recipient: Located<ReleaseRecipient>?
        var parts: [Located<RecordPart>] = []
        var text: String?
    }

    struct ClosedList {
        let source: YAMLValue
        var part: Located<RecordPart>?
        var recipients: [Located<ReleaseRecipient>] = []
        var text: String?
    }

    let source: YAMLValue
    var rules: [Rule] = []
    var closedLists: [ClosedList] = []

    /// The finished value; nil while something required is missing.
    var plan: ReleasePlan? {
        let rules = rules.compactMap { rule -> ReleasePlan.Rule? in
            guard let recipient = rule.recipient, let text = rule.text else { return nil }
            return .init(to: recipient.value, RecordPartSet(rule.parts.map(\.value)), source: text)
        }
        let lists = closedLists.compactMap { list -> ReleasePlan.ClosedList? in
            guard let part = list.part, let text = list.text else { return nil }
            return .init(of: part.value, list.recipients.map(\.value), source: text)
        }
        guard rules.count == self.rules.count, lists.count == closedLists.count else { return nil }
        return ReleasePlan(rules: rules, closedLists: lists)
    }
}

/// Reads the section `release` of a topology file.
enum ReleaseReader {
    static func read(_ value: YAMLValue) -> ReleaseDraft? {
        let expected = "release rules: rules, closedLists"
        guard
            let fields = YAMLFields(
                value, kind: "release key", keys: ["rules", "closedLists"], expected: expected)
        else { return nil }
        var draft = ReleaseDraft(source: value)
        let rules = fields.required("rules", "a list of rules: to, parts, source")
        draft.rules = rules?.list(of: "rules")?.map(readRule) ?? []
        draft.closedLists = fields["closedLists"]?.list(of: "closed lists")?.map(readClosedList) ?? []
        return draft
    }

    private static func readRule(_ value: YAMLValue) -> ReleaseDraft.Rule {
        var rule = ReleaseDraft.Rule(source: value)
        guard
            let fields = YAMLFields(
                value, kind: "key of a release rule", keys: ["to", "parts", "source"],
                expected: "a release rule: to, parts, source")
        else { return rule }
        rule.recipient = fields.required("to", recipients).flatMap(recipient)
        rule.parts =
            fields.required("parts", "a list of parts, which may be empty")?.list(of: "parts of a visit")?
            .compactMap(part) ?? []
        rule.text = readSource(fields)
        return rule
    }

    private static func readClosedList(_ value: YAMLValue) -> ReleaseDraft.ClosedList {
        var list = ReleaseDraft.ClosedList(source: value)
        guard
            let fields = YAMLFields(
                value, kind: "key of a closed list", keys: ["part", "recipients", "source"],
                expected: "a closed list: part, recipients, source")
        else { return list }
        list.part = fields.required("part", "the part that goes to a closed list, for example XML6").flatMap(part)
        list.recipients =
            fields.required("recipients", recipients)?.list(of: "recipients")?.compactMap(recipient) ?? []
        list.text = readSource(fields)
        return list
    }

    private static func readSource(_ fields: YAMLFields) -> String? {
        let expected = "the text that says so, and what of it is not confirmed"
        return fields.required("source", expected)?.text(expected)
    }

    private static var recipients: String {
        "a recipient, " + Suggestion.list(ReleaseRecipient.allCases.map(\.rawValue))
    }

    private static func recipient(_ value: YAMLValue) -> Located<ReleaseRecipient>? {
        value.choice(ReleaseRecipient.self, kind: "recipient").map { Located(value: $0, source: value) }
    }

    private static func part(_ value: YAMLValue) -> Located<RecordPart>? {
        value.choice(of: RecordPart.allCases.map(\.name), kind: "part of a visit") { RecordPart(name: $0) }
            .map { Located(value: $0, source: value) }
    }
}
