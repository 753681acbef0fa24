import ExchangeSchema
import PartyCore

/// Result 205: parameter format error. GT_THE_TU and GT_THE_DEN are blank or give one day for each card, in the order of
/// the cards. Decision 130/QD-BYT, annex, XML1 GT_THE_TU and GT_THE_DEN.
///
/// MA_DKBD is not counted: by the annex a facility is added to it only when the new card names another one.
enum CardListRule {
    static func check(_ list: String, _ field: String, cards: Int) throws(Refusal) {
        if list.isBlank { return }
        let days = isOne(list) ? 1 : entries(list).count
        guard days == cards else {
            throw Refusal(
                .vssParameterWrong, field: field, value: list,
                rule: "one day for each card: MA_THE_BHYT has \(cards), \(field) has \(days)")
        }
    }

    /// The entry for a card; empty where the list is blank.
    static func entry(_ index: Int, of list: String) -> String {
        if list.isBlank { return "" }
        if isOne(list) { return index == 0 ? list : "" }
        let entries = entries(list)
        return index < entries.count ? String(entries[index]) : ""
    }

    /// Nearly all visits have one card; going through a text by characters is dear.
    private static func isOne(_ list: String) -> Bool { !list.utf8.contains(0x3B) }

    private static func entries(_ list: String) -> [Substring] {
        list.split(separator: ";", omittingEmptySubsequences: false)
    }
}
