/// Who may do what, from a rules file. What no rule allows is refused.
///
/// ```
/// # principal  operations          resource  name
/// vss          read                topic     facility-a.visits
/// vss          write,create        topic     vss.*
/// vss          read                group     vss*
/// admin        all                 topic     *
/// admin        all                 cluster
/// ```
///
/// A name that ends in `*` stands for everything that begins so. The principal `*` is everybody. Whoever may do
/// anything with a topic or group may also describe it; operations have Kafka's names and meanings.
struct AccessRules: Sendable, Equatable {
    enum Operation: String, Sendable, CaseIterable {
        case read
        case write
        case create
        case delete
        case alter
        case describe
        case all
    }

    enum Resource: Hashable, Sendable {
        case topic(String)
        case group(String)
        case cluster
    }

    private enum Kind: String {
        case topic
        case group
        case cluster
    }

    private struct Rule: Equatable, Sendable {
        var operations: Set<Operation>
        var kind: Kind
        var name: String
        var isPrefix: Bool

        func covers(_ resource: Resource) -> Bool {
            switch (kind, resource) {
            case (.topic, .topic(let other)), (.group, .group(let other)):
                isPrefix ? other.hasPrefix(name) : other == name
            case (.cluster, .cluster): true
            default: false
            }
        }
    }

    private static let maximumBytes = 16 * 1_024 * 1_024

    private var rules: [String: [Rule]] = [:]

    init(path: String) throws(BrokerError) {
        let lines = try PrivateFile.lines(of: path, maximumBytes: Self.maximumBytes, isSecret: false)
        try self.init(lines: lines, source: path)
    }

    init(lines: [Substring], source: String) throws(BrokerError) {
        for (number, line) in lines.enumerated() {
            let fields = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
            guard !fields.isEmpty else { continue }
            guard let rule = Self.rule(fields) else {
                throw BrokerError(
                    .configuration,
                    "\(source), line \(number + 1): expected PRINCIPAL OPERATION[,OPERATION] topic|group NAME or PRINCIPAL "
                        + "OPERATION cluster; operations are "
                        + Operation.allCases.map(\.rawValue).joined(separator: ", "))
            }
            rules[String(fields[0]), default: []].append(rule)
        }
    }

    func allows(_ principal: String, _ operation: Operation, _ resource: Resource) -> Bool {
        allows(rules[principal], operation, resource) || allows(rules["*"], operation, resource)
    }

    /// Whether there is any topic the principal may write: that is enough for an idempotent producer (KIP-679).
    func writesAnything(_ principal: String) -> Bool {
        ((rules[principal] ?? []) + (rules["*"] ?? [])).contains { rule in
            rule.kind == .topic && !rule.operations.isDisjoint(with: [.write, .all])
        }
    }

    private func allows(_ rules: [Rule]?, _ operation: Operation, _ resource: Resource) -> Bool {
        guard let rules else { return false }
        return rules.contains { rule in
            guard rule.covers(resource) else { return false }
            return operation == .describe || rule.operations.contains(operation) || rule.operations.contains(.all)
        }
    }

    private static func rule(_ fields: [Substring]) -> Rule? {
        guard fields.count >= 3, let kind = Kind(rawValue: String(fields[2])),
            fields.count == (kind == .cluster ? 3 : 4)
        else { return nil }
        var operations: Set<Operation> = []
        for name in fields[1].split(separator: ",") {
            guard let operation = Operation(rawValue: String(name)) else { return nil }
            operations.insert(operation)
        }
        guard !operations.isEmpty else { return nil }
        let name = kind == .cluster ? "" : String(fields[3])
        let isPrefix = name.hasSuffix("*")
        return Rule(
            operations: operations, kind: kind, name: isPrefix ? String(name.dropLast()) : name, isPrefix: isPrefix)
    }
}

/// On whose behalf a request is answered.
struct Caller {
    static let anonymous = "ANONYMOUS"

    var principal = anonymous
    var client = GroupClient(id: "", host: "")
    /// `nil`: everybody may do everything.
    var rules: AccessRules?

    func may(_ operation: AccessRules.Operation, _ resource: AccessRules.Resource) -> Bool {
        rules?.allows(principal, operation, resource) ?? true
    }

    var mayProduceSomething: Bool { rules?.writesAnything(principal) ?? true }

    /// Which of Kafka's operations the caller may do on a resource, as a bit field (KIP-430, `AclOperation` codes).
    func operations(on resource: AccessRules.Resource) -> Int32 {
        let read: Int32 = 1 << 3
        let write: Int32 = 1 << 4
        let create: Int32 = 1 << 5
        let delete: Int32 = 1 << 6
        let alter: Int32 = 1 << 7 | 1 << 11
        let describe: Int32 = 1 << 8 | 1 << 10
        let bits: [(AccessRules.Operation, Int32)] =
            switch resource {
            case .topic:
                [
                    (.read, read), (.write, write), (.create, create), (.delete, delete), (.alter, alter),
                    (.describe, describe),
                ]
            case .group: [(.read, read), (.delete, delete), (.describe, 1 << 8)]
            case .cluster: [(.create, create), (.alter, alter), (.describe, describe)]
            }
        return bits.reduce(0) { may($1.0, resource) ? $0 | $1.1 : $0 }
    }
}
