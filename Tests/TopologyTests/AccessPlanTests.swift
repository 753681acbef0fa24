import Foundation
import Testing
import Vocabulary

@testable import Topology

/// Who may do what, as it follows from who reads and writes.
@Suite struct AccessPlanTests {
    private func topology(_ text: String = Samples.topology) throws -> Topology {
        try Topology.parse(text, fileName: "t.yaml")
    }

    /// Every party, every topic, every operation: allowed exactly where the topology says so.
    @Test func aPartyMayTouchItsOwnHopsOnly() throws {
        let topology = try topology()
        let plan = AccessPlan(topology)
        for party in topology.parties.map(\.name) {
            for entry in topology.topicsToCreate {
                let topic = topology.topic(named: entry.name)
                let isCheckpoints = entry.name == topology.audit.checkpoints
                let letters = topology.topicsRead(by: party).map { topology.deadLetters.topicName(for: $0.name) }
                let mayRead = topic?.readers.contains(party) == true || isCheckpoints
                let mayWrite =
                    topic?.writers.contains(party) == true || isCheckpoints || letters.contains(entry.name)
                let resource = AccessRule.Resource.topic(entry.name)
                #expect(plan.allows(party, .read, resource) == mayRead, "\(party) reads \(entry.name)")
                #expect(plan.allows(party, .write, resource) == mayWrite, "\(party) writes \(entry.name)")
                #expect(plan.allows(party, .describe, resource) == (mayRead || mayWrite))
                #expect(!plan.allows(party, .create, resource), "\(party) makes \(entry.name)")
            }
            for other in plan.principals {
                #expect(plan.allows(party, .read, .group(other)) == (party == other))
            }
            #expect(!plan.allows(party, .describe, .cluster))
        }
    }

    @Test func instancesMayJoinTheGroupInWhichTheyShareTheWork() throws {
        var topology = try topology()
        let group = AccessRule.Resource.group("vss.instances")
        #expect(!AccessPlan(topology).allows("vss", .read, group))
        let place = try #require(topology.parties.firstIndex { $0.name == "vss" })
        topology.parties[place].instances = 3
        let plan = AccessPlan(topology)
        #expect(plan.allows("vss", .read, group) && plan.allows("vss", .describe, group))
        #expect(plan.principals.filter { plan.allows($0, .read, group) } == ["vss"])
    }

    @Test func theAuditorReadsAllAndWritesItsCheckpointsOnly() throws {
        let topology = try topology()
        let plan = AccessPlan(topology)
        for entry in topology.topicsToCreate {
            #expect(plan.allows("auditor", .read, .topic(entry.name)))
            #expect(plan.allows("auditor", .write, .topic(entry.name)) == (entry.name == topology.audit.checkpoints))
        }
        let without = AccessPlan(try self.topology(Samples.topology + "\naudit: { auditor: false }"))
        #expect(!without.principals.contains("auditor") && without.rules(of: "auditor").isEmpty)
        #expect(without.allows("moh", .write, .topic("audit.checkpoints")))
    }

