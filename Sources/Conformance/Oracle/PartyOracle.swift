import Composition
import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// Our own party, which says what is right.
protocol PartyOracle {
    /// Hands it a message, and lets it act by itself.
    /// - Returns: What it sends.
    /// - Throws: What its core and its registers throw.
    mutating func take(_ message: CaseMessage, at now: Int64) throws -> OracleAnswer
}

/// What our own party makes of a message.
struct OracleAnswer: Sendable {
    /// What it decides.
    var verdict: Verdict
    /// What it sends.
    var sent: [ExpectedMessage]
    /// Whether it puts the message aside, as one that it cannot read.
    var isDeadLetter: Bool
}

/// A message that a party must send.
struct ExpectedMessage: Sendable, Equatable {
    var type: MessageType
    var topic: String
    /// `ce_subject`.
    var subject: RecordIdentifier
    var key: [UInt8]
    /// `ce_source`.
    var source: String
    var payload: [UInt8]
}

/// A core with a state in memory, run as a host runs it.
struct CoreOracle<Core: PartyCore.Party>: PartyOracle {
    private var engine: PartyEngine<Core>
    private var state = MemoryState<Core.Record>()
    private let topology: Topology
    private let party: TopologyParty
    private var offset: Int64 = 0

    /// - Parameter keys: What it believes of others as their witness.
    init(_ core: Core, of party: TopologyParty, in topology: Topology, keys: SignatoryKeys) {
        engine = PartyEngine(core: core, nextSequence: 0, salts: SaltKey(simulated: party.name), keys: keys)
        self.topology = topology
        self.party = party
    }

    mutating func take(_ message: CaseMessage, at now: Int64) throws -> OracleAnswer {
        guard let type = message.type else {
            return OracleAnswer(verdict: Verdict(.notAddressed), sent: [], isDeadLetter: false)
        }
        engine.begin()
        let place = MessagePlace(topic: 0, partition: 0, offset: offset)
        offset += 1
        let payload = message.value
        var verdict = Verdict(.headless)
        do throws(UnreadableHead) {
            let head = try MessageHead(message.record, record: 0, carrying: type)
            verdict = received(head, payload, from: place, now)
        } catch {
            engine.receiveHeadless(payload.span.bytes, from: place, now: now)
        }
        if let failure {
            throw failure
        }
        while try engine.advance(state: &state, now: now, budget: 1_000) {}
        engine.answerQuestions { _, _ in nil }
        try engine.seal(state: &state, now: now)
        return OracleAnswer(
            verdict: verdict, sent: expected(engine.effects),
            isDeadLetter: verdict.decision == .unreadable || verdict.decision == .headless)
    }

    /// What a rule or a register threw, which is no word about the message's head.
    private var failure: (any Error)?

    private mutating func received(
        _ head: MessageHead, _ payload: [UInt8], from place: MessagePlace, _ now: Int64
    ) -> Verdict {
        do {
            return try engine.receive(head, payload.span.bytes, from: place, state: &state, now: now)
        } catch {
            failure = error
            return Verdict(.headless)
        }
    }

    private func expected(_ effects: Effects) -> [ExpectedMessage] {
        effects.messages.map { message in
            let written = topology.topicsWritten(by: party.name).filter { $0.carries == message.type }
            let topic = written.first { topic in
                topic.province == nil || topic.province.flatMap { UInt8($0) } == message.province
            }
            return ExpectedMessage(
                type: message.type, topic: topic?.name ?? "", subject: message.record,
                key: Array(effects.arena[message.key]),
                source: party.role.eventSource + String(decoding: effects.arena[message.source], as: UTF8.self),
                payload: Array(effects.arena[message.payload]))
        }
    }
}

/// Makes our own party afresh for each case, so that cases know nothing of each other.
struct OracleMaker: CoreUser {
    let topology: Topology
    let keys: SignatoryKeys

    func use(_ core: some PartyCore.Party, of party: TopologyParty) -> any PartyOracle {
        CoreOracle(core, of: party, in: topology, keys: keys)
    }
}
