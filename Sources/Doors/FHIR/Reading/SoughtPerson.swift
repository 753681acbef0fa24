import ExchangeSchema
import FHIRMapping

/// Whose book is searched, as a parameter says it.
struct SoughtPerson {
    /// Nil where the parameter names nobody who could have a book.
    var citizen: UInt64?

    /// - Returns: Nil where the parameter says nothing of a person.
    /// - Throws: An answer of 400 where it names a number of another kind.
    init?(_ name: String, _ value: String, _ type: FHIRType, _ names: OpaqueNames) throws(FHIRRefusal) {
        switch (name, type) {
        case ("_id", .patient): citizen = names.resource(value, .patient)?.citizen
        case ("patient", _) where type != .patient, ("subject", _), ("beneficiary", .coverage):
            // `Patient/ID`, `ID`, or the whole address.
            let id = value.split(separator: "/").last ?? ""
            citizen = names.resource(id, .patient)?.citizen
        case ("identifier", .patient), ("patient.identifier", _), ("subject.identifier", _),
            ("patient:Patient.identifier", _), ("subject:Patient.identifier", _):
            citizen = try Self.number(value)
        default: return nil
        }
    }

    private static func number(_ token: String) throws(FHIRRefusal) -> UInt64? {
        let parts = token.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 1 || IdentifierKind.citizen.isNamed(by: parts[0]) else {
            throw FHIRRefusal(
                400,
                OutcomeIssue(
                    "not-supported",
                    "books are found by the citizen number, "
                        + IdentifierSet.allCases.map { IdentifierKind.citizen.system($0) }.joined(separator: " or ")),
                "a number of another kind")
        }
        return (try? CitizenNumber(parsing: parts[parts.count - 1]))?.number
    }
}
