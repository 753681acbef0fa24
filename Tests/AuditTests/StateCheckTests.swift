import Audit
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import StoreTestSupport
import Testing
import Vocabulary

/// Whether rows, what is kept, and chains are what the journal says.
@Suite struct StateCheckTests {
    private let exchange: SmallExchange

    init() throws {
        exchange = try SmallExchange()
        try exchange.fill()
    }

    private static let one = "(SELECT record FROM kept ORDER BY position LIMIT 1)"

    @Test(arguments: [
        ("UPDATE kept SET bytes = X'01' WHERE record = \(one)", "is not what was put there"),
        ("UPDATE kept SET position = 100000 WHERE record = \(one)", "is not what was put there"),
        ("DELETE FROM kept WHERE record = \(one)", "is not what was put there"),
        ("UPDATE kept SET record = X'000102030405060708090A0B0C0D0E0F' WHERE record = \(one)", "no row says so"),
        ("UPDATE record SET words = X'00' WHERE id = \(one)", "the row of "),
        ("UPDATE record SET phase = phase % 5 + 1 WHERE id = \(one)", "the rows say"),
        (
            "UPDATE record SET words = CAST(substr(words, 1, 40) || X'FFFFFFFFFFFFFFFF' || substr(words, 49) AS BLOB) "
                + "WHERE id = \(one)", "which it is not"
        ),
        ("DELETE FROM record WHERE id = \(one)", "no row is there any more"),
    ]) func whatIsChangedInATableIsFound(sql: String, says: String) throws {
        #expect(try exchange.verify().holds)
        try exchange.alter("vss", sql)
        let findings = try exchange.verify().findings
        #expect(
            findings.contains { $0.party == "vss" && [.state, .ledger].contains($0.kind) && $0.text.contains(says) },
            "\(findings.map(\.line))")
    }

    @Test func anOlderRowPutBackIsFound() throws {
        try exchange.alter(
            "moh",
            """
            UPDATE chain SET row = CAST(substr(row, 1, 40) || X'0000000000000000' || substr(row, 49) AS BLOB)
            WHERE id = (SELECT min(id) FROM chain)
            """)
        let findings = try exchange.verify().findings
        #expect(findings.contains { $0.kind == .state && $0.party == "moh" }, "\(findings.map(\.line))")
    }

    @Test func anotherSecretIsOneFinding() throws {
        try exchange.flip(exchange.directory("vss") + "/keys/salt.key", at: 3)
        let findings = try exchange.verify().findings
        #expect(findings.map(\.kind) == [.key] && findings[0].text.contains("no row has the seal"))
        try FileManager.default.removeItem(atPath: exchange.directory("vss") + "/keys/salt.key")
        #expect(try exchange.verify().findings.map(\.kind) == [.key])
    }

    /// A party that writes wrong chains itself, and signs them.
    @Test(arguments: [true, false]) func aLeafThatNamesAnotherBeforeItIsFound(isCrossed: Bool) throws {
        let party = try SmallParty("vss", exchange)
        let (one, other) = (RecordIdentifier.stored(1), RecordIdentifier.stored(2))
        try party.commit(sending: [.init(.identityCheck, one), .init(.identityCheck, other)]) { leaves in
            guard isCrossed else {
                leaves[1].previous = .first
                return
            }
            (leaves[0].previous, leaves[1].previous) = (leaves[1].previous, leaves[0].previous)
        }
        try party.close()
        let findings = try exchange.verify().findings.filter { $0.party == "vss" }
        #expect(
            findings.contains { isCrossed ? $0.kind == .chain : $0.kind == .state }, "\(findings.map(\.line))")
        if isCrossed { #expect(findings.contains { $0.text.contains("and is in the chain of record ") }) }
    }
}
