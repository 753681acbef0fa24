/// Whether a query has a number that may name a person: addresses are written down by whatever stands on the way. The number
/// itself is not kept, only that there was one.
enum QueryCheck {
    /// What the log says then, beside the readings.
    static let note = "query: a number that may name a person"

    /// A value that is a number of a person (9 or 12 digits), of social insurance (10 digits) or a card (15 characters).
    static func namesAPerson(_ query: [String: String]) -> Bool {
        query.values.contains { value in
            let digits = value.utf8.drop { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
            let letters = value.utf8.count - digits.count
            guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
            return letters == 0 && [9, 10, 12].contains(digits.count) || letters == 2 && digits.count == 13
        }
    }
}
