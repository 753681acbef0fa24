/// When something happened to a person, as far as it is known: a minute, a day, a day with unknown parts, or nothing.
///
/// Written as ``description`` says in `died_on` of an identity result and `happened_on` of a change of civil status.
/// Simulator-defined: no public text says how the population database writes a death.
public struct CivilMoment: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The day, whose parts may be unknown; nil when nothing is known.
    public let date: CivilDate?
    /// Hour and minute as the number HHMM; nil when the hour is not known, as of every incomplete day.
    public let hourAndMinute: Int32?

    /// A moment; an hour of an incomplete day is not kept.
    /// - Parameter hourAndMinute: The number HHMM, 0 to 2359.
    public init(date: CivilDate?, hourAndMinute: Int32? = nil) {
        self.date = date
        self.hourAndMinute = date?.isComplete == true ? hourAndMinute : nil
    }

    /// A moment of which nothing is known.
    public static let unknown = CivilMoment(date: nil)

    /// Reads ``description``; nil for anything else.
    public init?(_ text: String) {
        if text.isEmpty {
            self = .unknown
            return
        }
        let rules = TimeDigits.Rules(
            length: .timeLength, digits: .timeDigits, day: .timeNoSuchDay, hour: .timeNoSuchHour)
        guard let digits = try? TimeDigits.read(text, field: "", rules: rules),
            digits.date.isComplete || !digits.hasHour
        else { return nil }
        self.init(date: digits.date, hourAndMinute: digits.hasHour ? digits.hourAndMinute : nil)
    }

    /// The last minute that it may have been, as the number yyyymmddHHMM; nil when nothing is known.
    public var latest: Int64? {
        guard let date else { return nil }
        let month = date.month == 0 ? 12 : date.month
        let day = date.day == 0 ? CivilDate.days(inMonth: month, of: date.year) : date.day
        return Int64(date.year * 10_000 + month * 100 + day) * 10_000 + Int64(hourAndMinute ?? 2_359)
    }

    /// A number below 2^40 for storing it: yyyymmddHHMM, with 9999 for an unknown hour; 0 when nothing is known.
    public var stored: Int64 { date.map { Int64($0.number) * 10_000 + Int64(hourAndMinute ?? 9_999) } ?? 0 }

    /// Reads ``stored``; nil for a number that it never is.
    public init?(stored number: Int64) {
        if number == 0 {
            self = .unknown
            return
        }
        let time = Int32(number % 10_000)
        guard let date = CivilDate(number: Int(clamping: number / 10_000)),
            time == 9_999 || (time / 100 < 24 && time % 100 < 60 && date.isComplete)
        else { return nil }
        self.init(date: date, hourAndMinute: time == 9_999 ? nil : time)
    }

    /// Orders by ``stored``: what is not known comes first, and a day without an hour after its minutes.
    public static func < (first: CivilMoment, second: CivilMoment) -> Bool { first.stored < second.stored }

    /// Eight digits yyyymmdd with unknown parts 00, twelve with the hour, or nothing.
    public var description: String {
        guard let date else { return "" }
        return date.description + (hourAndMinute.map { DecimalDigits.write(UInt64($0), count: 4) } ?? "")
    }
}
