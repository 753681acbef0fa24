import Foundation
import Testing

@testable import Replay

/// TIME and SPEED of the command line, and the pace that follows from them.
@Suite struct ReplayArgumentTests {
    @Test(arguments: [
        ("1970-01-01T00:00:01Z", 1_000), ("2024-04-01T08:00:00Z", 1_711_958_400_000),
        ("2024-04-01T15:00:00.250+07:00", 1_711_958_400_250),
    ])
    func datesAreRead(text: String, time: Int64) throws {
        #expect(try ReplayMoment(text) == .at(time))
        #expect(try ReplayMoment(text).resolved(first: 5) == time)
    }

    @Test(arguments: [("+90s", 90_000), ("+250ms", 250), ("+1.5m", 90_000), ("+2h", 7_200_000), ("+0s", 0)])
    func durationsCountFromTheFirstRecord(text: String, milliseconds: Int64) throws {
        #expect(try ReplayMoment(text) == .afterFirst(milliseconds))
        #expect(try ReplayMoment(text).resolved(first: 1_000) == 1_000 + milliseconds)
    }

    @Test(arguments: [
        "", "+", "+s", "90s", "+-1s", "+1d", "2024-04-01", "yesterday", "+1e3s", "+1_0s", "+99999999999999h",
    ])
    func whatIsNoTimeIsQuoted(text: String) {
        let error = #expect(throws: ReplayError.self) { try ReplayMoment(text) }
        #expect(error?.code == .badArgument && error?.description.hasPrefix("'\(text)' is no time") == true)
    }

    @Test func speedsAreRead() throws {
        #expect(try ReplaySpeed("max") == .maximum)
        #expect(try ReplaySpeed("1x") == .times(1))
        #expect(try ReplaySpeed("10x") == .times(10))
        #expect(try ReplaySpeed("0.5x") == .times(0.5))
        for text in ["", "x", "0x", "-1x", "10", "nanx", "infx", "1e9x", "fast"] {
            #expect(throws: ReplayError.self, "\(text)") { try ReplaySpeed(text) }
        }
    }

    @Test func aRecordIsDueAtItsRecordedDistanceDividedByTheSpeed() {
        let pace = ReplayPace(speed: .times(10), firstRecorded: 50_000, startedAt: 1_000)
        #expect(pace.wait(recorded: 50_000, now: 1_000) == 0)
        #expect(pace.wait(recorded: 60_000, now: 1_000) == 1_000)
        #expect(pace.wait(recorded: 60_000, now: 1_400) == 600)
        #expect(pace.wait(recorded: 60_000, now: 2_000) == 0)
        #expect(pace.wait(recorded: 60_001, now: 2_000) == 1)
        #expect(pace.wait(recorded: 40_000, now: 1_000) == 0)
        #expect(pace.wait(recorded: .max, now: 1_000) > 0)
        #expect(ReplayPace(speed: .maximum, firstRecorded: 0, startedAt: 0).wait(recorded: .max, now: 0) == 0)
    }
}
