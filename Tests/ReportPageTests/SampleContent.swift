import Audit
import Foundation
import Topology
import Vocabulary

@testable import ReportPage

extension ReportContent {
    /// A small exchange with something of everything; `name` stands wherever a name from outside can stand.
    static func sample(name: String = "moh.records") -> ReportContent {
        let hop: [String: Any] = [
            "type": "facilityRecord", "topic": name, "senders": [name], "reader": "moh", "sent": 40, "received": 38,
            "refused": 3, "held": 1, "notAddressed": 0, "pending": 2, "inOutbox": 1, "ahead": 0, "deadLetters": 1,
            "latency": durations,
        ]
        let party: [String: Any] = [
            "party": "moh", "role": "moh", "submitted": 40, "shared": 30, "refused": 5, "pending": 5, "withdrawn": 0,
            "held": 1,
            "strays": 0, "leaves": 40, "copies": 2, "stale": 0, "deadLetters": 1,
        ]
        let figures: [String: Any] = [
            "at": 2_000_000, "span": ["first": 1_000_000, "last": 2_000_000], "parties": [party], "hops": [hop],
            "waiting": [
                [
                    "party": "moh", "cause": "notReceived", "type": name, "since": 1_900_000, "ages": durations,
                    "histogram": [1, 2, 1, 1, 0],
                ]
            ], "pendingAges": durations, "pendingHistogram": [1, 2, 1, 1, 0],
            "reasons": [
                ["code": "vss.010", "standing": 3, "ever": 5], ["code": name, "standing": 2, "ever": 2],
            ],
            "facilities": [
                [
                    "facility": name, "name": name, "submitted": 40, "shared": 30, "refused": 5, "pending": 5,
                    "withdrawn": 0,
                    "corrected": 2, "refusals": ["vss.010": 5, name: 2], "pendingSince": 1_100_000,
                ]
            ],
            "provinces": [
                [
                    "province": "01", "name": name, "facilities": 1, "submitted": 40, "shared": 30, "refused": 5,
                    "pending": 5, "withdrawn": 0, "pendingSince": 1_100_000,
                ]
            ],
            "service": [
                ["level": "answer", "judged": 40, "broken": 0, "open": 0],
                ["level": "insuranceReply", "judged": 40, "broken": 0, "open": 0],
                ["level": "correction", "judged": 5, "broken": 0, "open": 0],
            ],
            "quality": [
                "firstTime": 28, "corrected": 2, "resubmitted": 2, "copies": 2, "deadLetters": 1, "wrongMatches": 0,
                "toResubmission": durations,
            ], "cycle": durations,
            "throughput": [
                "start": 1_000_000, "width": 500_000, "submitted": [20, 15, 5], "shared": [0, 10, 20],
                "refused": [1, 2, 2],
            ], "signatures": [],
        ]
        let bound: [String: Any] = [
            "bindings": [
                [
                    "party": "moh", "size": 40, "root": "root0123", "key": name, "clock": 2_000_000,
                    "cosignedBy": [name], "note": "\(name)\n40\nroot\n\n— \(name) signature\n", "leaves": 42,
                ]
            ],
            "auditor": [
                "party": "auditor", "size": 90, "root": "root4567", "key": name, "clock": 2_000_000,
                "cosignedBy": [name], "note": "\(name)\n90\nroot\n", "leaves": 90,
            ], "figures": figures, "violations": [], "findingsSince": [:],
            "verification": [
                "data": name, "exchange": name, "parties": [], "hops": [], "findings": [], "counts": [:],
                "disagreements": [], "outside": [], "notBegun": [], "signatures": [], "pins": [], "strays": [],
            ],
        ]
        let topology = Topology(
            name: name, parties: [Party(name: "moh", role: .moh, title: name)],
            topics: [Topic(name: name, carries: .facilityRecord, partitions: 1, writers: ["moh"], readers: ["moh"])],
            agreements: [Agreement(name: name, title: name, signatories: ["moh", name], signed: ["moh"])])
        do {
            let data = try JSONSerialization.data(withJSONObject: bound)
            return ReportContent(
                exchange: name, scenario: Scenario(name: name, summary: name, seed: 7), topology: topology,
                bound: try JSONDecoder().decode(BoundFigures.self, from: data))
        } catch {
            preconditionFailure("the sample is none: \(error)")
        }
    }

    private static var durations: [String: Int] {
        ["count": 5, "min": 10, "median": 1_200, "p95": 90_000, "p99": 4_000_000, "max": 90_000_000]
    }
}
