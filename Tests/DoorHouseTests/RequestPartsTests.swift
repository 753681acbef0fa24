import Foundation
import Testing

@testable import DoorHouse

/// What a request is made of.
@Suite struct RequestPartsTests {
    @Test(arguments: [
        ("001180000101", true), ("012345607", true), ("9901000101", true), ("GD4010000000103", true), ("01999", false),
        ("", false), ("GD40100000001", false), ("5F4DCC3B5AA765D61D8327DEB882CF99", false), ("THU_NGHIEM", false),
        ("20261118080000", false),
    ])
    func aNumberOfAPersonInAQueryIsSeen(value: String, names: Bool) {
        #expect(QueryCheck.namesAPerson(["x": "1", "y": value]) == names)
    }

    @Test(arguments: [
        ("a=1&b=2", ["a": "1", "b": "2"]), ("a=1&a=2", ["a": "2"]), ("a", ["a": ""]), ("a=", ["a": ""]),
        ("", [:]), ("&&", [:]), ("a=b=c", ["a": "b=c"]), ("t%C3%AAn=H%E1%BB%93+V%C4%83n", ["tên": "Hồ Văn"]),
        ("a=%2B%2f", ["a": "+/"]), ("a=100%", ["a": "100%"]), ("a=%4", ["a": "%4"]), ("a=%zz", ["a": "%zz"]),
        ("a=%%41", ["a": "%A"]), ("=x", ["": "x"]),
    ])
    func formsAreReadAsTheURLStandardSays(text: String, fields: [String: String]) {
        #expect(URLEncodedText.fields(text.utf8) == fields)
    }

    @Test(arguments: [
        ("001199000001", "001…"), ("12345678", "12345678"), ("GD4010123456789 ok", "GD401… ok"), ("", ""),
        ("two 123456789 and 987654321.", "two 123… and 987…."),
    ])
    func numbersOfPeopleAreMasked(text: String, masked: String) { #expect(PersonalDataMask.masked(text) == masked) }

    @Test func theLogKeepsTheLastRequestsInTheirOrder() {
        let log = RequestLog()
        for number in 0..<RequestLog.capacity + 3 {
            log.note(
                LoggedRequest(
                    identifier: "\(number)", receivedAt: 0, dialect: "", request: "", bytes: 0, account: "",
                    status: 200,
                    verdict: "", readings: [], milliseconds: 0))
        }
        let kept = log.latest.map(\.identifier)
        #expect(kept == (3..<RequestLog.capacity + 3).reversed().map(String.init))
    }
}

/// Work that is gathered.
@Suite struct GatheringTests {
    @Test func whatComesWhileALaneIsBusyGoesTogether() async throws {
        let gate = AsyncStream.makeStream(of: Void.self)
        let begun = AsyncStream.makeStream(of: [Int].self)
        let gathering = Gathering<Int, String>(.init(items: 3, weight: 100, waiting: 1_000, lanes: 1)) {
            $0
        } work: {
            _, items in
            begun.continuation.yield(items)
            if items == [0] { for await _ in gate.stream { break } }
            return items.map { "\($0)!" }
        }
        async let first = gathering.deal(with: 0)
        var pieces = begun.stream.makeAsyncIterator()
        #expect(await pieces.next() == [0])
        let rest = (1...4).map { number in Task { try await gathering.deal(with: number) } }
        while await gathering.waitingCount < 4 { await Task.yield() }
        gate.continuation.yield()
        #expect(try await first == "0!")
        var answers: [String] = []
        for task in rest { answers.append(try await task.value) }
        #expect(answers == ["1!", "2!", "3!", "4!"])
        let (second, third) = (await pieces.next() ?? [], await pieces.next() ?? [])
        #expect(second.count == 3 && third.count == 1 && Set(second + third) == [1, 2, 3, 4])
    }

    @Test func whatIsTooMuchIsTurnedAwayAndFailureReachesAllOfAPiece() async throws {
        struct Broken: Error {}
        let gate = AsyncStream.makeStream(of: Void.self)
        let begun = AsyncStream.makeStream(of: Void.self)
        let gathering = Gathering<Int, Int>(.init(items: 9, weight: 10, waiting: 10, lanes: 1)) {
            $0
        } work: { _, items in
            begun.continuation.yield()
            for await _ in gate.stream { break }
            throw Broken()
        }
        let first = Task { try await gathering.deal(with: 50) }
        for await _ in begun.stream { break }
        let second = Task { try await gathering.deal(with: 10) }
        while await gathering.waitingCount < 1 { await Task.yield() }
        await #expect(throws: TooMuchWaiting.self) { try await gathering.deal(with: 1) }
        gate.continuation.yield()
        gate.continuation.yield()
        await #expect(throws: Broken.self) { try await first.value }
        await #expect(throws: Broken.self) { try await second.value }
    }
}

/// A dialect as OpenAPI describes it.
@Suite struct OpenAPITests {
    private struct Sample: Dialect {
        let name = "sample"
        let basePath = "/sample"
        let routes = [
            DoorRoute(
                "POST", "/submit", "take a file",
                shape: OperationShape(
                    bodyTypes: ["application/json"], headers: [.init("token", "of the login")],
                    query: [.init("page", "which", .integer, isRequired: false)],
                    body: [.init("file", "in base64"), .init("note", "why", isRequired: false)],
                    answers: [(200, "taken"), (400, "not")], reply: [.init("result", "three digits")])
            ) { _ in DoorAnswer(status: 200, body: [], verdict: "") },
            DoorRoute("GET", "/*", "what is below") { _ in DoorAnswer(status: 200, body: [], verdict: "") },
            DoorRoute(
                "POST", "/*", "many",
                below: [.init("/things/{id}/parts/{part}", "a part", shape: OperationShape(answers: [(200, "it")]))]
            ) { _ in DoorAnswer(status: 200, body: [], verdict: "") },
        ]
        let guide = DialectGuide(title: "Sample", steps: ["Send."], readings: [], accounts: [])

        func answer(to problem: HouseProblem) -> DoorAnswer { DoorAnswer(status: 400, body: [], verdict: "") }
        func obstacles() async -> [String] { [] }
    }

    @Test func pathsAreThoseOfTheRoutesWithWhatTheyTakeAndGive() throws {
        let text = try #require(Sample().openAPI)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        #expect(Set(paths.keys) == ["/sample/submit", "/sample/{below}", "/sample/things/{id}/parts/{part}"])
        let submit = try #require(paths["/sample/submit"]?["post"])
        let parameters = try #require(submit["parameters"] as? [[String: Any]])
        #expect(parameters.map { $0["in"] as? String } == ["header", "query"])
        #expect(parameters.map { $0["required"] as? Bool } == [true, false])
        #expect((submit["responses"] as? [String: Any])?.keys.sorted() == ["200", "400"])
        let body = try #require(submit["requestBody"] as? [String: Any])
        let schema = try #require(
            (body["content"] as? [String: [String: [String: Any]]])?["application/json"]?["schema"])
        #expect(schema["required"] as? [String] == ["file"])
        let part = paths["/sample/things/{id}/parts/{part}"]?["post"]?["parameters"] as? [[String: Any]]
        #expect(part?.map { $0["name"] as? String } == ["id", "part"])
        #expect(paths["/sample/{below}"]?["get"]?["parameters"] != nil, "OpenAPI wants each part of a path declared")
    }
}
