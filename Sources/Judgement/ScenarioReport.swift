public import Foundation

/// What came of a scenario: its figures and assertions, whichever host ran it, and what that host adds. All of it reads as
/// the report's own, and in JSON stands in one object.
@dynamicMemberLookup
public struct ScenarioReport<HostDetails: Sendable & Codable>: Sendable {
    /// What it ended with.
    public var figures: ScenarioFigures
    /// The scenario's assertions; after a simulation without those on speed and latency.
    public var assertions: [AssertionReport]
    /// What only this host can tell.
    public var details: HostDetails

    /// A figure.
    public subscript<Value>(dynamicMember path: KeyPath<ScenarioFigures, Value>) -> Value { figures[keyPath: path] }

    /// One of the details.
    public subscript<Value>(dynamicMember path: KeyPath<HostDetails, Value>) -> Value { details[keyPath: path] }
}

extension ScenarioReport: Codable {
    private enum CodingKeys: CodingKey {
        case assertions
    }

    /// Reads a report that `--report` wrote.
    public init(from decoder: any Decoder) throws {
        figures = try ScenarioFigures(from: decoder)
        assertions = try decoder.container(keyedBy: CodingKeys.self).decode([AssertionReport].self, forKey: .assertions)
        details = try HostDetails(from: decoder)
    }

    /// Writes all fields side by side.
    public func encode(to encoder: any Encoder) throws {
        try figures.encode(to: encoder)
        try details.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(assertions, forKey: .assertions)
    }

    /// JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}
