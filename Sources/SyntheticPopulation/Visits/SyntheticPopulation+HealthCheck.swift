import ExchangeSchema
import Vocabulary

/// Health checks among the records of a scenario that asks for them: the fields are those of Decision 2062/QD-BYT
/// (health_checks.proto), what they say is made up.
extension SyntheticPopulation {
    /// Writes the `ClinicalBlock` of a health check, with the faults of its time and of its conclusion.
    func writeHealthCheck(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        writer.message(102) { writeContent(&draft, to: &$0) }
    }

    /// Writes the `ClinicalDetails` of a health check: the result that a service gave, as table XML11 has it.
    func writeHealthCheckResults(_ draft: VisitDraft, to writer: inout FieldWriter) {
        guard let result = draft.result else { return }
        writer.message(3) { writeMeasure(result.service, value: result.value, draft, to: &$0) }
    }

    private func writeContent(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        var draws = Draws(seed: configuration.seed, .healthCheck, draft.plan.visit)
        // The first one decided that it is a health check.
        _ = draws.next()
        let age = clock.firstYear - draft.person.birthDate.year
        writer.digits(1, UInt64(draft.facility.number), count: 5)
        // The 13-digit identifier: simulator-defined, for no list of them is public.
        writer.digits(2, 893_000_000_0000 + UInt64(draft.facility.number), count: 13)
        // By the birth date that is written, which is what the reader goes by.
        let birth = CivilDate(number: Int(draft.writtenBirth)) ?? draft.person.birthDate
        let day = CivilDate(number: DayNumber.yyyymmdd(draft.discharged / 1_440)) ?? birth
        let form = HealthCheckForm(birth: birth, on: day)
        writer.number(3, Self.group(form, age: age, &draws))
        writer.number(4, form == .adult ? 1 + draws.below(5 as UInt64) : 2)
        writer.encoded(Self.kindOfVisit)
        if draft.fault != .requiredMissing || FaultKind.lacksName(visit: draft.plan.visit) {
            writer.time(6, minute: draft.minuteOrBeforeBirth)
        }
        if form == .underSix {
            writeChild(age: max(age, 0), &draft, &draws, to: &writer)
        } else {
            writeOlder(age: age, &draft, &draws, to: &writer)
        }
    }

    /// DOI_TUONG: in kindergarten, at school, student or worker, aged.
    private static func group(_ form: HealthCheckForm, age: Int, _ draws: inout Draws) -> UInt64 {
        switch form {
        case .underSix: 10
        case .underEighteen: 11
        case .adult where age < 23: 12 + draws.below(2 as UInt64)
        case .adult where age < 60: 13 + draws.below(4 as UInt64)
        case .adult: 1
        }
    }

    /// MA_LOAI_KCB of Decision 1804/QD-BYT: health check.
    private static let kindOfVisit = FieldWriter.encode { $0.text(5, "15") }

    /// Tables XML3, XML4 and XML8.
    private func writeChild(
        age: Int, _ draft: inout VisitDraft, _ draws: inout Draws, to writer: inout FieldWriter
    ) {
        writer.tenths(7, 363 + draws.below(10 as UInt64))
        writer.number(8, 90 + draws.below(40 as UInt64))
        writer.number(9, 24 + draws.below(12 as UInt64))
        writer.tenths(10, UInt64(500 + age * 110) + draws.below(150 as UInt64))
        writer.tenths(11, UInt64(35 + age * 25) + draws.below(30 as UInt64))
        let isIll = draws.below(8 as UInt64) == 0
        writer.number(12, isIll ? 0 : 1)
        writer.number(13, 0)
        writer.number(14, isIll ? 1 : 0)
        writeDiseases(15, isIll, &draft, to: &writer)
        writeRemark(16, isIll ? "Cần theo dõi" : "", draft, to: &writer)
        writer.number(17, isIll ? 1 : 0)
        writer.number(18, 0)
        writer.encoded(Self.findingsOfChildren)
    }

    /// Tables XML10 and XML12.
    private func writeOlder(
        age: Int, _ draft: inout VisitDraft, _ draws: inout Draws, to writer: inout FieldWriter
    ) {
        let height = UInt64(age < 18 ? 105 + age * 3 : 150) + draws.below(20 as UInt64)
        // BMI between 18 and 26, in tenths; the weight follows from it.
        let index = 180 + draws.below(80 as UInt64)
        let weight = index * height * height / 10_000
        writer.number(19, height)
        writer.tenths(20, weight)
        writer.tenths(21, index)
        writer.number(22, 60 + draws.below(35 as UInt64))
        let (high, low) = (105 + draws.below(45 as UInt64), 65 + draws.below(25 as UInt64))
        writer.text(23, "\(high)/\(low)")
        writer.number(24, 1 + draws.below(4 as UInt64))
        let healthClass = 1 + draws.below(5 as UInt64)
        writer.number(25, healthClass)
        writeDiseases(26, healthClass > 2, &draft, to: &writer)
        writeRemark(27, healthClass > 2 ? "Khám lại theo hẹn" : "", draft, to: &writer)
        writer.encoded(Self.findings)
    }

    private func writeDiseases(
        _ field: Int, _ isIll: Bool, _ draft: inout VisitDraft, to writer: inout FieldWriter
    ) {
        let code = content.diagnoses.entries[draft.diagnosis].code
        if draft.fault == .diagnosisMalformed {
            writer.text(field, malformed(code, &draft))
        } else if isIll {
            writer.text(field, code)
        }
    }

    private func writeRemark(_ field: Int, _ text: String, _ draft: VisitDraft, to writer: inout FieldWriter) {
        writer.text(field, draft.isAmended ? "Bổ sung sau khi gửi" : text)
    }

    /// XML5 and XML7 as most children have them.
    private static let findingsOfChildren = tables([
        ("XML5", [("PT_TTBT_THEO_DO_TUOI", "1"), ("PT_VDBT_THEO_DO_TUOI", "1"), ("NGUY_CO_TU_KY", "0")]),
        ("XML7", [("MAU_SAC_DA", "1"), ("TAI_MANG_NHI", "1"), ("TIENG_TIM", "0")]),
    ])

    /// XML7 and XML9 as most people have them.
    private static let findings = tables([
        ("XML7", [("NOI_KHOA_TUAN_HOAN", "Bình thường"), ("NOI_KHOA_TUAN_HOAN_PL", "1"), ("KHAM_MAT_PL", "2")]),
        ("XML9", [("TSGD_MAC_BENH", "0"), ("TSBT_MAC_BENH", "0")]),
    ])

    private static func tables(_ tables: [(name: String, fields: [(name: String, value: String)])]) -> [UInt8] {
        FieldWriter.encode { writer in
            for table in tables {
                writer.message(30) { content in
                    content.text(1, table.name)
                    for field in table.fields {
                        content.message(2) { row in
                            row.text(1, field.name)
                            row.text(2, field.value)
                        }
                    }
                }
            }
        }
    }
}
