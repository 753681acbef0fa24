import ArgumentParser
import Composition
import ExchangeSchema
import Supervision
import Vocabulary

/// Tells the facility that runs to take visits back, and says what has come of each.
public struct VisitTakingBack {
    /// The visits: MA_CSKCB of the facility that sent each, and MA_LK.
    public var visits: [(facility: String, episode: String)]
    /// Why.
    public var reason: String
    /// Directory of the exchange, or of the facility itself.
    public var data: String
    /// Name of the facility party in the topology; nil for the only one.
    public var party: String?

    /// Takes all fields.
    public init(visits: [(facility: String, episode: String)], reason: String, data: String, party: String?) {
        self.visits = visits
        self.reason = reason
        self.data = data
        self.party = party
    }

    /// Most visits of one command.
    private static let atOnce = 200

    /// Takes them back and prints a line for each.
    /// - Throws: `ExitCode`: 1 when one was not withdrawn; 2 when it could not run.
    public func run() throws {
        let isGood = try ProgramFailure.reported(by: "facility withdraw") {
            let desk = VisitDesk(
                inbox: try PartyInbox(data: data, role: .facility, named: party), order: .submit, facilityCode: "",
                isWaiting: false
            ) { print($0) }
            for start in stride(from: 0, to: visits.count, by: Self.atOnce) {
                try desk.withdraw(
                    Array(visits[start..<min(start + Self.atOnce, visits.count)]), reason: reason)
            }
            return desk.tally[.notDone] == nil
        }
        if !isGood { throw ExitCode(1) }
    }
}
