import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import HostMachine
import PartyCore
import Simulation
import Testing

/// A party that writes another's signature releases nothing; the genuine one does.
@Suite struct ForgedSignatureTests {
    /// Without a note, and with one by a key that is not VSS's own.
    @Test(arguments: [false, true]) func nobodyBelievesIt(_ hasNote: Bool) throws {
        var signature = SampleKeys.signature("vss")
        if !hasNote { signature.note = .init() }
        let simulation = SmallSimulation(outcome: .heldAndReleased) { _, _ in .confirmed }
        let forgery = ForgedSignature(signature, submittedAtLeast: 1)
        let unsigned = try simulation.run(guest: { $0 == "moh" ? forgery : nil }, isSigned: false)
        #expect(unsigned.ledgers["c06"]?.held == 1 && unsigned.ledgers["locality"]?.shared == 0)
        let rule = hasNote ? "the signature of \"vss\" is not believed" : "it has no signed note"
        for name in ["moh", "vss", "c06"] {
            #expect(unsigned.ledgers[name]?.deadLetters == 1 && unsigned.figures[name]?.signatures == [:], "\(name)")
            let lines = unsigned.parties[name]?.remarks.filter { $0.text.contains(rule) } ?? []
            #expect(lines.map(\.level) == [.warning], "\(name)")
        }
        let signed = try simulation.run(guest: { $0 == "moh" ? forgery : nil })
        #expect(signed.ledgers["locality"]?.shared == 1 && signed.ledgers["c06"]?.held == 0)
    }
}
