import ExchangeSchema
import Testing

@Suite struct ReasonCodeTests {
    @Test func everyCodeIsReadBackFromItsTextAndNumber() {
        for code in ReasonCode.allCases {
            #expect(ReasonCode(text: code.text) == code)
            #expect(ReasonCode(rawValue: code.rawValue) == code)
        }
        #expect(Set(ReasonCode.allCases.map(\.text)).count == ReasonCode.allCases.count)
    }

    @Test(arguments: ["", "vss.000", "vss.10", "moh", "MOH.NAME-INVALID", "c06.no-match"]) func otherTextsAreNoCode(
        text: String
    ) {
        #expect(ReasonCode(text: text) == nil)
    }

    @Test func theNumberOfACardCheckIsItsOfficialResult() {
        for code in ReasonCode.allCases where code.text.hasPrefix("vss.") && code != .vssUnreadable {
            #expect(Int(code.text.dropFirst(4)) == Int(code.rawValue) - 1_000)
            #expect(code.text.utf8.count == 7)
        }
    }

    @Test func onlyADeathCannotBeCorrected() {
        #expect(ReasonCode.allCases.filter { !$0.isCorrectable } == [.c06Deceased])
    }

    @Test func zeroIsNoReason() {
        #expect(ReasonCode(rawValue: 0) == nil)
    }

    /// What VSS says of a record that it cannot read is no result of the card check, and cannot come as one.
    @Test func onlyThreeDigitsAreResultsOfTheCardCheck() {
        for code in ReasonCode.allCases {
            let isOfficial = code.text.hasPrefix("vss.") && code != .vssUnreadable
            #expect((code.cardCheckCode != nil) == isOfficial, "\(code)")
            if let digits = code.cardCheckCode { #expect(ReasonCode(cardCheckCode: digits) == code) }
        }
        for text in ["unreadable", "", "05", "0500", "abc", "999"] { #expect(ReasonCode(cardCheckCode: text) == nil) }
    }
}
