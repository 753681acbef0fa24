public import ExchangeSchema
public import PartyCore

/// A warehouse in memory: what the simulation keeps, and what the tables of a real one are compared with. It is the set of
/// all revisions and withdrawals that have come, so any order of them, and any copies, give the same warehouse.
public struct ProvinceWarehouse: ReadModel {
    private var revisions: [RecordIdentifier: [UInt32: WarehouseVisit]] = [:]
    private var withdrawals: [RecordIdentifier: UInt32] = [:]
    private var departures: [RecordIdentifier: UInt32] = [:]
    /// What MoH has counted of each province served, the newest count, by province code.
    public private(set) var coverage: [String: ProvinceCoverage] = [:]

    /// Nothing.
    public init() {}

    /// Takes in what a batch changed.
    public mutating func apply(_ changes: ReadModelChanges) {
        for change in changes.changes {
            switch change.kind {
            case .entry:
                guard let visit = WarehouseVisit(change, in: changes) else { continue }
                if revisions[visit.record]?[visit.revision] == nil {
                    revisions[visit.record, default: [:]][visit.revision] = visit
                }
            case .withdrawal:
                withdrawals[change.record] = max(withdrawals[change.record] ?? 0, change.revision)
            case .departure:
                departures[change.record] = max(departures[change.record] ?? 0, change.revision)
            case .erasure:
                for record in revisions.keys
                where revisions[record]?.values.contains(where: { $0.citizen == change.subject }) == true {
                    revisions[record] = revisions[record]?.filter { $0.value.citizen != change.subject }
                    if revisions[record]?.isEmpty == true { revisions[record] = nil }
                }
            case .coverage:
                guard let notice = try? ProvinceCoverageNotice(decoding: Array(changes.content(of: change))) else {
                    continue
                }
                if let known = coverage[notice.province], known.countedAt >= notice.countedAt { continue }
                coverage[notice.province] = ProvinceCoverage(notice)
            default: continue
            }
        }
    }

    /// The revision in which a record was withdrawn; nil for one that was not.
    public func withdrawal(of record: RecordIdentifier) -> UInt32? { withdrawals[record] }

    /// A revision with what it counts for and what is found of it.
    public struct StoredVisit: Sendable, Equatable {
        /// The revision.
        public var visit: WarehouseVisit
        /// What it counts for.
        public var standing: RevisionStanding
        /// What is found of it among the person's current visits; nothing of one that is not current.
        public var finding = PersonVisits.Finding()
        /// What the four words look at.
        public var judged: JudgedVisit

        /// Takes all fields.
        public init(
            visit: WarehouseVisit, standing: RevisionStanding, finding: PersonVisits.Finding = PersonVisits.Finding(),
            judged: JudgedVisit
        ) {
            (self.visit, self.standing, self.finding, self.judged) = (visit, standing, finding, judged)
        }
    }

    /// Every revision, by record and revision.
    public var visits: [StoredVisit] {
        var stored: [StoredVisit] = []
        for record in revisions.keys.sorted(by: { ($0.high, $0.low) < ($1.high, $1.low) }) {
            let all = revisions[record] ?? [:]
            let newest = max(all.keys.max() ?? 0, departures[record] ?? 0)
            for revision in all.keys.sorted() {
                guard let visit = all[revision] else { continue }
                let standing = RevisionStanding(
                    revision: revision, newest: newest, withdrawn: withdrawals[record])
                let judged = JudgedVisit(visit, isCorrected: all.count > 1, among: PersonVisits.Finding())
                stored.append(StoredVisit(visit: visit, standing: standing, judged: judged))
            }
        }
        let current = Dictionary(
            grouping: stored.indices.filter { stored[$0].standing == .current }, by: { stored[$0].visit.citizen })
        for places in current.values {
            let findings = PersonVisits.findings(places.map { PersonVisits.Point(stored[$0].visit) })
            for (place, finding) in zip(places, findings) {
                stored[place].finding = finding
                stored[place].judged = JudgedVisit(
                    stored[place].visit, isCorrected: stored[place].judged.isCorrected, among: finding)
            }
        }
        return stored
    }
}

extension RevisionStanding {
    /// What a revision counts for.
    /// - Parameters:
    ///   - newest: The newest revision that has come, here or to another province.
    ///   - withdrawn: The revision that was withdrawn; nil for a visit that stands. A newer revision stands again.
    public init(revision: UInt32, newest: UInt32, withdrawn: UInt32?) {
        self = revision < newest ? .superseded : withdrawn.map { $0 >= newest } == true ? .withdrawn : .current
    }
}

extension WarehouseVisit {
    /// The visit that a change brings; nil where its content is no entry.
    public init?(_ change: ReadModelChange, in changes: ReadModelChanges) {
        var visit = EncodedVisit()
        guard visit.read(change, in: changes) else { return nil }
        self.init(visit, in: changes.arena.span)
    }
}

extension EncodedVisit {
    /// Reads the visit that a change brings.
    /// - Returns: False where its content is no entry; what was read is then of no use.
    public mutating func read(_ change: ReadModelChange, in changes: ReadModelChanges) -> Bool {
        read(
            changes.arena.span, change.content, record: change.record, citizen: change.subject, receivedAt: change.time)
    }
}
