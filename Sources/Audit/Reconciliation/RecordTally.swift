import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// Adds one record after the other to the figures.
struct RecordTally {
    private let roles: [PartyRole]
    /// Those who decide what becomes of a record, in the order of the route, and the last of them.
    private let deciders: [Int]
    private let bookkeeper: Int?
    private let names: [String]
    private let facility: Int?
    private var latencies: [DurationCounts] = []
    private var cycle = DurationCounts()
    private var toResubmission = DurationCounts()
    private var toCorrected = DurationCounts()
    private var ages = DurationCounts()
    private var waiting: [Waiting: (ages: DurationCounts, histogram: [Int64], since: Int64?)] = [:]
    private var service: ServiceTally
    private var standing: [UInt16: Int64] = [:]
    private var ever: [UInt16: Int64] = [:]
    private var facilities: [String: FacilityFigures] = [:]

    /// - Parameter at: Clock reading that ages are counted to.
    init(_ parties: [ScopedParty], at: Int64) {
        service = ServiceTally(at: at)
        roles = parties.map(\.role)
        names = parties.map(\.name)
        facility = roles.firstIndex(of: .facility)
        let route = parties.first?.route ?? .unknown
        deciders = route.deciders.compactMap { name in parties.firstIndex { $0.name == name } }
        bookkeeper = route.bookkeeper.flatMap { name in parties.firstIndex { $0.name == name } }
        latencies = RecordWays.hops(parties).map { _ in DurationCounts() }
    }

    /// Takes a record of a turn.
    mutating func take(
        _ record: Int, _ ways: RecordWays, facility place: RecordFacility?, _ figures: inout ExchangeFigures
    ) {
        countStandings(record, ways, &figures)
        let refusals = countPassages(record, ways, &figures)
        // Who has submitted it, and who says what became of it.
        let source = facility.map { ways.standing(record, $0) }
        let judge = judge(record, ways)
        guard let phase = source?.phase ?? judge?.phase else { return }
        // The same standing makes the headline, the figures by facility and those of reasons: they cannot disagree.
        if phase == .refused { standing[Self.reason(judge, source), default: 0] += 1 }
        let first = firstSent(record, ways)
        // A later revision without a refusal before it is an amendment.
        let isCorrected = (source?.revision ?? judge?.revision ?? 1) > 1 && (!refusals.isEmpty || judge == nil)
        if phase == .pending || phase == .held { wait(record, ways, since: first, &figures) }
        if phase == .shared {
            figures.quality.firstTime += isCorrected ? 0 : 1
            figures.quality.corrected += isCorrected ? 1 : 0
            if place?.isWrongMatch == true { noteWrongMatch(record, ways, &figures.quality) }
        }
        if let first, first.isSubmission { figures.throughput.note(\.submitted, at: first.time) }
        countCycle(record, ways, first?.time, &figures)
        service.take(record, ways, phase: phase, roles: roles)
        countFacility(phase, place, isCorrected: isCorrected, refusals, pendingSince: first?.time)
    }

    /// Why a record that stands refused was refused last, as who decided says it and else as its facility was told.
    private static func reason(_ judge: RecordStanding?, _ source: RecordStanding?) -> UInt16 {
        [judge, source].compactMap { $0?.phase == .refused ? $0?.reason : nil }.first { $0 > 0 } ?? 0
    }

    private func noteWrongMatch(_ record: Int, _ ways: RecordWays, _ quality: inout QualityFigures) {
        quality.wrongMatches? += 1
        let entries = ways.hops.indices.filter { ways.hops[$0].type == .bookEntry }
        let times = ways.revisions(record).flatMap { revision in
            entries.map { ways.passage(record, revision, $0) }.filter(\.isSent).map(\.sentAt)
        }
        quality.wrongMatchesSince = ([quality.wrongMatchesSince] + times).compactMap(\.self).min()
    }

    /// What the one says who has decided last: of the deciders that know the latest revision, the furthest on the route.
    /// What one of them has passed on and the next has not received is pending.
    private func judge(_ record: Int, _ ways: RecordWays) -> RecordStanding? {
        var latest: (standing: RecordStanding, decider: Int)?
        for decider in deciders {
            let standing = ways.standing(record, decider)
            guard standing.phase != nil, standing.revision >= latest?.standing.revision ?? 0 else { continue }
            latest = (standing, decider)
        }
        guard let (standing, decider) = latest else { return nil }
        return standing.phase == .shared && decider != bookkeeper ? standing.onItsWay : standing
    }

