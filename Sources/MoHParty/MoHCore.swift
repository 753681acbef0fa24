public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// The Ministry of Health: takes records in from facilities, has them assessed and identified, and puts those that
/// pass into the citizen's book. What does not pass goes back to the facility as a correction.
///
/// Where records come from and where they go, the topology decides (``Vocabulary/Duties``): from facilities, or from VSS
/// with its assessment.
///
/// | event                                   | record is          | what happens                                     |
/// |-----------------------------------------|--------------------|--------------------------------------------------|
/// | record of a facility, rules hold        | new, reopened      | pending; AcceptedRecord to VSS                    |
/// | assessed record, rules hold             | new, reopened      | pending; assessment noted; IdentityCheck to C06   |
/// | the same of a vaccination               | new, reopened      | the same, by ``VaccinationRules``: without insurance |
/// | the same of a health check              | new, reopened      | the same, by ``HealthCheckRules``: without insurance |
/// | record, a rule is broken                | new, reopened      | refused; Correction to the facility               |
/// | record of a facility, cannot be read    | not known, next    | refused `moh.unreadable`; Correction; dead letter |
/// | the same, without readable attributes   | any                | refused `moh.unreadable`; dead letter             |
/// | assessed record that cannot be read     | any                | dead letter                                       |
/// | assessment covered or not insured       | pending            | noted; shared when C06 has matched                |
/// | assessment refused                      | pending            | refused `vss.…`; Correction                       |
/// | identity match                          | pending            | noted; shared when VSS has assessed               |
/// | the same, dead or renumbered before it  | pending            | refused `c06.…` by date (``IdentityByDate``)       |
/// | identity anything else                  | pending            | refused `c06.…`; Correction                       |
/// | both answers positive                   | pending            | shared; BookEntry to the locality, notice to the facility |
/// | change of civil status                  | any                | noted of the person, newest by date               |
/// | a turn, somebody moved or was renumbered| shared             | BookHandover to the old and the new province      |
/// | feedback of VSS                         | pending            | noted; InsuranceNotice once the record is shared  |
/// | feedback of VSS                         | shared             | noted, stays shared; InsuranceNotice              |
/// | feedback of VSS                         | refused            | noted                                             |
/// | feedback of VSS, an earlier revision    | any                | counted as heard                                  |
/// | feedback of VSS, a later revision       | any                | kept until that one comes (from VSS)              |
/// | a later revision                        | shared             | pending; the entry stays until it is decided      |
/// | the same, refused by anybody            | pending, in a book | shared in the earlier revision; Correction        |
/// | note of VSS that it refused a revision  | passed on before   | refused, or shared as above; no Correction        |
/// | withdrawal                              | any                | withdrawn; BookEntry without it where it was in a book, and word to whom it was passed on |
/// | request for a patient's shared history  | none               | SharedHistory to the facility, by the book (`HistoryRequests.swift`) |
/// | copies, late and reordered messages     | any                | no effect (``PartyCore/RevisionTable``)           |
public struct MoHCore: Party {
    /// What the party remembers of one record.
    public typealias Record = MoHRecord

    /// Always `moh`.
    public var party: PartyRole { .moh }

    private let intake: MessageType?
    /// Whether the assessment is still to be asked for, or comes with the record.
    let awaitsAssessment: Bool
    /// Whether VSS may speak of a visit after it has assessed it.
    private let hearsFeedback: Bool
    private let agreements: AgreementDesk

    /// Whether records pass on to where their people move: whether anybody hears of it.
    let handsOver: Bool

    /// Who may have which parts of a visit.
    let releases: Releases
    /// Whether localities are told how many of their residents have a book: whether there is a topic for it.
    let tellsCoverage: Bool

    /// The facilities that it knows; nil where it takes records of any.
    let facilities: (any FacilityRegistry)?

    /// MoH.
    /// - Parameters:
    ///   - duties: Where records come from and where they go.
    ///   - agreements: What it hears of signatures, and signs itself.
    ///   - facilities: The register of facilities; nil where records of any are taken.
    ///   - handsOver: Whether localities are told of records that pass on because somebody moves or is renumbered.
    ///   - tellsCoverage: Whether localities are told how many of their residents have a book.
    ///   - releases: Who may have which parts of a visit.
    public init(
        duties: Duties, agreements: AgreementDesk = .none, facilities: (any FacilityRegistry)? = nil,
        handsOver: Bool = false, tellsCoverage: Bool = false, releases: Releases = .blocksOnly
    ) {
        self.releases = releases
        self.agreements = agreements
        self.handsOver = handsOver
        self.tellsCoverage = tellsCoverage
        self.facilities = facilities
        intake = duties.intake
        awaitsAssessment = duties.awaits.contains(.assessment)
        hearsFeedback = duties.hears == .assessmentFeedback
    }

    /// Handles a record, or an answer of VSS or C06.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == MoHRecord {
        switch head.type {
        case .facilityRecord where intake == .facilityRecord: try receiveRecord(head, payload, in: &turn)
        case .assessedRecord where intake == .assessedRecord: try receiveAssessed(head, payload, in: &turn)
        case .assessment where awaitsAssessment: try receiveAssessment(head, payload, in: &turn)
        case .identityResult: try receiveIdentity(head, payload, in: &turn)
        case .assessmentFeedback where hearsFeedback: try receiveFeedback(head, payload, in: &turn)
        case .agreementSignature: try agreements.receive(payload, in: &turn)
        case .civilStatus: try receiveChange(head, payload, in: &turn)
        case .historyRequest: try receiveHistoryRequest(head, payload, in: &turn)
        default: Verdict(.notAddressed)
        }
    }

    /// Hands records over whose people have moved or have another number.
    public func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == MoHRecord {
        turn.figures.civil.due.isEmpty ? false : try handOver(in: &turn)
    }

    /// Signs agreements, opens books for people before any visit, says what a reader may have of a book, and writes down what
    /// its axis found.
    public func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == MoHRecord {
        switch command.kind {
        case .signAgreement: agreements.sign(command, in: &turn)
        case .enrolPeople: try openBooks(command, in: &turn)
        case .readBook: try readBook(command, in: &turn)
        case .noteVerdicts: try noteVerdicts(command, in: &turn)
        default: .notForThisParty
        }
    }

    /// Refuses a pending record and tells the facility.
    func refuse<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: MoHRecord, _ refusal: Refusal, by party: RefusingParty,
        facilityCode: String, in turn: inout Turn<State>
    ) -> Verdict where State.Record == MoHRecord {
        let correction = refusal.correction(
            of: identifier, revision: record.revision, facilityCode: facilityCode, by: party, at: turn.now)
        turn.effects.send(correction, record: identifier, revision: record.revision, key: facilityCode)
        turn.effects.changeByLastMessage(
            .refusal, subject: 0, record: identifier, revision: record.revision, at: turn.now)
        return refuse(identifier, record, refusal.reason, in: &turn)
    }

    /// Refuses a pending record. What stands in a book stays there: only its amendment is refused.
    func refuse<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: MoHRecord, _ reason: ReasonCode, in turn: inout Turn<State>
    ) -> Verdict where State.Record == MoHRecord {
        var record = record
        turn.state.drop(record.keptAt)
        record.keptAt = 0
        record.reason = reason.rawValue
        if record.book == nil {
            record.phase = .refused
            turn.ledger.refuse(reason)
        } else {
            record.phase = .shared
            turn.ledger.share()
            turn.figures.book.fallBack()
        }
        turn.state.set(record, for: identifier)
        return Verdict(.refused, reason)
    }
}
