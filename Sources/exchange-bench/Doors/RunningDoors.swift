import Foundation
import Supervision

/// An exchange with doors and a file of people, for as long as one measurement takes.
final class RunningDoors {
    /// What the bench reads of `doors.json`.
    private struct Settings: Decodable {
        struct Account: Decodable {
            var username: String
            var password: String
        }
        var address: String
        var testAccounts: [String: [Account]]
    }

    private let process = Process()
    private let data: String
    let port: UInt16
    let username: String
    let password: String

    /// Starts it and waits until it takes requests.
    /// - Throws: `BenchError` when it does not start.
    init(cycle: String, people: String, data: String) throws {
        self.data = data
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: cycle)
        process.arguments = ["up", "--people", people, "--only-these-people", "--doors", "--data", data]
        process.standardOutput = output
        try process.run()
        var said = ""
        while !said.contains("end it with") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchError("cycle up --doors ended: \(said)") }
            said += String(decoding: more, as: UTF8.self)
        }
        let settings = try JSONDecoder().decode(
            Settings.self, from: Data(contentsOf: URL(fileURLWithPath: ExchangeLayout(data).doorsPath)))
        guard let port = settings.address.split(separator: ":").last.flatMap({ UInt16($0) }),
            let account = settings.testAccounts["vss-portal"]?.first
        else { throw BenchError("doors.json names neither a port nor an account of vss-portal") }
        self.port = port
        username = account.username
        password = account.password
    }

    /// Where the keys are that its portal believes.
    var authorityDirectory: String { ExchangeLayout(data).authorityDirectory }

    /// Most memory that the program `doors` has had at once, bytes.
    func peakResidentBytes() throws -> Int64 {
        guard let doors = try processes()["doors"] else {
            throw BenchError("the doors do not run any more; see \(data)/logs")
        }
        return Machine.peakResidentBytes(of: doors)
    }

    /// Processor time of each program so far, seconds.
    func processorSeconds() throws -> [String: Double] { try processes().mapValues(Machine.processorSeconds) }

    private func processes() throws -> [String: Int32] { try ExchangeLayout(data).record()?.processes ?? [:] }

    /// Ends it as a person does.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
