import ExchangeSchema
import HealthStandards
import PartyCore

/// Result 205, parameter format error: MA_DOITUONG_KCB and MA_LOAI_KCB are codes of the lists in force on the day of
/// discharge. Decision 3276/QD-BYT; Decisions 824/QD-BYT (2023) and 1804/QD-BYT (2026). A blank field is MoH's affair, and
/// where no list of the day is known nothing is said.
enum CodeSetRule {
    static func check(_ insurance: ExaminedInsurance, _ tables: ClaimTables, on day: CivilDate) throws(Refusal) {
        try check(insurance.maDoituongKcb, "MA_DOITUONG_KCB", tables.careSubjects(on: day), day)
        try check(insurance.maLoaiKcb, "MA_LOAI_KCB", tables.careKinds(on: day), day)
    }

    private static func check(
        _ code: String, _ field: String, _ list: DatedTable?, _ day: CivilDate
    ) throws(Refusal) {
        guard let list, !code.isBlank, list[code] == nil else { return }
        throw Refusal(
            .vssParameterWrong, field: field, value: code,
            rule: "a code of \(list.edition), in force on \(day), the day of discharge")
    }
}
