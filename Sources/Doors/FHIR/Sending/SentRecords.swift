import ExchangeSchema
import FHIRMapping
import HealthStandards
import Registers

/// Judges what a Bundle brings by the rules by which each kind is judged on its other ways: visits as an envelope with them,
/// health checks as an envelope KHAMSUCKHOE, vaccinations as a file of them.
struct SentRecords {
    let records: [BundleRecord]
    /// MA_CSKCB of the sender.
    let facility: FacilityCode
    /// NGAYLAP of the envelope that is judged.
    let day: String

    /// As a facility's inbox takes them.
    var submissions: [VisitSubmission] {
        records.map { record in
            switch record.content {
            case .visit(let visit): return VisitSubmission(visit, facilityCode: facility.description)
            case .healthCheck(let check): return VisitSubmission(check)
            case .vaccination(let patient, let given):
                var clinical = ClinicalBlock()
                clinical.vaccination = given
                var submission = VisitSubmission()
                submission.name.facilityCode = facility.description
                submission.name.episodeCode = patient.maLk
                submission.administrative = .init(patient.encoded)
                submission.clinical = .init(clinical.encoded)
                return submission
            }
        }
    }

    /// What is wrong with them.
    var faults: [OutcomeIssue] { visitFaults + records.flatMap(faults) + repeated }

    private func faults(of record: BundleRecord) -> [OutcomeIssue] {
        switch record.content {
        // All in one envelope.
        case .visit: []
        case .healthCheck(let check): check.problems(facility: facility).map { issue($0, record) }
        case .vaccination(let patient, let given):
            VaccinationEntry.problems(of: patient, given).map { problem in
                OutcomeIssue(
                    "business-rule", "\(problem.field): \(problem.rule)",
                    at: record.expression(table: nil, row: nil, field: problem.field))
            }
        }
    }

    private var visitFaults: [OutcomeIssue] {
        let sent = records.compactMap { record -> (record: BundleRecord, visit: VisitRecord)? in
            if case .visit(let visit) = record.content { (record, visit) } else { nil }
        }
        guard !sent.isEmpty else { return [] }
        func issue(_ problem: EnvelopeProblem) -> OutcomeIssue {
            let place = (problem.visitOrdinal ?? 0) - 1
            return self.issue(problem, sent.indices.contains(place) ? sent[place].record : nil)
        }
        do {
            let bytes = try EnvelopeWriter.write(
                sent.map(\.visit), facilityCode: facility.description, createdOn: day)
            return try EnvelopeReader.read(bytes).problems.map(issue)
        } catch let problem as EnvelopeProblem {
            return [issue(problem)]
        } catch {
            return [OutcomeIssue("too-long", "the visits of the Bundle are too large: \(error)", at: "Bundle")]
        }
    }

    /// One number for two records, of which one is no visit: of visits the envelope says so.
    private var repeated: [OutcomeIssue] {
        var known: [String: Bool] = [:]
        return zip(records, submissions).compactMap { record, submission in
            var isVisit = false
            if case .visit = record.content { isVisit = true }
            guard let other = known.updateValue(isVisit, forKey: submission.name.episodeCode),
                !(other && isVisit), !submission.name.episodeCode.isEmpty
            else { return nil }
            return OutcomeIssue(
                "duplicate", "MA_LK: another record of the Bundle has the same number",
                at: record.expression(table: table(of: record), row: nil, field: "MA_LK"))
        }
    }

    private func table(of record: BundleRecord) -> String? {
        switch record.content {
        case .visit: "XML1"
        case .healthCheck: "XML2"
        case .vaccination: nil
        }
    }

    private func issue(_ problem: EnvelopeProblem, _ record: BundleRecord?) -> OutcomeIssue {
        let name = [problem.table, problem.field].compactMap(\.self).joined(separator: ".")
        return OutcomeIssue(
            "business-rule", "\(name): \(problem.rule)",
            at: record?.expression(table: problem.table, row: problem.row, field: problem.field) ?? "Bundle")
    }
}
