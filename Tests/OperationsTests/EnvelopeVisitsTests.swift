import ExchangeSchema
import HealthStandards
import Operations
import PartyCore
import Testing

@Suite struct EnvelopeVisitsTests {
    private func envelope(_ facility: String, _ codes: [String], name: String = "A") -> Envelope {
        let visits = codes.map { code in
            var visit = VisitRecord()
            visit.administrative.maLk = code
            visit.administrative.hoTen = name
            return visit
        }
        return Envelope(facilityCode: facility, createdOn: "20260101", visits: visits)
    }

    @Test func sameVisitOfTheSameFacilityIsTheSameRecord() {
        let first = EnvelopeVisits(envelope("01013", ["X1", "X2"])).contents
        let second = EnvelopeVisits(envelope("01013", ["X2"], name: "B")).contents
        #expect(first[1].record == second[0].record)
        #expect(first[1].contentDigest != second[0].contentDigest)
        #expect(first[0].record != first[1].record)
    }

    @Test func sameCodeAtAnotherFacilityIsAnotherRecord() {
        let first = EnvelopeVisits.record(facilityCode: "01013", episodeCode: "X1")
        #expect(first != EnvelopeVisits.record(facilityCode: "01014", episodeCode: "X1"))
        // RFC 9562: version 8, variant 10.
        #expect(first.high >> 12 & 0xF == 8)
        #expect(first.low >> 62 == 0b10)
    }

    @Test func laterFilesGoOnCounting() {
        var visits = EnvelopeVisits(envelope("01013", ["X1", "X2"]))
        visits.firstIndex = 40
        #expect(visits.count == 42)
        #expect(visits.visit(41, revision: 1).record == visits.contents[1].record)
    }
}
