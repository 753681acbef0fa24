import Testing

@testable import Topology

@Suite struct AssertionTests {
    static let place = SourceLocation(file: "s.yaml", line: 4, column: 10)

    static let written: [(String, String, Comparison, Assertion.Operand)] = [
        ("submitted == 5000", "submitted", .equal, .number(5000)),
        ("shared>=4_800", "shared", .atLeast, .number(4800)),
        ("  pending   !=  -1 ", "pending", .notEqual, .number(-1)),
        ("refused.vss.010 > 0", "refused.vss.010", .above, .number(0)),
        ("refused.c06.no-match.name-differs <= 1e3", "refused.c06.no-match.name-differs", .atMost, .number(1000)),
        ("wrongMatches == expected.wrongMatches", "wrongMatches", .equal, .figure("expected.wrongMatches")),
        ("shared > 0.95*records", "shared", .above, .product(0.95, "records")),
        (
            "hop.c06.identity-results.p99Milliseconds < 60000", "hop.c06.identity-results.p99Milliseconds", .below,
            .number(60000)
        ),
    ]

    @Test(arguments: written)
    func readsFigureComparisonAndOperand(
        text: String, left: String, comparison: Comparison, right: Assertion.Operand
    ) throws {
        let assertion = try Assertion(text, at: AssertionTests.place)
        #expect(assertion.left == left && assertion.comparison == comparison && assertion.right == right)
        #expect(assertion.text == text && assertion.line == 4)
    }

    static let refused: [(String, Int, String)] = [
        ("", 10, "an empty assertion ends early; expected a figure"),
        ("shared", 16, "the assertion shared ends early; expected one of ==, !=, <=, >=, <, >"),
        ("shared ==", 19, "the assertion shared == ends early; expected a number or a figure"),
        ("shared == 1 *", 23, "the assertion shared == 1 * ends early; expected a figure"),
        ("shared =< 1", 17, "=< is not a comparison; expected one of ==, !=, <=, >=, <, >"),
        ("shared is 1", 17, "is is not a comparison; expected one of ==, !=, <=, >=, <, >"),
        ("5 == shared", 10, "5 is not a figure; expected "),
        ("shared == 1 2", 22, "2 follows a complete assertion; expected FIGURE OP NUMBER, "),
        ("shared == inf", 20, "inf is not a figure; expected "),
        ("refused.vss > 0", 10, "refused.vss is not a figure; expected refused.CODE with a code of moh, vss or c06, "),
        (
            "refused.who.1 > 0", 10,
            "refused.who.1 is not a figure; expected refused.CODE with a code of moh, vss or c06, "
        ),
        (
            "expected.refused.vss. > 0", 10,
            "expected.refused.vss. is not a figure; expected expected.refused.CODE with "
        ),
        (
            "hop.a.p9Milliseconds > 0", 10,
            "hop.a.p9Milliseconds is not a figure; expected hop.TOPIC.MEASURE with a measure, one of count, "
        ),
        ("hop.count > 0", 10, "hop.count is not a figure; expected hop.TOPIC.MEASURE with a measure, "),
    ]

    @Test(arguments: refused)
    func pointsAtThePartThatIsWrong(text: String, column: Int, message: String) {
        do throws(TopologyError) {
            _ = try Assertion(text, at: AssertionTests.place)
            Issue.record("accepted")
        } catch {
            #expect(error.description.hasPrefix("s.yaml:4:\(column): \(message)"), "\(error)")
        }
    }

    @Test func givesBothValuesWhenItFailsAndNamesAnUnknownFigure() throws {
        let figures: [String: Double] = ["shared": 7, "submitted": 9]
        func result(_ text: String) throws -> AssertionResult {
            try Assertion(text, at: AssertionTests.place).evaluate { figures[$0] }
        }
        #expect(try result("shared == submitted") == .fails(left: 7, right: 9))
        #expect(try result("shared <= submitted") == .holds(left: 7, right: 9))
        #expect(try result("shared < 0.5 * submitted") == .fails(left: 7, right: 4.5))
        #expect(try result("held == 0") == .unknownFigure("held"))
        #expect(try result("shared == pending") == .unknownFigure("pending"))
        #expect(try result("shared == 0.5 * pending") == .unknownFigure("pending"))
        #expect(try result("shared == 7").isHeld)
        #expect(try !result("held == 0").isHeld)
    }

    @Test(arguments: 0..<4)
    func comparisonsObeyTheLawsOfOrder(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<200 {
            let left = Double(Int.random(in: -3...3, using: &random))
            let right = Double(Int.random(in: -3...3, using: &random))
            func holds(_ comparison: Comparison) throws -> Bool {
                let text = "shared \(comparison.rawValue) pending"
                return try Assertion(text, at: AssertionTests.place)
                    .evaluate { $0 == "shared" ? left : right }.isHeld
            }
            #expect(try [holds(.below), holds(.equal), holds(.above)].count { $0 } == 1)
            #expect(try holds(.notEqual) == !holds(.equal))
            #expect(try holds(.atMost) == !holds(.above))
            #expect(try holds(.atLeast) == !holds(.below))
        }
    }

    @Test func nothingHoldsOfWhatIsNoNumber() {
        for comparison in Comparison.allCases {
            #expect(!comparison.holds(.nan, 1) && !comparison.holds(1, .nan) && !comparison.holds(.nan, .nan))
        }
    }

    @Test(arguments: 0..<4)
    func anyNumberIsReadBackAsItself(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<200 {
            let number = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
            guard number.isFinite else { continue }
            let assertion = try Assertion("shared < \(number)", at: AssertionTests.place)
            #expect(assertion.right == .number(number))
        }
    }

    @Test(arguments: 0..<4)
    func anyRowOfWordsIsReadOrRefusedWithinItsText(seed: UInt64) {
        var random = SplitMix(state: seed)
        let words = [
            "shared", "hop.", ".", "==", "<", "*", "5", "-", "é", "\u{0}", "refused.", " ", "=", "0x1", "1e999",
        ]
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...6, using: &random))
                .map { _ in words.randomElement(using: &random) ?? "" }.joined()
            do throws(TopologyError) {
                let assertion = try Assertion(text, at: AssertionTests.place)
                #expect(assertion.evaluate { _ in 1 } != .unknownFigure(assertion.left))
            } catch {
                #expect((10...(10 + text.count)).contains(error.column))
            }
        }
    }
}
