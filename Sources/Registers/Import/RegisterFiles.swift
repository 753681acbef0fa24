import Foundation

/// Where the registers of a file of people lie: a database for C06 and one for VSS, each with its own columns only.
public struct RegisterFiles: Sendable, Equatable {
    /// What the population register knows.
    public let population: String
    /// What insurers know.
    public let insured: String

    /// - Parameter directory: Folder of both.
    public init(directory: String) {
        population = directory + "/population.sqlite"
        insured = directory + "/insured.sqlite"
    }

    /// Whether both are there.
    public var exist: Bool {
        FileManager.default.fileExists(atPath: population) && FileManager.default.fileExists(atPath: insured)
    }
}

/// What was taken over from a file of people.
public struct ImportedPeople: Sendable, Equatable {
    /// Rows of the file.
    public var people = 0
    /// Those with a number in force, whom C06 knows.
    public var registered = 0
    /// Those with a card, whom VSS knows.
    public var insured = 0
}
