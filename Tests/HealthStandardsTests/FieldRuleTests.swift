import Testing

@testable import HealthStandards

@Suite struct FieldRuleTests {
    private func rule(
        _ kind: FieldRule.Kind = .text, maximum: Int? = nil, required: Bool = false, shape: FieldShape = .plain
    ) -> FieldRule {
        FieldRule(name: "F", kind: kind, maximumLength: maximum, isRequired: required, shape: shape)
    }

    @Test(arguments: ["0", "-1", "80.00", "007", "-0.5", "123456789012345"])
    func takesNumbers(value: String) { #expect(rule(.number).fault(in: value) == nil) }

    @Test(arguments: ["x", "1,5", "1.", ".5", "1.2.3", "1e3", "--1", "-", "1-", " 1", "1 ", "+1", "١", "0x1", "-.5"])
    func refusesWhatIsNoNumber(value: String) { #expect(rule(.number).fault(in: value) == .notANumber) }

    @Test(arguments: ["", " ", "\n\t\r "])
    func takesWhiteSpaceForEmpty(value: String) {
        #expect(rule(.number, required: true).fault(in: value) == .required)
        #expect(rule(.number).fault(in: value) == nil)
    }

    @Test func countsLengthInComposedScalars() {
        #expect(rule(maximum: 6).fault(in: "Nguye\u{302}\u{303}n") == nil)
        #expect(rule(maximum: 5).fault(in: "Nguyễn") == .tooLong(length: 6, maximum: 5))
    }

    @Test(arguments: [
        (FieldShape.day, "20240229"), (.days, "20240101"), (.days, "20240101;20241231"), (.moment, "202401012359"),
        (.dayOrMoment, "20240101"), (.dayOrMoment, "202401010000"), (.birth, "195300000000"),
        (.birth, "195305000000"), (.birth, "195305312359"), (.ordinal, "1"), (.ordinal, "010"),
    ])
    func takesShapes(shape: FieldShape, value: String) { #expect(rule(.number, shape: shape).fault(in: value) == nil) }

    @Test(arguments: [
        (FieldShape.day, "20230229"), (.day, "20240100"), (.day, "2024010"), (.day, "2024-1-1"), (.days, "20240101;"),
        (.days, "20240101,20240101"), (.moment, "202401012400"), (.moment, "202401010060"), (.moment, "20240101"),
        (.moment, "202400000000"), (.dayOrMoment, "2024010100"), (.birth, "19530000"), (.birth, "195300010000"),
        (.birth, "000000000000"), (.birth, "-19530101000"), (.moment, "99999999999999999999999999"),
    ])
    func refusesDatesThatAreNone(shape: FieldShape, value: String) {
        #expect(rule(shape: shape).fault(in: value) == .notADate(shape))
    }

    @Test(arguments: ["0", "00", "-1", "1.0", "x"])
    func refusesOrdinalsThatAreNone(value: String) { #expect(rule(shape: .ordinal).fault(in: value) == .notAnOrdinal) }
}
