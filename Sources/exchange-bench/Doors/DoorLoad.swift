import Foundation
import Synchronization

/// Requests that are sent over some connections at once, each connection by a thread of its own.
struct DoorLoad {
    /// What came of it.
    struct Figures {
        var count: Int
        var failures: Int
        var firstFailure: String?
        var seconds: Double
        /// Milliseconds, in rising order.
        var latencies: [Double]

        var rate: Double { Double(count) / seconds }

        /// Milliseconds within which this share of the requests was answered.
        func quantile(_ share: Double) -> Double {
            latencies.isEmpty ? 0 : latencies[min(latencies.count - 1, Int(Double(latencies.count) * share))]
        }

        var description: String {
            "\(Int(rate)) a second, p50 \(Machine.fixed(quantile(0.5), 2)) ms, p99 \(Machine.fixed(quantile(0.99), 2)) ms, most "
                + "\(Machine.fixed(latencies.last ?? 0, 1)) ms"
                + (failures == 0 ? "" : "; \(failures) NOT ANSWERED WITH 200, the first: \(firstFailure ?? "")")
        }
    }

    let port: UInt16
    let connections: Int

    private final class Tally: Sendable {
        let next = Atomic<Int>(0)
        let results = Mutex<(latencies: [Double], failures: Int, first: String?)>(([], 0, nil))
    }

    /// Sends all requests.
    /// - Parameters:
    ///   - rate: Requests a second, begun at even distances whatever the answers do; nil for as fast as the answers come. An
    ///     answer's time counts from the moment at which its request was due, so that waiting is not left out.
    ///   - isGood: Whether an answer is the one that was wanted.
    /// - Throws: `BenchError` when a connection fails.
    func send(
        _ count: Int, rate: Double? = nil, request: @escaping @Sendable (Int) -> [UInt8],
        isGood: @escaping @Sendable ([UInt8]) -> Bool
    ) throws -> Figures {
        let opened = try (0..<connections).map { _ in try DoorConnection(port: port) }
        let tally = Tally()
        let begin = DispatchTime.now().uptimeNanoseconds
        let group = DispatchGroup()
        for connection in opened {
            nonisolated(unsafe) let connection = connection
            group.enter()
            Thread.detachNewThread {
                Self.serve(connection, count, rate, begin, tally, request, isGood)
                group.leave()
            }
        }
        group.wait()
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e9
        let results = tally.results.withLock { $0 }
        return Figures(
            count: count, failures: results.failures, firstFailure: results.first, seconds: seconds,
            latencies: results.latencies.sorted())
    }

    private static func serve(
        _ connection: DoorConnection, _ count: Int, _ rate: Double?, _ begin: UInt64, _ tally: Tally,
        _ request: (Int) -> [UInt8], _ isGood: ([UInt8]) -> Bool
    ) {
        var (latencies, failures): ([Double], Int) = ([], 0)
        var first: String?
        while true {
            let number = tally.next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard number < count else { break }
            let bytes = request(number)
            var start = DispatchTime.now().uptimeNanoseconds
            if let rate {
                let due = begin + UInt64(Double(number) / rate * 1e9)
                if due > start { usleep(UInt32((due - start) / 1_000)) }
                start = due
            }
            do {
                let answer = try connection.ask(bytes)
                if answer.status != 200 || !isGood(answer.body) {
                    failures += 1
                    first = first ?? "\(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))"
                }
            } catch {
                failures += 1
                first = first ?? "\(error)"
            }
            latencies.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
        }
        tally.results.withLock { results in
            results.latencies += latencies
            results.failures += failures
            results.first = results.first ?? first
        }
    }
}
