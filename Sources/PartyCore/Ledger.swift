public import ExchangeSchema

/// The law that every party keeps: what it received, and what became of it.
///
/// Every movement of a record is written down on both sides (one less pending, one more shared), so that the
/// conservation law is a check and not a definition.
public struct Ledger: Sendable, Equatable, Codable {
    /// Distinct records this party has received or, at a facility, submitted.
    public var submitted: Int64 = 0
    /// Records it passed on to where they were to go.
    public var shared: Int64 = 0
    /// Records refused and not reopened.
    public var refused: Int64 = 0
    /// Records received and not yet decided, the held ones among them.
    public var pending: Int64 = 0
    /// Records taken back by their facility.
    public var withdrawn: Int64 = 0
    /// Records whose answer waits for an agreement.
    public var held: Int64 = 0
    /// Refused records by ``ReasonCode/text``.
    public var refusedByReason: [String: Int64] = [:]
    /// Copies that had no second effect.
    public var duplicatesIgnored: Int64 = 0
    /// Messages about an older revision, or an unknown record, that had no effect.
    public var staleIgnored: Int64 = 0
    /// Messages of parties that could not be read and went to the dead letters.
    public var deadLetters: Int64 = 0
    /// Messages that no party of the topology sent. They are no records, and count nowhere else.
    public var strays: Int64 = 0

    /// A ledger with nothing in it.
    public init() {}

    /// `submitted = shared + refused + pending + withdrawn`, and the refusals by reason add up.
    public var conserves: Bool {
        submitted == shared + refused + pending + withdrawn && refused == refusedByReason.values.reduce(0, +)
            && held <= pending && min(shared, refused, pending, held, withdrawn) >= 0
    }

    /// A record was received for the first time.
    public mutating func open() {
        submitted += 1
        pending += 1
    }

    /// A refused record is taken up again in a new revision.
    public mutating func reopen(_ reason: ReasonCode?) {
        refused -= 1
        pending += 1
        guard let text = reason?.text, let count = refusedByReason[text] else { return }
        refusedByReason[text] = count > 1 ? count - 1 : nil
    }

    /// A record passed on before is taken up again in a new revision.
    public mutating func reopenShared() {
        shared -= 1
        pending += 1
    }

    /// A pending record was passed on.
    public mutating func share() {
        pending -= 1
        shared += 1
    }

    /// A pending record was taken back.
    public mutating func withdraw() {
        pending -= 1
        withdrawn += 1
    }

    /// A record that was taken out of a party's books comes back.
    public mutating func bringBack() {
        withdrawn -= 1
        pending += 1
    }

    /// A pending record was refused.
    public mutating func refuse(_ reason: ReasonCode) {
        pending -= 1
        refused += 1
        refusedByReason[reason.text, default: 0] += 1
    }
}
