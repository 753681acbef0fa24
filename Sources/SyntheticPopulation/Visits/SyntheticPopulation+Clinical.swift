import ExchangeSchema
import Vocabulary

extension SyntheticPopulation {
    /// Writes a `ClinicalBlock`, with the fault of the diagnosis.
    func writeClinical(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        let diagnosis = content.diagnoses.entries[draft.diagnosis]
        writer.text(1, diagnosis.reason)
        writer.text(4, diagnosis.text)
        writer.text(5, diagnosis.text)
        writer.text(6, draft.fault == .diagnosisMalformed ? malformed(diagnosis.code, &draft) : diagnosis.code)
        if let accompanying = draft.accompanying { writer.text(7, content.diagnoses.entries[accompanying].code) }
        writer.encoded(draft.isStay ? Self.treatmentOfStays : Self.treatment)
        // KET_QUA_DTRI: recovered, improved, unchanged, or died; MA_LOAI_RV: discharged, seldom at the patient's wish.
        let result: UInt64 = [1, 2, 2, 2, 1, 2, 3, 2][Int(draft.chance >> 20 & 7)]
        writer.number(13, draft.fault == .diedInHospital ? 5 : result)
        writer.number(14, draft.chance >> 24 & 31 == 0 ? 4 : 1)
        if draft.isAmended { writer.text(15, "Bổ sung sau khi gửi") }
        writer.text(16, department(draft))
        writeWeight(draft, to: &writer)
        writer.digits(20, draft.plan.visit, count: max(10, Decimal.length(draft.plan.visit)))
        // MA_TTDV, the head of the facility: number 0 among its doctors.
        writer.digits(21, UInt64(draft.facility.number) * 100_000, count: 10)
    }

    private static let treatment = FieldWriter.encode { $0.text(12, "Nội khoa, dùng thuốc theo đơn") }
    private static let treatmentOfStays = FieldWriter.encode { $0.text(12, "Điều trị nội trú theo phác đồ") }

    /// Writes the `ClinicalDetails`: rows of the tables XML2 to XML5.
    func writeDetails(_ draft: VisitDraft, to writer: inout FieldWriter) {
        for (index, drug) in draft.drugs.enumerated() {
            writer.message(1) { writeDrug(drug, index + 1, draft, to: &$0) }
        }
        for (index, service) in draft.services.enumerated() {
            writer.message(2) { writeService(service, index + 1, draft, to: &$0) }
        }
        if let result = draft.result {
            writer.message(3) { writeResult(result.service, value: result.value, draft, to: &$0) }
        }
        writer.message(4) { writer in
            writeEpisode(draft, to: &writer)
            writer.number(2, 1)
            writer.text(3, content.diagnoses.entries[draft.diagnosis].course)
            writer.time(7, minute: draft.ordered)
            writeDoctor(8, draft, to: &writer)
        }
    }

    /// A code that is no ICD-10 code: the letter O for a zero, letter and digit exchanged, or a dot without more.
    func malformed(_ code: String, _ draft: inout VisitDraft) -> String {
        let category = String(code.prefix(3))
        switch draft.faultDraws.below(3 as UInt64) {
        case 0: return category.prefix(2) + "O"
        case 1: return String(category.dropFirst()) + category.prefix(1)
        default: return category + "."
        }
    }

    private func department(_ draft: VisitDraft) -> String { draft.isStay ? "K03" : "K01" }

    /// CAN_NANG in kilograms with one place, by age.
    private func writeWeight(_ draft: VisitDraft, to writer: inout FieldWriter) {
        let age = max(0, clock.firstYear - draft.person.birthDate.year)
        let mean = age >= 18 ? 55 : 4 + age * 28 / 10
        writer.tenths(17, UInt64(mean * 10 + Int(draft.chance >> 40 & 63) * mean / 100))
    }

    /// MA_BAC_SI: ten digits, simulator-defined: the facility's code and a number of one of its twenty doctors.
    private func writeDoctor(_ field: Int, _ draft: VisitDraft, to writer: inout FieldWriter) {
        let doctor = draft.chance >> 48 % 20 + 1
        writer.digits(field, UInt64(draft.facility.number) * 100_000 + doctor, count: 10)
    }

    private func writeDrug(_ item: ItemDraft, _ row: Int, _ draft: VisitDraft, to writer: inout FieldWriter) {
        let money = Money(total: item.total, percent: draft.percent)
        writeEpisode(draft, to: &writer)
        writer.number(2, UInt64(row))
        writer.encoded(content.drugs.entries[item.entry].fields)
        writer.number(17, draft.percent == 0 ? 0 : 100)
        writer.number(18, item.quantity)
        writer.amount(19, item.price)
        writer.amount(20, money.total)
        writer.amount(21, money.covered)
        writer.encoded(content.noOtherSourceDrug)
        writer.number(27, draft.percent)
        writer.amount(28, money.patientAlone)
        writer.amount(29, money.patientPart)
        writer.amount(30, money.fund)
        writer.text(31, department(draft))
        writeDoctor(32, draft, to: &writer)
        writer.time(34, minute: draft.ordered)
        writer.number(36, 1)
        writer.number(37, 1)
    }

    private func writeService(_ item: ItemDraft, _ row: Int, _ draft: VisitDraft, to writer: inout FieldWriter) {
        let money = Money(total: item.total, percent: draft.percent)
        writeEpisode(draft, to: &writer)
        writer.number(2, UInt64(row))
        writer.encoded(content.services.entries[item.entry].fields)
        writer.number(13, item.quantity)
        writer.amount(14, item.price)
        writer.amount(15, draft.percent == 0 ? 0 : item.price)
        writer.number(17, 100)
        writer.number(18, draft.percent == 0 ? 0 : 100)
        writer.amount(19, money.total)
        writer.amount(20, money.covered)
        writer.number(22, draft.percent)
        writer.encoded(content.noOtherSourceService)
        writer.amount(28, money.patientAlone)
        writer.amount(29, money.patientPart)
        writer.amount(30, money.fund)
        writer.text(31, department(draft))
        writeDoctor(33, draft, to: &writer)
        writer.text(35, content.diagnoses.entries[draft.diagnosis].code)
        let isBefore = draft.fault == .lineOutsideStay && row == 1
        writer.time(37, minute: isBefore ? draft.admitted - 2_880 : draft.ordered)
        writer.number(40, 1)
    }

    private func writeResult(_ service: Int, value: UInt64, _ draft: VisitDraft, to writer: inout FieldWriter) {
        writeMeasure(service, value: value, draft, to: &writer)
        writer.time(10, minute: min(draft.ordered + 20, draft.discharged))
        writeDoctor(11, draft, to: &writer)
    }

    /// What was measured: fields 1 to 7 of table XML4.
    func writeMeasure(_ service: Int, value: UInt64, _ draft: VisitDraft, to writer: inout FieldWriter) {
        let entry = content.services.entries[service]
        writeEpisode(draft, to: &writer)
        writer.number(2, 1)
        writer.encoded(entry.result)
        let length = Decimal.length(value / 100)
        writer.head(6, length + 3)
        Decimal.append(value / 100, count: length, to: &writer.bytes)
        writer.bytes.append(0x2E)
        Decimal.append(value % 100, count: 2, to: &writer.bytes)
        writer.encoded(entry.unit)
    }
}
