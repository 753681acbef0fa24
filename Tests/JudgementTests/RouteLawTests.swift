import Composition
import Foundation
import PartyCore
import ProgramTestSupport
import Testing
import Topology

@testable import Judgement

/// What the ledgers must say to each other on each route: 100 visits, of which 90 are in the book.
@Suite struct RouteLawTests {
    private static func ledger(_ submitted: Int64, shared: Int64, refused: Int64, pending: Int64 = 0) -> Ledger {
        var ledger = Ledger()
        (ledger.submitted, ledger.shared, ledger.refused, ledger.pending) = (submitted, shared, refused, pending)
        return ledger
    }

    /// Of the ten that are not shared, VSS has refused six.
    private static let ends: [String: [String: Ledger]] = [
        "2024-04": [
            "facility": ledger(100, shared: 90, refused: 10), "moh": ledger(100, shared: 90, refused: 10),
            "vss": ledger(98, shared: 92, refused: 6), "c06": ledger(92, shared: 90, refused: 2),
            "locality": ledger(90, shared: 90, refused: 0),
        ],
        "2026-07": [
            "facility": ledger(100, shared: 90, refused: 10), "moh": ledger(94, shared: 90, refused: 4),
            "vss": ledger(100, shared: 94, refused: 6), "c06": ledger(92, shared: 90, refused: 2),
            "locality": ledger(90, shared: 90, refused: 0),
        ],
    ]

    private func violations(
        _ route: String, outside: Set<String> = [], _ change: (inout [String: Ledger]) -> Void = { _ in }
    ) throws -> [String] {
        let topology = try ExchangeFiles.topology(at: "\(BuiltPrograms.topologyFolder)/\(route).yaml")
        var ledgers = Self.ends[route] ?? [:]
        change(&ledgers)
        return RouteLaw(topology, outside: outside).violations { ledgers[$0] ?? Ledger() }
    }

    @Test(arguments: ["2024-04", "2026-07"]) func anExactEndBreaksNothing(route: String) throws {
        #expect(try violations(route) == [])
    }

    /// One record more or less at one party is seen.
    @Test(arguments: ["2024-04", "2026-07"]) func oneRecordIsMissed(route: String) throws {
        let entrance = route == "2024-04" ? "moh" : "vss"
        #expect(
            try violations(route) { $0[entrance]?.submitted -= 1 }
                == ["submitted differs: facility 100, \(entrance) 99"])
        #expect(
            try violations(route) { $0["locality"]?.shared -= 1 }
                == ["shared differs: facility 90, moh 90, locality 89"])
        #expect(
            try violations(route) { $0["moh"]?.pending += 1 } == ["pending differs: facility 0, moh 1"])
        #expect(try violations(route) { $0["facility"]?.refused += 1 }.first?.hasPrefix("refused differs: ") == true)
        #expect(try violations(route) { $0["moh"]?.shared += 1 }.first?.hasPrefix("shared differs: ") == true)
    }

    /// MoH has refused the first revision of two records that VSS refused in the second: they count at both.
    @Test func whatTwoHaveRefusedCountsTwice() throws {
        #expect(try violations("2026-07") { $0["moh"]?.refused += 2 } == [])
        #expect(try violations("2026-07") { $0["moh"]?.refused -= 1 } == ["refused differs: facility 10, vss 6, moh 3"])
        #expect(
            try violations("2026-07") { $0["moh"]?.refused += 7 } == ["refused differs: facility 10, vss 6, moh 11"])
        #expect(try violations("2024-04") { $0["moh"]?.refused += 2 } == ["refused differs: facility 10, moh 12"])
    }

    @Test(arguments: ["2024-04", "2026-07"]) func ofAnOutsiderNothingIsCompared(route: String) throws {
        for party in ["moh", "vss", "c06", "locality"] {
            let found = try violations(route, outside: [party]) { $0[party] = Ledger() }
            #expect(found == [], "\(party)")
        }
    }

    @Test func thoseThatAnswerAtOnceHaveNothingInHand() throws {
        for route in ["2024-04", "2026-07"] {
            let topology = try ExchangeFiles.topology(at: "\(BuiltPrograms.topologyFolder)/\(route).yaml")
            #expect(RouteLaw(topology).prompt == ["vss", "locality"] && RouteLaw(topology).holders == ["c06"])
            #expect(RouteLaw(topology, outside: ["vss"]).prompt == ["locality"])
        }
    }

    /// What VSS has said later, MoH has heard, and of what is in the book the facility knows.
    @Test(arguments: ["2024-04", "2026-07"]) func laterFeedbackAgrees(route: String) throws {
        let topology = try ExchangeFiles.topology(at: "\(BuiltPrograms.topologyFolder)/\(route).yaml")
        var vss = OwnFigures()
        (vss.feedback.reduced, vss.feedback.refused) = (3, 2)
        var moh = vss
        moh.feedback.told = 4
        var facility = OwnFigures()
        (facility.feedback.reduced, facility.feedback.refused) = (3, 1)
        func violations(_ vss: OwnFigures, _ moh: OwnFigures, _ facility: OwnFigures) -> [String] {
            let all = ["vss": vss, "moh": moh, "facility": facility]
            return RouteLaw(topology).violations(figures: { all[$0] ?? OwnFigures() })
        }
        #expect(violations(vss, moh, facility) == [])
        vss.feedback.waiting = 1
        #expect(violations(vss, moh, facility) == ["feedback waits: vss 1"])
        vss.feedback.waiting = 0
        vss.feedback.reduced = 4
        #expect(
            violations(vss, moh, facility)
                == ["feedback differs: vss 4 reduced and 2 refused, moh 3 and 2"])
        vss.feedback.reduced = 3
        facility.feedback.refused = 0
        #expect(violations(vss, moh, facility) == ["feedback told differs: moh 4, facility 3"])
    }
}
