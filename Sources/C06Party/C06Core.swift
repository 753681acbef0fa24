import ExchangeSchema
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
/// | signature                    | any            | any          | noted                                         |
/// | a turn, agreement in force   | held           | in force     | shared or refused; the kept answer goes to MoH|
/// | copies and late messages     | any            | any          | no effect (``PartyCore/RevisionTable``)       |
///
/// "Shared" at C06 means: answered with a match; "refused": answered with anything else.
public struct C06Core<Registry: PopulationRegistry>: Party {
    /// What the party remembers of one record.
    public typealias Record = C06Record

    private let matching: IdentityMatching<Registry>
    private let gate: AgreementGate?

    /// Always `c06`.
    public var party: PartyRole { .c06 }

    /// C06 with the population it looks into.
    /// - Parameter gate: The agreement that must be in force before it answers; nil for none.
    public init(registry: Registry, gate: AgreementGate?) {
        matching = IdentityMatching(registry: registry)
        self.gate = gate
    }

    /// Handles an identity check or a signature.
    public func receive<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == C06Record {
        switch head.type {
        case .identityCheck:
            return try receiveCheck(head, payload, state: &state, ledger: &ledger, now: now, effects: &effects)
        case .agreementSignature:
            guard let signature = try? AgreementSignature(decoding: payload) else { return unreadable(&ledger) }
            return gate?.receive(signature, ledger: &ledger) ?? Verdict(.notAddressed)
        default:
            return Verdict(.notAddressed)
        }
    }

    /// Lets go of held answers, oldest first, once the agreement is in force.
    public func advance<State: PartyState>(
        state: inout State, ledger: inout Ledger, now: Int64, budget: Int, effects: inout Effects
    ) throws -> Bool where State.Record == C06Record {
        guard ledger.held > 0, gate?.isInForce(ledger) ?? true else { return false }
        let entries = try state.oldestKept(limit: budget)
        for entry in entries {
            state.drop(entry.position)
            guard var record = try state.record(entry.record), record.phase == .held, record.keptAt == entry.position
            else { continue }
            guard let kept = KeptAnswer(bytes: entry.bytes) else { throw DamagedAnswer(position: entry.position) }
            ledger.held -= 1
            effects.cause = kept.cause
            record.keptAt = 0
            _ = answer(entry.record, record, encoded: kept.result, state: &state, ledger: &ledger, effects: &effects)
        }
        return entries.count == budget
    }

    private func receiveCheck<State: PartyState>(
        _ head: MessageHead, _ payload: RawSpan, state: inout State, ledger: inout Ledger, now: Int64,
        effects: inout Effects
    ) throws -> Verdict where State.Record == C06Record {
        guard let check = try? IdentityCheck(decoding: payload), RecordIdentifier(check.recordID) == head.record else {
            return unreadable(&ledger)
        }
        let held = try state.record(head.record)
        let age = held.map { RevisionAge(incoming: check.revision, held: $0.revision) } ?? .newer
        let step = RevisionTable.arrival(held?.phase, age, sharedIsFinal: false)
        if let verdict = ledger.note(step, previousReason: held?.reason ?? 0) { return verdict }
        if let held, held.phase == .held {
            ledger.held -= 1
            state.drop(held.keptAt)
        }
        let finding = matching.find(check)
        let result = finding.result(for: check, at: now).encoded
        var record = C06Record(phase: .pending, revision: check.revision, reason: finding.reason?.rawValue ?? 0)
        guard gate?.isInForce(ledger) ?? true else {
            record.phase = .held
            record.keptAt = state.keep(
                KeptAnswer(cause: head.message, result: result).bytes, for: head.record, since: now)
            state.set(record, for: head.record)
            ledger.held += 1
            return Verdict(.held, finding.reason)
        }
        return answer(head.record, record, encoded: result, state: &state, ledger: &ledger, effects: &effects)
    }

    private func answer<State: PartyState>(
        _ identifier: RecordIdentifier, _ record: C06Record, encoded: [UInt8], state: inout State,
        ledger: inout Ledger, effects: inout Effects
    ) -> Verdict where State.Record == C06Record {
        var record = record
        effects.send(encoded: encoded, as: .identityResult, record: identifier, revision: record.revision)
        let reason = ReasonCode(rawValue: record.reason)
        record.phase = reason == nil ? .shared : .refused
        state.set(record, for: identifier)
        if let reason {
            ledger.refuse(reason)
            return Verdict(.refused, reason)
        }
        ledger.share()
        return Verdict(.accepted)
    }

    private func unreadable(_ ledger: inout Ledger) -> Verdict {
        ledger.deadLetters += 1
        return Verdict(.unreadable)
    }
}
