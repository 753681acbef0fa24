import Testing

@testable import Topology

/// Topologies in which a record cannot come to an end are refused, with the record's way up to the gap.
@Suite struct RouteRuleTests {
    /// A change to the route of July 2026 and all the messages it must give. The topics begin in line 11.
    static let since2026 = """
        name: small
        version: 1
        defaults: { partitions: 2 }
        parties:
          - { name: clinic, role: facility }
          - { name: vss, role: vss }
          - { name: moh, role: moh }
          - { name: c06, role: c06 }
          - { name: hanoi, role: locality }
        topics:
          - { name: records, carries: facilityRecord, writers: [clinic], readers: [vss] }
          - { name: assessed, carries: assessedRecord, writers: [vss], readers: [moh] }
          - { name: checks, carries: identityCheck, writers: [moh], readers: [c06] }
          - { name: results, carries: identityResult, writers: [c06], readers: [moh] }
          - { name: book, carries: bookEntry, writers: [moh], readers: [hanoi] }
          - { name: corrections, carries: correction, writers: [vss, moh], readers: [clinic] }
          - { name: answers, carries: sharingNotice, writers: [moh], readers: [clinic] }
        """

    @Test func theSampleItselfIsRight() {
        #expect(Samples.topologyErrors(Self.since2026) == [])
    }

    static let broken: [BrokenFile] = [
        BrokenFile(
            "writers: [vss], readers: [moh]", "writers: [vss], readers: [c06]",
            "t.yaml:12:73: records → vss → assessed → nobody takes it in; expected moh among the readers"),
        BrokenFile(
            "  - { name: assessed, carries: assessedRecord, writers: [vss], readers: [moh] }\n", "",
            "t.yaml:6:5: records → vss → no topic carries assessedRecord; expected a topic that carries assessedRecord, "
                + "with vss among its writers"),
        BrokenFile(
            "carries: sharingNotice, writers: [moh], readers: [clinic]",
            "carries: sharingNotice, writers: [moh], readers: [hanoi]",
            "t.yaml:17:71: records → vss → assessed → moh → checks → c06 → results → moh → answers → nobody takes it in; "
                + "expected clinic among the readers"),
        BrokenFile(
            "  - { name: answers, carries: sharingNotice, writers: [moh], readers: [clinic] }", "",
            "t.yaml:7:5: records → vss → assessed → moh → checks → c06 → results → moh → no topic carries sharingNotice; "
                + "expected a topic that carries sharingNotice, with moh among its writers"),
        // As files were written before facilities had answers of their own.
        BrokenFile(
            "readers: [hanoi] }", "readers: [clinic, hanoi] }",
            "t.yaml:15:65: topics[book].readers[0] is clinic: a facility would read the entries of every citizen; expected "
                + "localities only, and for clinic a topic of answers about its own records: "
                + "- { name: moh.answers, carries: sharingNotice, writers: [moh], readers: [clinic] }"),
        BrokenFile(
            "writers: [vss, moh], readers", "writers: [moh], readers",
            "t.yaml:16:56: records → vss → may not write corrections; "
                + "expected vss among the writers of corrections: it sends correction"),
        BrokenFile(
            "carries: facilityRecord, writers: [clinic], readers: [vss]",
            "carries: facilityRecord, writers: [clinic], readers: [vss, moh]",
            "t.yaml:7:5: parties[moh] takes in records by facilityRecord and assessedRecord; "
                + "expected one of them: a party has one place on the way of a record"),
        BrokenFile(
            "carries: identityResult, writers: [c06], readers: [moh]",
            "carries: identityResult, writers: [c06], readers: [moh, vss]",
            "t.yaml:14:78: topics[results].readers[1] is vss, which does nothing with identityResult; "
                + "expected only who takes it in: moh"),
        BrokenFile(
            "carries: identityCheck, writers: [moh]", "carries: identityCheck, writers: [moh, vss]",
            "t.yaml:13:60: topics[checks].writers[1] is vss, which never sends identityCheck on this route; "
                + "expected only who sends it"),
        BrokenFile(
            "  - { name: checks,",
            "  - { name: opinions, carries: assessment, writers: [vss], readers: [moh] }\n  - { name: checks,",
            "t.yaml:13:32: topics[opinions] carries assessment, which nobody sends on this route; "
                + "expected topics of the route only, which is records → assessed → checks → results → book → corrections → answers"
        ),
        BrokenFile(
            "  - { name: hanoi, role: locality }\n", "  - { name: hanoi, role: vss }\n",
            "t.yaml:15:64: records → vss → assessed → moh → checks → c06 → results → moh → book → nobody takes it in; "
                + "expected a party that takes in bookEntry among the readers"),
        BrokenFile(
            "  - { name: hanoi, role: locality }\n",
            "  - { name: hanoi, role: locality }\n  - { name: other, role: vss }\n",
            "t.yaml:10:5: parties[other] has the role vss, and no record comes to it; "
                + "expected other among the readers of what carries acceptedRecord or facilityRecord"),
    ]