    private func countStandings(_ record: Int, _ ways: RecordWays, _ figures: inout ExchangeFigures) {
        for party in roles.indices {
            guard let phase = ways.standing(record, party).phase else { continue }
            figures.parties[party].submitted += 1
            switch phase {
            case .shared: figures.parties[party].shared += 1
            case .refused: figures.parties[party].refused += 1
            case .pending: figures.parties[party].pending += 1
            case .withdrawn: figures.parties[party].withdrawn += 1
            case .held:
                figures.parties[party].pending += 1
                figures.parties[party].held += 1
            }
        }
    }

    /// Counts each message of the record on each hop.
    /// - Returns: The reasons of its refusals.
    private mutating func countPassages(
        _ record: Int, _ ways: RecordWays, _ figures: inout ExchangeFigures
    ) -> [UInt16] {
        var refusals: [UInt16] = []
        for revision in ways.revisions(record) {
            let known = refusals.count
            for hop in ways.hops.indices {
                let passage = ways.passage(record, revision, hop)
                guard passage.isSent || passage.isReceived else { continue }
                count(passage, ways, hop, &figures.hops[hop])
                // Of a refusal that one of them notes after the other, both have a leaf: it is one.
                let isDecisive = deciders.contains(ways.hops[hop].reader) && refusals.count == known
                if isDecisive, passage.decision == .refused { refusals.append(passage.reason) }
                if isDecisive, passage.decision == .unreadable, ways.hops[hop].type == .facilityRecord,
                    isCorrected(record, revision, ways)
                {
                    refusals.append(passage.reason)
                }
            }
            countResubmission(record, revision, ways, &figures)
        }
        for reason in refusals { ever[reason, default: 0] += 1 }
        return refusals
    }

    private mutating func count(
        _ passage: RecordWays.Passage, _ ways: RecordWays, _ hop: Int, _ figures: inout HopFigures
    ) {
        if passage.isSent { figures.sent += 1 }
        if passage.isReceived {
            figures.received += 1
            if passage.isSent {
                latencies[hop].note(passage.receivedAt &- passage.sentAt)
            } else {
                figures.ahead += 1
            }
        } else {
            figures.pending += 1
            if ways.isInOutbox(passage) { figures.inOutbox += 1 }
        }
        switch passage.decision {
        case .refused: figures.refused += 1
        case .notAddressed: figures.notAddressed += 1
        default: break
        }
    }

    private func isCorrected(_ record: Int, _ revision: Int, _ ways: RecordWays) -> Bool {
        ways.hop(.correction).map { ways.passage(record, revision, $0).isSent } ?? false
    }

    private mutating func countResubmission(
        _ record: Int, _ revision: Int, _ ways: RecordWays, _ figures: inout ExchangeFigures
    ) {
        guard let intake = ways.hop(.facilityRecord), let back = ways.hop(.correction) else {
            return
        }
        let correction = ways.passage(record, revision, back)
        if correction.isSent { figures.throughput.note(\.refused, at: correction.sentAt) }
        guard revision > 1, ways.passage(record, revision, intake).isSent else { return }
        let before = ways.passage(record, revision - 1, back)
        guard before.isSent || before.isReceived else { return }
        figures.quality.resubmitted += 1
        if before.isSent { toResubmission.note(ways.passage(record, revision, intake).sentAt &- before.sentAt) }
    }

    /// When the record was first seen, and whether its sender says so.
    private func firstSent(_ record: Int, _ ways: RecordWays) -> (time: Int64, isSubmission: Bool)? {
        guard let intake = ways.hop(.facilityRecord) else { return nil }
        for revision in ways.revisions(record) {
            let passage = ways.passage(record, revision, intake)
            if passage.isSent { return (passage.sentAt, revision == 1) }
            if passage.isReceived { return (passage.receivedAt, revision == 1) }
        }
        return nil
    }

