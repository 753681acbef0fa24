import Foundation

/// Watches a hospital's system at the doors until all of a checklist is done.
package struct HISConformance {
    private let log: DoorLog
    private let door: String
    private let account: String?
    private let dialect: HISDialect?

    /// - Parameters:
    ///   - door: Address of the doors, as `cycle up --doors` prints it.
    ///   - account: Whose requests count; nil for those of all.
    ///   - dialect: Whose list it is; nil for those of all dialects that the log shows.
    /// - Throws: `ConformanceError` for what is no address.
    package init(door: String, account: String?, dialect: HISDialect?) throws {
        log = try DoorLog(address: door)
        self.door = door
        self.account = account
        self.dialect = dialect
    }

    /// Watches.
    /// - Parameters:
    ///   - timeout: After which what is not done counts as failed.
    ///   - turned: Told of each line that has turned green.
    /// - Throws: `ConformanceError` when the doors do not answer.
    package func run(timeout: Duration, turned: (CaseResult) throws -> Void) throws -> ConformanceReport {
        let begin = ContinuousClock.now
        var seen: [String: DoorRequestEntry] = [:]
        var green: [String: Double] = [:]
        while true {
            // The log holds the last 200 requests: what was seen is kept.
            for entry in try log.read() { seen[entry.identifier] = entry }
            let seconds = begin.duration(to: .now) / .seconds(1)
            var results: [CaseResult] = []
            let shown = dialects(in: seen.values)
            for dialect in shown {
                let list = HISChecklist(seen.values, of: dialect, account: account)
                for line in dialect.lines {
                    let outcome = list.outcome(line)
                    if outcome == .passed, green[line.name] == nil {
                        green[line.name] = seconds
                        // What holds of several requests may cease to hold.
                        if line.isLasting { try turned(Self.result(line, .passed, seconds)) }
                    }
                    results.append(Self.result(line, Self.atLast(outcome), green[line.name] ?? seconds))
                }
            }
            if results.allSatisfy({ $0.outcome == .passed }) || begin.duration(to: .now) >= timeout {
                return ConformanceReport(
                    party: "his", broker: door, route: shown.map(\.rawValue).joined(separator: ", "),
                    results: results)
            }
            // The log tells nobody that it has grown; a person who watches a list wants to see it within a second.
            Thread.sleep(forTimeInterval: 1)
        }
    }

    /// Whose lists count: what was asked for, else what the account has used, else what anybody has; the portal's before there is
    /// anything.
    private func dialects(in entries: some Sequence<DoorRequestEntry>) -> [HISDialect] {
        if let dialect { return [dialect] }
        for account in [account, nil] {
            let used = HISDialect.allCases.filter { !HISChecklist(entries, of: $0, account: account).isEmpty }
            if !used.isEmpty { return used }
        }
        return [.vssPortal]
    }

    /// What was not done is not as it must be.
    private static func atLast(_ outcome: CaseOutcome) -> CaseOutcome {
        guard case .notJudged(let why) = outcome else { return outcome }
        return .failed([Finding("log", expected: "done", found: why)])
    }

    private static func result(_ line: HISLine, _ outcome: CaseOutcome, _ seconds: Double) -> CaseResult {
        CaseResult(
            name: line.name, sentence: line.sentence, source: line.source, outcome: outcome, seconds: seconds)
    }
}
