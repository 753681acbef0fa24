extension AccessPlan {
    /// The rules as commands of Apache Kafka's own tool, one a line: all topics and groups with which a user may do the
    /// same in one command, because each takes a second to start.
    /// - Parameters:
    ///   - tool: What precedes the arguments, for instance `kafka-acls.sh --bootstrap-server localhost:9092`.
    public func kafkaCommands(tool: String) -> [String] {
        var commands: [(head: String, resources: [String])] = []
        for rule in rules {
            let operations = rule.operations.map { " --operation \($0.rawValue)" }.joined()
            let head = "\(tool) --add --allow-principal \(ShellWord.quoted("User:" + rule.principal))\(operations)"
            let isCluster = rule.resource == .cluster
            if !isCluster, let place = commands.firstIndex(where: { $0.head == head && $0.resources != ["--cluster"] })
            {
                commands[place].resources.append(Self.option(rule.resource))
            } else {
                commands.append((head, [Self.option(rule.resource)]))
            }
        }
        return commands.map { ([$0.head] + $0.resources).joined(separator: " ") }
    }

    private static func option(_ resource: AccessRule.Resource) -> String {
        switch resource {
        case .topic(let name): "--topic \(ShellWord.quoted(name))"
        case .group(let name): "--group \(ShellWord.quoted(name))"
        case .cluster: "--cluster"
        }
    }

    /// The rules as lines of the embedded broker's file (`broker --rules`). It has no `IdempotentWrite`: whoever may
    /// write a topic may do so idempotently.
    public var brokerRules: [String] {
        rules.compactMap { rule in
            let operations = rule.operations.filter { $0 != .idempotentWrite }.map { $0.rawValue.lowercased() }
            guard !operations.isEmpty else { return nil }
            let resource =
                switch rule.resource {
                case .topic(let name): "topic \(name)"
                case .group(let name): "group \(name)"
                case .cluster: "cluster"
                }
            return "\(rule.principal) \(operations.joined(separator: ",")) \(resource)"
        }
    }
}

extension AccessRule: Encodable {
    private enum Key: String, CodingKey {
        case principal, operations, resourceType, resourceName
    }

    /// `{"principal":"User:vss","operations":["Read","Describe"],"resourceType":"Topic","resourceName":"moh.records"}`,
    /// in the words of Kafka's `AclBinding`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode("User:" + principal, forKey: .principal)
        try container.encode(operations.map(\.rawValue), forKey: .operations)
        let (type, name) =
            switch resource {
            case .topic(let name): ("Topic", name)
            case .group(let name): ("Group", name)
            // Kafka's own name of the one cluster resource.
            case .cluster: ("Cluster", "kafka-cluster")
            }
        try container.encode(type, forKey: .resourceType)
        try container.encode(name, forKey: .resourceName)
    }
}
