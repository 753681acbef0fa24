public import ExchangeSchema
public import HostMachine
public import PartyCore
import Vocabulary

/// A guest that makes a party write a signature in another's name, once: for rehearsing that nobody believes it.
public struct ForgedSignature: ActionGuest, Sendable {
    private let signature: AgreementSignature
    private let submittedAtLeast: Int64
    private var isDone = false

    /// - Parameters:
    ///   - signature: What is written, as it is.
    ///   - submittedAtLeast: As soon as the party has so many records.
    public init(_ signature: AgreementSignature, submittedAtLeast: Int64) {
        self.signature = signature
        self.submittedAtLeast = submittedAtLeast
    }

    /// Adds the signature, when it is time. It is in no outbox: no chunk has its number.
    public mutating func pass(_ actions: [HostAction], books: PartyBooks, now: Int64) throws -> [HostAction] {
        guard !isDone, books.ledger.submitted >= submittedAtLeast else { return actions }
        isDone = true
        var effects = Effects()
        effects.send(signature)
        let chunk = OutboxChunk(
            number: 0, time: now, firstSequence: 0, messages: effects.messages, arena: effects.arena, deadLetters: [])
        return actions + [.publish(.chunk(chunk))]
    }
}
