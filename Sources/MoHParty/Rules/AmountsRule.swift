import ExchangeSchema
import PartyCore

/// Amounts are numbers with at most two decimals, and T_BHTT = T_TONGCHI_BH - T_BNCCT. Decision 130/QD-BYT, annex, XML1.
enum AmountsRule {
    static func check(_ insurance: ExaminedInsurance) throws(Refusal) {
        let covered = try hundredths(insurance.tTongchiBh, "T_TONGCHI_BH")
        let patient = try hundredths(insurance.tBncct, "T_BNCCT")
        let fund = try hundredths(insurance.tBhtt, "T_BHTT")
        guard fund == covered - patient else {
            throw Refusal(
                .mohAmountsContradict, field: "T_BHTT", value: insurance.tBhtt,
                rule: "T_BHTT = T_TONGCHI_BH - T_BNCCT")
        }
    }

    /// An amount in hundredths of a dong. A blank field counts as zero.
    private static func hundredths(_ text: String, _ field: String) throws(Refusal) -> Int64 {
        if text.isBlank { return 0 }
        let read = text.utf8.withContiguousStorageIfAvailable { hundredths($0) } ?? hundredths(text.utf8)
        guard let read else {
            throw Refusal(
                .mohAmountsContradict, field: field, value: text, rule: "an amount with at most two decimals")
        }
        return read
    }

    private static func hundredths(_ bytes: some Sequence<UInt8>) -> Int64? {
        var value: Int64 = 0
        var decimals = -1
        for byte in bytes {
            if byte == 0x2E, decimals < 0 {
                decimals = 0
            } else if (0x30...0x39).contains(byte), decimals < 2, value < 100_000_000_000_000 {
                value = value * 10 + Int64(byte - 0x30)
                if decimals >= 0 { decimals += 1 }
            } else {
                return nil
            }
        }
        return decimals == 2 ? value : decimals == 1 ? value * 10 : value * 100
    }
}
