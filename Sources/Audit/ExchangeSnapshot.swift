import PartyStore

/// The stores of an exchange, opened one right after the other, each as of one moment.
struct ExchangeSnapshot {
    /// One store.
    struct Part {
        var subject: AuditSubject
        var store: StoreInspection
    }

    /// Stores that can be read: of the parties, and then of the auditor.
    private(set) var parts: [Part] = []
    /// What was seen before they were opened.
    let earlier: EarlierSight
    /// Whether a party runs, so that what one has sent another may not have received yet.
    private(set) var isLive: Bool
    /// Parties that keep no journal here: somebody else's.
    let outside: [AuditSubject]
    /// Parties that run and have not committed anything yet.
    private(set) var notBegun: [AuditSubject] = []
    /// Parties whose store should be here and cannot be read.
    private(set) var unreadable = 0
    /// Stores that should be here and are gone or cannot be read, and what is to be said of each.
    private(set) var lost: [(subject: AuditSubject, text: String)] = []
    /// Topic on which all publish and cosign their checkpoints.
    let checkpointTopic: String

    /// Opens the stores.
    /// - Throws: `StoreError` `inUse` or `otherVersion`: then nothing can be said. What is damaged is a finding.
    init(
        _ subjects: [AuditSubject], auditor: AuditSubject?, absent: AbsentParties, _ findings: inout FindingList
    ) throws {
        let all = subjects + (auditor.map { [$0] } ?? [])
        checkpointTopic = all.first?.checkpointTopic ?? ""
        outside = subjects.filter { absent.outside.contains($0.party) }
        earlier = EarlierSight(all)
        isLive = earlier.seen != nil
        for subject in all where !absent.outside.contains(subject.party) {
            do {
                let opening = try StoreInspection.open(directory: subject.directory)
                if Self.hasNotBegun(opening, isExpected: !absent.notBegun.contains(subject.party)) {
                    notBegun.append(subject)
                    continue
                }
                let store = try opening.required(subject.directory)
                isLive = isLive || store.isLive
                if store.party == subject.party {
                    parts.append(Part(subject: subject, store: store))
                    continue
                }
                findings.add(.unreadable, subject.party, "\(subject.directory) holds the data of \(store.party)")
            } catch let error as StoreError where error.code == .inUse || error.code == .otherVersion {
                throw error
            } catch {
                let what = subject.isAuditor ? "the topology says that an auditor runs: " : ""
                lost.append((subject, "\(what)\(error)"))
            }
            if !subject.isAuditor { unreadable += 1 }
        }
    }

    /// Whether a party is only just starting: it runs and has committed nothing, or has no database where none is expected.
    private static func hasNotBegun(_ opening: StoreOpening, isExpected: Bool) -> Bool {
        switch opening {
        case .absent: !isExpected
        case .unwritten(let isLive): isLive
        case .begun, .interrupted: false
        }
    }

    /// Whether no party was started, and none put back, since its store was opened.
    var isUnchanged: Bool { parts.allSatisfy(\.store.isUnchanged) }

    /// Those of the parties.
    var parties: [Part] { parts.filter { !$0.subject.isAuditor } }

    /// When the first of the stores was fixed; Unix milliseconds, nil for none.
    var takenAt: Int64? { parts.map(\.store.takenAt).min() }
}
