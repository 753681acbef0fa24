/// What the log of the doors says of a hospital's system in one dialect. A pure function of the requests.
struct HISChecklist: Sendable {
    /// From so many requests on something can be said of all of them, or of the last.
    private static let enough = 3

    private let requests: [DoorRequestEntry]

    /// - Parameters:
    ///   - dialect: Whose calls are judged.
    ///   - account: Whose requests count; nil for those of all.
    init(_ entries: some Sequence<DoorRequestEntry>, of dialect: HISDialect, account: String? = nil) {
        requests = entries.filter { $0.dialect == dialect.rawValue && (account == nil || $0.account == account) }
            .sorted { ($0.receivedAt, $0.identifier) < ($1.receivedAt, $1.identifier) }
    }

    /// Whether there is any request of it.
    var isEmpty: Bool { requests.isEmpty }

    /// How a line of the checklist stands.
    func outcome(_ line: HISLine) -> CaseOutcome {
        switch line.rule {
        case .request(let holds): return requests.contains(where: holds) ? .passed : open(line)
        case .later(let earlier, let holds):
            guard let place = requests.firstIndex(where: earlier) else { return open(line) }
            return requests[(place + 1)...].contains(where: holds) ? .passed : open(line)
        case .all(let findings): return judged(line, requests, findings)
        case .last(let concerns, let findings):
            return judged(line, Array(requests.filter(concerns).suffix(Self.enough)), findings)
        }
    }

    private func judged(
        _ line: HISLine, _ requests: [DoorRequestEntry], _ findings: ([DoorRequestEntry]) -> [Finding]
    ) -> CaseOutcome {
        let found = findings(requests)
        if !found.isEmpty { return .failed(found) }
        return requests.count >= Self.enough ? .passed : open(line)
    }

    private func open(_ line: HISLine) -> CaseOutcome {
        .notJudged("not seen in \(requests.count) requests: \(line.hint)")
    }
}
