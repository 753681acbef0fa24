import PrometheusText
import Synchronization

/// How many requests came, by dialect and status, and how long their answers took; since the start.
final class RequestCounts: Sendable {
    private struct Line: Hashable {
        var dialect: String
        var status: Int
    }

    private struct Count {
        var requests: Int64 = 0
        var seconds = 0.0
        var bytes: Int64 = 0
    }

    private let counts = Mutex<[Line: Count]>([:])

    /// Counts a request. One that was cut off has the status 0; one that no dialect answers, an empty dialect.
    func note(_ request: LoggedRequest, _ duration: Duration) {
        counts.withLock { counts in
            var count = counts[Line(dialect: request.dialect, status: request.status)] ?? Count()
            count.requests += 1
            count.seconds += duration / .seconds(1)
            count.bytes += Int64(request.bytes)
            counts[Line(dialect: request.dialect, status: request.status)] = count
        }
    }

    /// In the text format of Prometheus.
    var text: String {
        var requests = MetricFamily(
            "door_requests_total", .counter, "Requests to the doors, 0 for one that was cut off.")
        var seconds = MetricFamily(
            "door_seconds_total", .counter, "Time from head to answer, summed over all requests.")
        var bytes = MetricFamily("door_body_bytes_total", .counter, "Bytes of all bodies that were read.")
        let lines = counts.withLock { $0 }.sorted { ($0.key.dialect, $0.key.status) < ($1.key.dialect, $1.key.status) }
        for (line, count) in lines {
            let labels = [("dialect", line.dialect), ("status", String(line.status))]
            requests.add(count.requests, labels[0], labels[1])
            seconds.add(count.seconds, labels[0], labels[1])
            bytes.add(count.bytes, labels[0], labels[1])
        }
        return [requests, seconds, bytes].map(\.text).joined()
    }
}
