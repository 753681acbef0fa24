import Composition
import Operations
import Testing

/// Which dead letters a condition means.
@Suite struct LetterConditionTests {
    private let letter = ["dlt_reason": "header ce_id is missing", "dlt_partition": "2", "ce_type": "x"]

    @Test(arguments: [
        ("reason~ce_id", true), ("reason~ce_type", false), ("partition=2", true), ("partition=1", false),
        ("partition!=1", true), ("reason ~ ce_id is and partition = 2", true), ("reason~ce_id and ce_type!=x", false),
        ("ce_source=", true), ("ce_type=x", true), ("reason=header ce_id is missing", true),
    ])
    func comparisonsAreJoined(text: String, holds: Bool) throws {
        #expect(try LetterCondition(text).holds(letter) == holds)
    }

    @Test(arguments: ["", "reason", "=x", "reason!x", "a=1 and ", "re ason=x"])
    func whatIsNoComparisonIsQuoted(text: String) {
        #expect(throws: ProgramFailure.self) { try LetterCondition(text) }
    }
}
