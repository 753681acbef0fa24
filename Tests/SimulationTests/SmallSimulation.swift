import C06Party
import CoreTestSupport
import ExchangeSchema
import FacilityParty
import HealthBook
import HostMachine
import LocalityParty
import MoHParty
import PartyCore
import Simulation
import VSSParty
import Vocabulary

/// One visit for each way in which a record can go.
enum Outcome: String, CaseIterable, Sendable {
    case shared, refusedByMoH, refusedByVSS, refusedByC06, correctedAfterMoH, correctedAfterVSS, correctedAfterC06
    case heldAndReleased, amended, amendmentRefused, withdrawn, amendedAndWithdrawn
    case amendedOnItsWay, withdrawnOnItsWay, heldAndWithdrawn
    /// With tables that stop at one party or another.
    case sharedWithTables
    /// A vaccination, of which VSS and the tables know nothing; and one that is refused first.
    case vaccinated, correctedVaccination
    /// A health check; and one that is refused first.
    case examined, correctedHealthCheck

    var isShared: Bool {
        switch self {
        case .refusedByMoH, .refusedByVSS, .refusedByC06: false
        default: !isWithdrawn
        }
    }

    var isWithdrawn: Bool {
        switch self {
        case .withdrawn, .amendedAndWithdrawn, .withdrawnOnItsWay, .heldAndWithdrawn: true
        default: false
        }
    }

    /// Routes on which every point is gone through. Two outcomes, each on one route, stand for all that amends and withdraws:
    /// each takes as long as any other.
    var crashedRoutes: [SmallRoute] {
        switch self {
        case .amendmentRefused: [.since2024]
        case .amendedAndWithdrawn: [.since2026]
        default: changes.isEmpty ? SmallRoute.allCases : []
        }
    }

    /// What the facility changes by itself.
    var changes: [ListedVisits.Change] {
        switch self {
        case .amended, .amendmentRefused: [.init(.amended, .onceShared)]
        case .amendedOnItsWay: [.init(.amended, .onceSubmitted)]
        case .withdrawn: [.init(.withdrawn(reason: "x"), .onceShared)]
        case .withdrawnOnItsWay, .heldAndWithdrawn: [.init(.withdrawn(reason: "x"), .onceSubmitted)]
        case .amendedAndWithdrawn:
            [.init(.amended, .onceShared), .init(.withdrawn(reason: "x"), .onceShared, revision: 2)]
        default: []
        }
    }

    /// The revisions of the visit.
    var revisions: [VisitContent] {
        let good =
            switch self {
            case .vaccinated, .correctedVaccination: SampleVisit.vaccination(.sample(7), of: SamplePeople.an)
            case .examined, .correctedHealthCheck: SampleVisit.healthCheck(.sample(7), of: SamplePeople.an)
            default: SampleVisit(.sample(7), of: SamplePeople.an)
            }
        var bad = good
        switch self {
        case .shared, .heldAndReleased, .withdrawn, .withdrawnOnItsWay, .heldAndWithdrawn, .sharedWithTables,
            .vaccinated, .examined:
            return [good.content]
        case .amended, .amendedOnItsWay, .amendedAndWithdrawn:
            bad.clinical.maBenhChinh = "I10"
            return [good.content, bad.content]
        case .amendmentRefused:
            bad.clinical.maBenhChinh = "?"
            return [good.content, bad.content]
        case .refusedByMoH, .correctedAfterMoH: bad.clinical.maBenhChinh = "?"
        case .refusedByVSS, .correctedAfterVSS: bad.insurance.gtTheDen = "20250630"
        case .refusedByC06: bad = SampleVisit(.sample(7), of: SamplePeople.cuong)
        case .correctedVaccination: bad.clinical.vaccination.soMui = "9"
        case .correctedHealthCheck: bad.clinical.healthCheck.xml12PhanLoaiSk = "9"
        case .correctedAfterC06:
            bad.insurance.maTheBhyt = ""
            bad.administrative.soCccd = "001085999999"
        }
        return rawValue.hasPrefix("corrected") ? [bad.content, good.content] : [bad.content]
    }

