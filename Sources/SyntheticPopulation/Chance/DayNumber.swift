import ExchangeSchema

/// Days since 1 January 1970, and back, in the Gregorian calendar.
enum DayNumber {
    /// The day number of a date; unknown parts count as the first.
    static func of(_ date: CivilDate) -> Int {
        of(year: date.year, month: max(date.month, 1), day: max(date.day, 1))
    }

    /// The day number of year, month (1 to 12) and day.
    static func of(year: Int, month: Int, day: Int) -> Int {
        // Years that begin in March put the leap day at their end; a cycle of 400 years has 146,097 days.
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    /// The number yyyymmdd of a day number from the year 1000 on.
    static func yyyymmdd(_ number: Int) -> Int {
        let days = number + 719_468
        let cycle = days / 146_097
        let dayOfCycle = days - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)) * 10_000 + month * 100 + day
    }

    /// The date of a day number from the year 1000 to the year 9999; nil outside.
    static func date(_ number: Int) -> CivilDate? { CivilDate(number: yyyymmdd(number)) }
}