    private mutating func countCycle(
        _ record: Int, _ ways: RecordWays, _ first: Int64?, _ figures: inout ExchangeFigures
    ) {
        let localities = ways.hops.indices.filter { hop in
            ways.hops[hop].type == .bookEntry && roles[ways.hops[hop].reader] == .locality
        }
        for revision in ways.revisions(record) {
            // Where one serves all beside those who serve their own, the first that has it.
            let entries = localities.map { ways.passage(record, revision, $0) }.filter { $0.decision == .accepted }
            if let entry = entries.min(by: { $0.receivedAt < $1.receivedAt }) {
                figures.throughput.note(\.shared, at: entry.receivedAt)
                if let first { cycle.note(entry.receivedAt &- first) }
                guard revision > 1, let back = ways.hop(.correction) else { continue }
                let correction = ways.passage(record, 1, back)
                if correction.isSent { toCorrected.note(entry.receivedAt &- correction.sentAt) }
            }
        }
    }

    private mutating func wait(
        _ record: Int, _ ways: RecordWays, since: (time: Int64, isSubmission: Bool)?, _ figures: inout ExchangeFigures
    ) {
        let age = max(0, figures.at &- (since?.time ?? figures.at))
        ages.note(age)
        let (place, standsSince) = Waiting.place(record, ways, undecidedAt: bookkeeper)
        let group = AgeClass(milliseconds: age).rawValue
        figures.pendingHistogram[group] += 1
        if place.cause == .agreement, let hop = place.hop { figures.hops[hop].held += 1 }
        var entry = waiting[place] ?? (DurationCounts(), Array(repeating: 0, count: AgeClass.allCases.count), nil)
        entry.since = [entry.since, standsSince].compactMap(\.self).min()
        entry.ages.note(age)
        entry.histogram[group] += 1
        waiting[place] = entry
    }

    private mutating func countFacility(
        _ phase: RecordPhase, _ place: RecordFacility?, isCorrected: Bool, _ refusals: [UInt16], pendingSince: Int64?
    ) {
        let code = place.map { $0.code ?? FacilityFigures.erased } ?? FacilityFigures.unknown
        var entry = facilities[code] ?? FacilityFigures(facility: code)
        entry.submitted += 1
        switch phase {
        case .shared:
            entry.shared += 1
            entry.corrected += isCorrected ? 1 : 0
        case .refused: entry.refused += 1
        case .pending, .held:
            entry.pending += 1
            entry.pendingSince = [entry.pendingSince, pendingSince].compactMap(\.self).min()
        case .withdrawn: entry.withdrawn += 1
        }
        for reason in refusals { entry.refusals[Self.text(reason), default: 0] += 1 }
        facilities[code] = entry
    }

    /// Puts what was gathered over all turns into the figures.
    mutating func finish(_ known: any RecordFacilities, _ figures: inout ExchangeFigures) {
        for hop in figures.hops.indices { figures.hops[hop].latency = latencies[hop].figures }
        figures.cycle = cycle.figures
        figures.quality.toResubmission = toResubmission.figures
        figures.quality.toCorrected = toCorrected.figures
        figures.pendingAges = ages.figures
        figures.waiting = waiting.compactMap { place, entry in
            entry.ages.figures.map {
                WaitingFigures(
                    party: place.party.map { names[$0] } ?? "", cause: place.cause,
                    type: place.type.map { "\($0)" } ?? "", since: entry.since, ages: $0, histogram: entry.histogram)
            }
        }.sorted { (-$0.ages.count, $0.party, $0.cause, $0.type) < (-$1.ages.count, $1.party, $1.cause, $1.type) }
        figures.reasons = Set(standing.keys).union(ever.keys).sorted().map {
            ReasonFigures(code: Self.text($0), standing: standing[$0] ?? 0, ever: ever[$0] ?? 0)
        }
        figures.facilities = facilities.values.sorted { ($1.submitted, $0.facility) < ($0.submitted, $1.facility) }
        for place in figures.facilities.indices {
            figures.facilities[place].name = known.name(ofFacility: figures.facilities[place].facility)
        }
        figures.provinces = ProvinceFigures.all(figures.facilities)
        figures.service = service.figures
    }

    private static func text(_ reason: UInt16) -> String {
        ReasonCode(rawValue: reason)?.text ?? "reason \(reason)"
    }
}
