import ExchangeSchema
import Vocabulary

extension SyntheticPopulation {
    /// Writes a `ClinicalBlock`, with the fault of the diagnosis.
    func writeClinical(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        writer.encoded(content.diagnoses.entries[draft.diagnosis].words)
        if draft.fault == .diagnosisMalformed {
            writer.text(6, malformed(content.diagnoses.entries[draft.diagnosis].code, &draft))
        } else {
            writer.encoded(content.diagnoses.entries[draft.diagnosis].main)
        }
        if let accompanying = draft.accompanying {
            writer.encoded(content.diagnoses.entries[accompanying].accompanying)
        }
        writer.encoded(draft.isStay ? Self.treatmentOfStays : Self.treatment)
        // KET_QUA_DTRI: recovered, improved, unchanged, or died; MA_LOAI_RV: discharged, seldom at the patient's wish.
        let result: UInt64 =
            switch draft.chance >> 20 & 7 {
            case 0, 4: 1
            case 6: 3
            default: 2
            }
        writer.number(13, draft.fault == .diedInHospital ? 5 : result)
        writer.number(14, draft.chance >> 24 & 31 == 0 ? 4 : 1)
        if draft.isAmended { writer.text(15, "Bổ sung sau khi gửi") }
        writeDepartment(16, draft, to: &writer)
        writeWeight(draft, to: &writer)
        writer.digits(20, draft.plan.visit, count: max(10, Decimal.length(draft.plan.visit)))
        // MA_TTDV, the head of the facility: number 0 among its doctors.
        writer.digits(21, UInt64(draft.facility.number) * 100_000, count: 10)
    }

    private static let treatment = FieldWriter.encode { $0.text(12, "Nội khoa, dùng thuốc theo đơn") }
    private static let treatmentOfStays = FieldWriter.encode { $0.text(12, "Điều trị nội trú theo phác đồ") }

    /// Writes the `ClinicalDetails`: rows of the tables XML2 to XML5.
    func writeDetails(_ draft: VisitDraft, to writer: inout FieldWriter) {
        for row in 0..<draft.drugs.count {
            writer.message(1) { writeDrug(draft.drugs[row], row + 1, draft, to: &$0) }
        }
        for row in 0..<draft.services.count {
            writer.message(2) { writeService(draft.services[row], row + 1, draft, to: &$0) }
        }
        if let result = draft.result {
            writer.message(3) { writeResult(result.service, value: result.value, draft, to: &$0) }
        }
        writer.message(4) { writer in
            writeEpisode(draft, to: &writer)
            writer.number(2, 1)
            writer.encoded(content.diagnoses.entries[draft.diagnosis].course)
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

    /// MA_KHOA: `K01` for an examination, `K03` for a stay.
    @inline(__always)
    private func writeDepartment(_ field: Int, _ draft: VisitDraft, to writer: inout FieldWriter) {
        writer.text(field, draft.isStay ? "K03" : "K01")
    }

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
        writeEpisode(draft, to: &writer)
        writer.number(2, UInt64(row))
        writer.encoded(content.drugs.entries[item.entry].fields[Money.place(ofPercent: draft.percent)])
        writeDepartment(31, draft, to: &writer)
        writeDoctor(32, draft, to: &writer)
        writer.time(34, minute: draft.ordered)
        writer.number(36, 1)
        writer.number(37, 1)
    }

    private func writeService(_ item: ItemDraft, _ row: Int, _ draft: VisitDraft, to writer: inout FieldWriter) {
        writeEpisode(draft, to: &writer)
        writer.number(2, UInt64(row))
        writer.encoded(content.services.entries[item.entry].fields)
        if item.quantity == 1 {
            writer.encoded(content.services.entries[item.entry].ofOne[Money.place(ofPercent: draft.percent)])
        } else {
            ServiceTable.writePrice(item.quantity, item.price, draft.percent, to: &writer)
        }
        writeDepartment(31, draft, to: &writer)
        writeDoctor(33, draft, to: &writer)
        writer.encoded(content.diagnoses.entries[draft.diagnosis].ofService)
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
        writeEpisode(draft, to: &writer)
        writer.number(2, 1)
        writer.encoded(content.services.entries[service].result)
        writer.hundredths(6, value)
        writer.encoded(content.services.entries[service].unit)
    }
}
