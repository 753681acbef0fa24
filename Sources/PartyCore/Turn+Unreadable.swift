public import ExchangeSchema
import Vocabulary

extension Turn {
    /// Bytes arrive from a facility that are no record. The attributes still say which record and which facility, so the
    /// facility can be told. Of a record already known, only the revision after one that was refused or passed on counts,
    /// which its message identifier tells; anything else about it changes nothing.
    /// - Parameter held: The record as the party has it; nil for a new one.
    /// - Returns: The revision that the party is to refuse: the ledger counts the record as pending already. nil when
    ///   nothing changes.
    public mutating func unreadableArrival(_ head: MessageHead, _ held: State.Record?) -> UInt32? {
        guard let held else {
            ledger.open()
            return 1
        }
        let next = held.revision + 1
        guard head.message == MessageIdentifier(.facilityRecord, record: head.record, revision: next) else {
            return nil
        }
        switch held.phase {
        case .refused: ledger.reopen(ReasonCode(rawValue: held.reason))
        case .shared: ledger.reopenShared()
        case .pending, .held, .withdrawn: return nil
        }
        return next
    }
}
