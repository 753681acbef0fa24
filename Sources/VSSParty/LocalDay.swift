import ExchangeSchema

/// The day on the calendars of Viet Nam, seven hours ahead of UTC all year.
enum LocalDay {
    /// - Parameter time: Unix milliseconds.
    /// - Returns: Nil outside the years 1000 to 9999.
    static func of(_ time: Int64) -> CivilDate? {
        // Days since 1 March of the year 0, by the rule of 400 years (146,097 days).
        let days = (time + 7 * 3_600_000).quotientDown(by: 86_400_000) + 719_468
        let era = days.quotientDown(by: 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let day = dayOfYear - (153 * fromMarch + 2) / 5 + 1
        return CivilDate(year: Int(year), month: Int(month), day: Int(day))
    }
}

extension Int64 {
    fileprivate func quotientDown(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }
}
