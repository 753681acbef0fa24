import Composition
import Dispatch
import ExchangeSchema
import FHIR
import Operations
import PartyStore
import Reading
import Registers
import ReportPage
import Supervision
import Vocabulary
import WarehouseStore

/// What the doors that read are given: where MoH is, the secret of their names, the reports, and the auditor's log.
struct BookReading {
    let surroundings: FHIRBook.Surroundings
    let room: ReadingRoom.Surroundings
    /// Writes a look down: who and why, whose book it was, the records that were given, Unix milliseconds.
    let look: @Sendable (HistoryInquiry, _ citizen: String, [String], Int64) async throws -> Void

    /// - Throws: `ProgramFailure` when the directory holds no exchange with MoH; `StoreError` when the secret cannot be made.
    init(_ exchange: DoorExchange) throws {
        let notes = try AccessNotes(layout: exchange.layout)
        let facilities = try exchange.facilities()
        let ministry = try exchange.inboxes(of: .moh)
        let look: @Sendable (HistoryInquiry, String, [String], Int64) async throws -> Void = {
            inquiry, citizen, records, time in
            // Of a look in vain there is no record by which it could be found again.
            let vain = notes.pseudonym(of: citizen).map { "\(inquiry.requestID) pseudonym \($0)" }
            let subject = records.isEmpty ? vain ?? inquiry.requestID : records.joined(separator: " ")
            try await notes.note(
                inquiry.requestID, action: AccessEntry.door, inquiry, subject: subject, at: time)
        }
        self.look = look
        surroundings = FHIRBook.Surroundings(
            ministry: ministry, secret: try exchange.secret("fhir.key"),
            organization: { code in
                guard let facilities else { return "" }
                return try facilities.name(code)
            },
            note: { try await look($0.inquiry, $0.citizen, $0.records, $0.time) })
        let layout = exchange.layout
        room = ReadingRoom.Surroundings(
            ministry: ministry, groupings: WarehouseGrouping.allCases.map(\.rawValue),
            warehouse: { province, month, groupings in
                try await Self.apart {
                    let report = try ProvinceWarehouses(layout: layout).report(
                        ofProvince: province, month: month, by: groupings.compactMap { WarehouseGrouping(rawValue: $0) }
                    )
                    return ReadingRoom.Report(html: WarehousePage(report).html, json: Array(try report.json))
                }
            },
            department: { province, month in
                try await Self.apart {
                    let report = try DepartmentReports(layout: layout).report(
                        ofProvince: province, month: month, day: nil)
                    return ReadingRoom.Report(html: DepartmentPage(report).html, json: Array(try report.json))
                }
            },
            note: { identifier, action, inquiry, subject, time in
                try await notes.note(identifier, action: action, inquiry, subject: subject, at: time)
            })
    }

    /// A report reads for seconds; the threads that answer requests do not wait for it.
    private static func apart(
        _ make: @escaping @Sendable () throws -> ReadingRoom.Report
    ) async throws -> ReadingRoom.Report {
        try await withCheckedThrowingContinuation { done in
            DispatchQueue.global().async { done.resume(with: Result(catching: make)) }
        }
    }
}
