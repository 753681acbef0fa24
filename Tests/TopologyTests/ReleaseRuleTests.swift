import Foundation
import Testing
import Vocabulary

@testable import Topology

/// Who may have which part of a visit, as the file says it.
@Suite struct ReleaseRuleTests {
    static let files = ["2024-04.yaml", "2026-07.yaml", "three-instances.yaml"]

    @Test(arguments: files) func theShippedFilesGiveEverybodyARule(file: String) throws {
        let topology = try Topology.parse(try Samples.shipped(file), fileName: file)
        let plan = try #require(topology.release)
        #expect(
            plan.rules.map(\.recipient).sorted { $0.rawValue < $1.rawValue }
                == ReleaseRecipient.allCases.sorted { $0.rawValue < $1.rawValue })
        #expect(plan.rules.allSatisfy { !$0.source.isEmpty })
        let releases = topology.releases
        #expect(releases[.c06].isEmpty)
        for part in [RecordPart.xml6, .xml15] {
            let holders = ReleaseRecipient.allCases.filter { releases[$0].contains(part) }
            #expect(Set(holders) == Set(try #require(plan.closedList(of: part)).recipients))
            #expect(!holders.contains(.locality) && !holders.contains(.facility) && !holders.contains(.book))
            #expect(topology.releaseSource(of: part, to: .locality).hasPrefix("closed list of \(part.name): "))
        }
        #expect(topology.releasedByFacilities == releases[file == "2026-07.yaml" ? .vss : .moh])
        #expect(releases[.vss].contains(.clinical) == (file == "2026-07.yaml"))
    }

    @Test func withoutRulesNoTableTravels() throws {
        let topology = try Topology.parse(Samples.topology, fileName: "t.yaml")
        #expect(topology.release == nil && topology.releases == .blocksOnly)
        #expect(topology.releasedByFacilities == .blocks)
        #expect(ReleaseRecipient.allCases.allSatisfy { topology.releases[$0].isDisjoint(with: .tables) })
    }

    private static let blocks = "administrative, insurance, clinical, clinicalDetails"
    private static let sound = """
        release:
          rules:
            - { to: moh, parts: [\(blocks), XML6, XML8], source: law }
            - { to: vss, parts: [administrative, insurance, XML8], source: law }
            - { to: book, parts: [\(blocks), XML8], source: law }
            - { to: locality, parts: [\(blocks), XML8], source: law }
            - { to: facility, parts: [], source: law }
            - { to: c06, parts: [], source: law }
          closedLists:
            - { part: XML6, recipients: [moh], source: law on HIV }
        """

    static let faults: [(String, String, String)] = [
        (
            "locality, parts: [\(blocks), XML8]", "locality, parts: [\(blocks), XML6]",
            "would hand XML6 to locality, which is not on its closed list (moh)"
        ),
        ("part: XML6, recipients: [moh]", "part: XML8, recipients: [moh]", "would hand XML8 to vss"),
        ("part: XML6, recipients: [moh]", "part: XML7, recipients: [moh]", "would hand XML6 to moh"),
        (
            "\(blocks), XML6, XML8]", "\(blocks), XML15, XML8]",
            "would hand XML15 to moh, which is not on its closed list (nobody is)"
        ),
        ("to: c06, parts: []", "to: c06, parts: [XML8]", "is XML8, which no message brings to c06"),
        ("to: c06, parts: []", "to: c06, parts: [administrative]", "told number, name and birth date only"),
        (
            "vss, parts: [administrative, insurance,", "vss, parts: [administrative, insurance, clinical,",
            "is clinical, which no message brings to vss"
        ),
        ("vss, parts: [administrative, insurance,", "vss, parts: [administrative,", "does not give vss insurance"),
        (
            "book, parts: [\(blocks), XML8]", "book, parts: [\(blocks), XML9]",
            "comes to book by way of moh, and moh does not have it"
        ),
        ("to: facility", "to: moh", "given before in line"),
        ("    - { to: facility, parts: [], source: law }\n", "", "says nothing of facility"),
        ("to: vss", "to: vs", "did you mean vss"),
        (
            "XML6, XML8], source: law }\n    - { to: vss", "XML6, XML8, XML8], source: law }\n    - { to: vss",
            "is XML8 again"
        ),
        (
            "XML6, XML8], source: law }\n    - { to: vss", "XML6, XML16], source: law }\n    - { to: vss",
            "is XML16; expected"
        ),
        ("to: c06, parts: [], source: law", "to: c06, parts: []", "source is missing"),
        ("recipients: [moh], source: law on HIV", "recipients: [moh], reason: x", "not a key of a closed list"),
    ]

    @Test func aSoundSectionIsReadAsItStands() throws {
        let topology = try Topology.parse(Samples.topology + "\n" + Self.sound, fileName: "t.yaml")
        #expect(
            topology.releases[.moh].parts.map(\.name) == Self.blocks.components(separatedBy: ", ") + ["XML6", "XML8"])
        #expect(topology.releaseSource(of: .xml8, to: .vss) == "law")
        #expect(topology.releaseSource(of: .xml6, to: .vss) == "closed list of XML6: law on HIV")
        #expect(topology.release?.rule(for: .book)?.parts.contains(.xml8) == true)
    }

    @Test(arguments: faults.indices) func whatCannotBeIsRefusedByName(index: Int) throws {
        let (old, new, told) = Self.faults[index]
        let text = Samples.topology + "\n" + (try Samples.breaking(Self.sound, old, new))
        let errors = Samples.topologyErrors(text)
        #expect(errors.contains { $0.contains(told) }, "\(errors)")
    }

    /// Property: whichever parts a rule gives whom, a file that is read hands XML6 to nobody outside of its list.
    @Test(arguments: 0..<400) func whateverIsReadKeepsTheClosedList(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        func parts(_ least: String) -> String {
            let tables = RecordPart.tables.filter { _ in Int.random(in: 0..<6, using: &random) == 0 }.map(\.name)
            return ([least] + tables).filter { !$0.isEmpty }.joined(separator: ", ")
        }
        let listed = ["moh", "vss", "locality", "book", "facility"].filter { _ in Bool.random(using: &random) }
        let text = """
            release:
              rules:
                - { to: moh, parts: [\(Self.blocks), XML0, XML6, XML7, XML8, XML9, XML10, XML11, XML12, XML13, XML14], source: a }
                - { to: vss, parts: [\(parts("administrative, insurance"))], source: a }
                - { to: book, parts: [\(parts(Self.blocks))], source: a }
                - { to: locality, parts: [\(parts(Self.blocks))], source: a }
                - { to: facility, parts: [\(parts(""))], source: a }
                - { to: c06, parts: [], source: a }
              closedLists:
                - { part: XML6, recipients: [\((listed + ["moh"]).joined(separator: ", "))], source: a }
            """
        guard let topology = try? Topology.parse(Samples.topology + "\n" + text, fileName: "t.yaml") else { return }
        for recipient in ReleaseRecipient.allCases where topology.releases[recipient].contains(.xml6) {
            #expect(recipient == .moh || listed.contains(recipient.rawValue))
        }
    }
}
