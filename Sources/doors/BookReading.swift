import FHIR
import Operations
import PartyStore
import Registers
import Supervision

/// What the doors that read books are given: where MoH is, the secret of their names, and the auditor's log.
struct BookReading {
    let surroundings: FHIRBook.Surroundings

    /// - Throws: `ProgramFailure` when the directory holds no exchange with MoH; `StoreError` when the secret cannot be made.
    init(_ exchange: DoorExchange) throws {
        let notes = try AccessNotes(layout: exchange.layout)
        let facilities = try exchange.facilities()
        surroundings = FHIRBook.Surroundings(
            ministry: try exchange.inboxes(of: .moh), secret: try exchange.secret("fhir.key"),
            organization: { code in
                guard let facilities else { return "" }
                return try facilities.name(code)
            },
            note: { look in
                try await notes.note(
                    look.identifier, action: AccessEntry.door, look.inquiry,
                    subject: look.records.isEmpty ? look.identifier : look.records.joined(separator: " "), at: look.time)
            })
    }
}
