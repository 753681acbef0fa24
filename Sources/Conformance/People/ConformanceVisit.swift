import ExchangeSchema
import FoundationEssentials
import Vocabulary

/// A visit that keeps every rule and is accepted by all, for a case to break in one place.
struct ConformanceVisit: Sendable {
    /// MA_CSKCB of all visits.
    static let facility = "01999"

    let record: RecordIdentifier
    var revision: UInt32
    var administrative = AdministrativeBlock()
    var insurance = InsuranceBlock()
    var clinical = ClinicalBlock()
    var details = ClinicalDetails()
    var tables: [CarriedTable] = []

    /// A sound visit of a person on 1 June 2026.
    init(_ record: RecordIdentifier, of person: ConformancePerson, revision: UInt32 = 1) {
        self.record = record
        self.revision = revision
        administrative.maLk = "TN-\(record.low % 1_000_000)"
        administrative.stt = "1"
        administrative.hoTen = person.fullName
        administrative.soCccd = person.citizenNumber
        administrative.ngaySinh = person.born
        administrative.gioiTinh = person.sex
        administrative.matinhCuTru = "01"
        administrative.maxaCuTru = "00004"
        insurance.ngayVao = "202606010830"
        insurance.ngayRa = "202606011000"
        insurance.maCskcb = Self.facility
        insurance.maLoaiKcb = "01"
        insurance.tTongchiBh = "100000"
        if !person.card.isEmpty {
            insurance.maTheBhyt = person.card
            insurance.maDkbd = Self.facility
            insurance.gtTheTu = person.validity.0.replacing("-", with: "")
            insurance.gtTheDen = person.validity.1.replacing("-", with: "")
            insurance.tBncct = String(100_000 - person.percent * 1_000)
            insurance.tBhtt = String(person.percent * 1_000)
        } else {
            insurance.tBncct = "100000"
            insurance.tBhtt = "0"
        }
        clinical.maBenhChinh = "J06.9"
        clinical.chanDoanRv = "Nhiễm khuẩn hô hấp trên cấp"
        var course = CourseLine()
        course.maLk = administrative.maLk
        course.stt = "1"
        course.dienBienLs = "Ho, sốt nhẹ"
        details.courses = [course]
    }

    /// As the facility sends it.
    var facilityRecord: FacilityRecord {
        var message = FacilityRecord()
        message.recordID = record.description
        message.revision = revision
        message.facilityCode = Self.facility
        message.submittedAt = 1_780_300_000_000
        message.administrative = Data(administrative.encoded)
        message.insurance = Data(insurance.encoded)
        message.clinical = Data(clinical.encoded)
        message.clinicalDetails = Data(details.encoded)
        message.tables = tables
        return message
    }

    /// As MoH hands it to VSS.
    var acceptedRecord: AcceptedRecord {
        var message = AcceptedRecord()
        message.recordID = record.description
        message.revision = revision
        message.facilityCode = Self.facility
        message.acceptedAt = 1_780_300_000_000
        message.administrative = Data(administrative.encoded)
        message.insurance = Data(insurance.encoded)
        message.tables = tables
        return message
    }

    /// Takes the record back.
    static func withdrawal(of record: RecordIdentifier, revision: UInt32) -> FacilityRecord {
        var message = FacilityRecord()
        message.recordID = record.description
        message.revision = revision
        message.facilityCode = facility
        message.submittedAt = 1_780_300_000_000
        message.withdrawal.reason = "entered for another patient"
        message.withdrawal.withdrawnAt = 1_780_300_000_000
        return message
    }
}

extension CarriedTable {
    /// A table of one row that names itself.
    static func marked(_ part: RecordPart) -> CarriedTable {
        var field = OtherField()
        (field.name, field.value) = ("DU_PHONG", "only in \(part.name)")
        var row = CarriedRow()
        row.fields = [field]
        return CarriedTable(part, rows: [row])
    }
}
