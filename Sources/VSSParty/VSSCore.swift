public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// Vietnam Social Security: assesses the insurance side of a record, and passes on what stands. Where records come from
/// and where they go, the topology decides (``Vocabulary/Duties``).
///
/// From MoH, which has accepted the record, and to which it answers:
///
/// | event                         | record is             | what happens                                              |
/// |-------------------------------|-----------------------|-----------------------------------------------------------|
/// | record, card usable           | new, reopened         | shared; Assessment covered to MoH, IdentityCheck to C06    |
/// | record, no card               | new, reopened         | shared; Assessment not insured, IdentityCheck to C06       |
/// | record, card not usable       | new, reopened         | refused with the card-check code; Assessment refused to MoH|
/// | record that cannot be read    | any                   | dead letter                                                |
/// | withdrawal                    | any                   | withdrawn; to C06 where a check has gone there             |
/// | copies and late messages      | any                   | no effect (``PartyCore/RevisionTable``)                    |
///
/// From the facility, to which it returns what it refuses:
///
/// | event                          | record is            | what happens                                               |
/// |--------------------------------|----------------------|------------------------------------------------------------|
/// | record, card usable or no card | new, reopened        | shared; AssessedRecord to MoH                               |
/// | record, card not usable        | new, reopened        | refused with the card-check code; Correction                |
/// | a block cannot be read         | new, reopened        | refused `vss.unreadable`; Correction                        |
/// | record that cannot be read     | not known, next      | refused `vss.unreadable`; Correction; dead letter           |
/// | record without readable attributes | any              | refused `vss.unreadable`; dead letter                       |
/// | any of the refusals above      | passed on before     | the same, and a note to MoH that it has not the latest      |
/// | withdrawal                     | any                  | withdrawn; to MoH where the record has gone there           |
/// | copies and late messages       | any                  | no effect (``PartyCore/RevisionTable``)                     |
///
/// By itself:
///
/// | event                              | record is            | what happens                                           |
/// |------------------------------------|----------------------|--------------------------------------------------------|
/// | the time of the review has come    | shared               | AssessmentFeedback to MoH; stays shared                 |
/// | the same, a later revision is here | any                  | no effect: the feedback was about an earlier one        |
///
/// "Shared" at VSS means: passed on.
public struct VSSCore<Registry: InsuranceRegistry>: Party {
    /// What the party remembers of one record.
    public typealias Record = VSSRecord

    let intake: MessageType?
    /// Whether it may speak of a visit after it has assessed it.
    let givesFeedback: Bool
    /// Milliseconds from the assessment to the review.
    let reviewAfter: Int64
    let cardCheck: CardCheck<Registry>
    /// What of a visit MoH may have.
    let releasedToMoH: RecordPartSet
    /// Whether it remembers the latest visits of each card's holder, for those who look the card up.
    let remembersVisits: Bool
    private let agreements: AgreementDesk

    /// Always `vss`.
    public var party: PartyRole { .vss }

    /// VSS with the register of insured people that it looks into.
    /// - Parameters:
    ///   - duties: Where records come from and where they go.
    ///   - agreements: What it hears of signatures, and signs itself.
    ///   - reviewAfter: Milliseconds from the assessment to the review, from 0. The deadlines are 48 hours and 7 working
    ///     days.
    ///   - releases: Who may have which tables.
    ///   - remembersVisits: Whether it remembers the latest visits of each card's holder, for those who look the card up.
    public init(
        registry: Registry, duties: Duties, agreements: AgreementDesk = .none, reviewAfter: Int64 = 0,
        releases: Releases = .blocksOnly, remembersVisits: Bool = false
    ) {
        self.remembersVisits = remembersVisits
        releasedToMoH = releases[.moh]
        self.agreements = agreements
        self.reviewAfter = max(0, reviewAfter)
        givesFeedback = duties.adds == .assessmentFeedback
        cardCheck = CardCheck(registry: registry)
        intake = duties.intake
    }

    /// Handles a record from MoH or from a facility.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == VSSRecord {
        if head.type == .agreementSignature { return try agreements.receive(payload, in: &turn) }
        guard head.type == intake else { return Verdict(.notAddressed) }
        return head.type == .facilityRecord
            ? try receiveSubmission(head, payload, in: &turn) : try receiveAccepted(head, payload, in: &turn)
    }

    /// Signs agreements, and looks cards up.
    public func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == VSSRecord {
        switch command.kind {
        case .signAgreement: agreements.sign(command, in: &turn)
        case .checkCards: try checkCards(command, in: &turn)
        default: .notForThisParty
        }
    }

    /// Notes that a pending record is taken back.
    func markWithdrawn<State: PartyState>(
        _ identifier: RecordIdentifier, revision: UInt32, _ held: VSSRecord?, in turn: inout Turn<State>
    ) -> Verdict where State.Record == VSSRecord {
        leave(held, in: &turn)
        var record = VSSRecord(phase: .withdrawn, revision: revision, assessedAt: turn.now)
        record.isPassedOn = held?.isPassedOn == true
        turn.state.set(record, for: identifier)
        turn.ledger.withdraw()
        turn.figures.notices.takenIn += 1
        if record.isPassedOn { turn.figures.notices.sent += 1 }
        return Verdict(.withdrawn, .facilityWithdrew)
    }

    /// Sends feedback whose time has come.
    public func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == VSSRecord {
        let next = turn.figures.feedback.nextAt
        guard next > 0, next <= turn.now else { return false }
        return try review(in: &turn, budget: budget)
    }
}
