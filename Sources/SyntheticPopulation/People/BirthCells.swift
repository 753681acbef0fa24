import ExchangeSchema

/// Where and when people are born: how many pairs of people each cell of birth year, sex and former province has.
///
/// Pairs, not people, are counted, so that a person and the namesake have the same birth year and sex. The cells
/// lie year by year, so that people of one year, or born before one, are neighbours.
struct BirthCells {
    /// A cell: its parts as positions in their tables.
    struct Cell: Equatable {
        var year: Int
        var sex: Sex
        var province: FormerProvince
    }

    static let years = 100
    private static let cellsOfYear = 2 * 63

    /// The first of the hundred years.
    let firstYear: Int
    /// Number of pairs in all cells.
    let pairs: UInt64
    /// Pairs before each cell, and all pairs at the end. Small: 12,601 numbers.
    private let starts: [UInt64]

    /// Spreads the pairs over the cells by weight, exactly.
    init(pairs: UInt64, lastYear: Int) {
        self.pairs = pairs
        firstYear = lastYear - Self.years + 1
        var weights: [UInt64] = []
        weights.reserveCapacity(Self.years * Self.cellsOfYear)
        for age in (0..<Self.years).reversed() {
            for sex: UInt64 in [498, 502] {
                for thousands in ProvinceWeights.inhabitants { weights.append(Self.weight(age: age) * sex * thousands) }
            }
        }
        starts = Weights(weights).runningParts(of: pairs)
    }

    /// People in parts of 105,000 with this age in years: 24 % below 15, 68 % from 15 to 64, 8 % above, falling.
    ///
    /// Domain file, section 8: the bands of the census of 2019, from memory; inside a band simulator-defined.
    private static func weight(age: Int) -> UInt64 {
        switch age {
        case 0..<15: 1_680
        case 15..<65: 1_428
        default: UInt64(100 - age) * 8_400 / 630
        }
    }

    /// The cell that holds this pair position, as an index, and its position inside.
    @inline(__always)
    func locate(pair position: UInt64) -> (index: Int, offset: UInt64) {
        var low = 0
        var length = starts.count - 1
        while length > 1 {
            let half = length / 2
            low += starts[low + half] <= position ? half : 0
            length -= half
        }
        return (low, position - starts[low])
    }

    /// The parts of a cell.
    @inline(__always)
    func cell(_ index: Int) -> Cell {
        let place = index % Self.cellsOfYear
        return Cell(
            year: firstYear + index / Self.cellsOfYear, sex: place < 63 ? .male : .female,
            province: FormerProvince.all[place % 63])
    }

    /// The index of a cell; nil for a year outside the hundred.
    func index(year: Int, sex: Sex, province: FormerProvince) -> Int? {
        guard year >= firstYear, year < firstYear + Self.years else { return nil }
        return (year - firstYear) * Self.cellsOfYear + (sex == .female ? 63 : 0) + province.index
    }

    /// Pairs in a cell.
    func quota(_ index: Int) -> UInt64 { starts[index + 1] - starts[index] }

    /// The pair position of the first pair of a cell.
    func start(_ index: Int) -> UInt64 { starts[index] }

    /// The pair positions of people of one year and sex, over all provinces.
    func positions(year: Int, sex: Sex) -> Range<UInt64> {
        guard let first = index(year: year, sex: sex, province: FormerProvince.all[0]) else { return 0..<0 }
        return starts[first]..<starts[first + 63]
    }

    /// The pair positions of people born before 1 January of a year.
    func positions(before year: Int) -> Range<UInt64> {
        let bounded = min(max(year - firstYear, 0), Self.years)
        return 0..<starts[bounded * Self.cellsOfYear]
    }

    /// The pair positions of people born in the last of the hundred years.
    var positionsOfLastYear: Range<UInt64> { starts[(Self.years - 1) * Self.cellsOfYear]..<pairs }
}