    /// The agreement that C06's answers wait for; in force from the start but where a record is held.
    var gate: AgreementGate? {
        self == .heldAndReleased || self == .heldAndWithdrawn
            ? AgreementGate(agreement: "regulation", signatories: ["moh", "vss"], signedAtStart: ["moh"]) : nil
    }

    /// What VSS signs when C06 holds an answer.
    var signatures: [SimulatedSignature] {
        guard self == .heldAndReleased else { return [] }
        var signature = AgreementSignature()
        signature.agreement = "regulation"
        signature.party = "vss"
        return [SimulatedSignature(signature: signature) { ($0["c06"]?.held ?? 0) > 0 }]
    }
}

/// The two routes: which way a record goes through the five parties.
enum SmallRoute: String, CaseIterable, Sendable {
    case since2024 = "2024-04"
    case since2026 = "2026-07"

    var topics: [(String, MessageType, [String])] {
        let ends: [(String, MessageType, [String])] = [
            ("c06.identity-results", .identityResult, ["moh"]),
            ("moh.book-entries", .bookEntry, ["locality"]), ("moh.answers", .sharingNotice, ["facility"]),
            ("corrections", .correction, ["facility"]),
            ("exchange.agreements", .agreementSignature, ["moh", "vss", "c06"]),
        ]
        return switch self {
        case .since2024:
            [
                ("facility.records", .facilityRecord, ["moh"]), ("moh.records", .acceptedRecord, ["vss"]),
                ("vss.assessments", .assessment, ["moh"]), ("identity-checks", .identityCheck, ["c06"]),
            ] + ends
        case .since2026:
            [
                ("facility.records", .facilityRecord, ["vss"]), ("vss.assessed-records", .assessedRecord, ["moh"]),
                ("identity-checks", .identityCheck, ["c06"]),
            ] + ends
        }
    }

    var moh: Duties { self == .since2024 ? .moh2024 : .moh2026 }
    var vss: Duties { self == .since2024 ? .vss2024 : .vss2026 }
}

/// Five parties and one visit.
struct SmallSimulation {
    static let parties = ["facility", "moh", "vss", "c06", "locality"]
    static let auditor = "auditor"

    /// An auditor sees messages and not what becomes of a record: it takes part where all kinds of them cross.
    var hasAuditor: Bool { outcome == .shared || outcome == .heldAndReleased }
    /// All that run.
    var names: [String] { Self.parties + (hasAuditor ? [Self.auditor] : []) }

    /// Topics that a party reads.
    func reads(_ party: String) -> [String] { topics.filter { $0.2.contains(party) }.map(\.0) }

    private var topics: [(String, MessageType, [String])] {
        guard change != nil else { return route.topics }
        return route.topics + [
            ("c06.civil-status", .civilStatus, ["moh"]), ("moh.book-handovers", .bookHandover, ["locality"]),
        ]
    }

    let outcome: Outcome
    var route = SmallRoute.since2024
    /// What happens to the visit's person, and C06 reports once it was asked; nil for nothing.
    var change: CivilChange?
    /// Tables of the visit.
    var tables: [RecordPart] { carried ?? (outcome == .sharedWithTables ? [.xml6, .xml8, .xml11] : []) }
    /// Tables of the visit in place of those of its outcome.
    var carried: [RecordPart]?
    /// Who may have which: as the shipped topologies say, XML6 nobody behind MoH.
    var releases: Releases {
        let all = RecordPartSet.blocks.union(.tables)
        let shown = RecordPartSet.blocks.union(RecordPartSet([.xml8]))
        return Releases([
            .moh: all, .vss: route == .since2024 ? RecordPartSet([.administrative, .insurance, .xml11]) : all,
            .locality: shown, .book: shown,
        ])
    }
    /// What MoH is told by hand; it keeps books where it is told anything.
    var commands: [SimulatedCommand] = []
    /// What becomes of what is sent.
    var fate: @Sendable (_ party: String, _ chunk: Int64) -> DeliveryFate = Self.troubled

