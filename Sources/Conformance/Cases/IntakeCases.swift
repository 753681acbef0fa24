import ExchangeSchema
import Foundation
import PartyCore
import Vocabulary

/// What is the same for every party that takes records in: copies, late messages, revisions, withdrawals, unreadable bytes,
/// headers, newer schemas.
struct IntakeCases {
    let desk: CaseDesk
    /// What names of cases begin with.
    let prefix: String
    /// The message by which a visit comes to the party.
    let submit: (ConformanceVisit) -> CaseMessage

    var all: [ConformanceCase] { revisions + withdrawals + unreadable + [newerSchema, newerBlock, salted] }

    private func sound(_ name: String, revision: UInt32 = 1, number: Int = 1) -> ConformanceVisit {
        ConformanceVisit(desk.record(name, number), of: ConformancePeople.covered, revision: revision)
    }

    private func refused(_ name: String, revision: UInt32 = 1) -> ConformanceVisit {
        var visit = ConformanceVisit(desk.record(name), of: ConformancePeople.unknown, revision: revision)
        visit.clinical.maBenhChinh = "?1"
        return visit
    }

    var revisions: [ConformanceCase] {
        let copy = submit(sound("\(prefix).copy"))
        let twice = submit(sound("\(prefix).same-revision"))
        let other = MessageIdentifier(.facilityRecord, about: "again|\(desk.run)").uuid.description
        return [
            ConformanceCase(
                "\(prefix).copy", "a copy of a message is answered once, or again with the same ce_id",
                source: CaseSource.copies, [copy, copy], [copy]),
            ConformanceCase(
                "\(prefix).same-revision", "the same revision in a message of another ce_id has no second effect",
                source: CaseSource.copies, [twice], [twice.with(.identifier, other)]),
            ConformanceCase(
                "\(prefix).amended", "a later revision is taken up again and answered", source: CaseSource.copies,
                [submit(sound("\(prefix).amended"))], [submit(sound("\(prefix).amended", revision: 2))]),
            ConformanceCase(
                "\(prefix).late", "an earlier revision behind a later one is not answered", source: CaseSource.copies,
                [submit(sound("\(prefix).late", revision: 2))], [submit(sound("\(prefix).late"))]),
            ConformanceCase(
                "\(prefix).corrected", "a refused record that comes corrected is answered anew",
                source: CaseSource.copies, [submit(refused("\(prefix).corrected"))],
                [submit(sound("\(prefix).corrected", revision: 2))]),
            ConformanceCase(
                "\(prefix).amended-badly", "a later revision that is refused is answered as refused",
                source: CaseSource.copies, [submit(sound("\(prefix).amended-badly"))],
                [submit(refused("\(prefix).amended-badly", revision: 2))]),
        ]
    }

    private var withdrawals: [ConformanceCase] {
        [
            ConformanceCase(
                "\(prefix).withdrawn", "a withdrawal is passed on to whom the record went, with empty blocks",
                source: CaseSource.withdrawal, [submit(sound("\(prefix).withdrawn"))],
                [withdrawal("\(prefix).withdrawn", revision: 2)]),
            ConformanceCase(
                "\(prefix).withdrawn-unknown", "the withdrawal of a record that never came is passed on to nobody",
                source: CaseSource.withdrawal, [withdrawal("\(prefix).withdrawn-unknown", revision: 2)],
                [submit(sound("\(prefix).withdrawn-unknown"))]),
            ConformanceCase(
                "\(prefix).after-withdrawal", "what comes behind a withdrawal has no effect",
                source: CaseSource.withdrawal,
                [submit(sound("\(prefix).after-withdrawal"))], [withdrawal("\(prefix).after-withdrawal", revision: 2)],
                [submit(sound("\(prefix).after-withdrawal", revision: 3))]),
        ]
    }

    func withdrawal(_ name: String, revision: UInt32) -> CaseMessage {
        let record = desk.record(name)
        let message = ConformanceVisit.withdrawal(of: record, revision: revision)
        switch desk.intake {
        case .acceptedRecord:
            var accepted = AcceptedRecord()
            accepted.recordID = record.description
            accepted.revision = revision
            accepted.facilityCode = ConformanceVisit.facility
            accepted.withdrawn = true
            return desk.message(accepted)
        case .assessedRecord:
            var assessed = AssessedRecord()
            assessed.recordID = record.description
            assessed.revision = revision
            assessed.facilityCode = ConformanceVisit.facility
            assessed.submittedAt = message.submittedAt
            assessed.withdrawal = message.withdrawal
            return desk.message(assessed)
        default: return desk.message(message, facility: ConformanceVisit.facility)
        }
    }

