import Foundation
import Topology

/// An assertion and what came of it.
public struct AssertionReport: Sendable, Codable, Equatable {
    /// As written in the scenario.
    public var text: String
    /// Whether it holds.
    public var holds: Bool
    /// Value of the left side; nil when there is no such figure.
    public var left: Double?
    /// Value of the right side.
    public var right: Double?
    /// The figure that does not exist.
    public var unknownFigure: String?
    /// The first places at which what was counted was found, where it fails; nil for a figure of which none are kept.
    public var findings: [String]?
}

extension AssertionReport {
    /// What an evaluated assertion becomes in a report.
    init(text: String, result: AssertionResult) {
        switch result {
        case .holds(let left, let right): self.init(text: text, holds: true, left: left, right: right)
        case .fails(let left, let right): self.init(text: text, holds: false, left: left, right: right)
        case .unknownFigure(let name): self.init(text: text, holds: false, unknownFigure: name)
        }
    }
}

extension AssertionReport {
    /// The assertion as written; of one that fails also why, with the two values.
    var line: String {
        guard !holds else { return text }
        let places = (findings ?? []).map { "\n    " + $0 }.joined()
        return "\(text)  (\(values))" + places
    }

    /// Both values, or which figure does not exist.
    var values: String {
        if let unknownFigure { return "there is no figure \(unknownFigure)" }
        if left == nil, right == nil { return "it was not looked at" }
        return "\(Self.text(left)) and \(Self.text(right))"
    }

    private static func text(_ value: Double?) -> String {
        guard let value else { return "none" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(format: "%.3f", value)
    }
}
