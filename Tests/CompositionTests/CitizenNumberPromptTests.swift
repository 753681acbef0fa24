import Foundation
import Synchronization
import Testing

@testable import Composition

/// A citizen number that a person types, at a terminal of the test's own.
@Suite struct CitizenNumberPromptTests {
    private static func terminal() throws -> (person: Int32, program: Int32) {
        let person = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(person >= 0)
        // TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)): the other end is let go of, and says its number.
        var (lock, number): (CInt, CInt) = (0, -1)
        let isUnlocked = unsafe ioctl(person, 0x4004_5431, &lock) == 0
        try #require(isUnlocked)
        let isNumbered = unsafe ioctl(person, 0x8004_5430, &number) == 0
        try #require(isNumbered)
        let program = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(program >= 0)
        return (person, program)
    }

    private static func echoes(_ terminal: Int32) -> Bool {
        var settings = termios()
        return unsafe tcgetattr(terminal, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    @Test func whatIsTypedIsReadAndNotShown() throws {
        let (person, program) = try Self.terminal()
        defer {
            close(person)
            close(program)
        }
        #expect(Self.echoes(program))
        let said = Mutex<[String]>([])
        let prompt = CitizenNumberPrompt(terminal: program) { words in
            said.withLock { $0.append(words) }
            // Whoever is asked answers, and no sooner.
            guard words.contains("Citizen number") else { return }
            #expect(!Self.echoes(program))
            let typed = Array("001180000101\n".utf8)
            _ = unsafe write(person, typed, typed.count)
        }
        #expect(prompt.isPossible)
        #expect(try prompt.ask() == "001180000101")
        #expect(Self.echoes(program), "the terminal is as before")
        #expect(said.withLock { $0.joined() }.hasSuffix("\n"))
        // What the person saw: nothing of the number. The end mark is shown, so that there is something to read.
        let mark = Array("|".utf8)
        _ = unsafe write(program, mark, mark.count)
        var shown = [UInt8](repeating: 0, count: 256)
        let count = unsafe read(person, &shown, shown.count)
        let text = String(decoding: shown.prefix(max(0, count)), as: UTF8.self)
        #expect(text.contains("|") && !text.contains("0011"), "\(text.debugDescription)")
    }

    @Test func withoutATerminalNobodyIsAsked() throws {
        let file = unsafe open("/dev/null", O_RDWR)
        defer { close(file) }
        let prompt = CitizenNumberPrompt(terminal: file) { Issue.record("asked: \($0)") }
        #expect(!prompt.isPossible)
        #expect(throws: ProgramFailure.self) { try prompt.ask() }
    }

    @Test func bothAtOnceAreRefused() {
        #expect(CitizenNumberSource(argument: "1", file: "x").problem("the number")?.contains("not both") == true)
        #expect(CitizenNumberSource(argument: "1", file: nil).problem("the number") == nil)
        #expect(CitizenNumberSource(argument: nil, file: "-").problem("the number") == nil)
    }
}
