import Foundation
import Topology

/// The embedded broker, alone, for as long as one pair of measurements takes.
final class BrokerProcess {
    private let process = Process()
    private let parent = Pipe()
    let address: String

    init(program: String, directory: String, durability: Durability = .process) throws {
        let ready = directory + "/broker.ready"
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "--data", directory + "/broker", "--port", "0", "--ready-file", ready, "--stop-with-parent", "--log-level",
            "warning", "--durability", durability.rawValue,
        ]
        process.standardInput = parent
        process.standardOutput = output
        try process.run()
        // The broker prints one line when it listens; the pipe is the event to wait for.
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchError("the broker ended before it was ready") }
            line.append(more)
        }
        guard let word = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).last else {
            throw BenchError("the broker did not say where it listens")
        }
        address = String(word)
    }

    /// Largest resident memory so far, bytes.
    var peakResidentBytes: Int64 { Machine.peakResidentBytes(of: process.processIdentifier) }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
