import ExchangeSchema

/// Draws full names: family, middle and given names, upper case, composed, single spaces.
struct NameMaker {
    private struct Choice {
        let texts: [[UInt8]]
        let weights: Weights

        /// - Parameter lead: What stands before each of the texts.
        init(_ entries: [(text: String, weight: UInt64)], after lead: String = "") {
            texts = entries.map { Array((lead + $0.text).utf8) }
            weights = Weights(entries.map(\.weight))
        }

        @inline(__always)
        func draw(_ draws: inout Draws) -> [UInt8] { texts[weights.choose(&draws)] }
    }

    private let families: [Choice]
    private let middles: [Choice]
    private let givens: [Choice]

    init() {
        families =
            [FamilyNames.northern, FamilyNames.northern, FamilyNames.central, FamilyNames.central]
            .map { Choice(FamilyNames.common + $0) } + [Choice(FamilyNames.common + FamilyNames.southern)]
        middles = [
            MiddleNames.olderMen, MiddleNames.olderWomen, MiddleNames.youngerMen, MiddleNames.youngerWomen,
        ].map { Choice($0, after: " ") }
        givens = [
            GivenNames.olderMen, GivenNames.olderWomen, GivenNames.youngerMen, GivenNames.youngerWomen,
        ].map { Choice($0, after: " ") }
    }

    /// A name of two tokens (5 %), three (60 %) or four (35 %), as the domain file counts them (section 8).
    func draw(
        sex: Sex, birthYear: Int, region: Region, group: EthnicGroups.Group, draws: inout Draws
    ) -> NameParts {
        let cohort = (birthYear < 1_980 ? 0 : 2) + (sex == .female ? 1 : 0)
        let length = draws.below(100 as UInt64)
        let family =
            group.familyNames.isEmpty
            ? families[region.rawValue].draw(&draws) : group.familyNames[draws.below(group.familyNames.count)]
        var name = NameParts(family: family)
        if length >= 5 { name.middle = middles[cohort].draw(&draws) }
        name.given = givens[cohort].draw(&draws)
        if length >= 65 { name.second = Self.other(than: name.given, givens[cohort], &draws) }
        return name
    }

    /// A name other than `given`, so that no name says the same word twice; after three tries a word of no table.
    private static func other(than given: [UInt8], _ choice: Choice, _ draws: inout Draws) -> [UInt8] {
        for _ in 0..<3 {
            let candidate = choice.draw(&draws)
            if candidate != given { return candidate }
        }
        return given == Array(" AN".utf8) ? Array(" BÌNH".utf8) : Array(" AN".utf8)
    }
}

/// The words of a name in UTF-8, all but the first with the space before them; empty where there is none.
struct NameParts {
    var family: [UInt8]
    var middle: [UInt8] = []
    var second: [UInt8] = []
    var given: [UInt8] = []

    /// The name, as registers have it.
    var text: String {
        let count = family.count + middle.count + second.count + given.count
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { room in
            var end = 0
            Self.add(family, to: room, at: &end)
            Self.add(middle, to: room, at: &end)
            Self.add(second, to: room, at: &end)
            Self.add(given, to: room, at: &end)
            return String(decoding: room, as: UTF8.self)
        }
    }

    @inline(__always)
    private static func add(_ word: [UInt8], to room: UnsafeMutableBufferPointer<UInt8>, at end: inout Int) {
        end = room[end...].update(fromContentsOf: word)
    }
}
