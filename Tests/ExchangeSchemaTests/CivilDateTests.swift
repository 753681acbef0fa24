import ExchangeSchema
import Testing

@Suite struct CivilDateTests {
    @Test(arguments: [1000_01_01, 9999_12_31, 2000_02_29, 2024_02_29, 1985_03_17, 1985_03_00, 1985_00_00])
    func daysAndUnknownPartsAreDates(number: Int) throws {
        let date = try #require(CivilDate(number: number))
        #expect(Int(date.number) == number && date.description == String(number))
        #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
        #expect(date.isComplete == (number % 100 > 0))
    }

    @Test(
        arguments: [
            0, -1, 999_12_31, 10000_01_01, 1900_02_29, 2100_02_29, 2023_02_29, 2024_02_30, 2024_04_31, 2024_13_01,
            2024_01_32, 2024_00_05, Int.max, Int.min,
        ]) func whatIsNoDayIsNoDate(number: Int)
    {
        #expect(CivilDate(number: number) == nil)
    }

    @Test func partsOutOfRangeAreNoDate() {
        #expect(CivilDate(year: 2024, month: -1, day: 1) == nil)
        #expect(CivilDate(year: 2024, month: 1, day: -1) == nil)
        #expect(CivilDate(year: .max, month: .max, day: .max) == nil)
    }

    static let agreements: [(Int, Int, Bool)] = [
        (1985_03_17, 1985_03_17, true), (1985_03_17, 1985_03_18, false), (1985_03_17, 1985_04_17, false),
        (1985_03_17, 1986_03_17, false), (1985_03_00, 1985_03_17, true), (1985_03_00, 1985_04_17, false),
        (1985_00_00, 1985_12_31, true), (1985_00_00, 1986_12_31, false), (1985_03_00, 1985_03_00, true),
    ]

    @Test(arguments: agreements) func datesAgreeInWhatBothKnow(first: Int, second: Int, agree: Bool) throws {
        let (one, other) = (try #require(CivilDate(number: first)), try #require(CivilDate(number: second)))
        #expect(one.agrees(with: other) == agree)
        #expect(other.agrees(with: one) == agree)
    }

    @Test func earlierComesFirst() throws {
        let numbers = [1985_00_00, 1985_03_00, 1985_03_17, 1985_04_01, 1986_00_00]
        let dates = try numbers.map { try #require(CivilDate(number: $0)) }
        #expect(dates.shuffled().sorted() == dates)
    }
}
