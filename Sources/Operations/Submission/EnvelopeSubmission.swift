import ArgumentParser
import Composition
import ExchangeSchema
import Foundation
public import HealthStandards
import PartyCore
import ProgramStart
import Supervision
import Vocabulary

/// Hands the visits of an envelope file to the facility that runs, and says what comes of each. The file is read twice,
/// a visit at a time: what is not an envelope to its end submits nothing.
public struct EnvelopeSubmission {
    /// What is to become of the visits.
    public enum Order: Sendable, Equatable {
        /// New ones, and those that were refused and have changed, are sent.
        case submit
        /// Those that are known and have changed are sent in their next revision; with a number, only where that is next.
        case amend(revision: UInt32?)
    }

    /// What is to become of the visits.
    public var order: Order
    /// Path of the envelope.
    public var file: String
    /// Whose field rules the file is read by.
    public var profile: ValidationProfile
    /// Directory of the exchange, or of the facility itself.
    public var data: String
    /// Name of the facility party in the topology; nil for the only one.
    public var party: String?
    /// Seconds to wait for the outcomes; nil to wait only until the facility has taken all visits.
    public var wait: Double?

    /// Takes all fields.
    public init(
        _ order: Order, file: String, profile: ValidationProfile, data: String, party: String?, wait: Double?
    ) {
        self.order = order
        self.file = file
        self.profile = profile
        self.data = data
        self.party = party
        self.wait = wait
    }

    /// Reads, submits, waits and prints a line for each visit.
    /// - Throws: `ExitCode`: 1 when a visit was kept back or refused, or has no outcome in time, or a
    ///   table was left out; 2 when it could not run.
    public func run() throws {
        let isGood = try ProgramFailure.reported(by: order == .submit ? "facility submit" : "facility amend") {
            var leftOut = 0
            let summary = try read { part in
                switch part {
                case .problem(let problem), .warning(let problem):
                    StandardError.say("\(file): \(problem)")
                    if problem.rule == .tableKeptBack { leftOut += 1 }
                case .visit: break
                }
            }
            for problem in summary.headProblems { StandardError.say("\(file): \(problem)") }
            guard summary.soundCount > 0 else {
                print("\(file): \(summary.visitCount) visits, none of them sound; nothing sent")
                return false
            }
            let desk = VisitDesk(
                inbox: try PartyInbox(data: data, role: .facility, named: party), order: order.atTheDesk,
                facilityCode: summary.facilityCode,
                isWaiting: wait != nil
            ) { print($0) }
            var tables: [RecordPart: Int] = [:]
            _ = try read { part in
                guard case .visit(let visit) = part else { return }
                for table in visit.tables { tables[table.part, default: 0] += 1 }
                try desk.submit(visit)
            }
            try desk.hand()
            if let wait { try desk.awaitOutcomes(seconds: wait) }
            if let line = Self.line(of: tables) { print(line) }
            if leftOut > 0 { print("tables left out because of a fault: \(leftOut); their visits go without them") }
            return conclude(desk, keptBack: summary.visitCount - summary.soundCount) && leftOut == 0
        }
        if !isGood { throw ExitCode(1) }
    }

    private func read(_ take: @escaping (EnvelopePart) throws -> Void) throws -> EnvelopeSummary {
        try EnvelopeFile(file).read(profile: profile, take: take)
    }

    /// Which tables beside XML1 to XML5 were handed to the facility.
    static func line(of tables: [RecordPart: Int]) -> String? {
        guard !tables.isEmpty else { return nil }
        let counts = RecordPart.tables.compactMap { part in tables[part].map { "\(part.name) \($0)" } }
        return
            "carried beside XML1 to XML5: \(counts.joined(separator: ", ")); who gets which, the release rules of the "
            + "topology say"
    }

    private func conclude(_ desk: VisitDesk, keptBack: Int) -> Bool {
        let (line, isGood) = desk.conclusion(of: "sound visits")
        let notDone = desk.tally[.notDone] ?? 0
        print("\(line); \(keptBack) kept back" + (notDone > 0 ? "; \(notDone) left as they are" : ""))
        return isGood && keptBack == 0
    }
}

extension EnvelopeSubmission.Order {
    var atTheDesk: VisitDesk.Order {
        switch self {
        case .submit: .submit
        case .amend(let revision): .amend(revision: revision)
        }
    }
}
