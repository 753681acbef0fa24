import ExchangeSchema
import Testing

@testable import VSSPortal

/// What is written field by field is, byte for byte, what the encoder writes.
@Suite struct PortalJSONTests {
    private static func answer(_ text: String) -> CardAnswer {
        var answer = CardAnswer()
        answer.code = "000"
        answer.holder.fullName = text
        answer.holder.birthDate = "19750211"
        answer.holder.card = "GD4010000000103"
        answer.holder.validFrom = "20260101"
        answer.holder.issuingProvince = "01"
        for number in 0..<3 {
            var visit = CardVisit()
            visit.recordID = RecordIdentifier(high: 1, low: UInt64(number)).description
            visit.facilityCode = text
            visit.admitted = "202611180800"
            answer.visits.append(visit)
            var inquiry = CardInquiry()
            inquiry.account = text
            inquiry.askedAt = 1_795_000_000_000 + Int64(number)
            inquiry.code = number == 0 ? "000" : "060"
            answer.inquiries.append(inquiry)
        }
        return answer
    }

    private static let texts =
        ["", "Phạm Văn Số Cũ", "\"\\/\u{7F}\u{2028}😀", "a\u{301}"] + (0..<0x20).map { "x\(UnicodeScalar(UInt8($0)))y" }

    @Test(arguments: texts) func theBytesAreTheEncoders(text: String) {
        let reply = CardReply(Self.answer(text))
        #expect(PortalJSON.text(of: reply) == PortalWriter.json(reply))
        #expect(PortalJSON.text(of: HistoryReply(reply)) == PortalWriter.json(HistoryReply(reply)))
        var bare = CardReply(code: "100")
        bare.diaChi = text
        #expect(PortalJSON.text(of: bare) == PortalWriter.json(bare))
    }
}
