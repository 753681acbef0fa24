public import ExchangeSchema

/// How every core begins once it has read a message about a record (`RecordMessage.init(decoding:about:)`): compare its
/// revision with the one held, and leave copies and late ones alone. What remains is the core's own rule.
extension Turn {
    /// A record arrives.
    /// - Parameters:
    ///   - revision: The revision that the message brings.
    ///   - examine: The core's rule, with the record as the party held it; nil for a new one. It must decide: the ledger
    ///     counts the record as pending already.
    /// - Throws: What the state and the rule throw.
    @inlinable
    public mutating func arrival(
        of revision: UInt32, about record: RecordIdentifier,
        _ examine: (State.Record?, inout Turn<State>) throws -> Verdict
    ) throws -> Verdict {
        let held = try state.record(record)
        let age = held.map { RevisionAge(incoming: revision, held: $0.revision) } ?? .newer
        let step = RevisionTable.arrival(held?.phase, age)
        if let verdict = ledger.note(step, previousReason: held?.reason ?? 0) { return verdict }
        return try examine(held, &self)
    }

    /// An answer arrives to something that the party sent.
    /// - Parameters:
    ///   - revision: The revision that the message answers.
    ///   - isAnswered: Whether the record has this answer already.
    ///   - apply: The core's rule, with the record.
    /// - Throws: What the state and the rule throw.
    @inlinable
    public mutating func answer(
        of revision: UInt32, about record: RecordIdentifier, isAnswered: (State.Record) -> Bool = { _ in false },
        _ apply: (State.Record, inout Turn<State>) throws -> Verdict
    ) throws -> Verdict {
        let held = try state.record(record)
        let age = RevisionAge(incoming: revision, held: held?.revision ?? 0)
        let step = RevisionTable.answer(held?.phase, age, isAnswered: held.map(isAnswered) ?? false)
        if let verdict = ledger.note(step) { return verdict }
        guard let held else { return Verdict(.unknownRecord) }
        return try apply(held, &self)
    }
}
