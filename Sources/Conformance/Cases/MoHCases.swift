import ExchangeSchema
import Foundation
import PartyCore
import Topology
import Vocabulary

/// What MoH is tried with: records as facilities send them, or as VSS hands them on, whichever the route says; the answers of
/// VSS and C06; what happens to people; what facilities ask.
struct MoHCases {
    let desk: CaseDesk

    var all: [ConformanceCase] {
        let intake = IntakeCases(desk: desk, prefix: "moh") { submit($0) }
        return refusals + intake.all + MoHAnswerCases(desk: desk, moh: self).all
            + MoHBookCases(desk: desk, moh: self).all + [
                vaccination, healthCheck, healthCheckCode, AgreementCases(desk: desk).unsigned("moh"),
            ]
    }

    /// Whether facilities send to MoH.
    var isEntrance: Bool { desk.intake == .facilityRecord }

    /// By which message a visit comes to MoH.
    func submit(_ visit: ConformanceVisit) -> CaseMessage {
        guard !isEntrance else { return desk.message(visit.facilityRecord, facility: ConformanceVisit.facility) }
        return desk.message(visit.assessedRecord)
    }

    /// A sound visit of somebody of whom nobody has heard in this or any other run.
    func visit(_ name: String, revision: UInt32 = 1) -> ConformanceVisit {
        var person = ConformancePeople.covered
        person.citizenNumber = number(name)
        return ConformanceVisit(desk.record(name), of: person, revision: revision)
    }

    /// A citizen number of this case and run: MoH remembers what it hears of people.
    func number(_ name: String, _ place: Int = 1) -> String {
        let word = MessageIdentifier(.identityCheck, about: "\(name)|\(place)|\(desk.run)").uuid.low
        return "001085" + String(String(1_000_000 + word % 1_000_000).dropFirst())
    }

    private typealias Refusal = (
        name: String, sentence: String, reason: ReasonCode, change: (inout ConformanceVisit) -> Void
    )

    private var refusals: [ConformanceCase] {
        let refusals: [Refusal] = [
            (
                "required-missing", "a field that is required is empty", .mohRequiredMissing,
                { $0.clinical.maBenhChinh = "" }
            ),
            ("name-invalid", "a name that is none", .mohNameInvalid, { $0.administrative.hoTen = "N0 N4ME" }),
            (
                "birth-date-invalid", "a birth date that is none", .mohBirthDateInvalid,
                { $0.administrative.ngaySinh = "19851399" }
            ),
            (
                "citizen-number-malformed", "a citizen number that is none", .mohCitizenNumberMalformed,
                { $0.administrative.soCccd = "00108599" }
            ),
            (
                "citizen-number-contradicts", "a citizen number of another year of birth",
                .mohCitizenNumberContradicts, { $0.administrative.ngaySinh = "19900317" }
            ),
            ("sex-unknown", "a sex that is in no list", .mohSexUnknown, { $0.administrative.gioiTinh = "9" }),
            (
                "province-unknown", "a province that there never was", .mohProvinceUnknown,
                { $0.administrative.matinhCuTru = "99" }
            ),
            ("card-malformed", "a card that is written wrong", .mohCardMalformed, { $0.insurance.maTheBhyt = "GD40" }),
            (
                "diagnosis-malformed", "a diagnosis that is no code of ICD-10", .mohDiagnosisMalformed,
                { $0.clinical.maBenhChinh = "?1" }
            ),
            ("dates-invalid", "a time that is none", .mohDatesInvalid, { $0.insurance.ngayRa = "202613011000" }),
            (
                "dates-contradict", "a discharge before the admission", .mohDatesContradict,
                { $0.insurance.ngayRa = "202605311000" }
            ),
            (
                "amounts-contradict", "amounts that do not add up", .mohAmountsContradict,
                { $0.insurance.tBhtt = "79999" }
            ),
            (
                "facility-malformed", "a record in another facility's name", .mohFacilityMalformed,
                { $0.insurance.maCskcb = "01998" }
            ),
        ]
        return refusals.map { refusal in
            let name = "moh.\(refusal.name)"
            var broken = visit(name)
            refusal.change(&broken)
            return ConformanceCase(
                name, "\(refusal.sentence): returned to the facility as \(refusal.reason.text)",
                source: CaseSource.intake,
                reason: refusal.reason, [submit(broken)])
        }
    }

    private var healthCheck: ConformanceCase {
        var visit = visit("moh.health-check")
        visit.becomeHealthCheck()
        return ConformanceCase(
            "moh.health-check", "a health check goes on as a record without insurance", source: CaseSource.healthCheck,
            [submit(visit)])
    }

    private var healthCheckCode: ConformanceCase {
        var visit = visit("moh.health-check-code")
        visit.becomeHealthCheck()
        visit.clinical.healthCheck.xml12PhanLoaiSk = "6"
        return ConformanceCase(
            "moh.health-check-code",
            "a class of health that there is not: returned to the facility as moh.code-unknown",
            source: CaseSource.healthCheck, reason: .mohCodeUnknown, [submit(visit)])
    }

    private var vaccination: ConformanceCase {
        var visit = visit("moh.vaccination")
        visit.becomeVaccination()
        return ConformanceCase(
            "moh.vaccination", "a vaccination goes on as a record without insurance", source: CaseSource.vaccination,
            [submit(visit)])
    }
}

extension ConformanceVisit {
    /// As VSS hands it on where facilities send to VSS.
    var assessedRecord: AssessedRecord {
        let record = facilityRecord
        var message = AssessedRecord()
        message.recordID = record.recordID
        message.revision = record.revision
        message.facilityCode = record.facilityCode
        message.submittedAt = record.submittedAt
        message.administrative = record.administrative
        message.insurance = record.insurance
        message.clinical = record.clinical
        message.clinicalDetails = record.clinicalDetails
        message.tables = record.tables
        message.assessment.assessedAt = 1_780_300_000_000
        message.assessment.outcome = insurance.maTheBhyt.isEmpty ? .notInsured : .covered
        if message.assessment.outcome == .covered {
            message.assessment.cardCheckCode = "000"
            message.assessment.benefitPercent = 80
        }
        return message
    }
}
