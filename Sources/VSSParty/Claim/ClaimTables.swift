import ExchangeSchema
import HealthStandards
import PartyCore

/// The dated codes and rules by which VSS judges a claim. Those of the day on which the visit ended count (NGAY_RA).
struct ClaimTables: Sendable {
    static let shipped = ClaimTables(.shipped)

    private let careSubjects: [DatedTable]
    private let careKinds: [DatedTable]
    private let levels: [DatedTable]
    /// Percent by level; Decision 1351/QD-BHXH has had one edition of it.
    private let percentByLevel: [UInt32]
    private let selfReferrals: [DatedTable]
    private let baseSalaries: [DatedTable]
    /// Groups whose level is not the same in all editions.
    private let changedGroups: Set<String>

    init(_ tables: DatedTables) {
        careSubjects = tables.editions("MA_DOITUONG_KCB")
        careKinds = tables.editions("MA_LOAI_KCB")
        levels = tables.editions("benefit-level")
        let shares = tables.editions("benefit-share").last
        percentByLevel = (0...5).map { shares?[String($0)].flatMap(UInt32.init) ?? 100 }
        selfReferrals = tables.editions("self-referral-share")
        baseSalaries = tables.editions("base-salary")
        let groups = Set(levels.flatMap(\.keys))
        let levels = levels
        changedGroups = groups.filter { group in Set(levels.map { $0[group] }).count > 1 }
    }

    /// Codes of MA_DOITUONG_KCB on a day; nil where no text at hand gives them.
    func careSubjects(on day: CivilDate) -> DatedTable? { inForce(careSubjects, day) }

    /// Codes of MA_LOAI_KCB on a day.
    func careKinds(on day: CivilDate) -> DatedTable? { inForce(careKinds, day) }

    /// The level that a card counts with on a day. A card keeps the digit with which it was printed, and its group may have
    /// changed its level since.
    /// - Parameter level: As the register has it.
    func level(of group: String, registered level: Int, on day: CivilDate) -> Int {
        guard changedGroups.contains(group), let text = inForce(levels, day)?[group], let found = Int(text),
            levels.contains(where: { $0[group] == String(level) })
        else { return level }
        return found
    }

    /// Whether a card of this group may show this digit besides the one that counts: it was printed when the group had it.
    func hadLevel(_ level: Int, group: String, by day: CivilDate) -> Bool {
        changedGroups.contains(group)
            && levels.contains { $0[group] == String(level) && $0.hasBegun(by: day) }
    }

    /// Share the fund pays of a person's visit, in percent, by the level that counts on the day.
    func percent(of person: InsuredPerson, on day: CivilDate) -> UInt32 {
        let level = level(of: person.subjectCode, registered: person.benefitLevel, on: day)
        return (1...5).contains(level) ? percentByLevel[level] : 100
    }

    /// What a self-referral gets of the card's share, in percent; nil where no text at hand says it.
    func selfReferralShare(on day: CivilDate) -> Int64? { inForce(selfReferrals, day)?["3.1"].flatMap(Int64.init) }

    /// Below this, a visit is paid whole: 15 percent of the base salary, in hundredths of a dong.
    func smallClaim(on day: CivilDate) -> Int64? {
        inForce(baseSalaries, day)?["dong"].flatMap(Int64.init).map { $0 * 15 }
    }

    private func inForce(_ editions: [DatedTable], _ day: CivilDate) -> DatedTable? {
        editions.last { $0.isInForce(on: day) }
    }
}
