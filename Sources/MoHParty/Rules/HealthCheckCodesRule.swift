import ExchangeSchema
import PartyCore

/// DOI_TUONG, NGUON_CHI_TRA and the classes are of their lists, those of class where they are written. Decision
/// 2062/QD-BYT (2026), Annex 01. Kinds of visit (MA_LOAI_KCB) are not examined, as of no visit.
enum HealthCheckCodesRule {
    static func check(_ check: HealthCheck) throws(Refusal) {
        for group in check.doiTuong.split(separator: ";", omittingEmptySubsequences: false) {
            guard let number = number(group), (1...16).contains(number) else {
                throw refusal("DOI_TUONG", check.doiTuong, "whole numbers from 1 to 16, joined by \";\"")
            }
        }
        guard let payer = number(check.nguonChiTra), payer == 9 || (1...5).contains(payer) else {
            throw refusal("NGUON_CHI_TRA", check.nguonChiTra, "a whole number from 1 to 5, or 9")
        }
        for (field, written) in [
            ("KHAM_THE_LUC_PL", check.xml10KhamTheLucPl), ("PHAN_LOAI_SK", check.xml12PhanLoaiSk),
        ] where !written.isEmpty {
            guard let found = number(written), (1...5).contains(found) else {
                throw refusal(field, written, "a class is a whole number from 1 to 5")
            }
        }
    }

    private static func number(_ text: some StringProtocol) -> Int? {
        guard (1...2).contains(text.utf8.count) else { return nil }
        return text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    private static func refusal(_ field: String, _ value: String, _ rule: String) -> Refusal {
        Refusal(.mohCodeUnknown, field: field, value: value, rule: rule)
    }
}
