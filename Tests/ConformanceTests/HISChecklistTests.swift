import Testing

@testable import Conformance

/// The checklists of hospitals' systems, by tables of what the log of the doors holds.
@Suite struct HISChecklistTests {
    private static func entry(
        _ time: Int64, _ path: String, _ verdict: String, status: Int = 200, readings: [String] = [],
        account: String = "A", dialect: HISDialect = .vssPortal
    ) -> DoorRequestEntry {
        DoorRequestEntry(
            identifier: "\(time)", receivedAt: time, dialect: dialect.rawValue, request: "POST \(path)",
            account: account, status: status, verdict: verdict, readings: readings)
    }

    private static let submit = "/api/qd130/guiHoSoXmlQD3176"
    private static let lookUp = "/api/egw/nhanChiTietLoiHS"
    private static let axisPush = "/api/platform/resource-sync/push"
    private static let agentCall = "/api/integrate/v1/G12"
    private static let provincePush = "/api/v1/medical-record/ksk-lien-thong/kham-suc-khoe"
    private static let provinceLookUp = "/api/v1/medical-record/ksk-lien-thong/giao-dich"

    /// What a right client's requests say, in their order, and which lines stay open without each of them.
    private typealias Story = (dialect: HISDialect, requests: [(entry: DoorRequestEntry, opens: Set<String>)])

    private static let stories: [Story] = [
        (
            .vssPortal,
            [
                (
                    entry(1, "/api/token/take", "200 logged in", readings: ["fields: form", "password: md5-upper"]),
                    ["his.token"]
                ),
                (entry(2, submit, "200 10 of 10 visits taken in, 0 faults named", readings: ["fields: form"]), []),
                (entry(3, submit, "200 answered before, the same again"), ["his.sent-again"]),
                (
                    entry(4, lookUp, "200 5 shared, 5 refused of 10", readings: ["fields: json"]),
                    ["his.looked-up", "his.corrected"]
                ),
                (entry(5, submit, "200 1 of 1 visits taken in, 0 faults named"), ["his.corrected"]),
                (
                    entry(6, "/api/egw/KQNhanLichSuKCB2024", "010 the card is valid on the day of admission"),
                    ["his.card"]
                ),
                (entry(7, "/api/qd130/checkInKcbQd3176", "200 1 checked in, cards: 000"), ["his.check-in"]),
            ]
        ),
        (
            .mohAxis,
            [
                (entry(1, "/api/auth/login", "CM_SUCCESS logged in as department"), ["axis.login"]),
                (
                    entry(
                        2, axisPush, "CM_SUCCESS 10 of 10 records taken in, 0 faults named",
                        readings: ["data: string", "checksum: hex", "organisation's signature: none"]), []
                ),
                (
                    entry(
                        3, axisPush, "CM_SUCCESS answered before, the same again",
                        readings: ["organisation's signature: of facility 01999"]), ["axis.sent-again"]
                ),
                (
                    entry(4, "/api/platform/verdict", "PS_DS_VERIFY_FAIL 0 of 10 records open"), ["axis.verdict"]
                ),
                (
                    entry(5, axisPush, "CM_SUCCESS 10 of 10 records taken in, 10 new versions, 0 faults named"),
                    ["axis.new-version"]
                ),
                (entry(6, axisPush, "CM_SUCCESS 1 of 1 records taken in, 0 faults named"), []),
            ]
        ),
        (
            .agentNode,
            [
                (entry(1, agentCall, "200 10 of 10 records taken in", readings: ["content: base64"]), []),
                (entry(2, agentCall, "200 answered before, the same again"), ["agent.sent-again"]),
                (entry(3, agentCall, "200 10 of 10 records taken in, 10 new versions"), ["agent.new-version"]),
                (entry(4, agentCall, "200 1 of 1 records taken in"), []),
            ]
        ),
        (
            .provinceGateway,
            [
                (entry(1, "/api/xac-thuc/token", "200 logged in"), ["province.login"]),
                (entry(2, provincePush, "200 stored", readings: ["body: json"]), ["province.submitted"]),
                (entry(3, provincePush, "200 stored before"), ["province.sent-again"]),
                (entry(4, provinceLookUp, "200 3 shared, 3 refused of 6"), ["province.refusal-seen"]),
                (
                    entry(5, provinceLookUp, "200 6 shared, 0 refused of 6, 6 later versions"),
                    ["province.new-version"]
                ),
            ]
        ),
        (
            .fhirFacility,
            [
                (entry(1, "/facility/fhir", "10 of 10 visits taken in"), []),
                (entry(2, "/facility/fhir", "10 of 10 visits taken in, 10 as before"), ["fhir.sent-again"]),
                (entry(3, "/facility/fhir", "5 of 10 visits taken in, 5 corrected"), ["fhir.corrected"]),
                (entry(4, "/facility/fhir", "1 of 1 visits taken in"), []),
            ]
        ),
    ]

