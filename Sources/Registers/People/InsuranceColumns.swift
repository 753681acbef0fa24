import ExchangeSchema
import PartyCore

/// Reads what a row says of a person's insurance.
///
/// A card of 15 characters carries subject, level, province and number (Decision 1351/QD-BHXH, 2015); the form of April
/// 2021 carries the number alone, so that the other three stand in columns of their own.
enum InsuranceColumns {
    /// - Returns: Nil when the person is not insured, or when a problem was reported.
    static func read(_ rules: inout PersonRules) -> InsuranceEntry? {
        let row = rules.row
        guard !row[.card].isEmpty else {
            for column in PeopleColumn.allCases where column.isInsurance && !row[column].isEmpty {
                rules.report(column, "stands without a card; fill the column card, or leave this one blank")
            }
            return nil
        }
        let attributes = attributes(&rules)
        let from = rules.required(.cardValidFrom) { WrittenDay.read($0) }
        if from == nil, !row[.cardValidFrom].isEmpty { rules.report(.cardValidFrom, WrittenDay.rule) }
        let to = rules.required(.cardValidTo) { WrittenDay.read($0) }
        if to == nil, !row[.cardValidTo].isEmpty { rules.report(.cardValidTo, WrittenDay.rule) }
        if let from, let to, to < from { rules.report(.cardValidTo, "is before cardValidFrom") }
        let facility = rules.optional(.registeredFacility, IdentifierError.Rule.facilityCodeLength.text) {
            try? FacilityCode(parsing: $0)
        }
        let standing = standing(&rules)
        guard let attributes, let from, let to else { return nil }
        return InsuranceEntry(
            written: row[.card], number: attributes.number, subject: attributes.subject, benefitLevel: attributes.level,
            issuingProvince: attributes.province, validFrom: from, validTo: to, registeredFacility: facility,
            standing: standing)
    }

    private static func standing(_ rules: inout PersonRules) -> CardStanding? {
        guard rules.row[.cardEvent].isEmpty == rules.row[.cardEventSince].isEmpty else {
            rules.report(
                rules.row[.cardEvent].isEmpty ? .cardEvent : .cardEventSince,
                "cardEvent and cardEventSince stand together")
            return nil
        }
        let event = rules.optional(.cardEvent, eventRule) { CardStanding.Event(rawValue: $0) }
        let since = rules.optional(.cardEventSince, WrittenDay.rule) { WrittenDay.read($0) }
        guard let event, let since else { return nil }
        return CardStanding(event, since: since)
    }

    private static let eventRule =
        "one of " + CardStanding.Event.allCases.map(\.rawValue).joined(separator: ", ")

    private typealias Attributes = (number: SocialInsuranceNumber, subject: String, level: Int, province: String)

    private static func attributes(_ rules: inout PersonRules) -> Attributes? {
        let row = rules.row
        let card: InsuranceCard
        do {
            card = try InsuranceCard(parsing: row[.card])
        } catch {
            rules.report(.card, error.rule.text)
            return nil
        }
        switch card {
        case .full(let subject, let level, let province, let number):
            agree(.subject, with: subject, &rules)
            agree(.benefitLevel, with: String(level), &rules)
            agree(.issuingProvince, with: province, &rules)
            return (number, subject, level, province)
        case .socialInsurance(let number):
            // The three are checked as the characters of the card that they stand for.
            var isComplete = true
            for column in [PeopleColumn.subject, .benefitLevel, .issuingProvince] where row[column].isEmpty {
                rules.report(column, "is needed beside a card of 10 digits")
                isComplete = false
            }
            guard isComplete else { return nil }
            let written = row[.subject] + row[.benefitLevel] + row[.issuingProvince] + number.description
            guard case .full(let subject, let level, let province, _) = try? InsuranceCard(parsing: written) else {
                rules.report(
                    .subject,
                    "subject (two letters), benefitLevel (1 to 5) and issuingProvince (two digits) make no card")
                return nil
            }
            return (number, subject, level, province)
        case .citizen:
            rules.report(
                .card, "give the 10-digit number or the 15-character card; by its 12 digits VSS finds it in any case")
            return nil
        }
    }

    private static func agree(_ column: PeopleColumn, with value: String, _ rules: inout PersonRules) {
        let written = rules.row[column]
        if !written.isEmpty, written != value { rules.report(column, "the card says \(value)") }
    }
}
