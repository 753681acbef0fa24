public import Topology
import Vocabulary

extension ReportVerdict {
    /// Judges what was counted and found.
    /// - Parameters:
    ///   - bound: Figures and findings.
    ///   - topology: Who must sign what, and which topic carries what.
    ///   - standsStillAfter: The age in milliseconds from which a record without an outcome stands still.
    public init(_ bound: BoundFigures, topology: Topology, standsStillAfter: Int64 = Self.standsStillAfter) {
        let judge = VerdictJudge(bound: bound, topology: topology, patience: standsStillAfter)
        let causes = judge.evidence + judge.books + judge.standstill + judge.service
        // Causes of the same gravity stay in the order in which they were found: evidence first, since all else rests on it.
        let red = causes.filter { $0.kind.level == .red }
        self.init(
            time: bound.figures.at, standsStillAfter: standsStillAfter,
            causes: red + causes.filter { $0.kind.level != .red }, service: bound.figures.service)
    }
}

/// Finds what is the matter.
struct VerdictJudge {
    let bound: BoundFigures
    let topology: Topology
    let patience: Int64
    private static let mostExamples = 3

    private var figures: ExchangeFigures { bound.figures }

    /// Findings and broken laws, by what they mean.
    var evidence: [VerdictCause] {
        let report = bound.verification
        return VerdictCause.Kind.allCases.compactMap { kind in
            let keys = report.counts.keys.sorted().compactMap { key -> (key: String, kind: AuditFinding.Kind)? in
                guard let word = key.split(separator: " ").first.map(String.init),
                    let finding = AuditFinding.Kind(rawValue: word), VerdictCause.Kind(finding) == kind
                else { return nil }
                return (key, finding)
            }
            let laws = kind == .countsDisagree ? bound.violations : []
            let count = keys.reduce(Int64(laws.count)) { $0 + (report.counts[$1.key] ?? 0) }
            guard count > 0 else { return nil }
            let findings = report.findings.filter { VerdictCause.Kind($0.kind) == kind }
            let parties = keys.map { String($0.key.dropFirst($0.kind.rawValue.count + 1)) } + laws.flatMap(parties)
            let among = Self.unique(parties.filter { !$0.isEmpty })
            let disagreements = report.disagreements.filter { VerdictCause.Kind($0.kind) == kind }
            var cause = VerdictCause(
                kind, count: count, at: among, actors: actors(kind, among, disagreements.map(\.to)))
            let times =
                keys.compactMap { bound.findingsSince[$0.key] }
                + disagreements.flatMap { $0.evidence.map(\.time) }
            cause.since = times.min()
            cause.topics = Self.unique(disagreements.compactMap { topic($0.type) })
            cause.examples = (laws.map { "conservation: \($0)" } + findings.map(\.line)).prefix(Self.mostExamples)
                .map(\.self)
            return cause
        }
    }

    /// Entries in the books of others.
    var books: [VerdictCause] {
        guard let count = figures.quality.wrongMatches, count > 0 else { return [] }
        // Who writes the book takes an entry out of it, and who matched the person says how it came about.
        let keepers = [topology.route.bookkeeper].compactMap(\.self)
        let matchers = topology.parties(role: .c06).map(\.name)
        var cause = VerdictCause(
            .wrongBook, count: count, of: figures.total.shared, at: keepers, actors: keepers + matchers)
        cause.since = figures.quality.wrongMatchesSince
        cause.topics = topology.topic(carrying: .bookEntry).map { [$0.declaredName] } ?? []
        return [cause]
    }

    /// Records that wait for a signature, and those that wait too long.
    var standstill: [VerdictCause] {
        figures.waiting.compactMap { waiting in
            let topics = [topic(waiting.type)].compactMap(\.self)
            guard waiting.cause != .agreement else { return held(waiting, topics) }
            guard waiting.ages.max >= patience else { return nil }
            var cause = VerdictCause(
                .standsStill, count: waiting.ages.count, of: figures.total.submitted,
                at: waiting.party.isEmpty ? [] : [waiting.party],
                actors: waiting.party.isEmpty ? [] : [waiting.party])
            cause.topics = topics
            cause.since = waiting.since
            cause.waiting = waiting.cause
            return cause
        }
    }

    private func held(_ waiting: WaitingFigures, _ topics: [String]) -> VerdictCause {
        let answers = topology.topicsWritten(by: waiting.party).first { $0.requires != nil }
        let agreement = topology.agreements.first { $0.name == answers?.requires }
        let unsigned = agreement.map { AgreementStanding($0, in: figures).missing } ?? []
        var cause = VerdictCause(
            .heldByAgreement, count: waiting.ages.count, of: figures.total.submitted, at: [waiting.party],
            // When all have signed, who holds the records has not heard of it yet.
            actors: unsigned.isEmpty ? [waiting.party] : unsigned)
        cause.topics = topics
        cause.since = waiting.since
        cause.agreement = agreement?.name
        cause.unsigned = unsigned
        cause.waiting = .agreement
        return cause
    }

    /// Service levels that were not kept.
    var service: [VerdictCause] {
        figures.service.filter { $0.broken > 0 }.map { level in
            let (parties, type): ([String], MessageType) =
                switch level.level {
                case .answer: ([topology.route.bookkeeper].compactMap(\.self), .facilityRecord)
                case .insuranceReply: (topology.parties(role: .vss).map(\.name), insuranceIntake)
                case .correction: (topology.parties(role: .facility).map(\.name), .correction)
                }
            var cause = VerdictCause(
                .serviceLevel, count: level.broken, of: level.judged, at: parties, actors: parties)
            cause.topics = topology.topic(carrying: type).map { [$0.declaredName] } ?? []
            cause.since = level.since
            cause.service = level.level
            cause.open = level.open
            return cause
        }
    }

    private var insuranceIntake: MessageType {
        topology.parties(role: .vss).first.flatMap { topology.route.duties(of: $0.name)?.intake } ?? .acceptedRecord
    }

    private func actors(_ kind: VerdictCause.Kind, _ parties: [String], _ readers: [String]) -> [String] {
        switch kind {
        // Both sides of what does not agree, and whoever was told what was another's.
        case .countsDisagree, .wrongProvince, .partGivenAway: Self.unique(parties + readers)
        default: parties
        }
    }

    /// The topic that carries a type, by the type's name in a figure.
    private func topic(_ type: String) -> String? {
        MessageType.allCases.first { $0.name == type || "\($0)" == type }.flatMap { topology.topic(carrying: $0) }?
            .declaredName
    }

    /// The party that a broken law names first.
    private func parties(_ law: String) -> [String] {
        let known = Set(figures.parties.map(\.party) + topology.parties.map(\.name))
        return law.split(separator: ":").first.map(String.init).flatMap { known.contains($0) ? [$0] : nil } ?? []
    }

    private static func unique(_ names: [String]) -> [String] {
        names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
