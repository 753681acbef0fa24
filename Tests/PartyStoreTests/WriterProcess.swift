import Foundation

/// A running StoreCrashWriter. Reading from it waits for it to write or to end, so nothing has to sleep.
final class WriterProcess {
    private let process = Process()
    private let output = Pipe()
    private var unread: [UInt8] = []

    init(directory: String, mostBytes: Int? = nil, readModel: String? = nil) throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent()
            .appendingPathComponent("StoreCrashWriter")
        process.arguments = [directory] + (mostBytes.map { [String($0)] } ?? readModel.map { ["", $0] } ?? [])
        process.standardOutput = output
        try process.run()
        try output.fileHandleForWriting.close()
    }

    /// The next line that it writes; nil when it has ended.
    func nextLine() -> String? {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                defer { unread.removeFirst(end + 1) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { return nil }
            unread += data
        }
    }

    /// Sends SIGKILL and waits for the end.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Waits for the end and gives the exit code.
    func exitCode() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit { if process.isRunning { kill() } }
}
