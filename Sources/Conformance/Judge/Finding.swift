/// One way in which what the party wrote is not what it must be.
package struct Finding: Sendable, Equatable, Codable {
    /// What it is about: a header, a field, a message.
    package var about: String
    /// What must be.
    package var expected: String
    /// What is.
    package var found: String

    init(_ about: String, expected: String, found: String) {
        self.about = about
        self.expected = expected
        self.found = found
    }

    /// One line for people.
    package var text: String { "\(about): expected \(expected), found \(found)" }
}
