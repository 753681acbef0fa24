import Foundation
import Testing

@testable import EmbeddedBroker

/// What a partition's files still have is read around whatever is damaged in them.
@Suite struct PartitionSurveyTests {
    private let fixture: LogFixture
    /// A data directory in which the fixture's is a partition.
    private let data: TemporaryDirectory

    init() throws {
        var fixture = try LogFixture()
        fixture.segmentBytes = 400
        self.fixture = fixture
        data = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: data.data + "/topics", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: data.data + "/topics/topic-0", withDestinationPath: fixture.directory.data)
    }

    private func survey() throws -> (offsets: [Int64], survey: PartitionSurvey) {
        let partition = try #require(RecordedPartition(dataDirectory: data.data, topic: "topic", partition: 0))
        var offsets: [Int64] = []
        let survey = try partition.survey { offsets.append($0.offset) }
        return (offsets, survey)
    }

    private func file(_ base: Int64) -> URL {
        URL(fileURLWithPath: fixture.directory.data + "/" + Segment.name(of: base) + ".log")
    }

    @Test func damagedBatchesAreLeftOutAndAllElseIsRead() throws {
        let log = try fixture.open()
        var places: [(file: Int64, position: Int)] = []
        for value in 0..<12 {
            let before = log.active
            let position = before.size
            try log.add(SampleBatch(values: ["value \(value)", "and another"]))
            places.append(log.active === before ? (before.baseOffset, position) : (log.active.baseOffset, 0))
        }
        #expect(log.segments.count > 2)
        let whole = try survey()
        #expect(whole.offsets == Array(0..<24) && whole.survey == PartitionSurvey(start: 0, end: 24))
        for (batch, place) in places.enumerated() {
            let original = try Data(contentsOf: file(place.file))
            var flipped = original
            flipped[place.position + 70] ^= 1
            try flipped.write(to: file(place.file))
            let found = try survey()
            let (first, next) = (Int64(batch * 2), Int64(batch * 2 + 2))
            #expect(found.offsets == Array(0..<first) + Array(next..<24), "batch \(batch)")
            let gap = try #require(found.survey.gaps.first)
            #expect(found.survey.gaps.count == 1 && gap.first == first && gap.next == (next == 24 ? nil : next))
            #expect(gap.text.contains("\(file(place.file).lastPathComponent), byte \(place.position)"))
            try original.write(to: file(place.file))
        }
    }

    @Test func whatWasDeletedByRuleIsNoGapAndALostFileIsOne() throws {
        let log = try fixture.open()
        for value in 0..<12 { try log.add(SampleBatch(values: ["value \(value)", "and another"])) }
        let bases = log.segments.map(\.baseOffset)
        try FileManager.default.removeItem(at: file(bases[0]))
        let shortened = try survey()
        #expect(
            shortened.survey == PartitionSurvey(start: bases[1], end: 24) && shortened.offsets == Array(bases[1]..<24))
        try FileManager.default.removeItem(at: file(bases[2]))
        let torn = try survey().survey
        let end = bases.count > 3 ? bases[3] : nil
        #expect(torn.gaps.map(\.first) == (end == nil ? [] : [bases[2]]) && torn.gaps.first?.next == end)
    }
}
