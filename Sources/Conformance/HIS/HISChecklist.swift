/// What the log of the doors says of a hospital's system. A pure function of the requests.
struct HISChecklist: Sendable {
    /// Dialect whose calls are judged.
    static let dialect = "vss-portal"
    /// What the house notes of a query with a number that names a person (DoorHouse/QueryCheck).
    static let queryNote = "query: a number that may name a person"
    /// From so many requests on something can be said of all of them.
    private static let enough = 3

    private let requests: [DoorRequestEntry]

    /// - Parameter account: Whose requests count; nil for those of all.
    init(_ entries: some Sequence<DoorRequestEntry>, account: String? = nil) {
        requests = entries.filter { $0.dialect == Self.dialect && (account == nil || $0.account == account) }
            .sorted { ($0.receivedAt, $0.identifier) < ($1.receivedAt, $1.identifier) }
    }

    /// How a line of the checklist stands.
    func outcome(_ kase: HISCase) -> CaseOutcome {
        switch kase {
        case .oneReading, .cleanQuery:
            let found = kase == .oneReading ? readings : queries
            if !found.isEmpty { return .failed(found) }
            return requests.count >= Self.enough ? .passed : open(kase)
        default: return place(kase) == nil ? open(kase) : .passed
        }
    }

    private func open(_ kase: HISCase) -> CaseOutcome {
        .notJudged("not seen in \(requests.count) requests: \(kase.hint)")
    }

    /// Where it was done first.
    private func place(_ kase: HISCase) -> Int? {
        switch kase {
        case .token: first { $0.call == "take" && $0.verdict.hasPrefix("200 ") }
        case .submitted: first { Self.isTakenIn($0) }
        case .repeated: first { Self.isSubmission($0) && $0.verdict.hasPrefix("200 answered before") }
        case .lookedUp: first { $0.call == "nhanChiTietLoiHS" && Self.refused($0) > 0 }
        case .corrected:
            place(.lookedUp).flatMap { lookUp in
                requests.indices.first { $0 > lookUp && Self.isTakenIn(requests[$0]) }
            }
        case .card:
            first { ["KQNhanLichSuKCB2024", "Lskcb2025"].contains($0.call) && $0.status == 200 && Self.hasCode($0) }
        case .checkIn: first { $0.call.hasPrefix("checkInKcb") && $0.verdict.hasPrefix("200 ") }
        case .oneReading, .cleanQuery: nil
        }
    }

    private func first(_ holds: (DoorRequestEntry) -> Bool) -> Int? { requests.firstIndex(where: holds) }

    private static func isSubmission(_ request: DoorRequestEntry) -> Bool {
        request.call.hasPrefix("guiHoSoXml") && request.status == 200
    }

    private static func isTakenIn(_ request: DoorRequestEntry) -> Bool {
        isSubmission(request) && request.verdict.hasPrefix("200 ") && request.verdict.contains("taken in")
    }

    /// `200 5 shared, 2 refused of 10` says two.
    private static func refused(_ request: DoorRequestEntry) -> Int {
        let words = request.verdict.split { $0 == " " || $0 == "," }
        guard let place = words.firstIndex(of: "refused"), place > 0 else { return 0 }
        return Int(words[place - 1]) ?? 0
    }

    /// A result of the card check, and not one of the portal's own (205, 401, 500 and so on) for a bad call.
    private static func hasCode(_ request: DoorRequestEntry) -> Bool {
        let code = request.verdict.prefix { $0.isNumber }
        return code.count == 3 && !["054", "055", "100", "101", "205", "401", "500"].contains(code)
    }

    private var readings: [Finding] {
        var used: [String: Set<String>] = [:]
        for request in requests {
            for reading in request.readings where reading != Self.queryNote {
                let parts = reading.split(separator: ":", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { continue }
                // Whether fields come as a form or as JSON each call decides for itself.
                let question = parts[0] == "fields" ? "fields of \(request.call)" : parts[0]
                used[question, default: []].insert(parts[1].drop { $0 == " " }.description)
            }
        }
        return used.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map {
            Finding($0.key, expected: "one reading", found: $0.value.sorted().joined(separator: " and "))
        }
    }

    private var queries: [Finding] {
        requests.filter { $0.readings.contains(Self.queryNote) }.prefix(5).map {
            Finding(
                $0.request, expected: "no number of a person or a card in the query", found: "one, in \($0.identifier)")
        }
    }
}