    private static let all = stories[0].requests.map(\.entry)

    private static func green(
        _ entries: [DoorRequestEntry], of dialect: HISDialect = .vssPortal, account: String? = nil
    ) -> Set<String> {
        // What a request is of, the table says once for all.
        let list = HISChecklist(
            entries.map { entry in
                var entry = entry
                if dialect != .vssPortal { entry.dialect = dialect.rawValue }
                return entry
            }, of: dialect, account: account)
        return Set(dialect.lines.filter { list.outcome($0) == .passed }.map(\.name))
    }

    private static func names(_ dialect: HISDialect) -> Set<String> { Set(dialect.lines.map(\.name)) }

    @Test func everyDialectHasItsStory() {
        #expect(Self.stories.map(\.dialect) == HISDialect.allCases)
        let names = HISDialect.allCases.flatMap { $0.lines.map(\.name) }
        #expect(Set(names).count == names.count, "a name is that of one line")
    }

    @Test(arguments: HISDialect.allCases.indices) func allOfItIsGreen(index: Int) {
        let (dialect, requests) = Self.stories[index]
        let entries = requests.map(\.entry)
        #expect(Self.green(entries, of: dialect) == Self.names(dialect))
        #expect(
            Self.green(entries.reversed(), of: dialect) == Self.names(dialect), "the log's order is not that of time")
    }

    /// Without each request its own lines stay open, and no other.
    @Test(arguments: HISDialect.allCases.indices) func eachLineNeedsItsRequest(index: Int) {
        let (dialect, requests) = Self.stories[index]
        for request in requests {
            let rest = requests.map(\.entry).filter { $0.receivedAt != request.entry.receivedAt }
            let open = Self.names(dialect).subtracting(Self.green(rest, of: dialect))
            #expect(open == request.opens, "\(dialect) without \(request.entry.receivedAt)")
        }
    }

    typealias Almost = (line: String, entry: DoorRequestEntry)
    static let almost: [Almost] = [
        ("his.token", entry(1, "/api/token/take", "401 the password is another one", status: 401)),
        ("his.submitted", entry(1, submit, "202 none of 3 visits is sound", status: 400)),
        ("his.submitted", entry(1, submit, "200 1 of 1 visits taken in, 0 faults named", dialect: .agentNode)),
        ("his.sent-again", entry(1, "/api/qd130/checkInKcbQd3176", "200 answered before, the same again")),
        ("his.looked-up", entry(1, lookUp, "200 5 shared, 0 refused of 5")),
        ("his.looked-up", entry(1, lookUp, "204 no such transaction", status: 404)),
        ("his.card", entry(1, "/api/egw/KQNhanLichSuKCB2024", "401 the token is of another account", status: 401)),
        ("his.card", entry(1, "/api/egw/KQNhanLichSuKCB2024", "054 the officer is not on the account's list")),
        ("his.check-in", entry(1, "/api/qd130/checkInKcbQd3176", "202 1 faults in XML0", status: 400)),
        ("axis.login", entry(1, "/api/auth/login", "CM_AUTH_ACCOUNT_FAIL account or password is wrong", status: 401)),
        ("axis.submitted", entry(1, axisPush, "PS_DS_SAVE_FAIL no record can be taken in")),
        (
            "axis.submitted",
            entry(1, axisPush, "PS_DS_RSA_SIGNATURE_INVALID the signature does not hold: another key", status: 400)
        ),
        ("axis.new-version", entry(1, axisPush, "CM_SUCCESS 1 of 1 records taken in, 0 faults named")),
        ("axis.verdict", entry(1, "/api/platform/verdict", "CM_SUCCESS 3 of 10 records open")),
        ("axis.verdict", entry(1, "/api/platform/verdict", "CM_SUCCESS 10 of 10 records open")),
        ("agent.submitted", entry(1, agentCall, "400 REQUEST_TIME_OUT request-time is 123 seconds off", status: 400)),
        ("agent.new-version", entry(1, agentCall, "200 10 of 10 records taken in")),
        ("province.submitted", entry(1, provincePush, "200 stored before")),
        ("province.submitted", entry(1, provincePush, "400 version is not 1.0", status: 400)),
        ("province.looked-up", entry(1, provinceLookUp, "200 3 shared, 1 refused of 6")),
        ("province.looked-up", entry(1, provinceLookUp, "200 0 shared, 0 refused of 0")),
        ("province.refusal-seen", entry(1, provinceLookUp, "200 6 shared, 0 refused of 6")),
        ("fhir.submitted", entry(1, "/facility/fhir", "0 of 10 visits taken in", status: 409)),
        ("fhir.sent-again", entry(1, "/facility/fhir", "10 of 10 visits taken in, 3 as before")),
        ("fhir.corrected", entry(1, "/facility/fhir", "10 of 10 visits taken in, 10 as before")),
    ]

    @Test(arguments: almost.indices) func almostIsNotEnough(index: Int) throws {
        let (name, entry) = Self.almost[index]
        let dialect = try #require(HISDialect.allCases.first { Self.names($0).contains(name) })
        #expect(!Self.green([entry], of: dialect).contains(name))
    }

    private static func findings(
        _ name: String, _ more: DoorRequestEntry, of dialect: HISDialect = .vssPortal
    ) throws -> [Finding] {
        let story = try #require(stories.first { $0.dialect == dialect })
        let line = try #require(dialect.lines.first { $0.name == name })
        let entries = (story.requests.map(\.entry) + [more]).map { entry in
            var entry = entry
            entry.dialect = dialect.rawValue
            return entry
        }
        guard case .failed(let findings) = HISChecklist(entries, of: dialect).outcome(line) else { return [] }
        return findings
    }

    @Test func twoReadingsAreNamed() throws {
        let portal = try Self.findings(
            "his.one-reading", Self.entry(9, "/api/token/take", "200 logged in", readings: ["password: md5-lower"]))
        #expect(portal == [Finding("password", expected: "one reading", found: "md5-lower and md5-upper")])
        for (name, reading, dialect) in [
            ("axis.one-reading", "checksum: base64", HISDialect.mohAxis),
            ("agent.one-reading", "content: nested", .agentNode),
            ("province.one-reading", "body: multipart", .provinceGateway),
        ] {
            #expect(
                try Self.findings(name, Self.entry(9, "/x", "200 it is well", readings: [reading]), of: dialect).count
                    == 1, "\(name)")
        }
    }

    @Test func aNumberInAQueryIsNamed() throws {
        for dialect in HISDialect.allCases {
            let line = try #require(Self.names(dialect).first { $0.hasSuffix(".no-numbers-in-query") })
            let query = Self.entry(9, "/api/egw/Lskcb2025", "000", readings: [HISLine.queryNote])
            #expect(try Self.findings(line, query, of: dialect).count == 1)
        }
    }

    /// One of the last three messages; what was mended since is forgotten.
    @Test func aSignatureThatDoesNotHoldIsNamed() throws {
        let wrong = "PS_DS_RSA_SIGNATURE_INVALID the signature does not hold: the sender signed by checksum=base64"
        let findings = try Self.findings(
            "axis.signed", Self.entry(9, Self.axisPush, wrong, status: 400), of: .mohAxis)
        #expect(findings.map(\.found) == [wrong])
        #expect(
            try Self.findings("axis.signed", Self.entry(0, Self.axisPush, wrong, status: 400), of: .mohAxis) == [])
    }

    @Test func onlyTheAccountCounts() {
        #expect(Self.green(Self.all, account: "A") == Self.names(.vssPortal))
        #expect(Self.green(Self.all, account: "B") == [])
    }

    @Test func addressesOfDoorsAreRead() throws {
        _ = try DoorLog(address: "http://127.0.0.1:8080")
        for wrong in ["127.0.0.1:8080", "https://127.0.0.1", "", "http://"] {
            #expect(throws: ConformanceError.self) { try DoorLog(address: wrong) }
        }
        do {
            _ = try DoorLog(address: "https://127.0.0.1")
            Issue.record("the log is not read by HTTPS")
        } catch let error as ConformanceError {
            #expect(error.description.contains("plain HTTP"))
        }
        let nobody = try DoorLog(address: "http://127.0.0.1:1")
        #expect(throws: ConformanceError.self) { try nobody.read() }
    }
}
