import ExchangeSchema
import Testing
import Vocabulary

@Suite struct EventHeadersTests {
    private func time(_ milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        EventHeaders.appendTime(milliseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static let instants: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (-86_400_000, "1969-12-31T00:00:00.000Z"),
        (-86_400_001, "1969-12-30T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (951_868_799_999, "2000-02-29T23:59:59.999Z"),
        (951_868_800_000, "2000-03-01T00:00:00.000Z"),
        (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
        (1_735_689_599_999, "2024-12-31T23:59:59.999Z"),
        (1_234_567_890_123, "2009-02-13T23:31:30.123Z"),
        (2_147_483_648_000, "2038-01-19T03:14:08.000Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"),
        (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
        (-11_676_096_000_000, "1600-01-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ]

    @Test(arguments: instants) func writesKnownInstants(milliseconds: Int64, text: String) {
        #expect(time(milliseconds) == text)
    }

    @Test func everyDayFollowsTheOneBefore() throws {
        var date = try #require(CivilDate(number: 1890_01_01))
        var day: Int64 = -29_219
        while date.year < 2110 {
            let text = date.description
            let expected = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))T12:00:00.000Z"
            #expect(time(day * 86_400_000 + 43_200_000) == expected)
            day += 1
            let isLast = date.day == CivilDate.days(inMonth: date.month, of: date.year)
            let month = isLast ? date.month % 12 + 1 : date.month
            let year = date.year + (isLast && date.month == 12 ? 1 : 0)
            date = try #require(CivilDate(year: year, month: month, day: isLast ? 1 : date.day + 1))
        }
    }

    @Test(arguments: [Int64.min, .min + 86_399_998, -62_167_219_200_001, .max]) func noInstantTraps(milliseconds: Int64)
    {
        #expect(time(milliseconds).utf8.count == 24)
    }

    @Test(arguments: [(0, "0000000000000000"), (41, "0000000000000041"), (9_999_999_999_999_999, "9999999999999999")])
    func sequencesSortAsText(sequence: Int64, text: String) {
        var bytes: [UInt8] = []
        EventHeaders.appendSequence(sequence, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    @Test func theTraceIsTheRecordAndTheSpanTheMessage() {
        let record = RecordIdentifier(high: 0x0198_0000_0000_7001, low: 0x8000_0000_0000_00AB)
        let message = MessageIdentifier(.assessment, record: record, revision: 1)
        var bytes: [UInt8] = [0x21]
        EventHeaders.appendTraceParent(record: record, message: message, to: &bytes)
        let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        #expect(bytes.count == 56 && parts.map(\.count) == [2, 32, 16, 2])
        #expect(parts[0] == "00" && parts[3] == "01")
        #expect(parts[1] == "0198000000007001" + "80000000000000ab")
        #expect(String(parts[2]) == message.description.filter { $0 != "-" }.suffix(16))
    }

    @Test func headersAreNamedAsTheBindingWritesThem() {
        #expect(EventHeaders.specificationVersion == "1.0" && EventHeaders.contentType == "application/protobuf")
        #expect(EventHeaders.names.count == 10 && EventHeaders.names.first == "ce_specversion")
        #expect(Set(EventHeaders.names).isSuperset(of: ["ce_id", "ce_source", "ce_type", "ce_time", "traceparent"]))
    }
}
