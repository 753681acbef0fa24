import Foundation

/// The house's own pages: how to plug in, what the last requests were, and whether it is well.
struct HousePages: Sendable {
    let dialects: [any Dialect]
    let limits: HouseLimits
    let log: RequestLog
    let counts: RequestCounts
    let metrics: (@Sendable () async throws -> String)?

    /// Whether a path is one of the house's own.
    static func owns(_ path: String) -> Bool {
        path == "/" || ["/plug-in", "/health", "/metrics"].contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    func answer(_ method: String, _ path: String, accept: String?) async -> DoorAnswer {
        guard method == "GET" || method == "HEAD" else { return Self.notFound(method, path) }
        switch path {
        case "/", "/plug-in", "/plug-in/":
            return Self.html(PlugInPage(dialects: dialects, limits: limits).text, "shown")
        case "/plug-in/log":
            return accept?.contains("text/html") == true
                ? Self.html(RequestLogPage(requests: log.latest).text, "shown") : json(log.latest)
        case "/health/live": return Self.text(200, "live\n", "live")
        case "/health/ready": return await ready()
        case "/metrics": return await collected()
        default:
            for dialect in dialects where path == "/plug-in/\(dialect.name)/openapi.json" {
                guard let text = dialect.openAPI else { break }
                return DoorAnswer(status: 200, body: Array(text.utf8), verdict: "shown")
            }
            return Self.notFound(method, path)
        }
    }

    /// Ready when every dialect's party takes what comes.
    private func ready() async -> DoorAnswer {
        var obstacles: [String] = []
        for dialect in dialects {
            for obstacle in await dialect.obstacles() { obstacles.append("\(dialect.name): \(obstacle)") }
        }
        return obstacles.isEmpty
            ? Self.text(200, "ready\n", "ready")
            : Self.text(503, obstacles.joined(separator: "\n") + "\n", "not ready")
    }

    private func collected() async -> DoorAnswer {
        let type = "text/plain; version=0.0.4; charset=utf-8"
        do {
            let text = (try await metrics?() ?? "") + counts.text
            return DoorAnswer(status: 200, contentType: type, body: Array(text.utf8), verdict: "collected")
        } catch {
            return Self.text(503, "\(error)\n", "the exchange cannot be looked at: \(error)")
        }
    }

    private func json(_ requests: [LoggedRequest]) -> DoorAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(requests) else { return Self.text(500, "no log\n", "no log") }
        return DoorAnswer(status: 200, body: Array(data), verdict: "shown")
    }

    private static func notFound(_ method: String, _ path: String) -> DoorAnswer {
        text(404, "no dialect here answers \(method) \(path); see /plug-in\n", "nobody's path")
    }

    private static func text(_ status: Int, _ text: String, _ verdict: String) -> DoorAnswer {
        DoorAnswer(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8), verdict: verdict)
    }

    private static func html(_ text: String, _ verdict: String) -> DoorAnswer {
        DoorAnswer(status: 200, contentType: "text/html; charset=utf-8", body: Array(text.utf8), verdict: verdict)
    }
}
