import ArgumentParser
import EnvelopeSignature
import ExchangeSchema
import Foundation
import HealthStandards

/// Measures the doors of an exchange that runs beside them: generator, doors and exchange share the machine.
struct DoorsBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doors",
        abstract: "Submissions and card checks a second through the VSS portal, their latency, and the doors' memory.")

    @Option(help: "Submissions of one visit each, without signatures.")
    var submissions = 20_000

    @Option(help: "Submissions of one signed visit each.")
    var signed = 5_000

    @Option(help: "Card checks.")
    var checks = 50_000

    @Option(help: "Connections at once.")
    var connections = 64

    @Option(help: "Connections at once when memory is measured.")
    var many = 1_000

    @Option(help: "People whose visits are submitted.")
    var people = 5_000

    func validate() throws {
        for count in [submissions, signed, checks, connections, many, people] where count < 1 {
            throw ValidationError("every number is 1 or more")
        }
        if people > 1_000_000 { throw ValidationError("--people is 1,000,000 at most") }
    }

    func run() throws {
        print(Machine.description)
        let directory = NSTemporaryDirectory() + "doors-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try BenchPerson.write(people, to: directory + "/people.csv")
        let programs = URL(fileURLWithPath: Machine.ownPath).deletingLastPathComponent().path
        let doors = try RunningDoors(
            cycle: programs + "/cycle", people: directory + "/people.csv", data: directory + "/exchange")
        defer { doors.stop() }
        try measure(doors)
        print("memory of the doors at most: \(try doors.peakResidentBytes() >> 20) MiB")
    }

    private func measure(_ doors: RunningDoors) throws {
        let client = try PortalClient(doors)
        let load = DoorLoad(port: doors.port, connections: connections)
        let half = submissions / 4
        let plain = try envelopes(0..<(submissions + half)).map(client.submission)
        print("a submission has \(plain.map(\.count).reduce(0, +) / plain.count) bytes, one visit")
        let fast = try timed(doors, "submissions without signatures") {
            try load.send(submissions, request: { plain[$0] }, isGood: Self.isTaken)
        }
        let start = submissions
        let calm = try load.send(half, rate: fast.rate / 2, request: { plain[start + $0] }, isGood: Self.isTaken)
        print("\(half) submissions at half that rate: \(calm.description)")
        try measureSigned(doors, client, load, from: submissions + half)
        let asked = checks
        let questions = (0..<min(people, asked)).map { client.cardCheck(of: BenchPerson(number: $0)) }
        _ = try timed(doors, "card checks") {
            try load.send(asked, request: { questions[$0 % questions.count] }, isGood: Self.isGoodCard)
        }
        try measureMemory(doors, client, from: submissions + half + signed)
    }

    /// Prints what came of a load, and the processor time that each program spent meanwhile.
    private func timed(
        _ doors: RunningDoors, _ what: String, _ body: () throws -> DoorLoad.Figures
    ) throws -> DoorLoad.Figures {
        let before = try doors.processorSeconds()
        let own = ProcessorTime.now
        let figures = try body()
        let generator = ProcessorTime.now - own
        print("\(figures.count) \(what): \(figures.description)")
        let spent = try doors.processorSeconds().map { ($0.key, $0.value - (before[$0.key] ?? 0)) }
            .filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
        let each = spent.map { "\($0.0) \(Int($0.1 * 1_000_000 / Double(figures.count)))" }
        print(
            "  processor time for each, microseconds: \(each.joined(separator: ", ")), generator \(generator.each(figures.count))"
        )
        return figures
    }

    private func measureSigned(_ doors: RunningDoors, _ client: PortalClient, _ load: DoorLoad, from first: Int) throws
    {
        let authority = try FacilityAuthority.kept(in: doors.authorityDirectory, now: Date())
        let credentials = try authority.issue(facilityCode: "01999", now: Date())
        let requests = try envelopes(first..<(first + signed)).map {
            client.submission(try EnvelopeSigner.sign($0, with: credentials))
        }
        _ = try timed(doors, "submissions with signatures") {
            try load.send(signed, request: { requests[$0] }, isGood: Self.isTaken)
        }
    }

    private func measureMemory(_ doors: RunningDoors, _ client: PortalClient, from first: Int) throws {
        print("memory of the doors before: \(try doors.peakResidentBytes() >> 20) MiB")
        let requests = try envelopes(first..<(first + many * 2)).map(client.submission)
        let figures = try DoorLoad(port: doors.port, connections: many)
            .send(requests.count, request: { requests[$0] }, isGood: Self.isTaken)
        print("\(requests.count) submissions over \(many) connections: \(figures.description)")
    }

    private func envelopes(_ numbers: Range<Int>) throws -> [[UInt8]] {
        let path = "topology/people/visits.xml"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BenchError("\(path) is not there; start the bench by scripts/bench")
        }
        let report = try EnvelopeReader.read(Array(data))
        guard let pattern = report.envelope.visits.first else { throw BenchError("\(path) has no sound visit") }
        return try numbers.map { number in
            try BenchPerson(number: number % people)
                .envelope(pattern, episode: "DB\(number)", createdOn: report.envelope.createdOn)
        }
    }

    private static let isTaken: @Sendable ([UInt8]) -> Bool = {
        String(decoding: $0, as: UTF8.self).contains("\"maKetQua\":\"200\"")
    }

    private static let isGoodCard: @Sendable ([UInt8]) -> Bool = {
        String(decoding: $0, as: UTF8.self).contains("\"maKetQua\":\"000\"")
    }
}
