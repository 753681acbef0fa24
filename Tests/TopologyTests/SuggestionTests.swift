import Testing
import Vocabulary

@testable import Topology

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("vss", "vss", 0), ("vs", "vss", 1), ("vsss", "vss", 1), ("svs", "vss", 1),
        ("moh", "c06", 3), ("kitten", "sitting", 3), ("nameMispelled", "nameMisspelled", 1),
    ])
    func countsEdits(left: String, right: String, edits: Int) {
        #expect(Suggestion.distance(left, right) == edits)
        #expect(Suggestion.distance(right, left) == edits)
    }

    @Test(arguments: FaultKind.allCases)
    func findsEveryFaultWithALetterLeftOut(fault: FaultKind) {
        let names = FaultKind.allCases.map(\.rawValue)
        for index in fault.rawValue.indices {
            var word = fault.rawValue
            word.remove(at: index)
            #expect(Suggestion.nearest(to: word, in: names) == fault.rawValue)
        }
    }

    @Test func suggestsNothingForAWordThatIsFar() {
        #expect(Suggestion.nearest(to: "banana", in: FaultKind.allCases.map(\.rawValue)) == nil)
        #expect(Suggestion.nearest(to: String(repeating: "x", count: 100_000), in: ["x"]) == nil)
        #expect(Suggestion.nearest(to: "x", in: []) == nil)
    }
}
