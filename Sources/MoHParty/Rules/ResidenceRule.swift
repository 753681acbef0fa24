import ExchangeSchema
import PartyCore

/// MATINH_CU_TRU is a province, so that the entry finds its locality. Decision 130/QD-BYT, annex, XML1
/// MATINH_CU_TRU: the last two digits of the code of Circular 07/2016/TT-BCA.
enum ResidenceRule {
    static func check(_ administrative: ExaminedPerson) throws(Refusal) -> Province {
        guard let former = FormerProvince(twoDigits: administrative.matinhCuTru) else {
            throw Refusal(
                .mohProvinceUnknown, field: "MATINH_CU_TRU", value: administrative.matinhCuTru,
                rule: "the last two digits of one of the 63 province codes of Circular 07/2016/TT-BCA")
        }
        return former.province
    }
}
