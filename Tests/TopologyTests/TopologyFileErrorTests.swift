import Testing

@testable import Topology

@Suite struct TopologyFileErrorTests {
    static let kinds =
        "one of facilityRecord, acceptedRecord, assessedRecord, assessment, identityCheck, identityResult, bookEntry, correction, "
        + "agreementSignature, sharingNotice, civilStatus, bookHandover, assessmentFeedback, insuranceNotice, "
        + "historyRequest, sharedHistory, provinceCoverage"

    @Test func theSampleItselfIsRight() {
        #expect(Samples.topologyErrors(Samples.topology) == [])
    }

    static let structure: [BrokenFile] = [
        BrokenFile(
            "version: 1\n", "",
            "t.yaml:1:1: version is missing; expected 1, the version of this format"),
        BrokenFile("version: 1", "version: 2", "t.yaml:2:10: version is 2; expected 1"),
        BrokenFile(
            "durability: power", "durability: powr",
            "t.yaml:3:13: durability is powr; expected one of process, power (did you mean power?)"),
        BrokenFile(
            "durability:", "durabilty:",
            "t.yaml:3:1: durabilty is not a topology key; expected one of name, version, durability, defaults, parties, "
                + "topics, deadLetters, agreements, audit, route, release (did you mean durability?)"),
        BrokenFile(
            "durability: power", "audit: { auditor: maybe }",
            "t.yaml:3:19: audit.auditor is maybe; expected true or false"),
        BrokenFile(
            "partitions: 7", "partitions: 1025",
            "t.yaml:17:53: topics[m.book].partitions is 1025; expected a whole number, 1 to 1024"),
        BrokenFile(
            "partitions: 7", "partitions: \"7\"",
            "t.yaml:17:53: topics[m.book].partitions is the text \"7\"; expected a whole number, 1 to 1024"),
        BrokenFile(
            "partitions: 7", "partitions: 010",
            "t.yaml:17:53: topics[m.book].partitions is 010; expected a whole number, 1 to 1024"),
        BrokenFile(
            "carries: bookEntry", "carries: bookentries",
            "t.yaml:17:30: topics[m.book].carries is bookentries; expected one of the 17 message kinds (did you mean bookEntry?)"
        ),
        BrokenFile(
            "carries: bookEntry, ", "",
            "t.yaml:17:5: topics[m.book].carries is missing; expected a message kind, \(kinds)"),
        BrokenFile(
            "retention: { bytes: 9, milliseconds: 8 }", "retention: {}",
            "t.yaml:18:60: topics[m.corrections].retention has no limit; "
                + "expected forever, or a limit: milliseconds, bytes"),
        BrokenFile(
            "retention: { bytes: 9, milliseconds: 8 }", "retention: never",
            "t.yaml:18:60: topics[m.corrections].retention is never; "
                + "expected forever, or a limit: milliseconds, bytes"),
        BrokenFile(
            "afterConsumedBy: all-readers", "afterConsumedBy: nobody",
            "t.yaml:23:93: deadLetters.retention.afterConsumedBy is nobody; "
                + "expected all-readers (this rule is always on)"),
        BrokenFile(
            "role: vss", "role: vss, instances: 65",
            "t.yaml:8:40: parties[vss].instances is 65; expected a whole number, 1 to 64"),
        BrokenFile(
            "name: hanoi", "name: ../hanoi",
            "t.yaml:10:13: parties[../hanoi].name is ../hanoi; "
                + "expected the name of a party: up to 64 of a-z, 0-9 and -, a letter first",
            "t.yaml:17:82: topics[m.book].readers[0] is hanoi, which is no party; expected one of clinic, moh, vss, c06"
        ),
        BrokenFile(
            "name: pact,", "name: 9pact,",
            "t.yaml:16:91: topics[c.results].requires is pact, which is no agreement; expected a declared agreement",
            "t.yaml:22:13: agreements[9pact].name is 9pact; "
                + "expected the name of an agreement: up to 64 of a-z, 0-9 and -, a letter first"),
        BrokenFile(
            "name: m.book", "name: m book",
            "t.yaml:17:13: topics[m book].name is m book; "
                + "expected a name Kafka accepts: up to 249 of a-z, A-Z, 0-9, ., _ and -"),
        BrokenFile(
            "- { name: hanoi, role: locality }", "- hanoi",
            "t.yaml:10:5: parties[4] is hanoi; expected a party: name, role",
            "t.yaml:17:82: topics[m.book].readers[0] is hanoi, which is no party; expected one of clinic, moh, vss, c06"
        ),
        BrokenFile(
            "readers: [hanoi]", "readers: hanoi",
            "t.yaml:17:81: topics[m.book].readers is hanoi; expected a list of parties"),
        BrokenFile(
            "suffix: -dead", "suffix: /dead",
            "t.yaml:23:24: deadLetters.suffix is /dead; expected a suffix of a-z, A-Z, 0-9, ., _ and -"),
        BrokenFile(
            "title: The pact, ", "",
            "t.yaml:22:5: agreements[pact].title is missing; expected the agreement's title"),
    ]

