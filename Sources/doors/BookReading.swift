import Composition
import Dispatch
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

    /// - Throws: `ProgramFailure` when the directory holds no exchange with MoH; `StoreError` when the secret cannot be made.
    init(_ exchange: DoorExchange) throws {
        let notes = try AccessNotes(layout: exchange.layout)
        let facilities = try exchange.facilities()
        let ministry = try exchange.inboxes(of: .moh)
        surroundings = FHIRBook.Surroundings(
            ministry: ministry, secret: try exchange.secret("fhir.key"),
            organization: { code in
                guard let facilities else { return "" }
                return try facilities.name(code)
            },
            note: { look in
                try await notes.note(
                    look.identifier, action: AccessEntry.door, look.inquiry,
                    subject: look.records.isEmpty ? look.identifier : look.records.joined(separator: " "), at: look.time
                )
            })
        let layout = exchange.layout
        room = ReadingRoom.Surroundings(
            ministry: ministry, groupings: WarehouseGrouping.allCases.map(\.rawValue),
            warehouse: { province, month, groupings in
                try await Self.apart {
                    let report = try ProvinceWarehouses(layout: layout).report(
                        ofProvince: province, month: month, by: groupings.compactMap { WarehouseGrouping(rawValue: $0) }
                    )
                    return WarehousePage(report).html
                }
            },
            department: { province, month in
                try await Self.apart {
                    DepartmentPage(
                        try DepartmentReports(layout: layout).report(ofProvince: province, month: month, day: nil)
                    ).html
                }
            },
            note: { identifier, action, inquiry, subject, time in
                try await notes.note(identifier, action: action, inquiry, subject: subject, at: time)
            })
    }

    /// A report reads for seconds; the threads that answer requests do not wait for it.
    private static func apart(_ make: @escaping @Sendable () throws -> String) async throws -> String {
        try await withCheckedThrowingContinuation { done in
            DispatchQueue.global().async { done.resume(with: Result(catching: make)) }
        }
    }
}
