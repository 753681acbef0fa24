import ArgumentParser
import Composition
import Foundation
import Supervision
import Topology

/// Makes logins and prints the commands that make the users.
struct TopologyUsers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users", abstract: "Make a login for each party, and print the commands that make the users.",
        discussion: """
            The logins are files of librdkafka settings, NAME.properties, with a random password where there was none; \
            only their owner can read them. The commands for Apache Kafka's kafka-configs.sh hold the passwords, and \
            are not printed on a terminal unasked.
            """)

    @OptionGroup var file: TopologyFileOptions
    @OptionGroup var tool: KafkaToolOptions

    @Option(help: "The folder of the logins; made where it does not exist.")
    var directory: String

    @Flag(help: "The broker speaks TLS.")
    var tls = false

    @Option(help: "With --tls: the PEM file of the authority that clients trust; by default those of the machine.")
    var tlsAuthority: String?

    @Flag(help: "Print the passwords on a terminal too.")
    var showPasswords = false

    func validate() throws {
        if tlsAuthority != nil, !tls { throw ValidationError("--tls-authority needs --tls") }
    }

    func run() throws {
        try ProgramFailure.reported(by: "cycle topology users") {
            guard showPasswords || isatty(STDOUT_FILENO) == 0 else {
                throw ProgramFailure(
                    "the commands hold passwords: send them to a pipe or a file of your own, or give --show-passwords")
            }
            let plan = AccessPlan(try file.load())
            let files = UserFiles(directory: directory, usesTLS: tls, authority: tlsAuthority)
            let command = tool.command("kafka-configs.sh") + " --alter"
            for user in try files.prepare(plan.principals) {
                let secret = ShellWord.quoted("SCRAM-SHA-256=[password=\(user.password)]")
                print("\(command) --add-config \(secret) --entity-type users --entity-name \(user.name)")
            }
        }
    }
}
