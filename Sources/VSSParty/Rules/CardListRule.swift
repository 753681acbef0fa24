import ExchangeSchema
import PartyCore

/// Result 205: parameter format error. GT_THE_TU and GT_THE_DEN are blank or give one day for each card, in the order of
/// the cards. Decision 130/QD-BYT, annex, XML1 GT_THE_TU and GT_THE_DEN.
///
/// MA_DKBD is not counted: by the annex a facility is added to it only when the new card names another one.
enum CardListRule {
    /// - Returns: The entries of the list; none when it is blank.
    @discardableResult
    static func check(_ list: String, _ field: String, cards: Int) throws(Refusal) -> [Substring] {
        if list.isBlank { return [] }
        // Nearly all visits have one card; going through a text by characters is dear.
        let entries =
            list.utf8.contains(0x3B) ? list.split(separator: ";", omittingEmptySubsequences: false) : [list[...]]
        guard entries.count == cards else {
            throw Refusal(
                .vssParameterWrong, field: field, value: list,
                rule: "one day for each card: MA_THE_BHYT has \(cards), \(field) has \(entries.count)")
        }
        return entries
    }
}
