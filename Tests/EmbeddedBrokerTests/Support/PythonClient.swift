import Foundation

/// The newest confluent-kafka from PyPI, in a virtual environment that is kept between runs.
enum PythonClient {
    /// Where the environment is; `CLOSED_CYCLE_PYTHON` names another place.
    static let directory = ProcessInfo.processInfo.environment["CLOSED_CYCLE_PYTHON"] ?? "/tmp/closed-cycle-python"

    static let skipped: String =
        "confluent-kafka cannot be installed: make \(directory) with \"python3 -m venv\" and \"pip install confluent-kafka\""

    /// Whether the client is there; installs it the first time that anybody asks.
    static func isReady() async -> Bool { await installation.value }

    private static let installation = Task<Bool, Never> {
        if await works() { return true }
        _ = await run("/usr/bin/python3", ["-m", "venv", directory])
        _ = await run(
            python, ["-m", "pip", "install", "--quiet", "--timeout", "10", "confluent-kafka", "kafka-python"])
        return await works()
    }

    private static var python: String { directory + "/bin/python3" }

    /// Only an environment of our own is trusted: the place may be one where others can write too.
    private static func works() async -> Bool {
        let owner = try? FileManager.default.attributesOfItem(atPath: directory)[.ownerAccountID] as? NSNumber
        guard owner?.uint32Value == getuid() else { return false }
        return await run(python, ["-c", "import confluent_kafka.admin, kafka.admin"])?.status == 0
    }

    private static func run(_ program: String, _ arguments: [String]) async -> Finished? {
        guard FileManager.default.isExecutableFile(atPath: program) else { return nil }
        return await (try? Child(program, arguments))?.wait()
    }

    /// Starts a scenario of a script in scripts/conformance.
    static func start(
        _ scenario: String, port: Int, _ more: [String] = [], script name: String = "kafka_client.py"
    ) throws -> Child {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../scripts/conformance/\(name)").standardized.path
        return try Child(python, ["-W", "ignore", script, scenario, "127.0.0.1:\(port)"] + more)
    }

    static func run(_ scenario: String, port: Int, _ more: [String] = []) async throws -> Finished {
        await (try start(scenario, port: port, more)).wait()
    }
}
