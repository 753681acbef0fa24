import ExchangeSchema
import Foundation
import Testing
import Vocabulary

/// What is found without decoding is what decoding finds.
@Suite struct CitizenNumberScanTests {
    private func scan(_ message: some ExchangeMessage) -> UInt64? {
        CitizenNumberScan.number(in: message.encoded.span.bytes, type: type(of: message).messageType)
    }

    private func visit(_ number: String) -> FacilityRecord {
        var block = AdministrativeBlock()
        (block.maLk, block.hoTen, block.soCccd, block.diaChi) = ("x", "Nguyễn Văn A", number, "Hà Nội")
        var record = FacilityRecord()
        (record.recordID, record.revision, record.submittedAt) = ("r", 3, 1_700_000_000_000)
        record.administrative = Data(block.encoded)
        record.insurance = Data([5, 5, 5])
        return record
    }

    @Test func theNumberIsFoundInEveryMessageThatCarriesIt() {
        #expect(scan(visit("001090000007")) == 1_090_000_007)
        var check = IdentityCheck()
        (check.recordID, check.citizenNumber, check.fullName) = ("r", "079190000001", "B")
        #expect(scan(check) == 79_190_000_001)
        var result = IdentityResult()
        (result.recordID, result.outcome, result.citizenNumber) = ("r", .match, "079190000002")
        #expect(scan(result) == 79_190_000_002)
        var entry = BookEntry()
        (entry.facilityCode, entry.citizenNumber) = ("01001", "079190000003")
        #expect(scan(entry) == 79_190_000_003)
        var request = HistoryRequest()
        (request.requestID, request.facilityCode, request.citizenNumber) = ("r", "01001", "079190000004")
        request.purpose = "khám"
        #expect(scan(request) == 79_190_000_004)
        var history = SharedHistory()
        (history.requestID, history.citizenNumber, history.answeredAt) = ("r", "079190000005", 7)
        history.visits = [HistoryVisit()]
        #expect(scan(history) == 79_190_000_005)
    }

    @Test(arguments: ["", "12345678", "00109000000x", "0010900000071"]) func whatIsNoNumberIsNone(text: String) {
        #expect(scan(visit(text)) == nil)
    }

    @Test func anyBytesAreSurvived() {
        let whole = visit("001090000007").encoded
        for count in whole.indices {
            _ = CitizenNumberScan.number(in: Array(whole[..<count]).span.bytes, type: .facilityRecord)
            var altered = whole
            altered[count] = 0xFF
            _ = CitizenNumberScan.number(in: altered.span.bytes, type: .facilityRecord)
        }
        let long: [UInt8] = [0x2A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        #expect(CitizenNumberScan.number(in: long.span.bytes, type: .facilityRecord) == nil)
    }
}
