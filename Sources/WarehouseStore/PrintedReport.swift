public import Foundation

/// A report for other programs: JSON, or rows of texts and numbers as CSV.
public protocol PrintedReport: Encodable {}

extension PrintedReport {
    /// JSON, keys sorted.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    /// A row of CSV (RFC 4180): texts, in quotes where they must be, and then numbers.
    public static func row(_ texts: [String], _ numbers: [Int64]) -> String {
        (texts.map(quoted) + numbers.map(String.init)).joined(separator: ",")
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
