import ArgumentParser

/// What a topology implies at a broker.
struct TopologyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology", abstract: "Bring the users, rules and topics of a topology to a broker of yours.",
        discussion:
            "In this order: users, acls, create. Then: cycle run SCENARIO --bootstrap-servers … --kafka-config DIR.",
        subcommands: [TopologyUsers.self, TopologyAcls.self, TopologyCreate.self, TopologyDescribe.self])
}
