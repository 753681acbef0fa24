public import Registers

/// People of one's own: where their registers lie, and whether they are the only ones.
public struct OwnPeople: Sendable, Equatable, Codable {
    /// Folder of the registers.
    public var directory: String
    /// Whether the people of the scenario are unknown.
    public var areAlone: Bool

    /// Takes both.
    public init(directory: String, areAlone: Bool) {
        self.directory = directory
        self.areAlone = areAlone
    }

    /// The registers.
    public var files: RegisterFiles { RegisterFiles(directory: directory) }
}
