import DoorTestSupport
import Foundation
import Logging
import ServiceLifecycle
import Testing

@testable import DoorHouse

/// The house by real sockets, with a dialect that says back what it was told.
@Suite struct HouseTests {
    @Test func everyAnswerHasAnIdentifierThatTheLogKnows() async throws {
        try await OpenHouse.with { port in
            let first = try #require(
                try await HTTPExchange.ask("/echo/say?who=an%20b", port: port, body: Array("xin chào".utf8)))
            #expect(first.status == 200 && first.body == "POST /say an b xin chào")
            let identifier = try #require(first.headers["x-request-id"])
            let second = try #require(try await HTTPExchange.ask("/echo/say", port: port))
            #expect(second.headers["x-request-id"] != identifier)
            let log = try #require(try await HTTPExchange.ask("GET", "/plug-in/log", port: port))
            let requests = try JSONDecoder().decode([LoggedRequest].self, from: Data(log.body.utf8))
            #expect(requests.count == 2 && requests[1].identifier == identifier)
            #expect(requests[1].dialect == "echo" && requests[1].status == 200 && requests[1].bytes == 9)
            #expect(requests[1].request == "POST /echo/say", "no query: it may hold a token")
            #expect(requests[1].verdict == "said 001…" && requests[1].readings == ["way: plain"])
        }
    }

    @Test func whatNobodyAnswersIsSaidInTheirWords() async throws {
        try await OpenHouse.with { port in
            let nobody = try #require(try await HTTPExchange.ask("/nothing", port: port))
            #expect(nobody.status == 404 && nobody.body.contains("/plug-in"))
            let method = try #require(try await HTTPExchange.ask("GET", "/echo/say", port: port))
            #expect(method.status == 405 && method.body == "methodNotAllowed" && method.headers["allow"] == "POST")
        }
    }

    @Test func pagesSayHowToPlugInAndWhetherAllIsWell() async throws {
        try await OpenHouse.with { port in
            let page = try #require(try await HTTPExchange.ask("GET", "/plug-in", port: port))
            for text in ["POST /echo/say", "tester", "secret", "way of speaking", "plain &lt;text&gt;"] {
                #expect(page.body.contains(text), "\(text)")
            }
            #expect(!page.body.contains("<script"))
            #expect(try await HTTPExchange.ask("GET", "/health/live", port: port)?.body == "live\n")
            #expect(try await HTTPExchange.ask("GET", "/health/ready", port: port)?.status == 200)
            let document = try await HTTPExchange.ask("GET", "/plug-in/echo/openapi.json", port: port)
            #expect(document?.body == "{}")
        }
        try await OpenHouse.with(Echo(obstacle: "nobody is there")) { port in
            let ready = try #require(try await HTTPExchange.ask("GET", "/health/ready", port: port))
            #expect(ready.status == 503 && ready.body == "echo: nobody is there\n")
        }
    }

    @Test func theHouseCountsWhatItAnswers() async throws {
        try await OpenHouse.with { port in
            for _ in 0..<3 { _ = try await HTTPExchange.ask("/echo/say", port: port, body: Array("abcd".utf8)) }
            _ = try await HTTPExchange.ask("GET", "/echo/say", port: port)
            let metrics = try #require(try await HTTPExchange.ask("GET", "/metrics", port: port))
            #expect(
                metrics.status == 200 && metrics.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true
            )
            let lines = metrics.body.split(separator: "\n")
            #expect(
                lines.contains("closed_cycle_door_requests_total{dialect=\"echo\",status=\"200\"} 3"), "\(metrics.body)"
            )
            #expect(lines.contains("closed_cycle_door_requests_total{dialect=\"echo\",status=\"405\"} 1"))
            #expect(lines.contains("closed_cycle_door_body_bytes_total{dialect=\"echo\",status=\"200\"} 12"))
            #expect(lines.first == "closed_cycle_of_the_exchange 1", "what the exchange says stands first")
        }
    }

    @Test(arguments: [true, false])
    func aBodyThatIsTooLargeIsTurnedAwayBeforeItsEnd(saysItsLength: Bool) async throws {
        var limits = HouseLimits()
        limits.bodyBytes = 1_000
        try await OpenHouse.with(limits: limits) { port in
            let reply = try await onThread {
                let exchange = try HTTPExchange(port: port)
                if saysItsLength {
                    exchange.write(HTTPExchange.request("POST", "/echo/say", headers: ["Content-Length": "1001"]))
                } else {
                    exchange.write(
                        Array("POST /echo/say HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
                    exchange.write(Array("3E9\r\n".utf8) + [UInt8](repeating: 0x61, count: 1_001) + Array("\r\n".utf8))
                }
                // The rest never comes, and is not waited for.
                let reply = exchange.reply()
                let isEnded = exchange.awaitEnd()
                #expect(isEnded)
                return reply
            }
            #expect(reply?.status == 413 && reply?.body == "bodyTooLarge")
        }
    }

    @Test func aHeadThatIsTooLargeIsRefused() async throws {
        var limits = HouseLimits()
        limits.headBytes = 2_000
        try await OpenHouse.with(limits: limits) { port in
            let reply = try await HTTPExchange.ask(
                "/echo/say", port: port, headers: ["X-Long": String(repeating: "a", count: 5_000)])
            #expect(reply == nil || reply?.status == 400)
        }
    }

    @Test(arguments: ["POST /echo/say HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", "POST /echo/say HT"])
    func whoIsSlowIsCutOff(beginning: String) async throws {
        var limits = HouseLimits()
        limits.requestSeconds = 0.3
        limits.idleSeconds = 0.3
        try await OpenHouse.with(limits: limits) { port in
            let isEnded = try await onThread {
                let exchange = try HTTPExchange(port: port, timeoutSeconds: 20)
                exchange.write(Array(beginning.utf8))
                return exchange.reply() == nil && exchange.awaitEnd()
            }
            #expect(isEnded)
            #expect(try await HTTPExchange.ask("/echo/say", port: port)?.status == 200, "others are served")
        }
    }

    @Test func whatDoesNotFitBesideTheOthersMayComeAgain() async throws {
        var limits = HouseLimits()
        limits.allBodiesBytes = 100
        try await OpenHouse.with(limits: limits) { port in
            let reply = try await HTTPExchange.ask("/echo/say", port: port, body: [UInt8](repeating: 0x61, count: 101))
            #expect(reply?.status == 503 && reply?.body == "overloaded" && reply?.headers["retry-after"] == "1")
            #expect(
                try await HTTPExchange.ask("/echo/say", port: port, body: [UInt8](repeating: 0x61, count: 100))?.status
                    == 200, "what was turned away holds no room")
        }
    }

    @Test func whoWaitsForLeaveToSendABodyGetsIt() async throws {
        try await OpenHouse.with { port in
            let reply = try await HTTPExchange.ask(
                "/echo/say", port: port, headers: ["Expect": "100-continue"], body: Array("abc".utf8))
            #expect(reply?.status == 200 && reply?.body == "POST /say  abc")
        }
    }

    @Test func aGracefulStopAnswersWhatWasBegun() async throws {
        let gate = AsyncStream.makeStream(of: Void.self)
        let entered = AsyncStream.makeStream(of: Void.self)
        let echo = Echo(hold: {
            entered.continuation.yield()
            for await _ in gate.stream { return }
        })
        let answer = try await OpenHouse.with(echo) { port in
            let asked = Task { try await HTTPExchange.ask("/echo/say", port: port, body: Array("late".utf8)) }
            for await _ in entered.stream { break }
            return asked
        } whileStopping: {
            gate.continuation.yield()
        }
        #expect(try await answer.value?.body == "POST /say  late")
    }

    @Test func twoDialectsCannotHaveOnePath() {
        #expect(throws: HouseError.self) {
            _ = try House(
                HouseSettings(), dialects: [Echo(), Echo(name: "other")], logger: Logger(label: "test")
            ) { _ in }
        }
        #expect(throws: HouseError.self) {
            _ = try House(HouseSettings(), dialects: [Echo(basePath: "/plug-in")], logger: Logger(label: "test")) { _ in
            }
        }
    }
}
