import ExchangeSchema
import PartyCore

/// MA_THE_BHYT is blank or one or more cards joined by `;`, each in one of the three formats. Decision 130/QD-BYT,
/// annex, XML1 MA_THE_BHYT; Decision 1351/QD-BHXH (2015); Decree 188/2025.
enum CardRule {
    static func check(_ insurance: ExaminedInsurance) throws(Refusal) {
        guard !insurance.maTheBhyt.isBlank else { return }
        do {
            _ = try InsuranceCard.list(parsing: insurance.maTheBhyt, field: "MA_THE_BHYT")
        } catch {
            throw Refusal(.mohCardMalformed, error)
        }
    }
}
