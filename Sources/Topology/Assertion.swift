/// A comparison over the final figures of a run: `FIGURE OP (NUMBER | FIGURE | NUMBER * FIGURE)`.
public struct Assertion: Sendable, Hashable {
    /// The right side of a comparison.
    public enum Operand: Sendable, Hashable {
        /// A number.
        case number(Double)
        /// Another figure.
        case figure(String)
        /// A share or multiple of another figure, as in `0.96 * records`.
        case product(Double, String)
    }

    /// Exactly as written.
    public let text: String
    /// Where it stands.
    public let location: SourceLocation
    /// The figure on the left.
    public let left: String
    /// The comparison.
    public let comparison: Comparison
    /// What it is compared with.
    public let right: Operand

    /// Line in the scenario file.
    public var line: Int { location.line }

    /// Judges the assertion.
    ///
    /// - Parameter figures: a figure's value by name; nil when there is no such figure.
    public func evaluate(figures: (String) -> Double?) -> AssertionResult {
        guard let leftValue = figures(left) else { return .unknownFigure(left) }
        let rightValue: Double
        switch right {
        case .number(let number): rightValue = number
        case .figure(let name):
            guard let value = figures(name) else { return .unknownFigure(name) }
            rightValue = value
        case .product(let factor, let name):
            guard let value = figures(name) else { return .unknownFigure(name) }
            rightValue = factor * value
        }
        return comparison.holds(leftValue, rightValue)
            ? .holds(left: leftValue, right: rightValue) : .fails(left: leftValue, right: rightValue)
    }
}

/// What became of an assertion.
public enum AssertionResult: Sendable, Hashable {
    /// It is true of these values.
    case holds(left: Double, right: Double)
    /// It is false of these values.
    case fails(left: Double, right: Double)
    /// The run has no such figure, so it counts as failed.
    case unknownFigure(String)

    /// Whether the assertion is true.
    public var isHeld: Bool {
        if case .holds = self { return true }
        return false
    }
}