    @Test(arguments: broken) func namesTheWayUpToTheGap(_ file: BrokenFile) throws {
        let text = try Samples.breaking(Self.since2026, file.old, file.new)
        #expect(Samples.topologyErrors(text) == file.messages)
    }

    @Test func twoThatWouldDecideAreRefused() throws {
        var text = try Samples.breaking(
            Self.since2026, "  - { name: c06, role: c06 }", "  - { name: c06, role: c06 }\n  - { name: c07, role: c06 }"
        )
        text = try Samples.breaking(text, "writers: [moh], readers: [c06]", "writers: [moh], readers: [c06, c07]")
        text = try Samples.breaking(text, "writers: [c06], readers: [moh]", "writers: [c06, c07], readers: [moh]")
        #expect(
            Samples.topologyErrors(text) == [
                "t.yaml:14:70: records → vss → assessed → moh → checks → c06 and c07: each would decide what becomes of a "
                    + "record; expected one of them among the readers"
            ])
    }

    /// The route of April 2024, in which roles are looked at before the way.
    @Test(arguments: [
        BrokenFile(
            "  - { name: m.answers, carries: sharingNotice, writers: [moh], readers: [clinic] }\n", "",
            "t.yaml:7:5: f.records → moh → m.records → vss → v.assessments → moh → no topic carries sharingNotice; "
                + "expected a topic that carries sharingNotice, with moh among its writers"),
        BrokenFile(
            "writers: [clinic], readers: [moh]", "writers: [clinic], readers: [moh, c06]",
            "t.yaml:12:83: topics[f.records].readers[1] is c06, which does nothing with facilityRecord; "
                + "expected only who takes it in: moh"),
    ])
    func theRouteOf2024IsLookedAtToo(_ file: BrokenFile) throws {
        let text = try Samples.breaking(Samples.topology, file.old, file.new)
        #expect(Samples.topologyErrors(text) == file.messages)
    }

    @Test(
        arguments: [
            ("{ name: 2026-07, since: 2026-07-07, title: A }", nil),
            ("{ name: 2026-07, since: soon, title: A }", "since"),
            ("{ name: 2026-07, since: 2026-13, title: A }", "since"),
            ("{ name: 2026-07, since: 2026-07-32, title: A }", "since"), ("{ name: 2026-07, title: A }", "since"),
            ("{ since: 2026-07, title: A }", "name"), ("{ name: 2026-07, since: 2026-07 }", "title"),
            ("2026-07", "route"),
        ] as [(String, String?)])
    func aRouteHasANameADateAndWords(_ route: String, wrong: String?) throws {
        let text = try Samples.breaking(Self.since2026, "version: 1", "version: 1\nroute: \(route)")
        let errors = Samples.topologyErrors(text)
        #expect(errors.count == (wrong == nil ? 0 : 1))
        if let wrong { #expect(errors.first?.contains(wrong) == true, "\(errors)") }
    }
}
