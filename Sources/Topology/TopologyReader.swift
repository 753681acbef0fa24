import Vocabulary

/// Reads the parts of a topology file one by one; what they mean together is checked afterwards.
enum TopologyReader {
    static let keys = [
        "name", "version", "durability", "defaults", "parties", "topics", "deadLetters", "agreements", "audit", "route",
        "release",
    ]

    static func read(_ root: YAMLValue) -> TopologyDraft {
        var draft = TopologyDraft()
        let expected = "a topology: name, version, parties, topics"
        guard let fields = YAMLFields(root, kind: "topology key", keys: keys, expected: expected) else { return draft }
        draft.name = fields.name(of: "the topology")?.value
        _ = fields.required("version", "1, the version of this format")?.integer(in: 1...1)
        draft.routeName = fields["route"].flatMap(RouteName.read)
        if let durability = fields["durability"]?.choice(Durability.self, kind: "durability") {
            draft.durability = durability
        }
        let defaults = readDefaults(fields["defaults"])
        draft.parties = fields.required("parties", "a list of parties")?.list(of: "parties")?.map(readParty) ?? []
        draft.topics =
            fields.required("topics", "a list of topics")?.list(of: "topics")?
            .map { readTopic($0, defaults: defaults) } ?? []
        if let deadLetters = fields["deadLetters"] { draft.deadLetters = readDeadLetters(deadLetters) }
        draft.agreements = fields["agreements"]?.list(of: "agreements")?.map(readAgreement) ?? []
        if let audit = fields["audit"] { readAudit(audit, into: &draft) }
        draft.release = fields["release"].flatMap(ReleaseReader.read)
        return draft
    }

    private static func readDefaults(_ value: YAMLValue?) -> (partitions: Located<Int>?, retention: Retention) {
        let keys = ["partitions", "retention"]
        guard let value,
            let fields = YAMLFields(value, kind: "default", keys: keys, expected: "defaults: partitions, retention")
        else { return (nil, .forever) }
        return (readPartitions(fields["partitions"]), fields["retention"].flatMap(readRetention) ?? .forever)
    }

    private static func readParty(_ value: YAMLValue) -> PartyDraft {
        var draft = PartyDraft(source: value)
        let keys = ["name", "role", "instances", "title", "provinces"]
        guard let fields = YAMLFields(value, kind: "party key", keys: keys, expected: "a party: name, role") else {
            return draft
        }
        draft.name = fields.name(of: "a party")
        draft.role =
            fields.required("role", "a role, " + Suggestion.list(PartyRole.allCases.map(\.rawValue)))?
            .choice(PartyRole.self, kind: "role")
        draft.instances = fields["instances"].flatMap { source in
            source.integer(in: Party.instanceRange).map { Located(value: $0, source: source) }
        }
        draft.title = fields["title"]?.text("the party's full name")
        draft.servesAll = fields["provinces"]?.plain == "all"
        draft.provinces = fields["provinces"].flatMap { source in
            // The National Health Data Centre has the residents of all, beside those who serve them.
            if source.plain == "all" { return nil }
            return source.texts(of: "provinces", each: "the two digits of a province").map {
                Located(value: $0, source: source)
            }
        }
        return draft
    }

    private static func readTopic(
        _ value: YAMLValue, defaults: (partitions: Located<Int>?, retention: Retention)
    ) -> TopicDraft {
        var draft = TopicDraft(source: value)
        let keys = ["name", "carries", "partitions", "retention", "writers", "readers", "requires", "perProvince"]
        let expected = "a topic: name, carries, writers, readers"
        guard let fields = YAMLFields(value, kind: "topic key", keys: keys, expected: expected) else { return draft }
        draft.name = fields.required("name", "the topic's name").flatMap(readTopicName)
        let kinds = "a message kind, " + Suggestion.list(MessageType.allCases.map(\.name))
        draft.carries = fields.required("carries", kinds).flatMap { source in
            source.choice(of: MessageType.allCases.map(\.name), kind: "message kind") { MessageType(name: $0) }
                .map { Located(value: $0, source: source) }
        }
        draft.isPerProvince = fields["perProvince"]?.boolean() ?? false
        if let own = fields["partitions"] {
            draft.partitions = readPartitions(own)
        } else if draft.isPerProvince {
            // Residents of a province need their order, and the provinces are partitions enough.
            draft.partitions = Located(value: 1, source: value)
        } else {
            draft.partitions = defaults.partitions.map { Located(value: $0.value, source: value) }
            if draft.partitions == nil {
                _ = fields.required("partitions", "a whole number, 1 to 1024, here or under defaults")
            }
        }
        draft.retention = fields["retention"].map(readRetention) ?? defaults.retention
        draft.writers = readParties(fields.required("writers", "a list of parties"))
        draft.readers = readParties(fields.required("readers", "a list of parties"))
        draft.requires = fields["requires"].flatMap { source in
            source.text("the name of an agreement").map { Located(value: $0, source: source) }
        }
        return draft
    }

