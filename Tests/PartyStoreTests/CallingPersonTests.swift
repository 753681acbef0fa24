import Foundation
import Testing

@testable import PartyStore

/// Who looked, as the auditor's log has it.
@Suite struct CallingPersonTests {
    @Test func theSystemGivesTheName() {
        #expect(CallingPerson(identifier: 0, behind: nil).text == "root (uid 0)")
    }

    @Test func anIdentifierWithoutAnEntryIsShownAsItIs() {
        #expect(CallingPerson(identifier: 3_999_999_999, behind: nil).text == "uid 3999999999")
    }

    @Test func underSudoBothAreNamed() {
        let person = CallingPerson(identifier: 0, behind: 3_999_999_999)
        #expect(person.text == "root (uid 0) for uid 3999999999")
        #expect(CallingPerson(identifier: 5, behind: 5).text == CallingPerson(identifier: 5, behind: nil).text)
    }

    @Test func thisProcessIsItsUser() {
        #expect(CallingPerson.current.identifier == getuid())
        #expect(AccessEntry(action: "tail", subject: "x", purpose: "y").who == CallingPerson.current.text)
    }
}
