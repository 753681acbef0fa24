public import Composition

/// Which dead letters are meant: comparisons of headers with texts, joined by `and`.
///
///     reason~ce_id and partition=2
///
/// `=` is equal, `!=` is not equal, `~` contains. `reason`, `reader`, `topic`, `partition` and `offset` are those of the
/// reader that gave the message up; any other name is a header's own.
public struct LetterCondition: Sendable, Equatable {
    private enum Comparison: String, CaseIterable {
        case differs = "!="
        case equals = "="
        case contains = "~"
    }

    private struct Term: Sendable, Equatable {
        var header: String
        var comparison: Comparison
        var text: String
    }

    private static let short: Set<String> = ["reason", "reader", "topic", "partition", "offset"]
    private var terms: [Term] = []

    /// Reads a condition.
    /// - Throws: ``ProgramFailure`` that quotes what is no comparison.
    public init(_ text: String) throws(ProgramFailure) {
        for part in text.split(separator: " and ", omittingEmptySubsequences: false) {
            guard let term = Self.term(part) else {
                throw ProgramFailure("'\(part)' is no comparison: write NAME=TEXT, NAME!=TEXT or NAME~TEXT")
            }
            terms.append(term)
        }
    }

    private static func term(_ part: Substring) -> Term? {
        guard let place = part.firstIndex(where: { "!=~".contains($0) }) else { return nil }
        let rest = part[place...]
        guard let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else { return nil }
        let name = part[..<place].split(separator: " ").joined()
        guard !name.isEmpty, name.count == part[..<place].trimmed.count else { return nil }
        return Term(
            header: short.contains(name) ? "dlt_" + name : name, comparison: comparison,
            text: String(rest.dropFirst(comparison.rawValue.count).trimmed))
    }

    /// Whether a letter with these headers is meant. A header that is not there is empty.
    public func holds(_ headers: [String: String]) -> Bool {
        terms.allSatisfy { term in
            let value = headers[term.header] ?? ""
            return switch term.comparison {
            case .equals: value == term.text
            case .differs: value != term.text
            case .contains: value.contains(term.text)
            }
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let start = drop { $0 == " " }
        return start.last == " " ? start.dropLast(start.reversed().prefix { $0 == " " }.count) : start
    }
}
