import Composition
public import ExchangeSchema
import Foundation
public import HealthStandards
import MoHParty
import PartyCore

/// Judges an envelope file without an exchange: by the tables of fields, as a facility reads it, and by the rules by which
/// MoH refuses, as far as they need no register. What VSS says of a card, and C06 of a person, only an exchange can tell.
/// The file is read once, a visit at a time, so that it may be as large as it likes.
public struct EnvelopeValidation {
    /// How many visits came to what.
    public struct Summary: Sendable, Codable, Equatable {
        /// HOSO elements of the file.
        public var visits = 0
        /// Visits that would go, and that MoH would not refuse.
        public var sound = 0
        /// Visits that are kept back.
        public var keptBack = 0
        /// Visits that MoH would refuse.
        public var refused = 0
        /// Findings that hold no visit back.
        public var warnings = 0
        /// Findings about the head of the envelope.
        public var headProblems = 0

        /// Whether all is sound; warnings do not count.
        public var isSound: Bool { keptBack == 0 && refused == 0 && headProblems == 0 && visits > 0 }
    }

    /// Path of the envelope.
    public var file: String
    /// By whose table of fields.
    public var profile: ValidationProfile
    /// The day whose rules count; nil for the day on which each visit ended.
    public var day: CivilDate?

    /// Takes all fields.
    public init(file: String, profile: ValidationProfile, day: CivilDate?) {
        self.file = file
        self.profile = profile
        self.day = day
    }

    /// Reads the file.
    /// - Parameter take: Takes each finding in the order of the file; those of the head come last.
    /// - Throws: `ProgramFailure` when it cannot be read, or is no envelope to its end; what `take` threw.
    public func run(_ take: @escaping (ValidationFinding) throws -> Void) throws -> Summary {
        let tally = Tally()
        let summary = try EnvelopeFile(file).read(profile: profile, on: day) { part in
            switch part {
            case .problem(let problem):
                tally.ordinal = problem.visitOrdinal ?? tally.ordinal
                try take(ValidationFinding(problem, isWarning: false, profile: profile))
            case .warning(let problem):
                tally.summary.warnings += 1
                try take(ValidationFinding(problem, isWarning: true, profile: profile))
            case .visit(let visit):
                // Visits come in the order of the file, and one that does not come has a problem with its number.
                tally.ordinal += 1
                if let refusal = IntakeCheck.refusal(of: Self.record(visit)) {
                    tally.summary.refused += 1
                    try take(Self.finding(refusal, visit, tally.ordinal))
                }
            }
        }
        for problem in summary.headProblems {
            try take(ValidationFinding(problem, isWarning: false, profile: profile))
        }
        tally.summary.visits = summary.visitCount
        tally.summary.keptBack = summary.visitCount - summary.soundCount
        tally.summary.sound = summary.soundCount - tally.summary.refused
        tally.summary.headProblems = summary.headProblems.count
        return tally.summary
    }

    private final class Tally {
        var summary = Summary()
        /// Number in the file of the visit that was met last.
        var ordinal = 0
    }

    /// The code of the facility stands in the head of the file, which may come behind the visits: XML1 has it too.
    private static func record(_ visit: VisitRecord) -> FacilityRecord {
        var record = FacilityRecord()
        record.facilityCode = visit.insurance.maCskcb
        record.administrative = .init(visit.administrative.encoded)
        record.insurance = .init(visit.insurance.encoded)
        record.clinical = .init(visit.clinical.encoded)
        record.clinicalDetails = .init(visit.details.encoded)
        return record
    }

    private static func finding(_ refusal: Refusal, _ visit: VisitRecord, _ ordinal: Int) -> ValidationFinding {
        ValidationFinding(
            severity: .refusal, visit: ordinal, episodeCode: PrintableText.escaped(visit.episodeCode, limit: 80),
            table: "XML1",
            row: 1, field: refusal.field.isEmpty ? nil : refusal.field,
            value: refusal.value.isEmpty ? nil : PrintableText.escaped(refusal.value, limit: 80),
            rule: refusal.reason.text, english: refusal.rule, vietnamese: refusal.reason.vietnamese,
            source: "a rule of MoH, its code simulator-defined")
    }
}
