import Audit
import Foundation
import Testing

/// Figures are those of the leaves under the checkpoint that was asked for.
@Suite struct CheckpointBindingTests {
    let exchange: SmallExchange

    init() throws {
        exchange = try SmallExchange()
        try exchange.fill()
    }

    @Test func theLatestCheckpointsCoverAll() throws {
        let bound = try exchange.bound(.latest)
        #expect(bound.bindings.map(\.size) == [480, 480] && bound.bindings.map(\.leaves) == [480, 480])
        #expect(bound.bindings.map(\.root) == bound.verification.parties.map(\.root))
        #expect(bound.holds && bound.figures.parties.map(\.leaves) == [480, 480])
        #expect(
            bound.bindings.allSatisfy { $0.key.hasPrefix("closed-cycle/exchange-1/") && $0.note.contains($0.party) })
    }

    @Test func anEarlierCheckpointLeavesLaterLeavesOut() throws {
        let early = try #require(try exchange.sizes("vss").first { $0 > 0 && $0 < 480 })
        let bound = try exchange.bound(.size(party: "vss", early))
        let vss = try #require(bound.figures.parties.first { $0.party == "vss" })
        #expect(vss.leaves == early && vss.submitted <= early && vss.submitted < 240)
        let moh = try #require(bound.bindings.first { $0.party == "moh" })
        let own = try #require(bound.bindings.first { $0.party == "vss" })
        #expect(own.size == early && moh.clock <= own.clock && moh.size < 480)
        #expect(bound.verification.holds, "everything is verified, whatever is counted")
        #expect(try exchange.bound(.note(Array(own.note.utf8))).figures == bound.figures)
    }

    @Test func whatIsNoCheckpointOfTheExchangeIsRefused() throws {
        #expect(throws: CheckpointChoiceError.unknownParty("nobody", known: ["moh", "vss"])) {
            try exchange.bound(.size(party: "nobody", 480))
        }
        let error = #expect(throws: CheckpointChoiceError.self) { try exchange.bound(.size(party: "vss", 479)) }
        #expect(error?.description.contains("no checkpoint of 479 leaves; near it are") == true)
        let note = try exchange.bound(.latest).bindings[0].note
        let forged = note.replacingOccurrences(of: "\n480\n", with: "\n481\n")
        #expect(forged != note)
        for bytes in [Array(forged.utf8), Array("nonsense".utf8), []] {
            let error = #expect(throws: CheckpointChoiceError.self) { try exchange.bound(.note(bytes)) }
            #expect(error?.description.hasPrefix("the checkpoint is not one of this exchange") == true)
        }
    }
}
