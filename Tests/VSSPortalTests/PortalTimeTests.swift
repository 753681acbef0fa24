import Foundation
import Testing

@testable import VSSPortal

/// Times as the portal writes them, computed, are those of the calendar.
@Suite struct PortalTimeTests {
    @Test func timesAreThoseOfTheCalendar() {
        var time: Int64 = -2_208_988_800_000
        while time < 4_102_444_800_000 {
            let text = Date(timeIntervalSince1970: Double(time / 1_000) + 7 * 3_600).formatted(.iso8601)
            #expect(PortalTime.stamp(time) == String(text.filter(\.isNumber).prefix(14)))
            time += 86_400_000 * 13 + 3_607_000
        }
    }

    @Test(arguments: [
        (0, "19700101070000"), (1_709_139_600_000, "20240229000000"), (1_709_225_999_999, "20240229235959"),
        (1_709_226_000_000, "20240301000000"), (-1, "19700101065959"), (-62_135_596_800_000, "00010101070000"),
    ]) func edgesHold(time: Int64, text: String) {
        #expect(PortalTime.stamp(time) == text)
    }
}
