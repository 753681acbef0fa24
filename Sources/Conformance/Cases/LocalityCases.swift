import ExchangeSchema
import FoundationEssentials
import PartyCore
import Topology
import Vocabulary

/// What a locality is tried with. It answers nobody, so that what can be seen of it is what it cannot read, and that it is
/// silent.
struct LocalityCases {
    let desk: CaseDesk
    /// Whether its warehouse can be looked at.
    let hasWarehouse: Bool

    var all: [ConformanceCase] { silent + unreadable + kept }

    private var province: String { desk.party.provinces.first ?? "01" }

    private func entry(
        _ name: String, revision: UInt32 = 1, _ change: (inout BookEntry) -> Void = { _ in }
    ) -> CaseMessage {
        let visit = ConformanceVisit(desk.record(name), of: ConformancePeople.covered, revision: revision)
        let record = visit.facilityRecord
        var entry = BookEntry()
        entry.recordID = record.recordID
        entry.revision = revision
        entry.facilityCode = record.facilityCode
        entry.citizenNumber = visit.administrative.soCccd
        entry.residentProvince = province
        entry.cardCheckCode = "000"
        entry.benefitPercent = 80
        entry.authenticatedAt = desk.now
        entry.administrative = record.administrative
        entry.insurance = record.insurance
        entry.clinical = record.clinical
        entry.clinicalDetails = record.clinicalDetails
        change(&entry)
        return desk.message(entry, key: visit.administrative.soCccd, province: province)
    }

    private var silent: [ConformanceCase] {
        [
            ConformanceCase(
                "locality.entry", "an entry of a resident is taken in, and nothing is answered",
                source: CaseSource.book,
                [entry("locality.entry")]),
            ConformanceCase(
                "locality.amended", "a later revision, a copy and an earlier one are taken in alike",
                source: CaseSource.copies, [entry("locality.amended")], [entry("locality.amended", revision: 2)],
                [entry("locality.amended", revision: 2), entry("locality.amended")]),
            ConformanceCase(
                "locality.withdrawn", "an entry that takes the record back is taken in", source: CaseSource.withdrawal,
                [entry("locality.withdrawn")],
                [withdrawal("locality.withdrawn", revision: 2)]),
            ConformanceCase(
                "locality.newer-schema", "an entry of a newer schema is read",
                source: "Protocol Buffers, \"Updating a message type\"",
                [
                    {
                        let entry = entry("locality.newer-schema")
                        return entry.carrying(entry.value + IntakeCases.unknownField)
                    }()
                ]),
        ] + [handover, coverage].compactMap(\.self)
    }

    private var unreadable: [ConformanceCase] {
        func letter(_ name: String, _ sentence: String, _ message: (String) -> CaseMessage) -> ConformanceCase {
            let full = "locality.\(name)"
            return ConformanceCase(
                full, "\(sentence) goes to the dead letters", source: CaseSource.deadLetters, [message(full)])
        }
        return [
            letter("no-protobuf", "a payload that is no message") {
                let entry = entry($0)
                return entry.carrying([0xFF, 0xFF] + Array(entry.subject.description.utf8))
            },
            letter("no-subject", "an entry without ce_subject") { entry($0).without(.subject) },
            letter("other-type", "a message of another ce_type") { entry($0).with(.type, "exchange.v1.SomethingElse") },
            letter("no-number", "an entry without a citizen number") { entry($0) { $0.citizenNumber = "" } },
            letter("no-province", "an entry of a province that there is not") {
                entry($0) { $0.residentProvince = "99" }
            },
        ]
    }

    private var handover: ConformanceCase? {
        guard desk.topology.topic(carrying: .bookHandover) != nil else { return nil }
        let name = "locality.handover"
        var handover = BookHandover()
        handover.recordID = desk.record(name).description
        handover.revision = 1
        handover.citizenNumber = ConformancePeople.covered.citizenNumber
        handover.residentProvince = province
        handover.formerProvince = province == "48" ? "01" : "48"
        handover.addressedProvince = province
        handover.movedOn = "20260701"
        handover.handedOverAt = desk.now
        return ConformanceCase(
            name, "a record that passes to the province is taken in", source: CaseSource.book,
            [entry(name), desk.message(handover, key: handover.citizenNumber, province: province)])
    }

    private var coverage: ConformanceCase? {
        guard desk.topology.topic(carrying: .provinceCoverage) != nil else { return nil }
        let name = "locality.coverage"
        var notice = ProvinceCoverageNotice()
        notice.province = province
        (notice.residents, notice.withBook, notice.countedAt) = (10, 11, desk.now)
        let record = desk.record(name)
        return ConformanceCase(
            name, "a count of more people with a book than there are goes to the dead letters", source: CaseSource.book,
            [
                desk.message(
                    .provinceCoverage, MessageIdentifier(.provinceCoverage, about: "\(desk.run)"), about: record,
                    key: province, value: notice.encoded)
            ])
    }

    /// What no message tells: it is looked at in the warehouse, where there is one.
    private var kept: [ConformanceCase] {
        func record(_ name: String) -> RecordIdentifier { desk.record("locality.\(name)") }
        func one(_ name: String, revision: UInt32 = 1) -> CaseMessage {
            entry("locality.\(name)", revision: revision)
        }
        let cases = [
            (
                "kept", "the warehouse has an entry that was taken in", [[one("kept")]],
                KeptRecord(record: record("kept"), current: 1)
            ),
            (
                "kept-amended", "of an amended record the newest revision stands, and the older one is history",
                [[one("kept-amended")], [one("kept-amended", revision: 2)], [one("kept-amended")]],
                KeptRecord(record: record("kept-amended"), current: 2, history: [1])
            ),
            (
                "kept-late", "an earlier revision behind a later one does not stand",
                [[one("kept-late", revision: 2)], [one("kept-late")]],
                KeptRecord(record: record("kept-late"), current: 2)
            ),
            (
                "kept-withdrawn", "what was taken back is history, and stands no more",
                [[one("kept-withdrawn")], [withdrawal("locality.kept-withdrawn", revision: 2)]],
                KeptRecord(record: record("kept-withdrawn"), history: [1])
            ),
        ]
        return cases.map { name, sentence, stages, kept in
            let full = "locality.\(name)"
            guard hasWarehouse else {
                return ConformanceCase(
                    full, sentence, source: "docs/warehouse.md",
                    obstacle: .notApplicable(
                        "no message tells what a locality has; where it keeps a warehouse as docs/warehouse.md says, give "
                            + "--warehouse FILE"))
            }
            var kase = ConformanceCase(full, sentence, source: "docs/warehouse.md", stages: stages)
            kase.kept = [kept]
            return kase
        }
    }

    private func withdrawal(_ name: String, revision: UInt32) -> CaseMessage {
        entry(name, revision: revision) {
            $0.withdrawn = true
            ($0.administrative, $0.insurance) = (.init(), .init())
            ($0.clinical, $0.clinicalDetails) = (.init(), .init())
        }
    }
}
