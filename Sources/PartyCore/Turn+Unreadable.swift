public import ExchangeSchema
import Vocabulary

extension Turn {
    /// Bytes arrive from a facility that are no record. The attributes still say which record and which facility, so the
    /// facility can be told. Of a record already known, only the next revision after a refusal counts, which its message
    /// identifier tells; anything else about it changes nothing.
    /// - Parameter sharedIsFinal: Whether a later revision of a shared record has no effect (``RevisionTable``). Where it
    ///   has, somebody further on may have refused what was passed on.
    /// - Returns: The revision that the party is to refuse: the ledger counts the record as pending already. nil when
    ///   nothing changes.
    /// - Throws: What the state throws.
    public mutating func unreadableArrival(_ head: MessageHead, sharedIsFinal: Bool) throws -> UInt32? {
        guard let held = try state.record(head.record) else {
            ledger.open()
            return 1
        }
        let next = held.revision + 1
        guard head.message == MessageIdentifier(.facilityRecord, record: head.record, revision: next) else {
            return nil
        }
        switch (held.phase, sharedIsFinal) {
        case (.refused, _): ledger.reopen(ReasonCode(rawValue: held.reason))
        case (.shared, false): ledger.reopenShared()
        default: return nil
        }
        return next
    }
}