    private static func readTopicName(_ source: YAMLValue) -> Located<String>? {
        let expected = "a name Kafka accepts: up to 249 of a-z, A-Z, 0-9, ., _ and -"
        guard let name = source.text(expected) else { return nil }
        return Topic.isLegal(name: name) ? Located(value: name, source: source) : source.wrong(expected: expected)
    }

    private static func readPartitions(_ value: YAMLValue?) -> Located<Int>? {
        guard let value else { return nil }
        return value.integer(in: Topic.partitionRange).map { Located(value: $0, source: value) }
    }

    private static func readParties(_ value: YAMLValue?) -> Located<[Located<String>]>? {
        guard let value, let names = value.texts(of: "parties", each: "the name of a party") else { return nil }
        return Located(value: names, source: value)
    }

    private static func readRetention(_ value: YAMLValue) -> Retention? {
        if value.plain == "forever" { return .forever }
        let expected = "forever, or a limit: milliseconds, bytes"
        let keys = ["milliseconds", "bytes", "afterConsumedBy"]
        guard let fields = YAMLFields(value, kind: "retention key", keys: keys, expected: expected) else { return nil }
        if let rule = fields["afterConsumedBy"], rule.plain != "all-readers" {
            rule.reportWrong(expected: "all-readers (this rule is always on)")
        }
        if fields["milliseconds"] == nil, fields["bytes"] == nil {
            value.report(found: "\(value.path) has no limit", expected: expected)
        }
        return Retention(
            milliseconds: fields["milliseconds"]?.integer(in: 1...Int.max),
            bytes: fields["bytes"]?.integer(in: 1...Int.max))
    }

    private static func readDeadLetters(_ value: YAMLValue) -> DeadLetters {
        var deadLetters = DeadLetters()
        let keys = ["suffix", "partitions", "retention"]
        let expected = "dead-letter settings: suffix, partitions, retention"
        guard let fields = YAMLFields(value, kind: "dead-letter key", keys: keys, expected: expected) else {
            return deadLetters
        }
        if let source = fields["suffix"], let suffix = source.text("a suffix such as .dlt") {
            deadLetters.suffix = suffix
            if !Topic.isLegal(name: "a" + suffix) {
                source.reportWrong(expected: "a suffix of a-z, A-Z, 0-9, ., _ and -")
            }
        }
        if let partitions = readPartitions(fields["partitions"]) { deadLetters.partitions = partitions.value }
        if let retention = fields["retention"].flatMap(readRetention) { deadLetters.retention = retention }
        return deadLetters
    }

    private static func readAudit(_ value: YAMLValue, into draft: inout TopologyDraft) {
        let keys = ["auditor", "checkpoints", "access"]
        let expected = "audit settings: auditor, checkpoints, access"
        guard let fields = YAMLFields(value, kind: "audit key", keys: keys, expected: expected) else { return }
        if let auditor = fields["auditor"]?.boolean() { draft.audit.auditor = auditor }
        if let name = fields["checkpoints"].flatMap(readTopicName) {
            draft.audit.checkpoints = name.value
            draft.auditTopics.append(name)
        }
        if let name = fields["access"].flatMap(readTopicName) {
            draft.audit.access = name.value
            draft.auditTopics.append(name)
        }
    }

    private static func readAgreement(_ value: YAMLValue) -> AgreementDraft {
        var draft = AgreementDraft(source: value)
        let keys = ["name", "title", "signatories", "signed"]
        let expected = "an agreement: name, title, signatories"
        guard let fields = YAMLFields(value, kind: "agreement key", keys: keys, expected: expected) else {
            return draft
        }
        draft.name = fields.name(of: "an agreement")
        draft.title = fields.required("title", "the agreement's title")?.text("the agreement's title")
        draft.signatories = readParties(fields.required("signatories", "a list of parties"))
        draft.signed = readParties(fields["signed"])?.value ?? []
        return draft
    }
}
