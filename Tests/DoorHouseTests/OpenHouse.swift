import DoorHouse
import Foundation
import Logging
import ServiceLifecycle

/// A dialect that says back what it was told.
struct Echo: Dialect {
    var name = "echo"
    var basePath = "/echo"
    var obstacle: String?
    /// Awaited before it answers.
    var hold: @Sendable () async -> Void = {}

    var routes: [DoorRoute] {
        [
            DoorRoute("POST", "/say", "say it again") { request in
                await hold()
                let text =
                    "\(request.method) \(request.path.dropFirst(basePath.count)) \(request.query["who"] ?? "") "
                    + String(decoding: request.body, as: UTF8.self)
                return DoorAnswer(
                    status: 200, contentType: "text/plain", body: Array(text.utf8), verdict: "said 001199000001",
                    readings: ["way: plain"], account: "tester")
            }
        ]
    }

    var guide: DialectGuide {
        DialectGuide(
            title: "Echo", steps: ["Say something."], readings: [("way of speaking", "plain <text>")],
            accounts: [TestAccount(username: "tester", password: "secret", purpose: "tests")])
    }

    var openAPI: String? { "{}" }

    func answer(to problem: HouseProblem) -> DoorAnswer {
        let (status, text) =
            switch problem {
            case .bodyTooLarge: (413, "bodyTooLarge")
            case .methodNotAllowed: (405, "methodNotAllowed")
            case .overloaded: (503, "overloaded")
            }
        return DoorAnswer(status: status, contentType: "text/plain", body: Array(text.utf8), verdict: text)
    }

    func obstacles() async -> [String] { obstacle.map { [$0] } ?? [] }
}

/// A house on a free port for as long as a test needs it.
enum OpenHouse {
    static func with<Value: Sendable>(
        _ dialect: Echo = Echo(), limits: HouseLimits = HouseLimits(),
        _ body: @escaping @Sendable (_ port: Int) async throws -> Value,
        whileStopping: @escaping @Sendable () async -> Void = {}
    ) async throws -> Value {
        var settings = HouseSettings()
        settings.limits = limits
        var logger = Logger(label: "house")
        logger.logLevel = .critical
        let opened = AsyncStream.makeStream(of: String.self)
        let house = try House(
            settings, dialects: [dialect], logger: logger, metrics: { "closed_cycle_of_the_exchange 1\n" }
        ) { address in
            opened.continuation.yield(address)
            opened.continuation.finish()
        }
        let group = ServiceGroup(services: [house], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { opened.continuation.finish() }
                try await group.run()
            }
            var port = 0
            for await address in opened.stream { port = address.split(separator: ":").last.flatMap { Int($0) } ?? 0 }
            let value: Value
            do {
                value = try await body(port)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            await whileStopping()
            try await tasks.waitForAll()
            return value
        }
    }
}
