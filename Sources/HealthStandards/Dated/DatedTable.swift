public import ExchangeSchema

/// Codes or rules of one decision, with the days on which they are in force: one file of `Dated/Tables`.
///
/// A file is text. Its head has the lines `set`, `edition`, `source`, `validFrom` and `validTo`, each with a tab and its
/// value; a day is `yyyymmdd`, and `-` where it is open. After an empty line each line is a key, a tab and a value.
public struct DatedTable: Sendable, Equatable {
    /// What it is one edition of, for example `MA_LOAI_KCB` or `field-rules`.
    public let set: String
    /// The decision, as it is named.
    public let edition: String
    /// Where the contents come from, and what of it is not confirmed.
    public let source: String
    /// The first day on which it is in force, `yyyymmdd`; 0 for open.
    let first: Int32
    /// The last day; `Int32.max` for open.
    let last: Int32
    /// Values by key, and the keys in the order of the file.
    let values: [String: String]
    /// Keys in the order of the file.
    public let keys: [String]

    /// The value of a key; nil when the edition does not have it.
    public subscript(_ key: String) -> String? { values[key] }

    /// Whether it is in force on a day.
    public func isInForce(on day: CivilDate) -> Bool { isInForce(onDay: day.number) }

    /// Whether it was in force on a day or before.
    public func hasBegun(by day: CivilDate) -> Bool { first <= day.number }

    func isInForce(onDay day: Int32) -> Bool { first <= day && day <= last }

    /// Reads a file.
    /// - Throws: ``DatedTableError`` with the line that is wrong.
    public init(parsing text: String) throws(DatedTableError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var head: [String: String] = [:]
        var at = 0
        while at < lines.count, !lines[at].isEmpty {
            let (name, value) = try Self.pair(lines[at], at)
            guard Self.heads.contains(name), head.updateValue(value, forKey: name) == nil else {
                throw DatedTableError(line: at + 1, "\(name) stands twice or is none of \(Self.list)")
            }
            at += 1
        }
        guard let set = head["set"], let edition = head["edition"], let source = head["source"] else {
            throw DatedTableError(line: at + 1, "the head lacks one of \(Self.list)")
        }
        (self.set, self.edition, self.source) = (set, edition, source)
        first = try Self.day(head["validFrom"], "validFrom", at) ?? 0
        last = try Self.day(head["validTo"], "validTo", at) ?? .max
        guard first <= last else { throw DatedTableError(line: at + 1, "validFrom is after validTo") }
        var values: [String: String] = [:]
        var keys: [String] = []
        for place in lines.indices.dropFirst(at + 1) where !lines[place].isEmpty {
            let (key, value) = try Self.pair(lines[place], place)
            guard values.updateValue(value, forKey: key) == nil else {
                throw DatedTableError(line: place + 1, "\(key) stands twice")
            }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw DatedTableError(line: lines.count, "it has no rows") }
        (self.values, self.keys) = (values, keys)
    }

    private static let heads = ["set", "edition", "source", "validFrom", "validTo"]
    private static let list = heads.joined(separator: ", ")

    private static func pair(_ line: Substring, _ place: Int) throws(DatedTableError) -> (String, String) {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw DatedTableError(line: place + 1, "a name, one tab and a value are expected")
        }
        return (String(parts[0]), String(parts[1]))
    }

    private static func day(_ text: String?, _ name: String, _ place: Int) throws(DatedTableError) -> Int32? {
        if text == "-" { return nil }
        guard let text, let number = Int(text), let date = CivilDate(number: number), date.isComplete else {
            throw DatedTableError(line: place + 1, "\(name) is a day, yyyymmdd, or - for open")
        }
        return date.number
    }
}

/// A file of codes or rules cannot be read.
public struct DatedTableError: Error, Equatable, CustomStringConvertible {
    /// Line of the file, from 1.
    public var line: Int
    /// What is expected there.
    public var rule: String

    init(line: Int, _ rule: String) {
        self.line = line
        self.rule = rule
    }

    /// For people.
    public var description: String { "line \(line): \(rule)" }
}