    @Test(arguments: structure)
    func namesWhatIsWrongInTheFilesStructure(file: BrokenFile) throws {
        let text = try Samples.breaking(Samples.topology, file.old, file.new)
        #expect(Samples.topologyErrors(text) == file.messages)
    }

    static let names: [BrokenFile] = [
        BrokenFile(
            "writers: [clinic]", "writers: [clinc]",
            "t.yaml:12:59: topics[f.records].writers[0] is clinc, which is no party; "
                + "expected one of clinic, moh, vss, c06, hanoi (did you mean clinic?)"),
        BrokenFile(
            "readers: [hanoi]", "readers: []",
            "t.yaml:17:81: topics[m.book].readers is empty; expected at least one party"),
        BrokenFile(
            "readers: [hanoi]", "readers: [hanoi, hanoi]",
            "t.yaml:17:89: topics[m.book].readers[1] is hanoi, given before in line 17; expected each party once"),
        BrokenFile(
            "- { name: vss, role: vss }", "- { name: vss, role: vss }\n  - { name: vss, role: vss }",
            "t.yaml:9:13: parties[vss].name is vss, given before in line 8; expected each party once"),
        BrokenFile(
            "name: v.checks", "name: m.book",
            "t.yaml:17:13: topics[m.book].name is m.book, given before in line 15; expected each topic once"),
        BrokenFile(
            "name: v.checks", "name: m_records",
            "t.yaml:15:13: topics[m_records].name differs from m.records only by . and _; "
                + "expected a name that Kafka can tell apart"),
        BrokenFile(
            "name: v.checks", "name: m.book-dead",
            "t.yaml:15:13: topics[m.book-dead].name is also the dead-letter topic of m.book; "
                + "expected another name, or another deadLetters.suffix"),
        BrokenFile(
            "requires: pact", "requires: pacts",
            "t.yaml:16:91: topics[c.results].requires is pacts, which is no agreement; expected pact (did you mean pact?)"
        ),
        BrokenFile(
            "signatories: [moh, vss]", "signatories: [moh, vs]",
            "t.yaml:22:55: agreements[pact].signatories[1] is vs, which is no party; "
                + "expected one of clinic, moh, vss, c06, hanoi (did you mean vss?)"),
        BrokenFile(
            "signed: [moh]", "signed: [c06]",
            "t.yaml:22:70: agreements[pact].signed[0] is c06, which is no signatory; expected one of moh, vss"),
    ]

