import Testing

@testable import SyntheticPopulation

/// The keyed bijections that all identifiers stand on.
@Suite struct PermutationTests {
    @Test(arguments: [1, 2, 3, 4, 5, 15, 16, 17, 99, 100, 101, 1_000, 4_097] as [UInt64])
    func isABijectionOfSmallDomains(_ count: UInt64) {
        let permutation = Permutation(count: count, key: 42)
        let images = (0..<count).map(permutation.image)
        #expect(Set(images) == Set(0..<count))
        #expect(images.map(permutation.preimage) == Array(0..<count))
    }

    @Test(arguments: [1_000_000, 999_983, 50_000_000, 1_000_000_000, 99_999_999] as [UInt64])
    func invertsInLargeDomains(_ count: UInt64) {
        let permutation = Permutation(count: count, key: 7)
        var draws = Draws(seed: 1, .people, count)
        for _ in 0..<2_000 {
            let index = draws.below(count)
            let image = permutation.image(of: index)
            #expect(image < count)
            #expect(permutation.preimage(of: image) == index)
        }
    }

    @Test func scatters() {
        let permutation = Permutation(side: 1_000, key: 3)
        let neighbours = (0..<1_000 as Range<UInt64>).filter { index in
            let (first, second) = (permutation.image(of: index), permutation.image(of: index + 1))
            return max(first, second) - min(first, second) < 10_000
        }
        #expect(neighbours.count < 60)
    }

    @Test func drawsTheSameOnEveryMachine() {
        var draws = Draws(seed: 1, .people, 0)
        #expect([draws.next(), draws.next(), draws.next()] == Self.golden)
    }

    /// Computed apart, with arithmetic of unlimited size.
    static let golden: [UInt64] = [7_982_734_928_498_899_980, 7_851_527_857_629_710_090, 9_955_129_241_680_291_498]

    @Test func spacedChoicesCountAndRank() {
        for share: UInt64 in [1, 999, 10_000, 333_333, 500_000, 1_000_000] {
            let choice = SpacedChoice(partsPerMillion: share)
            let members = (0..<20_000 as Range<UInt64>).filter(choice.contains)
            #expect(UInt64(members.count) == choice.count(below: 20_000))
            #expect(members.indices.allSatisfy { choice.member(UInt64($0)) == members[$0] })
        }
        #expect(SpacedChoice(partsPerMillion: 0).member(0) == nil)
    }

    @Test func dayNumbersGoBothWays() {
        #expect(DayNumber.yyyymmdd(0) == 19_700_101)
        #expect(DayNumber.of(year: 2026, month: 11, day: 16) == 20_773)
        for day in stride(from: -30_000, to: 60_000, by: 1) {
            let number = DayNumber.yyyymmdd(day)
            #expect(DayNumber.of(year: number / 10_000, month: number / 100 % 100, day: number % 100) == day)
        }
    }
}
