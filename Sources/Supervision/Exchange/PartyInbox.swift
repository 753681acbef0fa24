import Composition
public import ExchangeSchema
import Foundation
import Inbox
public import PartyCore
public import Topology
public import Vocabulary

/// The inbox of a party that runs in an exchange of this machine, or of one that was started by hand.
public struct PartyInbox: Sendable {
    /// Name of the party.
    public let party: String
    /// Where its inbox can be: of several instances each shard has one.
    private let directories: [String]
    private let exchange: ExchangeLayout?

    /// The inbox of a party of an exchange.
    public init(layout: ExchangeLayout, party: String, topology: Topology) {
        self.init(
            party: party, directories: topology.shards.filter { $0.party == party }.map { layout.directory(of: $0) },
            exchange: layout)
    }

    private init(party: String, directories: [String], exchange: ExchangeLayout?) {
        self.party = party
        self.directories = directories
        self.exchange = exchange
    }

    /// The inbox of the party that plays a role.
    /// - Parameters:
    ///   - data: Directory of an exchange, or a party's own.
    ///   - name: The party in the topology of the exchange; nil for the only one with the role.
    /// - Throws: ``ProgramFailure`` when there is neither, or more than one such party.
    public init(data: String, role: PartyRole, named name: String?) throws {
        let layout = ExchangeLayout(data)
        guard try layout.record() != nil else {
            guard FileManager.default.fileExists(atPath: data + "/party.sqlite") else {
                throw ProgramFailure(
                    "\(data) holds neither an exchange nor a party's data; start an exchange with: cycle up"
                        + layout.dataOption)
            }
            self.init(party: name ?? role.rawValue, directories: [data], exchange: nil)
            return
        }
        let scenario = FileManager.default.fileExists(atPath: layout.scenarioPath) ? layout.scenarioPath : nil
        let setup = try PartySetup(topology: layout.topologyPath, scenario: scenario, records: 0)
        self.init(layout: layout, party: try setup.party(role, given: name).name, topology: setup.topology)
    }

    /// How long a party that is being started may take to open its inbox.
    public static let patience = Duration.seconds(20)

    /// Gives a command to one of its processes, and waits until what it asks for is committed.
    /// - Returns: The answer, in the form of the command's kind.
    /// - Throws: ``ProgramFailure`` when the party does not run, or refuses.
    public func give(
        _ kind: PartyCommand.Kind, _ payload: [UInt8], identity: MessageIdentifier, patience: Duration = patience
    ) throws -> [UInt8] {
        let frame = CommandFrame(
            kind: kind.rawValue, identity: (identity.uuid.high, identity.uuid.low), payload: payload)
        return try ask(frame, patience)
    }

    private func ask(_ frame: CommandFrame, _ patience: Duration) throws -> [UInt8] {
        let deadline = ContinuousClock.now + patience
        while true {
            for directory in directories {
                do throws(InboxError) {
                    return try InboxClient(directory: directory).ask(frame)
                } catch {
                    switch error.code {
                    case .notRunning: continue
                    // The party may be on its way back: the same command has no second effect.
                    case .noAnswer where ContinuousClock.now < deadline: continue
                    default: throw ProgramFailure("\(party): \(error)")
                    }
                }
            }
            guard exchange?.isInUse == true, !isOutside, ContinuousClock.now < deadline else { throw notRunning }
            // The kernel tells nobody of a socket that is about to be made.
            usleep(50_000)
        }
    }

    /// Has the party sign an agreement.
    /// - Throws: ``ProgramFailure`` when it does not run, or refuses.
    public func sign(_ agreement: String, patience: Duration = patience) throws -> AgreementSigned {
        var request = SignAgreement()
        request.agreement = agreement
        let identity = MessageIdentifier(.agreementSignature, about: "\(agreement)|\(party)")
        let answer = try give(.signAgreement, request.encoded, identity: identity, patience: patience)
        guard let signed = try? AgreementSigned(decoding: answer) else {
            throw ProgramFailure("\(party) answers what cannot be read; use programs of one version")
        }
        return signed
    }

    /// Gives a command to every process of the party, as for a pause.
    /// - Throws: ``ProgramFailure`` when one of them does not run, or refuses.
    public func giveAll(_ kind: PartyCommand.Kind, patience: Duration = patience) throws {
        for directory in directories {
            let own = PartyInbox(party: party, directories: [directory], exchange: exchange)
            _ = try own.ask(CommandFrame(kind: kind.rawValue, identity: Self.random, payload: []), patience)
        }
    }

    /// Whether somebody else runs the party, so that its inbox is not awaited.
    private var isOutside: Bool { (try? exchange?.record())??.outside?.contains(party) == true }

    /// An identity for a command that nobody gives twice.
    static var random: (high: UInt64, low: UInt64) {
        (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
    }

    private var notRunning: ProgramFailure {
        guard let exchange else {
            return ProgramFailure("no \(party) runs in \(directories.first ?? ""); start it with that --data")
        }
        let record = try? exchange.record()
        if isOutside {
            return ProgramFailure("\(party) is outside: somebody else runs it, and must be asked")
        }
        if exchange.isInUse {
            return ProgramFailure("\(party) does not answer; see \(exchange.logDirectory)/\(party).log")
        }
        if record?.purpose == .run {
            return ProgramFailure("\(exchange.directory) holds a run that is over; start an exchange with: cycle up")
        }
        return ProgramFailure(
            "the exchange in \(exchange.directory) is not running; start it with: cycle up\(exchange.dataOption)")
    }
}