    var unreadable: [ConformanceCase] {
        let letters = "goes to the dead letters as it came, with the reason"
        func broken(
            _ name: String, _ sentence: String, _ change: (CaseMessage) -> CaseMessage
        ) -> ConformanceCase {
            let full = "\(prefix).\(name)"
            return ConformanceCase(
                full, "\(sentence) \(letters)", source: CaseSource.deadLetters, [change(submit(sound(full)))])
        }
        return [
            broken("no-protobuf", "a payload that is no message") { message in
                message.carrying([0xFF, 0xFF] + Array(message.subject.description.utf8))
            },
            broken("other-record", "a payload about another record than ce_subject") { message in
                message.carrying(submit(sound("\(prefix).other-record", number: 2)).value)
            },
            broken("other-type", "a message of another ce_type than the topic carries") {
                $0.with(.type, "exchange.v1.SomethingElse")
            },
            broken("no-type", "a message without ce_type") { $0.without(.type) },
            broken("no-subject", "a message without ce_subject") { $0.without(.subject) },
            broken("no-identifier", "a message without ce_id") { $0.without(.identifier) },
            broken("bad-salt", "a message whose ce_salt is malformed") { $0.with(.salt, "not hexadecimal") },
        ]
    }

    /// Field 1000 with two bytes: no schema of today has it.
    static let unknownField: [UInt8] = [0xC2, 0x3E, 0x02, 0x68, 0x69]

    var newerSchema: ConformanceCase {
        let newer = submit(sound("\(prefix).newer-schema"))
        return ConformanceCase(
            "\(prefix).newer-schema", "a message of a newer schema is read, and what is new in it is not an error",
            source: "Protocol Buffers, \"Updating a message type\"", [newer.carrying(newer.value + Self.unknownField)])
    }

    private var newerBlock: ConformanceCase {
        var visit = sound("\(prefix).newer-block")
        var field = OtherField()
        (field.name, field.value) = ("TRUONG_MOI", "a field that the annex does not have")
        visit.administrative.otherFields = [field]
        return ConformanceCase(
            "\(prefix).newer-block", "a field of a block that nobody knows travels with the block, byte for byte",
            source: CaseSource.bytes, [submit(visit)])
    }

    var salted: ConformanceCase {
        ConformanceCase(
            "\(prefix).salted", "a message with ce_salt is taken like one without", source: CaseSource.headers,
            [submit(sound("\(prefix).salted")).with(.salt, "000102030405060708090a0b0c0d0e0f")])
    }
}

extension ConformanceVisit {
    /// Makes a vaccination of it: no visit, and nothing for VSS to look at.
    mutating func becomeVaccination() {
        insurance = InsuranceBlock()
        clinical = ClinicalBlock()
        details = ClinicalDetails()
        clinical.vaccination.maVacxin = "VX-VGB"
        clinical.vaccination.tenVacxin = "Vắc xin viêm gan B"
        clinical.vaccination.benhPhong = "viêm gan B"
        clinical.vaccination.soMui = "2"
        clinical.vaccination.ngayTiem = "202606010840"
        clinical.vaccination.soLo = "L-001"
        clinical.vaccination.maBacSi = "000001/HNO-CCHN"
    }

    /// Makes a health check of an adult of it, likewise.
    mutating func becomeHealthCheck() {
        insurance = InsuranceBlock()
        clinical = ClinicalBlock()
        details = ClinicalDetails()
        clinical.healthCheck.maCskcb = Self.facility
        clinical.healthCheck.doiTuong = "1"
        clinical.healthCheck.nguonChiTra = "4"
        clinical.healthCheck.maLoaiKcb = "01"
        clinical.healthCheck.ngayVao = "202606010840"
        clinical.healthCheck.xml10ChieuCao = "168"
        clinical.healthCheck.xml10CanNang = "62"
        clinical.healthCheck.xml12PhanLoaiSk = "2"
        clinical.healthCheck.xml12KetLuanBenh = "Z00.0"
    }
}
