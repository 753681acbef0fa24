import ExchangeSchema

/// Builds full names: family, middle and given names, upper case, composed, single spaces.
struct NameMaker {
    private struct Choice {
        let texts: [String]
        let weights: Weights

        init(_ entries: [(text: String, weight: UInt64)]) {
            texts = entries.map(\.text)
            weights = Weights(entries.map(\.weight))
        }

        @inline(__always)
        func draw(_ draws: inout Draws) -> String { texts[weights.choose(&draws)] }
    }

    private let families: [Choice]
    private let middles: [Choice]
    private let givens: [Choice]

    init() {
        families =
            [FamilyNames.northern, FamilyNames.northern, FamilyNames.central, FamilyNames.central]
            .map { Choice(FamilyNames.common + $0) } + [Choice(FamilyNames.common + FamilyNames.southern)]
        middles = [
            Choice(MiddleNames.olderMen), Choice(MiddleNames.olderWomen), Choice(MiddleNames.youngerMen),
            Choice(MiddleNames.youngerWomen),
        ]
        givens = [
            Choice(GivenNames.olderMen), Choice(GivenNames.olderWomen), Choice(GivenNames.youngerMen),
            Choice(GivenNames.youngerWomen),
        ]
    }

    /// A name of two tokens (5 %), three (60 %) or four (35 %), as the domain file counts them (section 8).
    func name(sex: Sex, birthYear: Int, region: Region, group: EthnicGroups.Group, draws: inout Draws) -> String {
        let cohort = (birthYear < 1_980 ? 0 : 2) + (sex == .female ? 1 : 0)
        let length = draws.below(100 as UInt64)
        var name = ""
        name.reserveCapacity(40)
        if group.familyNames.isEmpty {
            name += families[region.rawValue].draw(&draws)
        } else {
            name += group.familyNames[draws.below(group.familyNames.count)]
        }
        if length >= 5 {
            name += " "
            name += middles[cohort].draw(&draws)
        }
        let given = givens[cohort].draw(&draws)
        if length >= 65 {
            let second = Self.other(than: given, givens[cohort], &draws)
            name += " "
            name += second
        }
        name += " "
        name += given
        return name
    }

    /// A name other than `given`, so that no name says the same word twice; after three tries a word of no table.
    private static func other(than given: String, _ choice: Choice, _ draws: inout Draws) -> String {
        for _ in 0..<3 {
            let candidate = choice.draw(&draws)
            if candidate != given { return candidate }
        }
        return given == "AN" ? "BÌNH" : "AN"
    }
}
