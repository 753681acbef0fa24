import DoorDesk
import ExchangeSchema
import HealthStandards

/// Hands on what the gateway has stored, in the order in which it came: each message is read, its sound records go to the
/// facility, and what came of it is kept. Whoever ends in between hands it on again, of which the facility knows.
actor Forwarder {
    private let store: RelayStore
    private let facility: PartyLine
    private let facilityOf: @Sendable (String) -> String?
    private let isPaused: Bool
    private var work: Task<Void, Never>?
    private var isAsked = false

    /// - Parameter facilityOf: MA_CSKCB that an account is bound to; nil for any.
    init(
        store: RelayStore, facility: PartyLine, isPaused: Bool, facilityOf: @escaping @Sendable (String) -> String?
    ) {
        self.store = store
        self.facility = facility
        self.isPaused = isPaused
        self.facilityOf = facilityOf
    }

    /// Has all that waits handed on, now or as soon as the facility takes it.
    func wake() {
        guard !isPaused else { return }
        isAsked = true
        guard work == nil else { return }
        work = Task { await run() }
    }

    /// Returns when nothing is being handed on any more.
    func settled() async {
        while let work { await work.value }
    }

    private func run() async {
        var pause = Duration.milliseconds(100)
        while isAsked {
            isAsked = false
            do {
                while let entry = try await store.nextWaiting() {
                    try await store.conclude(entry.identifier, try await handOn(entry))
                    pause = .milliseconds(100)
                }
            } catch {
                // The facility rests, or the disk is full: what is stored waits.
                isAsked = true
                do {
                    try await Task.sleep(for: pause)
                } catch {
                    break
                }
                pause = min(pause * 2, .seconds(5))
            }
        }
        work = nil
    }

    private func handOn(_ entry: RelayStore.Entry) async throws -> RelayStore.Outcome {
        let report: HealthCheckReport
        do throws(EnvelopeError) {
            let bound = facilityOf(entry.account).flatMap { try? FacilityCode(parsing: $0) }
            report = try HealthCheckReader.read(entry.file, facility: bound)
        } catch {
            return RelayStore.Outcome(records: [], problem: error.description, readings: "")
        }
        var records: [RelayStore.Record] = []
        for submission in report.submissions {
            records.append(
                RelayStore.Record(
                    episode: submission.name.episodeCode, facility: submission.name.facilityCode, faults: []))
        }
        let standings = try await facility.submit(report.submissions, on: 0)
        // A new msg_id for a record that is known is a new version of it.
        let changed = zip(report.submissions, standings).filter { $0.1.effect == .conflict }.map(\.0)
        var versions = try await facility.amend(changed, on: 0)[...]
        for (place, standing) in standings.enumerated() {
            let last = standing.effect == .conflict ? versions.popFirst() ?? standing : standing
            if last.effect == .conflict || last.effect == .withdrawnBefore {
                records[place].faults = ["đã được rút, không gửi lại được"]
            }
        }
        let kept = Dictionary(grouping: report.problems.filter { $0.visitOrdinal != nil }) { $0.visitOrdinal ?? 0 }
        for (_, problems) in kept.sorted(by: { $0.key < $1.key }) {
            records.append(
                RelayStore.Record(
                    episode: problems.compactMap(\.episodeCode).first ?? "", facility: "",
                    faults: problems.map(\.description)))
        }
        return RelayStore.Outcome(records: records, problem: nil, readings: report.summary.readings.description)
    }
}
