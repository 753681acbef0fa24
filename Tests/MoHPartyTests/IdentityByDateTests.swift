import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// MoH decides by the date of the visit: each row is a death or a new number, a visit, and what becomes of it.
@Suite struct IdentityByDateTests {
    private let record = RecordIdentifier.sample(1)
    private let answers = MoHAnswers()

    /// `died_on` as C06 writes it, NGAY_VAO, NGAY_RA, and whether the visit is refused.
    static let deaths: [(died: String, admitted: String, discharged: String, isRefused: Bool)] = [
        // The day before, the same day, the day after.
        ("20250701", "202506300830", "202506301000", false), ("20250701", "202507010830", "202507011000", false),
        ("20250701", "202507020000", "202507021000", true),
        // The hour is known: before it, at that minute, after it on the same day.
        ("202507010900", "202507010830", "202507011000", false),
        ("202507010900", "202507010900", "202507011000", false),
        ("202507010900", "202507010901", "202507011000", true),
        // In hospital: during the stay, and at its end.
        ("202506251200", "202506200830", "202507011000", false), ("20250701", "202506200830", "202507011000", false),
        // Of what is not known, the latest: the month, the year, nothing at all.
        ("20250600", "202506300830", "202506301000", false), ("20250600", "202507010830", "202507011000", true),
        ("20250000", "202512312359", "202512312359", false), ("20240000", "202501010000", "202501010100", true),
        ("", "202507010830", "202507011000", false),
        // Of a visit only the day is known.
        ("202507010900", "20250701", "20250701", false), ("202507010900", "20250702", "20250702", true),
    ]

    private func verdict(
        _ admitted: String, _ discharged: String, _ change: (inout IdentityResult) -> Void
    ) throws -> (Verdict, [SentMessage]) {
        var rig = Rig(MoHCore(duties: .moh2024))
        var visit = SampleVisit(record)
        (visit.insurance.ngayVao, visit.insurance.ngayRa) = (admitted, discharged)
        try rig.receive(visit.facilityRecord(), record)
        try rig.receive(answers.covered(record), record)
        _ = rig.takeSent()
        var answer = answers.match(record)
        change(&answer)
        let verdict = try rig.receive(answer, record)
        try rig.checkRows()
        return (verdict, rig.takeSent())
    }

    @Test(arguments: deaths.indices) func aVisitAfterDeathIsRefusedAndADeathInHospitalIsNot(row: Int) throws {
        let (died, admitted, discharged, isRefused) = Self.deaths[row]
        let (verdict, sent) = try verdict(admitted, discharged) { ($0.civilStatus, $0.diedOn) = (.died, died) }
        #expect(verdict == (isRefused ? Verdict(.refused, .c06Deceased) : Verdict(.accepted)), "\(Self.deaths[row])")
        #expect(sent.map(\.head.type) == (isRefused ? [.correction] : [.bookEntry, .sharingNotice]))
        guard isRefused else { return }
        let correction: Correction = try sent[0].decoded()
        #expect(correction.code == "c06.deceased" && correction.refusedBy == .moh)
        #expect(correction.field == "SO_CCCD" && correction.value == "001085000001")
        #expect(!correction.rule.contains(died) || died.isEmpty, "a facility is not told when the person died")
    }

    /// `number_since`, NGAY_VAO, and whether the cancelled number is refused.
    static let numbers: [(since: String, admitted: String, isRefused: Bool)] = [
        ("20250702", "202507012359", false), ("20250702", "202507020000", true), ("20250702", "202507030830", true),
        ("", "202507010830", true),
    ]

    @Test(arguments: numbers.indices) func aCancelledNumberStandsForVisitsOfItsTime(row: Int) throws {
        let (since, admitted, isRefused) = Self.numbers[row]
        let (verdict, sent) = try verdict(admitted, "202507051000") {
            ($0.numberReplaced, $0.numberSince, $0.citizenNumber) = (true, since, "001085900001")
        }
        #expect(verdict == (isRefused ? Verdict(.refused, .c06NumberSuperseded) : Verdict(.accepted)))
        guard !isRefused else { return }
        let entry: BookEntry = try #require(sent.first).decoded()
        #expect(entry.citizenNumber == "001085900001", "the book has it under the number in force")
    }

    static let broken: [@Sendable (inout IdentityResult) -> Void] = [
        { ($0.civilStatus, $0.diedOn) = (.died, "2025") }, { ($0.civilStatus, $0.diedOn) = (.died, "20251301") },
        { ($0.civilStatus, $0.diedOn) = (.died, "202507002500") },
        { ($0.numberReplaced, $0.numberSince) = (true, "20250700") },
        { ($0.movedToProvince, $0.movedOn) = ("48", "202507010830") },
    ]

    @Test(arguments: broken.indices) func aDateThatIsNoneIsUnreadable(index: Int) throws {
        let (verdict, sent) = try verdict("202507010830", "202507011000", Self.broken[index])
        #expect(verdict.decision == .unreadable && sent.isEmpty)
    }
}