    /// Every first delivery of a party fails although it was stored, every second is lost, so that what is sent again is
    /// among what is crashed at.
    @Sendable private static func troubled(_ party: String, _ chunk: Int64) -> DeliveryFate {
        chunk == 1 ? .storedAndFailed : chunk == 2 ? .lost : chunk.isMultiple(of: 3) ? .confirmedLate : .confirmed
    }

    func run(
        crash: CrashPoint? = nil, guest: @escaping @Sendable (String) -> (any ActionGuest)? = { _ in nil },
        isSigned: Bool = true
    ) throws -> SimulationResult {
        var exchange = SimulatedExchange(
            topics: topics.map { .init(name: $0.0, type: $0.1, partitions: 2, readers: $0.2) }, seed: 7,
            startsAt: 1_000_000)
        exchange.fate = fate
        exchange.crash = crash
        exchange.guest = guest
        if !commands.isEmpty { exchange.readModel = { $0 == "moh" ? HealthBooks() : nil } }
        var source = ListedVisits([
            outcome.revisions.map { content in
                var content = content
                content.tables = SampleTables.tables(tables)
                return content
            }
        ])
        if !outcome.changes.isEmpty { source.changes[0] = outcome.changes }
        exchange.add(
            FacilityCore(
                source: source,
                pace: SubmissionPace(maximumPending: 10, recordsPerSecond: nil),
                releasing: releases[route == .since2024 ? .moh : .vss]), named: "facility")
        func desk(_ party: String) -> AgreementDesk {
            AgreementDesk(party: party, agreements: outcome.gate.map { [$0] } ?? [])
        }
        exchange.add(
            MoHCore(duties: route.moh, agreements: desk("moh"), handsOver: change != nil, releases: releases),
            named: "moh")
        exchange.add(
            VSSCore(registry: SampleRegister(), duties: route.vss, agreements: desk("vss"), releases: releases),
            named: "vss")
        exchange.add(
            C06Core(
                registry: register, gate: outcome.gate, agreements: desk("c06"),
                changes: change.map(OneChange.init)), named: "c06")
        exchange.add(LocalityCore(), named: "locality")
        if hasAuditor { exchange.addAuditor(named: Self.auditor) }
        return try exchange.run(signatures: isSigned ? outcome.signatures : [], commands: commands)
    }

    /// Whom C06 knows, with what it has to report.
    private var register: SampleRegister {
        var register = SampleRegister()
        guard let change, var person = register.people.values.first(where: { $0.citizenNumber == change.person }) else {
            return register
        }
        let number = person.citizenNumber
        person.unreported = UnreportedChange(index: 0, change: change)
        switch change.kind {
        case .moved(let from, let to):
            (person.residentProvince, person.formerProvince, person.movedOn) = (to, from, change.moment.date)
        case .reissued:
            (person.citizenNumber, person.isSuperseded, person.numberSince) = (
                change.citizenNumber, true, change.moment.date
            )
        case .died: person.death = change.moment
        case .missing: person.missingSince = change.moment.date
        }
        register.people[number] = person
        return register
    }
}

/// The one change that there is, due once C06 was asked.
private struct OneChange: CivilChanges {
    let only: CivilChange
    var count: Int64 { 1 }
    func isDue(_ index: Int64, afterChecks checks: Int64) -> Bool { checks > index }
    func change(_ index: Int64) -> CivilChange? { only }
}

extension CivilChange {
    /// The number that the person had before it.
    fileprivate var person: CitizenNumber {
        if case .reissued(let former) = kind { former } else { citizenNumber }
    }
}
