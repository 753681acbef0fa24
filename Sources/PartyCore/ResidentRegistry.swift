public import ExchangeSchema

/// A register of people that can be gone through by where they live, as C06's can.
public protocol ResidentRegistry: PopulationRegistry {
    /// Hands everybody to the body whom the register has, or may have, as living in a province, one at a time and each
    /// once. Holds one person at a time.
    ///
    /// "May have": of somebody with a change that C06 has still to report, the province depends on what it has reported, so
    /// whoever asks looks at the person again.
    /// - Throws: What the body throws; the register's error when it cannot be read.
    func forEachPossibleResident(of province: Province, _ body: (RegisteredPerson) throws -> Void) throws
}
