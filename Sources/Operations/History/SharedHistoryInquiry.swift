import ArgumentParser
import Composition
public import ExchangeSchema
import Foundation
import HealthBook
import PartyCore
import ProgramStart
import ReportPage
import Supervision
import Vocabulary

/// Has the facility that runs ask MoH for the shared history of a patient, waits for the answer, and shows it.
public struct SharedHistoryInquiry {
    /// What the facility is to do.
    public enum Order: Sendable {
        /// Ask: of whom, for which facility, by whom and why.
        case ask(RequestHistory)
        /// Show what has come of a request that it has sent: its identifier.
        case find(String)
    }

    /// What the facility is to do.
    public var order: Order
    /// Directory of the exchange, or of the facility itself.
    public var data: String
    /// Name of the facility party in the topology; nil for the only one.
    public var party: String?
    /// Seconds to wait for MoH.
    public var wait: Double
    /// Where to write one self-contained page; nil for nowhere.
    public var output: String?
    /// Whether to print JSON.
    public var isJSON: Bool

    /// Takes all fields.
    public init(
        _ order: Order, data: String, party: String?, wait: Double, output: String?, isJSON: Bool
    ) {
        self.order = order
        self.data = data
        self.party = party
        self.wait = wait
        self.output = output
        self.isJSON = isJSON
    }

    /// Asks, waits and shows.
    /// - Throws: `ExitCode`: 1 when nothing is shared or MoH has not answered in time; 2 when it could not run.
    public func run() throws {
        let isGood = try ProgramFailure.reported(by: "facility history") {
            let inbox = try PartyInbox(data: data, role: .facility, named: party)
            let asked = try standing(inbox)
            guard !asked.requestID.isEmpty else {
                throw ProgramFailure(
                    "the facility has sent no such request; facility history says the identifier of each")
            }
            guard let history = try answer(to: asked, from: inbox) else {
                StandardError.say(
                    "facility history: MoH has not answered within \(wait.formatted()) s; the request "
                        + "\(asked.requestID) stands, and facility history --request \(asked.requestID) shows the answer"
                )
                return false
            }
            return try show(history)
        }
        if !isGood { throw ExitCode(1) }
    }

    /// Asks, or finds what was asked before.
    private func standing(_ inbox: PartyInbox) throws -> HistoryStanding {
        switch order {
        case .ask(let request):
            // Chosen once: given again, to a facility on its way back, it asks nothing a second time.
            let identity = MessageIdentifier(
                RecordIdentifier(high: .random(in: .min ... .max), low: .random(in: .min ... .max)))
            return try Self.standing(try inbox.give(.requestHistory, request.encoded, identity: identity))
        case .find(let identifier): return try find(identifier, inbox)
        }
    }

    private func find(_ identifier: String, _ inbox: PartyInbox) throws -> HistoryStanding {
        var question = FindHistory()
        question.requestID = identifier
        return try Self.standing(try inbox.give(.findHistory, question.encoded, identity: .none))
    }

    /// Asks the facility until it has the answer, or the time is up.
    private func answer(to asked: HistoryStanding, from inbox: PartyInbox) throws -> SharedHistory? {
        let deadline = ContinuousClock.now + .milliseconds(Int64(wait * 1_000))
        var pause: UInt32 = 10_000
        var standing = asked
        while !standing.hasHistory {
            guard ContinuousClock.now < deadline else { return nil }
            // The answer is a matter of milliseconds, and the facility tells nobody of it by itself.
            usleep(pause)
            pause = min(pause * 2, 250_000)
            standing = try find(asked.requestID, inbox)
        }
        return standing.history
    }

    private static func standing(_ answer: [UInt8]) throws -> HistoryStanding {
        guard let standing = try? HistoryStanding(decoding: answer) else {
            throw ProgramFailure("the facility answers what cannot be read; use programs of one version")
        }
        return standing
    }

    /// - Returns: Whether the request was granted.
    private func show(_ history: SharedHistory) throws -> Bool {
        let shown = PresentedHistory(history)
        if let output { try OutputFile(output).write(Data(HistoryPage(shown).html.utf8)) }
        if isJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(shown), as: UTF8.self))
        } else if output == nil {
            print(shown.text)
        }
        if let refusal = shown.refusal { StandardError.say("facility history: \(refusal.code): \(refusal.rule)") }
        return shown.refusal == nil
    }
}
