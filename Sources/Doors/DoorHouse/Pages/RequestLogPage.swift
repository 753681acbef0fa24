import Foundation

/// The last requests as a page.
struct RequestLogPage {
    let requests: [LoggedRequest]

    var text: String {
        let rows = requests.map { request in
            [
                Self.time(request.receivedAt), request.dialect, request.request, request.account,
                request.status == 0 ? "cut off" : String(request.status), request.verdict,
                request.readings.joined(separator: "; "), "\(request.bytes)", "\(request.milliseconds)",
                request.identifier,
            ]
        }
        let heads = [
            "time", "dialect", "request", "account", "status", "verdict", "readings", "bytes", "ms", "X-Request-Id",
        ]
        return PageFrame.page(
            "The last requests",
            """
            <h1>The last requests</h1>
            <p>Latest first, at most \(RequestLog.capacity). Numbers that may name a person are masked.
            <a href="/plug-in">How to plug in</a></p>
            \(PageFrame.table(heads, rows))
            """)
    }

    private static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000).formatted(
            .iso8601.time(includingFractionalSeconds: true))
    }
}
