public import ExchangeSchema
import FoundationEssentials
public import PartyCore

/// A visit that keeps every rule of MoH and VSS and that C06 finds, for a test to break in one place.
public struct SampleVisit: Sendable {
    /// The record it becomes.
    public var record: RecordIdentifier
    /// MA_CSKCB of the sender.
    public var facilityCode = SamplePeople.facilityCode
    /// Who.
    public var administrative = AdministrativeBlock()
    /// Card, dates and money.
    public var insurance = InsuranceBlock()
    /// Diagnosis.
    public var clinical = ClinicalBlock()
    /// Rows; none.
    public var details = ClinicalDetails()

    /// A sound visit of a person.
    public init(_ record: RecordIdentifier = .sample(1), of person: SamplePerson = SamplePeople.an) {
        self.record = record
        administrative.maLk = "LK-\(record.low)"
        administrative.hoTen = person.registered.fullName
        administrative.soCccd = person.registered.citizenNumber.description
        administrative.ngaySinh = person.registered.birthDate.description
        administrative.gioiTinh = person.registered.citizenNumber.sex.description
        administrative.matinhCuTru = "01"
        insurance.maTheBhyt = person.card
        insurance.gtTheTu = "20250101"
        insurance.gtTheDen = "20251231"
        insurance.ngayVao = "202507010830"
        insurance.ngayRa = "202507011000"
        insurance.maCskcb = facilityCode
        insurance.tTongchiBh = "100000"
        insurance.tBncct = "20000"
        insurance.tBhtt = "80000"
        clinical.maBenhChinh = "J06.9"
    }

    /// As the facility sends it.
    public func facilityRecord(revision: UInt32 = 1) -> FacilityRecord {
        var message = FacilityRecord()
        message.recordID = record.description
        message.revision = revision
        message.facilityCode = facilityCode
        message.submittedAt = 500
        message.administrative = .init(administrative.encoded)
        message.insurance = .init(insurance.encoded)
        message.clinical = .init(clinical.encoded)
        message.clinicalDetails = .init(details.encoded)
        return message
    }

    /// As MoH hands it to VSS.
    public func acceptedRecord(revision: UInt32 = 1) -> AcceptedRecord {
        var message = AcceptedRecord()
        message.recordID = record.description
        message.revision = revision
        message.facilityCode = facilityCode
        message.administrative = .init(administrative.encoded)
        message.insurance = .init(insurance.encoded)
        return message
    }

    /// As VSS hands it to C06.
    public func identityCheck(revision: UInt32 = 1) -> IdentityCheck {
        var message = IdentityCheck()
        message.recordID = record.description
        message.revision = revision
        message.citizenNumber = administrative.soCccd
        message.fullName = administrative.hoTen
        message.birthDate = administrative.ngaySinh
        return message
    }

    /// As a facility's source has it.
    public var content: VisitContent {
        VisitContent(
            record: record, facilityCode: facilityCode, administrative: administrative.encoded,
            insurance: insurance.encoded, clinical: clinical.encoded, details: details.encoded)
    }
}

extension RecordIdentifier {
    /// A record of the tests, by number.
    public static func sample(_ number: UInt64) -> RecordIdentifier {
        RecordIdentifier(milliseconds: 1_750_000_000_000, randomHigh: number >> 48, randomLow: number)
    }
}
