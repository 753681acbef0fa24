import Foundation

/// Watches a hospital's system at the doors until all of a checklist is done.
package struct HISConformance {
    private let log: DoorLog
    private let door: String
    private let account: String?

    /// - Parameters:
    ///   - door: Address of the doors, as `cycle up --doors` prints it.
    ///   - account: Whose requests count; nil for those of all.
    /// - Throws: `ConformanceError` for what is no address.
    package init(door: String, account: String?) throws {
        log = try DoorLog(address: door)
        self.door = door
        self.account = account
    }

    /// Watches.
    /// - Parameters:
    ///   - timeout: After which what is not done counts as failed.
    ///   - turned: Told of each line that has turned green.
    /// - Throws: `ConformanceError` when the doors do not answer.
    package func run(timeout: Duration, turned: (CaseResult) throws -> Void) throws -> ConformanceReport {
        let begin = ContinuousClock.now
        var seen: [String: DoorRequestEntry] = [:]
        var green: [HISCase: Double] = [:]
        while true {
            // The log holds the last 200 requests: what was seen is kept.
            for entry in try log.read() { seen[entry.identifier] = entry }
            let list = HISChecklist(seen.values, account: account)
            let seconds = begin.duration(to: .now) / .seconds(1)
            for kase in HISCase.allCases where green[kase] == nil && list.outcome(kase) == .passed {
                green[kase] = seconds
                // What holds of all requests may cease to hold.
                if kase != .oneReading, kase != .cleanQuery { try turned(Self.result(kase, .passed, seconds)) }
            }
            let results = HISCase.allCases.map { kase in
                Self.result(kase, Self.atLast(list.outcome(kase)), green[kase] ?? seconds)
            }
            if results.allSatisfy({ $0.outcome == .passed }) || begin.duration(to: .now) >= timeout {
                return ConformanceReport(party: "his", broker: door, route: HISChecklist.dialect, results: results)
            }
            // The log tells nobody that it has grown; a person who watches a list wants to see it within a second.
            Thread.sleep(forTimeInterval: 1)
        }
    }

    /// What was not done is not as it must be.
    private static func atLast(_ outcome: CaseOutcome) -> CaseOutcome {
        guard case .notJudged(let why) = outcome else { return outcome }
        return .failed([Finding("log", expected: "done", found: why)])
    }

    private static func result(_ kase: HISCase, _ outcome: CaseOutcome, _ seconds: Double) -> CaseResult {
        CaseResult(
            name: kase.name, sentence: kase.sentence, source: kase.source, outcome: outcome, seconds: seconds)
    }
}
