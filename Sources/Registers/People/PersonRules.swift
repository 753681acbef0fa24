import ExchangeSchema

/// Reads a row by the rules of its columns; every rule that is broken is told, not only the first.
struct PersonRules {
    let file: String
    let row: RegisterRow<PeopleColumn>
    private(set) var problems: [RowProblem] = []

    init(_ row: RegisterRow<PeopleColumn>, file: String) {
        self.row = row
        self.file = file
    }

    /// The person of this row; nil when ``problems`` says why not.
    mutating func person() -> PersonEntry? {
        let number = citizenNumber()
        let name = PersonName.normalised(row[.fullName])
        if let rule = PersonName.violatedRule(row[.fullName]) { report(.fullName, rule.text) }
        let birth = required(.birthDate) { WrittenDay.read($0, mayBePartly: true) }
        if birth == nil, !row[.birthDate].isEmpty { report(.birthDate, WrittenDay.rule + "; 1980 and 1980-01 will do") }
        let sex = required(.sex) { Self.sex(written: $0) }
        if sex == nil, !row[.sex].isEmpty { report(.sex, IdentifierError.Rule.sexCode.text) }
        if let number {
            do throws(IdentifierError) {
                try number.check(birthDate: birth, sex: sex)
            } catch {
                report(.citizenNumber, error.rule.text)
            }
        }
        let lives = required(.province) { FormerProvince(twoDigits: $0)?.province }
        if lives == nil, !row[.province].isEmpty { report(.province, Self.provinceRule) }
        let residence = ResidenceColumns.read(&self, lives: lives)
        let death = death(birth: birth)
        let missing = optional(.missingSince, WrittenDay.rule) { WrittenDay.read($0) }
        if !row[.ward].isEmpty, row[.ward].utf8.count != 5 || !row[.ward].isDigits {
            report(.ward, "a ward has five digits")
        }
        let insurance = InsuranceColumns.read(&self)
        let earlier = earlierNumbers(of: number)
        if number == nil, row[.citizenNumber].isEmpty, row[.card].isEmpty {
            report(nil, "a person has a citizenNumber, a card, or both; otherwise nobody knows them")
        }
        guard problems.isEmpty, let birth, let sex, let lives else { return nil }
        return PersonEntry(
            citizenNumber: number, earlierNumbers: earlier, fullName: name, birthDate: birth, sex: sex,
            residence: residence.province ?? lives, ward: row[.ward], insurance: insurance, death: death,
            movedOn: residence.since, formerProvince: residence.former, missingSince: missing)
    }

    static let provinceRule = "a province has two digits, as MATINH_CU_TRU writes it before or since July 2025"

    mutating func report(_ column: PeopleColumn?, _ rule: String) {
        problems.append(
            RowProblem(
                file: file, line: row.line, column: column?.name, value: column.map { row[$0] } ?? "", rule: rule))
    }

    /// The value of a column that may not be blank, read; a blank one is reported here, a wrong one is not.
    mutating func required<Value>(_ column: PeopleColumn, _ read: (String) -> Value?) -> Value? {
        if row[column].isEmpty {
            report(column, "is needed and is blank")
            return nil
        }
        return read(row[column])
    }

    /// The value of a column that may be blank, read; a wrong one is reported with this rule.
    mutating func optional<Value>(_ column: PeopleColumn, _ rule: String, _ read: (String) -> Value?) -> Value? {
        if row[column].isEmpty { return nil }
        let value = read(row[column])
        if value == nil { report(column, rule) }
        return value
    }

    private mutating func citizenNumber() -> CitizenNumber? {
        guard !row[.citizenNumber].isEmpty else { return nil }
        do throws(IdentifierError) {
            return try CitizenNumber(parsing: row[.citizenNumber])
        } catch {
            report(.citizenNumber, error.rule.text)
            return nil
        }
    }

    /// A death whose day is not known is one all the same.
    private mutating func death(birth: CivilDate?) -> CivilMoment? {
        let moment = optional(.diedOn, WrittenMoment.rule) { WrittenMoment.read($0) }
        if let birth, let latest = moment?.latest, latest / 10_000 < Int64(birth.number) {
            report(.diedOn, "nobody dies before birth")
        }
        return moment
    }

    private mutating func earlierNumbers(of number: CitizenNumber?) -> [EarlierNumber] {
        var numbers: [EarlierNumber] = []
        for written in row[.earlierNumbers].split(whereSeparator: { $0 == " " || $0 == "|" }) {
            let parts = written.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let day = parts.count == 2 ? WrittenDay.read(parts[1]) : nil
            if parts.count == 2, day == nil {
                report(.earlierNumbers, "behind @ stands the day since when the number is replaced; " + WrittenDay.rule)
            }
            let earlier = EarlierNumber(number: parts[0], replacedOn: day)
            numbers.append(earlier)
            let isOld = earlier.number.utf8.count == 9 && earlier.number.isDigits
            guard isOld || (try? CitizenNumber(parsing: earlier.number)) != nil else {
                report(.earlierNumbers, "an earlier number has 12 digits, or 9 of the old identity card")
                continue
            }
            if earlier.number == number?.description {
                report(.earlierNumbers, "the number in force is no earlier number")
            }
        }
        if !numbers.isEmpty, row[.citizenNumber].isEmpty {
            report(.earlierNumbers, "earlier numbers were replaced by the one in citizenNumber, which is blank")
        }
        return numbers
    }

    static func sex(written text: String) -> Sex? {
        switch text.lowercased() {
        case "male", "nam": .male
        case "female", "nữ": .female
        default: try? Sex(parsing: text)
        }
    }
}
