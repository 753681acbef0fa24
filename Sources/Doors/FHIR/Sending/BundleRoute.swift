import DoorDesk
import DoorHouse
import ExchangeSchema
import FHIRMapping
import Synchronization

/// Takes a Bundle: its visits, health checks and vaccinations are judged by the rules of their kind, and go to the facility in one
/// command; the call is answered when the facility has committed them.
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
            let (intake, submissions) = try Self.intake(request, of: code)
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

    /// The facility in whose name records are sent.
    /// - Throws: An answer of 403 where the account is no facility's.
    private static func facility(of account: FHIRAccount) throws(FHIRRefusal) -> FacilityCode {
        guard account.role == .facility, let code = try? FacilityCode(parsing: account.code ?? "") else {
            throw FHIRRefusal(
                403, OutcomeIssue("forbidden", "records are sent by a facility"), "the account is no facility's")
        }
        return code
    }

    /// Reads the Bundle, and judges what it brings.
    /// - Throws: An answer of 400, 403 or 422: then nothing is handed on.
    private static func intake(
        _ request: DoorRequest, of facility: FacilityCode
    ) throws(FHIRRefusal) -> (intake: BundleIntake, submissions: [VisitSubmission]) {
        let value: FHIRValue
        do throws(FHIRSyntaxError) {
            value = try FHIRValue(json: request.body)
        } catch {
            throw FHIRRefusal(400, OutcomeIssue("structure", "this is no JSON: \(error)"), "no JSON")
        }
        let intake = BundleIntake(value)
        guard intake.issues.isEmpty else { throw FHIRRefusal(422, intake.issues, "\(intake.issues.count) faults") }
        for record in intake.records where record.facilityCode != facility.description {
            let isVaccination = if case .vaccination = record.content { true } else { false }
            let place = isVaccination ? "performer" : "serviceProvider"
            throw FHIRRefusal(
                403,
                OutcomeIssue(
                    "forbidden", "\(place) is not the facility \(facility) of the account",
                    at: "Bundle.entry[\(record.place)].resource.\(place)"), "another facility's record")
        }
        let day = FHIRInstant.text(request.receivedAt).prefix(10).filter { $0 != "-" }
        let sent = SentRecords(records: intake.records, facility: facility, day: day)
        let faults = sent.faults
        guard faults.isEmpty else { throw FHIRRefusal(422, faults, "\(faults.count) faults") }
        return (intake, sent.submissions)
    }

    /// An entry for each of the request's: what came of the record that it belongs to, told in full at its Encounter or
    /// Immunization.
    private static func answer(
        _ standings: [VisitStanding], _ intake: BundleIntake, _ account: FHIRAccount, _ form: FHIRForm
    ) -> DoorAnswer {
        let found = zip(standings, intake.records).map { standing, record in
            (record: record, revision: standing.revision, outcome: words(standing))
        }
        let responses = (0..<intake.entryCount).map { place in
            guard let own = found.first(where: { $0.record.members.contains(place) }) else {
                return FHIRBundle.Response(status: "200 OK", version: "", outcome: [])
            }
            let (status, words) = own.outcome
            let isConflict = status.hasPrefix("4")
            return FHIRBundle.Response(
                status: status, version: own.revision > 0 ? String(own.revision) : "",
                outcome: own.record.place != place
                    ? []
                    : [
                        OutcomeIssue(
                            isConflict ? "conflict" : "informational", words,
                            severity: isConflict ? "error" : "information")
                    ])
        }
        let taken = found.count { !$0.outcome.status.hasPrefix("4") }
        let (known, corrected) = (
            standings.count { $0.effect == .known }, standings.count { $0.effect == .resubmitted }
        )
        return FHIRReply.answer(
            FHIRBundle.transactionResponse(responses), status: taken > 0 ? 200 : 409,
            verdict: "\(taken) of \(found.count) records taken in" + (known > 0 ? ", \(known) as before" : "")
                + (corrected > 0 ? ", \(corrected) corrected" : ""), account: account.name, isPretty: form.isPretty)
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
