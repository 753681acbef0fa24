import Composition
import ExchangeSchema
import Foundation
public import KafkaClient
import PartyRuntime
public import Topology
import Vocabulary

/// Publishes signatures under agreements, in the name of a party.
public struct SignaturePublisher: Sendable {
    private let settings: KafkaSettings
    private let topic: String

    /// A publisher for an exchange.
    /// - Throws: ``ProgramFailure`` when the topology has no topic for signatures.
    public init(settings: KafkaSettings, topology: Topology) throws {
        guard let topic = topology.topic(carrying: .agreementSignature) else {
            throw ProgramFailure("\(topology.name) has no topic that carries agreementSignature; add one")
        }
        self.settings = settings
        self.topic = topic.name
    }

    /// Publishes one signature and waits until the broker has confirmed it. Giving it again has no second effect.
    /// - Throws: ``ProgramFailure`` when it is not confirmed within ten seconds.
    public func publish(agreement: String, party: String) throws {
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        var signature = AgreementSignature()
        signature.agreement = agreement
        signature.party = party
        signature.signedAt = now
        let message = MessageIdentifier(.agreementSignature, about: "\(agreement)|\(party)")
        let producer = try KafkaProducer(settings: settings, topics: [topic])
        defer { producer.close() }
        var headers = HeaderBlock.forEvents
        EventHeaders.write(
            event: MessageType.agreementSignature.eventType, identifier: message.description, source: "/\(party)",
            time: now, subject: agreement, to: &headers)
        try producer.enqueue(
            topic: 0, key: Array(agreement.utf8), value: signature.encoded, headers: headers,
            timestampMilliseconds: now, batch: 1)
        let reports = producer.flush(deadlineMilliseconds: 10_000)
        guard reports.reduce(0, { $0 + $1.delivered }) == 1 else {
            let why = reports.compactMap(\.error).first?.message ?? "no answer within 10 s"
            throw ProgramFailure("the broker did not take the signature of \(party): \(why); try again")
        }
    }
}
