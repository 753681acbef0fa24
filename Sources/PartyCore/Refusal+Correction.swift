public import ExchangeSchema

extension Refusal {
    /// What the facility is told: who refused, which field, which rule.
    /// - Parameter time: When it was refused; Unix milliseconds.
    public func correction(
        of record: RecordIdentifier, revision: UInt32, facilityCode: String, by party: RefusingParty, at time: Int64
    ) -> Correction {
        var correction = Correction()
        correction.recordID = record.description
        correction.revision = revision
        correction.facilityCode = facilityCode
        correction.refusedBy = party
        correction.code = reason.text
        correction.field = field
        correction.value = value
        correction.rule = rule
        correction.refusedAt = time
        return correction
    }
}
