import ArgumentParser
import EmbeddedBroker

/// Who may connect, how, and what they may do.
struct SecurityOptions: ParsableArguments {
    @Option(help: "The file of users; with it every client logs in by SASL (PLAIN or SCRAM-SHA-256).")
    var users: String?

    @Option(
        help:
            "Add a user to --users, or change one, and end; its password is the next line of standard input."
    )
    var addUser: [String] = []

    @Option(
        help: "The file of access rules: PRINCIPAL OPERATION[,OPERATION] topic|group NAME, or cluster; a rule a line.")
    var rules: String?

    @Option(help: "The PEM file of the certificate and its chain; with it clients connect by TLS only.")
    var tlsCertificate: String?

    @Option(help: "The PEM file of the certificate's private key.")
    var tlsKey: String?

    @Flag(help: "Let anybody on the network in, without a login, where --host is not a loopback address.")
    var allowAnonymousRemote = false

    func apply(to settings: inout BrokerConfiguration) {
        settings.usersFile = users
        settings.rulesFile = rules
        settings.certificateFile = tlsCertificate
        settings.privateKeyFile = tlsKey
        settings.allowsAnonymousRemoteClients = allowAnonymousRemote
    }

    func addUsers() throws(BrokerError) {
        for name in addUser {
            try BrokerUsers.set(name, password: readLine(strippingNewline: true) ?? "", in: users ?? "")
        }
    }
}
