public import ExchangeSchema
public import PartyCore

/// What MoH would say of a record by its own rules alone: the registers of facilities and people are not asked.
public enum IntakeCheck {
    /// The first rule that the record breaks; nil when MoH would accept it so far.
    public static func refusal(of record: FacilityRecord) -> Refusal? {
        do throws(Refusal) {
            _ = try IntakeRules.check(record)
            return nil
        } catch {
            return error
        }
    }
}
