import Foundation
import Testing

@testable import Topology

/// Small valid files that tests break in one place.
enum Samples {
    static let topology = """
        name: small
        version: 1
        durability: power
        defaults: { partitions: 3, retention: forever }
        parties:
          - { name: clinic, role: facility, title: Clinic }
          - { name: moh, role: moh }
          - { name: vss, role: vss }
          - { name: c06, role: c06 }
          - { name: hanoi, role: locality }
        topics:
          - { name: f.records, carries: facilityRecord, writers: [clinic], readers: [moh] }
          - { name: m.records, carries: acceptedRecord, writers: [moh], readers: [vss] }
          - { name: v.assessments, carries: assessment, writers: [vss], readers: [moh] }
          - { name: v.checks, carries: identityCheck, partitions: 3, writers: [vss], readers: [c06] }
          - { name: c.results, carries: identityResult, writers: [c06], readers: [moh], requires: pact }
          - { name: m.book, carries: bookEntry, partitions: 7, writers: [moh], readers: [hanoi] }
          - { name: m.corrections, carries: correction, retention: { bytes: 9, milliseconds: 8 }, writers: [moh], readers: [clinic] }
          - { name: pacts, carries: agreementSignature, writers: [moh, vss], readers: [c06] }
          - { name: m.answers, carries: sharingNotice, writers: [moh], readers: [clinic] }
        agreements:
          - { name: pact, title: The pact, signatories: [moh, vss], signed: [moh] }
        deadLetters: { suffix: -dead, partitions: 2, retention: { milliseconds: 5, afterConsumedBy: all-readers } }
        """

    static let scenario = """
        name: small
        summary: A small run
        topology: ../small.yaml
        seed: 18446744073709551615
        records: 1_000
        population: { persons: 5000, facilities: 3, uninsuredShare: 0.5 }
        load: { maximumPending: 200, recordsPerSecond: unlimited }
        faults: { nameMisspelled: 0.25, deceased: 1e-3 }
        corrections: { rate: 0.75 }
        agreements:
          pact: { signed: [] }
        signatures:
          - { agreement: pact, party: moh, when: { heldAtLeast: 100 } }
          - { agreement: pact, party: vss, when: { submittedAtLeast: 150 } }
        endsWhen: settled
        assertions:
          - submitted == 1000
          - "shared >= 0.5 * records"
        timeoutSeconds: 30
        """

    /// The text with one place changed; the place must exist, so that no case can pass by a slip of the test.
    static func breaking(_ text: String, _ old: String, _ new: String) throws -> String {
        let place = try #require(text.range(of: old), "the sample has no \(old)")
        return text.replacingCharacters(in: place, with: new)
    }

    /// All messages of a file that should be refused.
    static func topologyErrors(_ text: String) -> [String] {
        do throws(TopologyErrors) {
            _ = try Topology.parse(text, fileName: "t.yaml")
            return []
        } catch {
            return error.errors.map(\.description)
        }
    }

    static func scenarioErrors(_ text: String) -> [String] {
        do throws(TopologyErrors) {
            _ = try Scenario.parse(text, fileName: "s.yaml")
            return []
        } catch {
            return error.errors.map(\.description)
        }
    }

    /// The repository's folder of shipped files.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("topology")

    static func shipped(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    static let shippedScenarios = [
        "amendments", "april-2024", "bench", "checkups", "clean", "department", "everyday-all", "everyday",
        "hanoi-pilot-phase-1",
        "hanoi-pilot-phase-2", "hanoi-pilot-phase-3", "hanoi-pilot",
        "identity-traps", "instances", "insurance", "refusals", "tables", "the-day-after", "two-histories",
        "vaccinations",
    ]
}

/// One change to a sample and all the messages it must give.
struct BrokenFile: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let messages: [String]

    init(_ old: String, _ new: String, _ messages: String...) {
        self.old = old
        self.new = new
        self.messages = messages
    }

    var testDescription: String { "\(old) → \(new)" }
}