    @Test(arguments: [
        BrokenFile(
            "durability: power", "audit: { checkpoints: m.book }",
            "t.yaml:3:23: audit.checkpoints is m.book, which is another topic's name; expected a topic of its own"),
        BrokenFile(
            "durability: power", "audit: { access: audit.checkpoints }",
            "t.yaml:3:18: audit.access is audit.checkpoints, for both topics of the audit; expected two topics"),
        BrokenFile(
            "name: m.book", "name: audit.access",
            "t.yaml:17:13: topics[audit.access].name is audit.access, a topic of the audit; expected another name"),
        BrokenFile(
            "name: hanoi", "name: auditor",
            "t.yaml:10:13: parties[auditor].name is auditor, the name of the auditor; expected another name"),
    ])
    func theAuditHasNamesOfItsOwn(_ file: BrokenFile) throws {
        let errors = Samples.topologyErrors(try Samples.breaking(Samples.topology, file.old, file.new))
        #expect(errors.contains(file.messages[0]), "\(errors)")
    }

    @Test(arguments: names)
    func namesWhatIsDeclaredTwiceOrNotAtAll(file: BrokenFile) throws {
        let text = try Samples.breaking(Samples.topology, file.old, file.new)
        #expect(Samples.topologyErrors(text) == file.messages)
    }

    static let rules: [BrokenFile] = [
        BrokenFile(
            "carries: bookEntry, partitions: 7, writers: [moh], readers: [hanoi]",
            "carries: correction, partitions: 7, writers: [moh], readers: [hanoi]",
            "t.yaml:6:5: parties[clinic] has the role facility but does not read correction; "
                + "expected clinic among the readers of m.book",
            "t.yaml:7:5: parties[moh] has the role moh but does not write bookEntry; "
                + "expected a topic that carries bookEntry",
            "t.yaml:10:5: parties[hanoi] has the role locality but does not read bookEntry; "
                + "expected a topic that carries bookEntry",
            "t.yaml:18:37: topics[m.corrections].carries is correction, which m.book carries already; "
                + "expected one topic for each kind"),
        BrokenFile(
            "partitions: 3, writers", "partitions: 4, writers",
            "t.yaml:15:59: topics[v.checks].partitions is 4; expected 3, as for f.records, "
                + "for topics keyed by record that meet in a party are partitioned alike"),
        BrokenFile(
            "readers: [vss]", "readers: [moh]",
            "t.yaml:8:5: parties[vss] has the role vss but does not read acceptedRecord; "
                + "expected vss among the readers of m.records"),
        BrokenFile(
            "writers: [moh, vss], readers: [c06]", "writers: [moh, vss], readers: [moh]",
            "t.yaml:16:91: topics[c.results].requires holds c06, which does not read signatures; "
                + "expected c06 among the readers of pacts"),
        BrokenFile(
            "writers: [moh, vss], readers: [c06]", "writers: [moh], readers: [c06]",
            "t.yaml:16:91: topics[c.results].requires needs vss, which cannot write its signature; "
                + "expected vss among the writers of pacts"),
    ]

    @Test(arguments: rules)
    func namesWhatCannotWorkAsAnExchange(file: BrokenFile) throws {
        let text = try Samples.breaking(Samples.topology, file.old, file.new)
        #expect(Samples.topologyErrors(text) == file.messages)
    }

    @Test func reportsAllErrorsInTheOrderOfTheirLines() throws {
        var text = try Samples.breaking(Samples.topology, "partitions: 7", "partitions: 0")
        text = try Samples.breaking(text, "durability: power", "durability: 5")
        text = try Samples.breaking(text, "requires: pact", "requires: pakt")
        let errors = Samples.topologyErrors(text)
        #expect(errors.map { $0.split(separator: ":")[1] } == ["3", "16", "17"])
    }

    @Test func asksForPartitionsWhenThereIsNoDefault() throws {
        let text = try Samples.breaking(Samples.topology, "partitions: 3, retention: forever", "retention: forever")
        let errors = Samples.topologyErrors(text)
        #expect(errors.count == 7)
        #expect(
            errors.first
                == "t.yaml:12:5: topics[f.records].partitions is missing; "
                + "expected a whole number, 1 to 1024, here or under defaults")
    }
}
