import ExchangeSchema
import Testing

@testable import HealthStandards

/// Reading an envelope piece by piece gives what reading it whole gives.
@Suite struct EnvelopeStreamTests {
    /// Counts what is met and keeps nothing else.
    private final class Tally {
        var visits: [String] = []
        var problems: [String] = []
        var warnings = 0

        func take(_ part: EnvelopePart) {
            switch part {
            case .visit(let visit): visits.append(visit.episodeCode)
            case .problem(let problem): problems.append(problem.description)
            case .warning: warnings += 1
            }
        }
    }

    private func source(_ bytes: [UInt8], by size: Int) -> () throws -> [UInt8] {
        var position = 0
        return {
            let end = min(position + size, bytes.count)
            defer { position = end }
            return Array(bytes[position..<end])
        }
    }

    private func sample() throws -> [UInt8] {
        var sample = SampleEnvelope(count: "9", signature: "<Signature><A>é</A></Signature>")
        sample.add(try SampleEnvelope.documents("A") + [("XML16", "<A/>")])
        sample.add(try SampleEnvelope.changed("B", "XML2", row: 2, field: "SO_LUONG", to: "x"))
        sample.add(try SampleEnvelope.documents("C"))
        sample.add(try SampleEnvelope.documents("A"))
        return sample.bytes
    }

    @Test(arguments: [1, 7, 64, 1_000, 4_095, 1_000_000]) func piecesOfAnySizeGiveTheSame(size: Int) throws {
        let bytes = try sample()
        let whole = try EnvelopeReader.read(bytes)
        let tally = Tally()
        let summary = try EnvelopeReader.read(from: source(bytes, by: size), take: tally.take)
        #expect(tally.visits == ["A", "C"] && tally.visits == whole.visits.map(\.episodeCode))
        #expect(summary.headProblems.map(\.description) + tally.problems == whole.problems.map(\.description))
        #expect(tally.warnings == 1 && summary.visitCount == 4 && summary.soundCount == 2)
        #expect(summary.signature == Array("<Signature><A>é</A></Signature>".utf8))
        #expect(summary.facilityCode == "01001" && summary.createdOn == "20251231")
    }

    private struct Enough: Error {}

    @Test func whatTheTakerThrowsEndsTheReading() throws {
        let bytes = try sample()
        var taken = 0
        #expect(throws: Enough.self) {
            try EnvelopeReader.read(from: source(bytes, by: 100)) { _ in
                taken += 1
                throw Enough()
            }
        }
        #expect(taken == 1)
    }

    @Test func whatTheSourceThrowsIsThrown() throws {
        let bytes = try sample()
        var isFirst = true
        #expect(throws: Enough.self) {
            try EnvelopeReader.read(
                from: {
                    guard isFirst else { throw Enough() }
                    isFirst = false
                    return Array(bytes.prefix(5_000))
                }, take: { _ in })
        }
    }

    @Test func aVisitTooLargeIsOneProblemAndTheOthersGo() throws {
        let part = String(repeating: "A", count: 1_000_000)
        var position = 0
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        let text = String(decoding: sample.bytes, as: UTF8.self)
        let cut = try #require(text.firstRange(of: "\n<HOSO>"))
        let head = String(text[..<cut.lowerBound]) + "<HOSO><FILEHOSO><LOAIHOSO>XML2</LOAIHOSO><NOIDUNGFILE>"
        let rest = "</NOIDUNGFILE></FILEHOSO></HOSO>" + String(text[cut.lowerBound...])
        let tally = Tally()
        _ = try EnvelopeReader.read(
            from: {
                defer { position += 1 }
                return switch position {
                case 0: Array(head.utf8)
                case 1...45: Array(part.utf8)
                case 46: Array(rest.utf8)
                default: []
                }
            }, take: tally.take)
        #expect(tally.visits == ["A"])
        #expect(
            tally.problems == [
                "record 1: line 2, table XML2: the tables of the visit have more than 40000000 characters"
            ])
    }

    @Test func aFileThatEndsInTheMiddleSaysSo() throws {
        let bytes = try sample()
        let tally = Tally()
        let error = #expect(throws: EnvelopeError.self) {
            try EnvelopeReader.read(from: source(Array(bytes.dropLast(40)), by: 512), take: tally.take)
        }
        #expect(error?.description.hasPrefix("the file cannot be read: not well-formed XML") == true)
        #expect(tally.visits == ["A", "C"])
    }
}
