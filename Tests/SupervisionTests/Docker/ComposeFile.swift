import Foundation
import ProgramTestSupport
import Yams

/// `docker/compose.yaml` as the tests look at it: merged, with the defaults of its variables in place.
struct ComposeFile {
    struct Service {
        var name: String
        var fields: [String: Any]

        func text(_ key: String) -> String? { fields[key] as? String }
        func list(_ key: String) -> [String] { (fields[key] as? [Any] ?? []).map { ComposeFile.filled("\($0)") } }
        var command: [String] { list("command") }
        var environment: [String: String] {
            (fields["environment"] as? [String: Any] ?? [:]).mapValues { ($0 as? String) ?? "\($0)" }
        }
        /// Where it comes from, and where it is in the container.
        var volumes: [(source: String, target: String)] {
            list("volumes").map { $0.split(separator: ":").map(String.init) }.map { ($0[0], $0[1]) }
        }
        var dependsOn: [String: String] {
            (fields["depends_on"] as? [String: [String: Any]] ?? [:]).compactMapValues { $0["condition"] as? String }
        }
        var isOurs: Bool { text("image") == "closed-cycle:local" }
        /// Whether it is to end by itself.
        var isOnce: Bool { fields["restart"] == nil }
    }

    static let folder: String = (BuiltPrograms.topologyFolder as NSString).deletingLastPathComponent + "/docker"

    var services: [Service]
    var volumes: Set<String>

    init() throws {
        let text = try String(contentsOfFile: Self.folder + "/compose.yaml", encoding: .utf8)
        let all = try Yams.load(yaml: text) as? [String: Any] ?? [:]
        services = (all["services"] as? [String: [String: Any]] ?? [:]).map { Service(name: $0.key, fields: $0.value) }
        volumes = Set((all["volumes"] as? [String: Any] ?? [:]).keys)
    }

    subscript(_ name: String) -> Service? { services.first { $0.name == name } }

    /// `${NAME:-default}` as it is when NAME is not set.
    private static func filled(_ text: String) -> String {
        text.replacing(/\$\{[A-Z_]+:-([^}]*)\}/) { String($0.output.1) }
    }
}
