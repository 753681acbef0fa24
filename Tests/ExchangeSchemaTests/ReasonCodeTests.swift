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
        for code in ReasonCode.allCases where code.text.hasPrefix("vss.") {
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
}
