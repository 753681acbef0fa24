import Foundation
import SyntheticPopulation
public import Topology

/// Finds and reads topology and scenario files: those given by path, and those that are shipped in the folder
/// `topology`, which is looked for in the working directory, beside the executable, and in the folders above it.
public struct ExchangeFiles: Sendable {
    /// The shipped folder; nil when there is none.
    public let folder: String?

    /// A folder known already, or none.
    public init(folder: String?) { self.folder = folder }

    /// Looks for the shipped folder.
    public init() {
        let manager = FileManager.default
        var places = [manager.currentDirectoryPath]
        var place = Self.executableDirectory
        for _ in 0..<6 where place != "/" && !place.isEmpty {
            places.append(place)
            place = (place as NSString).deletingLastPathComponent
        }
        folder = places.map { $0 + "/topology" }.first {
            manager.fileExists(atPath: $0 + "/" + Self.shippedTopology)
        }
    }

    private static let shippedTopology = "2024-04.yaml"

    /// Where this program's executable lies.
    public static var executableDirectory: String {
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (path as NSString).deletingLastPathComponent
    }

    /// Path of the topology file: the one given, the one the scenario names, or the shipped one.
    /// - Throws: ``ProgramFailure`` when there is none.
    public func topologyPath(given: String?, scenario: LoadedScenario?) throws -> String {
        if let given { return given }
        if let scenario, let named = scenario.scenario.topologyPath {
            return ((scenario.path as NSString).deletingLastPathComponent as NSString).appendingPathComponent(named)
        }
        guard let folder else {
            throw ProgramFailure(
                "the shipped folder topology/ is neither here nor beside \(Self.executableDirectory); give --topology")
        }
        return folder + "/" + Self.shippedTopology
    }

    /// Path of a scenario: a path as it is, a name from the shipped folder.
    /// - Throws: ``ProgramFailure`` when there is no such scenario, with the names that there are.
    public func scenarioPath(_ nameOrPath: String) throws -> String {
        let manager = FileManager.default
        if nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml") || nameOrPath.hasSuffix(".yml") {
            guard manager.fileExists(atPath: nameOrPath) else {
                throw ProgramFailure("there is no scenario file \(nameOrPath); check the path")
            }
            return nameOrPath
        }
        guard let folder else {
            throw ProgramFailure(
                "the shipped folder topology/ is neither here nor beside \(Self.executableDirectory); give the path of "
                    + "a scenario file")
        }
        let path = "\(folder)/scenarios/\(nameOrPath).yaml"
        guard manager.fileExists(atPath: path) else {
            let names = ((try? manager.contentsOfDirectory(atPath: folder + "/scenarios")) ?? [])
                .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
            throw ProgramFailure(
                "there is no scenario \(nameOrPath); shipped are \(names.joined(separator: ", ")), or give a path")
        }
        return path
    }

    /// The path as it is from anywhere.
    package static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// Reads a topology file.
    public static func topology(at path: String) throws -> Topology {
        try Topology.parse(try text(at: path), fileName: path)
    }

    /// Reads a scenario file.
    public static func scenario(at path: String) throws -> LoadedScenario {
        LoadedScenario(path: path, scenario: try Scenario.parse(try text(at: path), fileName: path))
    }

    /// The text of a file.
    /// - Throws: ``ProgramFailure`` when it cannot be read.
    package static func text(at path: String) throws -> String {
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
            throw ProgramFailure("\(path) is a directory; name a file")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ProgramFailure("cannot read \(path); check that it exists and may be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ProgramFailure("\(path) is not UTF-8 text")
        }
        return text
    }
}

/// A scenario and where it was read.
public struct LoadedScenario: Sendable {
    /// Path of its file.
    public var path: String
    /// What stands in it.
    public var scenario: Scenario
    /// What stands in place of `now`, where its visits start so; Unix milliseconds.
    public private(set) var startedAt: Int64?

    /// Takes both.
    public init(path: String, scenario: Scenario) {
        self.path = path
        self.scenario = scenario
    }

    /// The text that others are to read: with the moment in place of `now`.
    /// - Throws: ``ProgramFailure`` when the file cannot be read.
    public func text() throws -> String {
        let text = try ExchangeFiles.text(at: path)
        return startedAt.map { scenario.text(text, startedAt: $0) } ?? text
    }

    /// Puts a moment in place of `now`, so that the last visit was sent ten minutes ago: all lie in the past.
    mutating func start(_ records: Int, now: Date) {
        guard scenario.visits.start == .now else { return }
        let perSecond = Int64(PopulationConfiguration().visitsPerSecond)
        let moment = Int64(now.timeIntervalSince1970 * 1_000) - Int64(records) * 1_000 / perSecond - 600_000
        scenario.visits.start = .at(moment)
        startedAt = moment
    }
}
