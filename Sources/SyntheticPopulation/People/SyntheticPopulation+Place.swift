import ExchangeSchema
import Vocabulary

/// Where a person stands among the cells of birth: all identifiers follow from it.
struct BirthPlace {
    /// Index of the person.
    var person: UInt64
    /// Position of the person's pair among all pairs, in the order of cells.
    var pair: UInt64
    /// Index of the cell.
    var cellIndex: Int
    /// Place among the people of the cell.
    var ordinal: UInt64
    /// The cell.
    var cell: BirthCells.Cell
}

extension SyntheticPopulation {
    /// Serials of a cell: this many numbers, of which the first part is in force ...
    static let serialSide: UInt64 = 1_000
    /// ... those from here on were never issued ...
    static let firstUnissuedSerial: UInt64 = 250_000
    /// ... and those from here on are earlier numbers, cancelled since (for the people who have one).
    static let firstSupersededSerial: UInt64 = 500_000

    /// The place of a person. Beyond the population, the place of somebody in it.
    func place(_ person: UInt64) -> BirthPlace {
        place(person: person, pair: pairOrder.image(of: person / 2 % pairOrder.count))
    }

    /// The place of one member, 0 or 1, of the pair at a position; nil when the population ends before.
    func place(pair: UInt64, member: UInt64) -> BirthPlace? {
        let person = pairOrder.preimage(of: pair) * 2 + member
        return person < configuration.persons ? place(person: person, pair: pair) : nil
    }

    private func place(person: UInt64, pair: UInt64) -> BirthPlace {
        let (index, offset) = cells.locate(pair: pair)
        return BirthPlace(
            person: person, pair: pair, cellIndex: index, ordinal: offset * 2 + (person & 1), cell: cells.cell(index))
    }

    /// The number of a cell with a serial before its permutation.
    func citizenNumber(cellIndex: Int, cell: BirthCells.Cell, serial: UInt64) -> CitizenNumber {
        let century = UInt64(cell.year / 100 - 19) * 2 + (cell.sex == .female ? 1 : 0)
        let prefix = (UInt64(cell.province.number) * 10 + century) * 100 + UInt64(cell.year % 100)
        let number = prefix * 1_000_000 + serials(ofCell: cellIndex).image(of: serial)
        guard let result = CitizenNumber(number: number) else {
            preconditionFailure("a cell's province is one of the 63")
        }
        return result
    }

    /// The number in force.
    func citizenNumber(_ place: BirthPlace) -> CitizenNumber {
        citizenNumber(cellIndex: place.cellIndex, cell: place.cell, serial: place.ordinal)
    }

    /// The cancelled number of a person who has one.
    func supersededNumber(_ place: BirthPlace) -> CitizenNumber? {
        guard superseded.contains(place.person) else { return nil }
        let serial = Self.firstSupersededSerial + place.ordinal
        return citizenNumber(cellIndex: place.cellIndex, cell: place.cell, serial: serial)
    }

    /// Whose number this is, in force or superseded; nil when it was never issued.
    func place(citizenNumber: CitizenNumber) -> (place: BirthPlace, isSuperseded: Bool)? {
        let (year, sex, province) = (citizenNumber.birthYear, citizenNumber.sex, citizenNumber.birthProvince)
        guard let index = cells.index(year: year, sex: sex, province: province) else { return nil }
        let serial = serials(ofCell: index).preimage(of: citizenNumber.number % 1_000_000)
        let isSuperseded = serial >= Self.firstSupersededSerial
        let ordinal = isSuperseded ? serial - Self.firstSupersededSerial : serial
        guard ordinal / 2 < cells.quota(index) else { return nil }
        let pair = cells.start(index) + ordinal / 2
        let person = pairOrder.preimage(of: pair) * 2 + (ordinal & 1)
        guard person < configuration.persons else { return nil }
        let cell = BirthCells.Cell(year: year, sex: sex, province: province)
        let place = BirthPlace(person: person, pair: pair, cellIndex: index, ordinal: ordinal, cell: cell)
        if isSuperseded, changeKind(of: person) == .renumberedAfterwards { return (place, false) }
        return !isSuperseded || superseded.contains(person) ? (place, isSuperseded) : nil
    }

    private func serials(ofCell index: Int) -> Permutation {
        Permutation(side: Self.serialSide, key: Draws.mix(serialKey ^ UInt64(index)))
    }
}
