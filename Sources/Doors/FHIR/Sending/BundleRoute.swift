import DoorDesk
import DoorHouse
import ExchangeSchema
import FHIRMapping
import HealthStandards
import Synchronization

/// Takes a Bundle: its visits are judged by the rules of an envelope, and go to the facility in one command; the call is
/// answered when the facility has committed them.
struct BundleRoute: Sendable {
    /// Commands that may be under way at once.
    static let lanes = 3

    let gate: FHIRGate
    let facility: PartyLine
    private let turn = LaneTurn()

    init(gate: FHIRGate, facility: PartyLine) {
        self.gate = gate
        self.facility = facility
    }

    func handle(_ request: DoorRequest) async -> DoorAnswer {
        var account: FHIRAccount?
        do throws(FHIRRefusal) {
            let sender = try gate.account(of: request)
            account = sender
            let code = try Self.facility(of: sender)
            guard ["application/fhir+json", "application/json"].contains(request.mediaType) else {
                throw FHIRRefusal(
                    415, OutcomeIssue("not-supported", "a Bundle is sent as application/fhir+json"),
                    "another media type")
            }
            let form = try FHIRForm(request, SearchFields(request).all)
            let intake = try Self.intake(request, of: code)
            let submissions = intake.visits.map { VisitSubmission($0.record, facilityCode: code) }
            let standings: [VisitStanding]
            do throws(PartyLine.Failure) {
                standings = try await facility.submit(submissions, on: turn.next(Self.lanes))
            } catch {
                throw FHIRRefusal(
                    503, OutcomeIssue("transient", "the facility does not answer just now; send the same again"),
                    "nothing is known to be taken in: \(error)")
            }
            return Self.answer(standings, intake, sender, form)
        } catch {
            return FHIRReply.answer(error, account: account?.name)
        }
    }

    /// The facility in whose name visits are sent.
    /// - Throws: An answer of 403 where the account is no facility's.
    private static func facility(of account: FHIRAccount) throws(FHIRRefusal) -> String {
        guard account.role == .facility, let code = account.code else {
            throw FHIRRefusal(
                403, OutcomeIssue("forbidden", "visits are sent by a facility"), "the account is no facility's")
        }
        return code
    }

    /// Reads the Bundle, and judges its visits as an envelope with them would be.
    /// - Throws: An answer of 400 or 422: then nothing is handed on.
    private static func intake(_ request: DoorRequest, of code: String) throws(FHIRRefusal) -> BundleIntake {
        let value: FHIRValue
        do throws(FHIRSyntaxError) {
            value = try FHIRValue(json: request.body)
        } catch {
            throw FHIRRefusal(400, OutcomeIssue("structure", "this is no JSON: \(error)"), "no JSON")
        }
        let intake = BundleIntake(value)
        guard intake.issues.isEmpty else { throw FHIRRefusal(422, intake.issues, "\(intake.issues.count) faults") }
        for visit in intake.visits where visit.facilityCode != code {
            throw FHIRRefusal(
                403,
                OutcomeIssue(
                    "forbidden", "serviceProvider is not the facility \(code) of the account",
                    at: visit.expression(table: "XML1", row: 1, field: "MA_CSKCB")), "another facility's visit")
        }
        let day = FHIRInstant.text(request.receivedAt).prefix(10).filter { $0 != "-" }
        let faults = Self.faults(in: intake.visits, of: code, on: day)
        guard faults.isEmpty else { throw FHIRRefusal(422, faults, "\(faults.count) faults") }
        return intake
    }

    /// What the rules of the tables find, which are those of the portal (`HealthStandards/Validation`).
    private static func faults(
        in visits: [BundleIntake.Visit], of code: String, on day: String
    ) -> [OutcomeIssue] {
        func issue(_ problem: EnvelopeProblem) -> OutcomeIssue {
            let visit = problem.visitOrdinal.flatMap { visits.indices.contains($0 - 1) ? visits[$0 - 1] : nil }
            let name = [problem.table, problem.field].compactMap(\.self).joined(separator: ".")
            return OutcomeIssue(
                "business-rule", "\(name): \(problem.rule)",
                at: visit?.expression(table: problem.table, row: problem.row, field: problem.field) ?? "Bundle")
        }
        do {
            let bytes = try EnvelopeWriter.write(visits.map(\.record), facilityCode: code, createdOn: day)
            return try EnvelopeReader.read(bytes).problems.map(issue)
        } catch let problem as EnvelopeProblem {
            return [issue(problem)]
        } catch {
            return [OutcomeIssue("too-long", "the visits of the Bundle are too large: \(error)", at: "Bundle")]
        }
    }

    /// An entry for each of the request's: what came of the visit that it belongs to, told in full at its Encounter.
    private static func answer(
        _ standings: [VisitStanding], _ intake: BundleIntake, _ account: FHIRAccount, _ form: FHIRForm
    ) -> DoorAnswer {
        let found = zip(standings, intake.visits).map { standing, visit in
            (visit: visit, revision: standing.revision, outcome: words(standing))
        }
        let responses = (0..<intake.entryCount).map { place in
            guard let own = found.first(where: { $0.visit.members.contains(place) }) else {
                return FHIRBundle.Response(status: "200 OK", version: "", outcome: [])
            }
            let (status, words) = own.outcome
            let isConflict = status.hasPrefix("4")
            return FHIRBundle.Response(
                status: status, version: own.revision > 0 ? String(own.revision) : "",
                outcome: own.visit.place != place
                    ? []
                    : [
                        OutcomeIssue(
                            isConflict ? "conflict" : "informational", words,
                            severity: isConflict ? "error" : "information")
                    ])
        }
        let taken = found.count { !$0.outcome.status.hasPrefix("4") }
        return FHIRReply.answer(
            FHIRBundle.transactionResponse(responses), status: taken > 0 ? 200 : 409,
            verdict: "\(taken) of \(found.count) visits taken in", account: account.name, isPretty: form.isPretty)
    }

    private static func words(_ standing: VisitStanding) -> (status: String, words: String) {
        switch standing.effect {
        case .submitted: ("201 Created", "taken in as record \(standing.recordID)")
        case .resubmitted: ("201 Created", "taken in as revision \(standing.revision) of record \(standing.recordID)")
        case .known: ("200 OK", "the same was taken in before as record \(standing.recordID)")
        default:
            (
                "409 Conflict",
                "record \(standing.recordID) stands with other contents; facility amend sends those that have changed"
            )
        }
    }
}

/// Whose turn it is among lanes.
private final class LaneTurn: Sendable {
    private let count = Atomic(0)

    func next(_ lanes: Int) -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue % lanes }
}