    /// `cycle` makes topics, redrives and notes who looked; it never writes a dead letter, a checkpoint or a signature.
    @Test func theOperatorMakesAllAndWritesNoEvidence() throws {
        let topology = try topology()
        let plan = AccessPlan(topology)
        for entry in topology.topicsToCreate {
            #expect(
                plan.allows("cycle", .create, .topic(entry.name)) && plan.allows("cycle", .read, .topic(entry.name)))
            let topic = topology.topic(named: entry.name)
            let isWritten = topic.map { $0.carries != .agreementSignature } ?? (entry.name == topology.audit.access)
            #expect(plan.allows("cycle", .write, .topic(entry.name)) == isWritten, "\(entry.name)")
        }
        #expect(plan.principals.filter { plan.allows($0, .write, .topic(topology.audit.access)) } == ["cycle"])
        #expect(plan.allows("cycle", .describe, .group("vss")) && !plan.allows("cycle", .read, .group("vss")))
    }

    /// Nobody but the signatories can put anything where signatures are read, and each of those signs with its own key.
    @Test func onlySignatoriesWriteSignatures() throws {
        let topology = try topology()
        let topic = try #require(topology.topic(carrying: .agreementSignature))
        let writers = AccessPlan(topology).principals.filter {
            AccessPlan(topology).allows($0, .write, .topic(topic.name))
        }
        #expect(writers == topic.writers)
    }

    @Test func noResourceHasTwoRulesOfOneUser() throws {
        let rules = AccessPlan(try topology()).rules
        struct Pair: Hashable { var principal: String, resource: AccessRule.Resource }
        #expect(Set(rules.map { Pair(principal: $0.principal, resource: $0.resource) }).count == rules.count)
        #expect(rules.allSatisfy { !$0.operations.isEmpty })
    }

    /// The commands, taken apart again, say the same as the rules.
    @Test func theCommandsForKafkaSayTheSame() throws {
        let plan = AccessPlan(try topology())
        var found: Set<AccessRule> = []
        for command in plan.kafkaCommands(tool: "kafka-acls.sh --bootstrap-server b:1") {
            var words = command.split(separator: " ").map(String.init)[...]
            #expect(words.prefix(4) == ["kafka-acls.sh", "--bootstrap-server", "b:1", "--add"])
            words = words.dropFirst(4)
            var (principal, operations, resources) = ("", Set<AccessRule.Operation>(), [AccessRule.Resource]())
            while let option = words.popFirst() {
                if option == "--cluster" {
                    resources.append(.cluster)
                    continue
                }
                let next = words.popFirst()
                let value = try #require(next)
                switch option {
                case "--allow-principal": principal = String(value.dropFirst("User:".count))
                case "--operation": operations.insert(try #require(AccessRule.Operation(rawValue: value)))
                case "--topic": resources.append(.topic(value))
                case "--group": resources.append(.group(value))
                default: Issue.record("\(option) in \(command)")
                }
            }
            for resource in resources { #expect(found.insert(AccessRule(principal, operations, resource)).inserted) }
        }
        #expect(found == Set(plan.rules))
    }

    @Test func theLinesForTheOwnBrokerSayTheSame() throws {
        let plan = AccessPlan(try topology())
        let lines = plan.brokerRules
        #expect(lines.contains("vss read,describe topic m.records"))
        #expect(lines.contains("vss write,describe topic m.records-dead"))
        #expect(lines.contains("vss read,describe group vss"))
        #expect(lines.contains("cycle describe cluster"))
        // Only the rules about nothing but IdempotentWrite have no line.
        #expect(lines.count == plan.rules.count - plan.principals.count + 1)
        #expect(!lines.contains { $0.lowercased().contains("idempotent") })
    }

    @Test func asJSONARuleHasKafkasWords() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let rules = [AccessRule("a", [.describe, .read], .topic("t")), AccessRule("a", [.idempotentWrite], .cluster)]
        #expect(
            String(decoding: try encoder.encode(rules), as: UTF8.self) == """
                [{"operations":["Read","Describe"],"principal":"User:a","resourceName":"t","resourceType":"Topic"},\
                {"operations":["IdempotentWrite"],"principal":"User:a","resourceName":"kafka-cluster",\
                "resourceType":"Cluster"}]
                """)
    }

    @Test func noPartyIsCalledAsTheOperator() {
        let text = Samples.topology.replacingOccurrences(of: "hanoi", with: "cycle")
        #expect(
            Samples.topologyErrors(text) == [
                "t.yaml:10:13: parties[cycle].name is cycle, the name of who runs the exchange; expected another name"
            ])
    }

    @Test(arguments: [
        ("plain-1.2_3:/@,", "plain-1.2_3:/@,"), ("", "''"), ("a b", "'a b'"), ("a'b", "'a'\\''b'"), ("$x", "'$x'"),
        ("[a]", "'[a]'"),
    ])
    func aShellReadsTheWordAsItWas(word: String, quoted: String) {
        #expect(ShellWord.quoted(word) == quoted)
    }
}
