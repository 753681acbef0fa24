public import Vocabulary

/// Who takes part in an exchange, over which topics, under which agreements.
///
/// Written as YAML (`topology/2024-04.yaml`; `topology/README.md` describes the format) and read by
/// ``parse(_:fileName:)``. A value that came from there is consistent: every name in it is declared, every topic has
/// writers and readers, every record comes to an end (``Route``).
public struct Topology: Sendable, Hashable {
    /// Short name, for instance `closed-cycle`.
    public var name: String
    /// Version of the file format. Only 1 so far.
    public var version: Int
    /// Which route of the records this is; nil where the file does not say.
    public var routeName: RouteName?
    /// What an acknowledged record survives in the embedded broker.
    public var durability: Durability
    /// The parties, in file order: the order in which they are started and shown.
    public var parties: [Party]
    /// The topics, in file order, without their dead-letter topics: those of single provinces each by itself.
    public var topics: [Topic]
    /// How dead-letter topics are named and kept.
    public var deadLetters: DeadLetters
    /// The agreements, in file order.
    public var agreements: [Agreement]
    /// What is written down beyond the parties' journals.
    public var audit: AuditPlan
    /// Who may have which part of a visit; nil where the file does not say.
    public var release: ReleasePlan?

    /// Takes all fields, unchecked.
    public init(
        name: String, version: Int = 1, routeName: RouteName? = nil, durability: Durability = .process,
        parties: [Party], topics: [Topic], deadLetters: DeadLetters = DeadLetters(), agreements: [Agreement] = [],
        audit: AuditPlan = AuditPlan(), release: ReleasePlan? = nil
    ) {
        self.name = name
        self.version = version
        self.routeName = routeName
        self.durability = durability
        self.parties = parties
        self.topics = topics
        self.deadLetters = deadLetters
        self.agreements = agreements
        self.audit = audit
        self.release = release
    }

    /// The party of this name.
    public func party(named name: String) -> Party? { parties.first { $0.name == name } }

    /// The parties that run this core.
    public func parties(role: PartyRole) -> [Party] { parties.filter { $0.role == role } }

    /// The topic of this name; dead-letter topics are not found here.
    public func topic(named name: String) -> Topic? { topics.first { $0.name == name } }

    /// The topics as the file declares them: those of single provinces as one, with the readers of all.
    public var declaredTopics: [Topic] {
        var declared: [Topic] = []
        for topic in topics {
            if topic.province != nil, let last = declared.indices.last, declared[last].name == topic.declaredName {
                declared[last].readers = parties.map(\.name).filter {
                    declared[last].readers.contains($0) || topic.readers.contains($0)
                }
            } else {
                declared.append(topic)
                declared[declared.count - 1].name = topic.declaredName
                declared[declared.count - 1].province = nil
            }
        }
        return declared
    }

    /// The one declared topic that carries this kind, if the exchange has it.
    public func topic(carrying kind: MessageType) -> Topic? { declaredTopics.first { $0.carries == kind } }

    /// The topics that carry this kind: of a kind with a topic for each province, all of them.
    public func topics(carrying kind: MessageType) -> [Topic] { topics.filter { $0.carries == kind } }

    /// The localities that together have every resident once: the first that serves all provinces or, where none does, all
    /// of them.
    public var bookLocalities: [Party] {
        let localities = parties(role: .locality)
        return localities.first { $0.servedProvinces == nil }.map { [$0] } ?? localities
    }

    /// Topics that this party may read, in file order.
    public func topicsRead(by party: String) -> [Topic] { topics.filter { $0.readers.contains(party) } }

    /// Topics that this party may write, in file order.
    public func topicsWritten(by party: String) -> [Topic] { topics.filter { $0.writers.contains(party) } }

    /// The agreement of this name.
    public func agreement(named name: String) -> Agreement? { agreements.first { $0.name == name } }

    /// The agreement that must be in force before messages of this kind may be sent; nil when none is required.
    public func agreement(gating kind: MessageType) -> Agreement? {
        topic(carrying: kind)?.requires.flatMap(agreement(named:))
    }

    /// Every topic to create, each with its dead-letter topic behind it; those of the audit last, which have none.
    public var topicsToCreate: [(name: String, partitions: Int, retention: Retention)] {
        topics.flatMap { topic in
            [
                (topic.name, topic.partitions, topic.retention),
                (deadLetters.topicName(for: topic.name), deadLetters.partitions, deadLetters.retention),
            ]
        } + audit.topics.map { ($0, 1, .forever) }
    }
}
