import Vocabulary

/// A topology while it is read: everything may be missing, and everything knows its place in the file.
struct TopologyDraft {
    var name: String?
    var routeName: RouteName?
    var durability = Durability.process
    var parties: [PartyDraft] = []
    var topics: [TopicDraft] = []
    var deadLetters = DeadLetters()
    var agreements: [AgreementDraft] = []
    var audit = AuditPlan()
    var release: ReleaseDraft?
    /// The audit's topic names that the file gives, for the check that they are no other topic's.
    var auditTopics: [Located<String>] = []

    /// The finished value; nil while something required is missing.
    var topology: Topology? {
        let parties = parties.compactMap(\.party)
        let topics = topics.compactMap(\.topic)
        let localities = parties.filter { $0.role == .locality }
        let agreements = agreements.compactMap(\.agreement)
        guard let name, parties.count == self.parties.count, topics.count == self.topics.count,
            agreements.count == self.agreements.count, release == nil || release?.plan != nil
        else { return nil }
        return Topology(
            name: name, routeName: routeName, durability: durability, parties: parties,
            topics: zip(topics, self.topics).flatMap { topic, draft in
                draft.isPerProvince ? topic.perProvince(localities) : [topic]
            },
            deadLetters: deadLetters, agreements: agreements, audit: audit, release: release?.plan)
    }
}

struct PartyDraft {
    let source: YAMLValue
    var name: Located<String>?
    var role: PartyRole?
    var instances: Located<Int>?
    var title: String?
    /// `provinces: all`
    var servesAll = false
    var provinces: Located<[Located<String>]>?

    var party: Party? {
        guard let name, let role else { return nil }
        return Party(
            name: name.value, role: role, instances: instances?.value ?? 1, title: title,
            provinces: provinces?.value.map(\.value) ?? [])
    }
}

struct TopicDraft {
    let source: YAMLValue
    var name: Located<String>?
    var carries: Located<MessageType>?
    var partitions: Located<Int>?
    var retention: Retention?
    var writers: Located<[Located<String>]>?
    var readers: Located<[Located<String>]>?
    var requires: Located<String>?
    /// Whether it stands for a topic for each province.
    var isPerProvince = false

    var writerNames: [String] { writers?.value.map(\.value) ?? [] }
    var readerNames: [String] { readers?.value.map(\.value) ?? [] }

    var topic: Topic? {
        guard let name, let carries, let partitions, let retention else { return nil }
        return Topic(
            name: name.value, carries: carries.value, partitions: partitions.value, retention: retention,
            writers: writerNames, readers: readerNames, requires: requires?.value)
    }
}

struct AgreementDraft {
    let source: YAMLValue
    var name: Located<String>?
    var title: String?
    var signatories: Located<[Located<String>]>?
    var signed: [Located<String>] = []

    var agreement: Agreement? {
        guard let name, let title, let signatories else { return nil }
        return Agreement(
            name: name.value, title: title, signatories: signatories.value.map(\.value), signed: signed.map(\.value))
    }
}
