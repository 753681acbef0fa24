import ExchangeSchema
import Testing

/// Times as people type them back.
@Suite struct WrittenTimeTests {
    private static let moment: Int64 = 1_795_857_059_511

    @Test(arguments: [
        ("2026-11-28T09:10:59.511Z", moment), ("2026-11-28 09:10:59.511Z", moment),
        ("2026-11-28t09:10:59.511z", moment), ("2026-11-28 09:10:59.511", moment),
        ("2026-11-28 09:10:59.511 UTC", moment), ("2026-11-28T16:10:59.511+07:00", moment),
        ("2026-11-28T16:10:59.511+0700", moment), ("2026-11-28T16:10:59.511+07", moment),
        ("2026-11-28T03:40:59.511-05:30", moment), ("2026-11-28T09:10:59,511Z", moment),
        ("2026-11-28T09:10:59.511999999Z", moment), ("2026-11-28T09:10:59Z", moment - 511),
        ("2026-11-28 09:10", moment - 59_511), ("2026-11-28T09:10Z", moment - 59_511),
        ("2026-11-28T09:10:59.5Z", moment - 11), ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1_000),
        ("2024-02-29T00:00Z", 1_709_164_800_000), ("2000-03-01T00:00Z", 951_868_800_000),
    ])
    func readsEveryFormOfATime(text: String, milliseconds: Int64) {
        #expect(WrittenTime.milliseconds(text) == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-28", "yesterday", "2026-11-28T", "2026-11-28T09", "2026-11-28T9:10", "2026-02-29T00:00Z",
        "2026-13-01T00:00Z", "2026-11-28T24:00Z", "2026-11-28T09:60Z", "2026-11-28T09:10:60Z", "2026-11-28T09:10:59.Z",
        "2026-11-28T09:10:59Z ", "2026-11-28T09:10:59+7", "2026-11-28T09:10:59+07:0", "0000-01-01T00:00Z",
        "２026-11-28T09:10Z", "2026-11-28T09:10:59GMT", "+2026-11-28T09:10Z",
    ])
    func refusesWhatIsNone(text: String) { #expect(WrittenTime.milliseconds(text) == nil) }

    /// What the exchange writes in `ce_time` is read back.
    @Test func readsWhatTheExchangeWrites() {
        for milliseconds in stride(from: Int64(946_684_800_000), to: 4_102_444_800_000, by: 86_399_987_123) {
            var bytes: [UInt8] = []
            EventHeaders.appendTime(milliseconds, to: &bytes)
            #expect(WrittenTime.milliseconds(String(decoding: bytes, as: UTF8.self)) == milliseconds)
        }
    }
}
