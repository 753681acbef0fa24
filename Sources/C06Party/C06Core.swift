public import ExchangeSchema
public import PartyCore
public import Vocabulary

/// C06: says whether number, name and birth date are one registered person. It answers MoH only while the agreement on
/// its hop is in force; until then it keeps its answers, counted and aged.
///
/// | event                        | record is      | agreement    | what happens                                  |
/// |------------------------------|----------------|--------------|-----------------------------------------------|
/// | check                        | new, reopened  | in force     | shared or refused; IdentityResult to MoH      |
/// | check                        | new, reopened  | not in force | held; the answer is kept                      |
/// | check, later revision        | held           | not in force | the kept answer is replaced                   |
/// | check that takes it back     | any            | any          | withdrawn; a kept answer is dropped           |
/// | signature                    | any            | any          | checked and noted (``PartyCore/AgreementDesk``)|
/// | a turn, a change is due      | any            | in force     | CivilStatusChange to MoH                      |
/// | a turn, agreement in force   | held           | in force     | shared or refused; the kept answer goes to MoH|
/// | copies and late messages     | any            | any          | no effect (``PartyCore/RevisionTable``)       |
///
/// "Shared" at C06 means: answered with a match; "refused": answered with anything else. A person who has died, or whose
/// number was issued anew, is a match: C06 says so with the date, and MoH decides by the date of the visit.
public struct C06Core<Registry: PopulationRegistry>: Party {
    /// What the party remembers of one record.
    public typealias Record = C06Record

    private let matching: IdentityMatching<Registry>
    private let gate: AgreementGate?
    private let agreements: AgreementDesk
    private let reports: ChangeReports?

    /// Always `c06`.
    public var party: PartyRole { .c06 }

    /// C06 with the population it looks into.
    /// - Parameters:
    ///   - gate: The agreement that must be in force before it answers; nil for none.
    ///   - agreements: What it hears of signatures, and signs itself.
    ///   - changes: What it has to report by itself; nil for nothing, and where nobody would hear it.
    public init(
        registry: Registry, gate: AgreementGate?, agreements: AgreementDesk = .none,
        changes: (any CivilChanges)? = nil
    ) {
        self.agreements = agreements
        reports = changes.map(ChangeReports.init)
        matching = IdentityMatching(registry: registry)
        self.gate = gate
    }

    /// Handles an identity check or a signature.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == C06Record {
        switch head.type {
        case .identityCheck:
            let check = try IdentityCheck(reading: payload, about: head.record)
            return try turn.arrival(of: check.revision, about: head.record) { held, turn in
                try examine(head, check, held: held, in: &turn)
            }
        case .agreementSignature:
            return try agreements.receive(payload, in: &turn)
        default:
            return Verdict(.notAddressed)
        }
    }

    /// Lets go of held answers, oldest first, once the agreement is in force, and reports the changes that are due.
    public func advance<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == C06Record {
        guard gate?.isInForce(bySignatures: turn.figures.signatures) ?? true else { return false }
        let hasMoreHeld = try release(in: &turn, budget: budget)
        let hasMoreToReport = try reports?.report(in: &turn, budget: budget) ?? false
        return hasMoreHeld || hasMoreToReport
    }

    private func release<State: PartyState>(
        in turn: inout Turn<State>, budget: Int
    ) throws -> Bool where State.Record == C06Record {
        guard turn.ledger.held > 0 else { return false }
        let entries = try turn.state.oldestKept(limit: budget)
        for entry in entries {
            turn.state.drop(entry.position)
            guard var record = try turn.state.record(entry.record), record.phase == .held,
                record.keptAt == entry.position
            else { continue }
            guard let kept = KeptAnswer(bytes: entry.bytes) else { throw DamagedAnswer(position: entry.position) }
            turn.ledger.held -= 1
            turn.cause = kept.cause
            record.keptAt = 0
            _ = answer(entry.record, record, in: &turn) { $0.write(encoded: kept.result) }
        }
        return entries.count == budget
    }

    /// Signs agreements.
    public func obey<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == C06Record {
        command.kind == .signAgreement ? agreements.sign(command, in: &turn) : .notForThisParty
    }

    private func examine<State: PartyState>(
        _ head: MessageHead, _ check: IdentityCheck, held: C06Record?, in turn: inout Turn<State>
    ) throws -> Verdict where State.Record == C06Record {
        if let held, held.phase == .held {
            turn.ledger.held -= 1
            turn.state.drop(held.keptAt)
        }
        if check.withdrawn {
            turn.state.set(C06Record(phase: .withdrawn, revision: check.revision), for: head.record)
            turn.ledger.withdraw()
            turn.figures.notices.takenIn += 1
            return Verdict(.withdrawn, .facilityWithdrew)
        }
        let finding = try matching.find(check, afterReports: turn.figures.civil.next)
        let result = finding.result(for: check, at: turn.now)
        var record = C06Record(phase: .pending, revision: check.revision, reason: finding.reason?.rawValue ?? 0)
        guard gate?.isInForce(bySignatures: turn.figures.signatures) ?? true else {
            record.phase = .held
            record.keptAt = turn.state.keep(
                KeptAnswer(cause: head.message, result: result.encoded).bytes, for: head.record, since: turn.now)
            turn.state.set(record, for: head.record)
            turn.ledger.held += 1
            return Verdict(.held, finding.reason)
        }
        return answer(head.record, record, in: &turn) { result.write(to: &$0) }
    }

    private func answer<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: C06Record, in turn: inout Turn<State>,
        writing write: (inout MessageWriter) -> Void
    ) -> Verdict where State.Record == C06Record {
        var record = record
        turn.effects.send(written: .identityResult, record: identifier, revision: record.revision, write)
        let reason = ReasonCode(rawValue: record.reason)
        record.phase = reason == nil ? .shared : .refused
        turn.state.set(record, for: identifier)
        if let reason {
            turn.ledger.refuse(reason)
            return Verdict(.refused, reason)
        }
        turn.ledger.share()
        return Verdict(.accepted)
    }
}
