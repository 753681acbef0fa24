import Topology

/// The line by which a person repeats a run.
public struct RepeatingCommand: Sendable {
    private var words: [String]

    /// Begins with the command itself: `cycle run`, and the scenario.
    public init(_ words: String...) { self.words = words }

    /// An option with its value; nothing where there is none.
    public mutating func add(_ option: String, _ value: (some CustomStringConvertible)?) {
        if let value { words += [option, value.description] }
    }

    /// The line, for a POSIX shell.
    public var line: String { words.map(ShellWord.quoted).joined(separator: " ") }
}
