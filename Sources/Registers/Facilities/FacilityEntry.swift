import PartyCore

/// One facility of a file, with every rule kept.
struct FacilityEntry: Sendable, Equatable {
    var facility: RegisteredFacility
    var name: String
    var specialties: [String]
    var practitioners: [String]
}
