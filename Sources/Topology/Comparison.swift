/// How an assertion compares two figures.
public enum Comparison: String, Sendable, Hashable, CaseIterable {
    /// `==`
    case equal = "=="
    /// `!=`
    case notEqual = "!="
    /// `<=`
    case atMost = "<="
    /// `>=`
    case atLeast = ">="
    /// `<`
    case below = "<"
    /// `>`
    case above = ">"

    /// Whether the comparison is true. No comparison is true of a number that is not one (NaN).
    public func holds(_ left: Double, _ right: Double) -> Bool {
        guard !left.isNaN, !right.isNaN else { return false }
        return switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .atMost: left <= right
        case .atLeast: left >= right
        case .below: left < right
        case .above: left > right
        }
    }
}
