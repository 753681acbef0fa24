import ExchangeSchema

extension SyntheticPopulation {
    /// The person of this index; people beyond the population are those within it again, from the start.
    public func person(_ index: UInt64) -> SyntheticPerson { person(at: place(index % configuration.persons)) }

    func person(at place: BirthPlace) -> SyntheticPerson {
        let group = ethnicGroup(place)
        let residence = residence(place)
        let birthDay = birthDay(place)
        return SyntheticPerson(
            index: place.person, citizenNumber: citizenNumber(place), supersededNumber: supersededNumber(place),
            oldIdentityNumber: oldIdentityNumber(place).map { Decimal.text($0, count: 9) },
            socialInsuranceNumber: socialInsuranceNumber(place), fullName: fullName(place, group), sex: place.cell.sex,
            birthDate: date(birthDay), birthProvince: place.cell.province, ethnicGroup: group.code,
            residence: residence, entitlement: entitlement(place, birthDay, residence),
            diedOn: deathDay(place, birthDay).map(date), namesake: namesake(of: place.person))
    }

    /// The other member of a pair of namesakes; nil for everybody else.
    func namesake(of person: UInt64) -> UInt64? {
        let other = person ^ 1
        return namesakes.contains(person / 2) && other < configuration.persons ? other : nil
    }

    /// The day of birth, as a day number: any day of the cell's year, up to the day before the first visit.
    func birthDay(_ place: BirthPlace) -> Int {
        var draws = Draws(seed: configuration.seed, .birthDay, place.person)
        let first = DayNumber.of(year: place.cell.year, month: 1, day: 1)
        // Who died was born early enough for the death to lie well before the first visit.
        let latest = deceased.contains(place.person) ? lastBirthDay - 40 : lastBirthDay
        let last = min(DayNumber.of(year: place.cell.year, month: 12, day: 31), latest)
        return first + draws.below(last - first + 1)
    }

    func ethnicGroup(_ place: BirthPlace) -> EthnicGroups.Group {
        let region = ProvinceWeights.regions[place.cell.province.index].rawValue
        var draws = Draws(seed: configuration.seed, .ethnicGroup, nameIndex(place.person))
        guard draws.happens(partsPerMillion: EthnicGroups.sharesPartsPerMillion[region]) else {
            return EthnicGroups.kinh
        }
        let groups = EthnicGroups.groups[region]
        return groups[draws.below(groups.count)]
    }

    func fullName(_ place: BirthPlace) -> String { fullName(place, ethnicGroup(place)) }

    func fullName(_ place: BirthPlace, _ group: EthnicGroups.Group) -> String { nameParts(place, group).text }

    func nameParts(_ place: BirthPlace, _ group: EthnicGroups.Group) -> NameParts {
        var draws = Draws(seed: configuration.seed, .name, nameIndex(place.person))
        return names.draw(
            sex: place.cell.sex, birthYear: place.cell.year,
            region: ProvinceWeights.regions[place.cell.province.index], group: group, draws: &draws)
    }

    /// Most people live where they were born; the others where many people live.
    func residence(_ place: BirthPlace) -> Residence {
        var draws = Draws(seed: configuration.seed, .residence, place.person)
        let stays = draws.happens(partsPerMillion: 850_000)
        let province = stays ? place.cell.province : FormerProvince.all[migrants.choose(&draws)]
        let ward = draws.below(520)
        return Residence(
            formerProvince: province, district: province.index * 15 + ward / 35 + 1,
            ward: province.index * 520 + ward + 1)
    }

    func entitlement(_ place: BirthPlace, _ birthDay: Int, _ residence: Residence) -> Entitlement {
        var draws = Draws(seed: configuration.seed, .entitlement, place.person)
        let thisYear = clock.firstYear
        let entry = entitlements.draw(age: thisYear - place.cell.year, &draws)
        let lastMonth = 1 + draws.below(12)
        let lastDay = DayNumber.of(year: thisYear + 2 + lastMonth / 12, month: lastMonth % 12 + 1, day: 1) - 1
        return Entitlement(
            subject: entry.subject, benefitLevel: entry.level, issuingProvince: residence.formerProvince,
            validFrom: date(max(clock.newYear, birthDay)), validTo: date(lastDay))
    }

    /// The day of death of the people who died: in the five years up to 40 days before the first visit, so that no
    /// stay reaches back to it.
    func deathDay(_ place: BirthPlace, _ birthDay: Int) -> Int? {
        guard deceased.contains(place.person) else { return nil }
        var draws = Draws(seed: configuration.seed, .death, place.person)
        let last = max(lastBirthDay - 40, birthDay)
        return last - draws.below(min(1_800, last - birthDay + 1))
    }

    /// The date of a day number of the years 1900 to 2102.
    func date(_ day: Int) -> CivilDate {
        guard let date = DayNumber.date(day) else { preconditionFailure("the configuration allows these years only") }
        return date
    }

    /// Namesakes draw their name by the number of their pair, everybody else by a number of their own.
    private func nameIndex(_ person: UInt64) -> UInt64 {
        namesake(of: person) == nil ? person : (person & ~1) | 1 << 63
    }
}
