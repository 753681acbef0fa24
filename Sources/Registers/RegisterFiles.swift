import Foundation

/// Where the registers lie that were made from files: a database for C06 and one for VSS, each with its own columns only,
/// and one of facilities for MoH.
public struct RegisterFiles: Sendable, Equatable {
    /// The folder.
    public let directory: String
    /// What the population register knows.
    public let population: String
    /// What insurers know.
    public let insured: String
    /// The facilities that MoH knows.
    public let facilities: String

    /// - Parameter directory: Folder of all.
    public init(directory: String) {
        self.directory = directory
        population = directory + "/population.sqlite"
        insured = directory + "/insured.sqlite"
        facilities = directory + "/facilities.sqlite"
    }

    /// Whether both registers of people are there.
    public var hasPeople: Bool {
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
