import C06Party
import CoreTestSupport
import ExchangeSchema
import FacilityParty
import LocalityParty
import MoHParty
import PartyCore
import SyntheticPopulation
import VSSParty
import Vocabulary

/// All five cores on a bus that, given a seed, delivers messages in any order, again, and again much later.
struct MemoryExchange {
    var facility: Rig<FaultySender<FacilityCore<ListedVisits>>>
    var moh: Rig<MoHCore>
    var vss: Rig<VSSCore<SampleRegister>>
    var c06: Rig<C06Core<SampleRegister>>
    var locality = Rig(LocalityCore())
    /// Localities that serve some provinces each, beside the one that serves all.
    var provincial: [Rig<LocalityCore>]
    /// Every message that was sent, once for each identifier.
    private(set) var sent: [MessageIdentifier: SentMessage] = [:]
    /// Whether facilities send to VSS, and VSS hands on to MoH.
    private let isSince2026: Bool
    private var waiting: [SentMessage] = []
    private var delivered: [SentMessage] = []

    init(
        _ source: ListedVisits, isSince2026: Bool = false, gate: AgreementGate? = nil,
        register: SampleRegister = SampleRegister(), changes: (any CivilChanges)? = nil,
        provincial: [Set<String>] = [],
        faults: @escaping @Sendable (OutgoingMessage) -> SendingFault? = { _ in nil }
    ) {
        facility = Rig(
            FaultySender(
                FacilityCore(source: source, pace: SubmissionPace(maximumPending: 20)), fault: faults))
        moh = Rig(MoHCore(duties: isSince2026 ? .moh2026 : .moh2024, handsOver: !provincial.isEmpty))
        vss = Rig(VSSCore(registry: register, duties: isSince2026 ? .vss2026 : .vss2024))
        self.provincial = provincial.map { Rig(LocalityCore(provinces: $0)) }
        self.isSince2026 = isSince2026
        let desk = gate.map { AgreementDesk(party: "c06", agreements: [$0]) }
        c06 = Rig(
            C06Core(registry: register, gate: gate, agreements: desk ?? .none, changes: changes),
            keys: SampleKeys.keys(of: "c06"))
    }

    /// Runs until nothing moves.
    mutating func run(disorder: inout SeededGenerator) throws {
        while try step({ $0 == 0 ? 0 : Int.random(in: 0..<$0, using: &disorder) }) {
            guard let copy = delivered.randomElement(using: &disorder), Int.random(in: 0..<3, using: &disorder) == 0
            else { continue }
            waiting.append(copy)
            // Late copies end somewhere: what was delivered long ago is forgotten by the bus.
            if delivered.count > 40 { delivered.remove(at: Int.random(in: 0..<20, using: &disorder)) }
            if waiting.count > 400 { try drain() }
        }
    }

    /// Runs until nothing moves, every message once and in the order of sending.
    mutating func runInOrder() throws {
        while try step({ _ in 0 }) {}
    }

    /// Puts a message on the bus.
    mutating func publish(_ message: SentMessage) { waiting.append(message) }

    private mutating func drain() throws {
        while !waiting.isEmpty { try deliver(waiting.removeFirst()) }
    }

    /// Lets the parties act, and delivers one message, chosen by its place among the waiting.
    private mutating func step(_ choose: (Int) -> Int) throws -> Bool {
        try facility.advance(budget: 7)
        try vss.advance(budget: 5)
        try c06.advance(budget: 3)
        try moh.advance(budget: 3)
        collect()
        guard !waiting.isEmpty else { return false }
        try deliver(waiting.remove(at: choose(waiting.count)))
        return true
    }

    private mutating func deliver(_ message: SentMessage) throws {
        switch message.head.type {
        case .facilityRecord where isSince2026: try vss.receive(message)
        case .facilityRecord, .assessedRecord, .assessment, .identityResult, .civilStatus,
            .assessmentFeedback, .historyRequest:
            try moh.receive(message)
        case .acceptedRecord: try vss.receive(message)
        case .identityCheck, .agreementSignature: try c06.receive(message)
        case .correction, .sharingNotice, .insuranceNotice, .sharedHistory: try facility.receive(message)
        case .bookEntry, .bookHandover, .provinceCoverage:
            try locality.receive(message)
            for place in provincial.indices { try provincial[place].receive(message) }
        }
        delivered.append(message)
        collect()
    }

    private mutating func collect() {
        let new = facility.takeSent() + moh.takeSent() + vss.takeSent() + c06.takeSent() + locality.takeSent()
        for message in new { sent[message.head.message] = message }
        waiting += new
    }

    /// Figures of all parties, without those that copies may change.
    var ledgers: [Ledger] {
        [facility.ledger, moh.ledger, vss.ledger, c06.ledger, locality.ledger].map(\.withoutNoise)
    }

    /// MoH's states. Whether an answer came just before or just after the refusal by another is left out.
    var mohRecords: [RecordIdentifier: MoHRecord] {
        moh.state.records.mapValues { record in
            var record = record
            if record.phase == .refused { (record.assessment, record.identity) = (nil, nil) }
            return record
        }
    }

    /// Counts the rows of every party against its ledger.
    func checkRows() throws {
        try facility.checkRows()
        try moh.checkRows()
        try vss.checkRows()
        try c06.checkRows()
        try locality.checkRows()
        for locality in provincial { try locality.checkRows() }
    }
}
