import Testing

@testable import Conformance

/// The checklist of a hospital's system, by tables of what the log of the doors holds.
@Suite struct HISChecklistTests {
    private static func entry(
        _ time: Int64, _ path: String, _ verdict: String, status: Int = 200, readings: [String] = [],
        account: String = "A", dialect: String = "vss-portal"
    ) -> DoorRequestEntry {
        DoorRequestEntry(
            identifier: "\(time)", receivedAt: time, dialect: dialect, request: "POST \(path)", account: account,
            status: status, verdict: verdict, readings: readings)
    }

    private static let submit = "/api/qd130/guiHoSoXmlQD3176"
    private static let lookUp = "/api/egw/nhanChiTietLoiHS"

    /// Everything, in its order.
    private static let all = [
        entry(1, "/api/token/take", "200 logged in", readings: ["fields: form", "password: md5-upper"]),
        entry(2, submit, "200 10 of 10 visits taken in, 0 faults named", readings: ["fields: form"]),
        entry(3, submit, "200 answered before, the same again"),
        entry(4, lookUp, "200 5 shared, 5 refused of 10", readings: ["fields: json"]),
        entry(5, submit, "200 1 of 1 visits taken in, 0 faults named"),
        entry(6, "/api/egw/KQNhanLichSuKCB2024", "010 the card is valid on the day of admission"),
        entry(7, "/api/qd130/checkInKcbQd3176", "200 1 checked in, cards: 000"),
    ]

    private func green(_ entries: [DoorRequestEntry], account: String? = nil) -> Set<HISCase> {
        let list = HISChecklist(entries, account: account)
        return Set(HISCase.allCases.filter { list.outcome($0) == .passed })
    }

    @Test func allOfItIsGreen() {
        #expect(green(Self.all) == Set(HISCase.allCases))
        #expect(green(Self.all.reversed()) == Set(HISCase.allCases), "the log's order is not that of time")
    }

    /// Without each request its own line stays open, and no other.
    @Test func eachLineNeedsItsRequest() {
        let lines: [(Int64, Set<HISCase>)] = [
            (1, [.token]), (2, []), (3, [.repeated]),
            (4, [.lookedUp, .corrected]), (5, [.corrected]), (6, [.card]), (7, [.checkIn]),
        ]
        for (time, open) in lines {
            let found = green(Self.all.filter { $0.receivedAt != time })
            #expect(Set(HISCase.allCases).subtracting(found) == open, "without \(time)")
        }
    }

    typealias Almost = (line: HISCase, entry: DoorRequestEntry)
    static let almost: [Almost] = [
        (.token, entry(1, "/api/token/take", "401 the password is another one", status: 401)),
        (.submitted, entry(1, submit, "202 none of 3 visits is sound", status: 400)),
        (.submitted, entry(1, submit, "200 1 of 1 visits taken in, 0 faults named", dialect: "other")),
        (.repeated, entry(1, "/api/qd130/checkInKcbQd3176", "200 answered before, the same again")),
        (.lookedUp, entry(1, lookUp, "200 5 shared, 0 refused of 5")),
        (.lookedUp, entry(1, lookUp, "204 no such transaction", status: 404)),
        (.card, entry(1, "/api/egw/KQNhanLichSuKCB2024", "401 the token is of another account", status: 401)),
        (.card, entry(1, "/api/egw/KQNhanLichSuKCB2024", "054 the officer is not on the account's list")),
        (.checkIn, entry(1, "/api/qd130/checkInKcbQd3176", "202 1 faults in XML0", status: 400)),
    ]

    @Test(arguments: almost.indices) func almostIsNotEnough(index: Int) {
        #expect(!green([Self.almost[index].entry]).contains(Self.almost[index].line))
    }

    @Test func twoReadingsAreNamed() {
        let mixed = Self.all + [Self.entry(9, "/api/token/take", "200 logged in", readings: ["password: md5-lower"])]
        guard case .failed(let findings) = HISChecklist(mixed).outcome(.oneReading) else {
            Issue.record("two forms of the password are two readings")
            return
        }
        #expect(findings == [Finding("password", expected: "one reading", found: "md5-lower and md5-upper")])
    }

    @Test func aNumberInAQueryIsNamed() {
        let query = Self.all + [Self.entry(9, "/api/egw/Lskcb2025", "000", readings: [HISChecklist.queryNote])]
        #expect(green(query) == Set(HISCase.allCases).subtracting([.cleanQuery]))
    }

    @Test func onlyTheAccountCounts() {
        #expect(green(Self.all, account: "A") == Set(HISCase.allCases))
        #expect(green(Self.all, account: "B") == [])
    }

    @Test func addressesOfDoorsAreRead() throws {
        _ = try DoorLog(address: "http://127.0.0.1:8080")
        for wrong in ["127.0.0.1:8080", "https://127.0.0.1", "", "http://"] {
            #expect(throws: ConformanceError.self) { try DoorLog(address: wrong) }
        }
        let nobody = try DoorLog(address: "http://127.0.0.1:1")
        #expect(throws: ConformanceError.self) { try nobody.read() }
    }
}
