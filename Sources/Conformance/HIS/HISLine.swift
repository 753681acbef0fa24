/// One line of a checklist.
struct HISLine: Sendable {
    /// What turns it green.
    enum Rule: Sendable {
        /// A request for which this holds.
        case request(@Sendable (DoorRequestEntry) -> Bool)
        /// One for which the second holds, after one for which the first does.
        case later(than: @Sendable (DoorRequestEntry) -> Bool, @Sendable (DoorRequestEntry) -> Bool)
        /// Nothing found among all requests, of which there must be some.
        case all(@Sendable ([DoorRequestEntry]) -> [Finding])
        /// Nothing found among the last of the requests that it is about, of which there must be some.
        case last(where: @Sendable (DoorRequestEntry) -> Bool, @Sendable ([DoorRequestEntry]) -> [Finding])
    }

    let name: String
    /// In the past: what it has done.
    let sentence: String
    let source: String
    /// What to do so that it turns green.
    let hint: String
    let rule: Rule

    init(_ name: String, _ sentence: String, by source: String, hint: String, _ rule: Rule) {
        (self.name, self.sentence, self.source, self.hint, self.rule) = (name, sentence, source, hint, rule)
    }

    /// Whether it stays green once it is.
    var isLasting: Bool {
        switch rule {
        case .request, .later: true
        case .all, .last: false
        }
    }
}

/// Lines that are alike in several dialects.
extension HISLine {
    /// What the house notes of a query with a number that names a person (DoorHouse/QueryCheck).
    static let queryNote = "query: a number that may name a person"

    static func oneReading(_ prefix: String) -> HISLine {
        HISLine(
            "\(prefix).one-reading",
            "it follows one reading of each text that leaves something open, in all requests",
            by: "docs/doors.md", hint: "send at least three requests", .all(readings))
    }

    static func cleanQuery(_ prefix: String) -> HISLine {
        HISLine(
            "\(prefix).no-numbers-in-query", "no query of its requests has a number of a person or a card",
            by: "Law 91/2025/QH15: addresses are written down on the way", hint: "send at least three requests",
            .all { requests in
                requests.filter { $0.readings.contains(queryNote) }.prefix(5).map {
                    Finding(
                        $0.request, expected: "no number of a person or a card in the query",
                        found: "one, in \($0.identifier)")
                }
            })
    }

    private static func readings(_ requests: [DoorRequestEntry]) -> [Finding] {
        var used: [String: Set<String>] = [:]
        for request in requests {
            for reading in request.readings where reading != queryNote {
                let parts = reading.split(separator: ":", maxSplits: 1).map(String.init)
                // Whose signature a file bears is no reading of a text.
                guard parts.count == 2, !parts[0].hasSuffix("signature") else { continue }
                // Whether fields come as a form or as JSON each call decides for itself.
                let question = parts[0] == "fields" ? "fields of \(request.call)" : parts[0]
                used[question, default: []].insert(parts[1].drop { $0 == " " }.description)
            }
        }
        return used.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map {
            Finding($0.key, expected: "one reading", found: $0.value.sorted().joined(separator: " and "))
        }
    }
}
