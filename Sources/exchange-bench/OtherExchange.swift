import Composition
import Foundation
import Topology

/// An exchange that a pair compares with, in place of the relay.
enum OtherExchange: String, Codable {
    /// MoH without its book, and the locality without its warehouse.
    case withoutBooks = "without books"
    /// Broker and stores that survive a loss of power (``Topology/Durability/power``).
    case withPower = "surviving loss of power"

    /// The topology that the exchange runs by; nil for the scenario's own.
    /// - Throws: `BenchError` when the scenario's topology does not say its durability.
    func topology(of scenario: String, in directory: String) throws -> String? {
        guard self == .withPower else { return nil }
        let original = try PartySetup(topology: nil, scenario: scenario).topologyPath
        let text = try String(contentsOfFile: original, encoding: .utf8)
        let changed = text.replacingOccurrences(
            of: "\ndurability: \(Durability.process.rawValue)\n", with: "\ndurability: \(Durability.power.rawValue)\n")
        guard changed != text else { throw BenchError("\(original) has no line \"durability: process\"") }
        let copy = directory + "/topology.yaml"
        try changed.write(toFile: copy, atomically: true, encoding: .utf8)
        return copy
    }
}
