import ExchangeSchema
import Foundation
import HostMachine
import PartyCore
import Testing
import Vocabulary

/// Messages that no party of the topology sent are no records, and cannot fill a journal.
@Suite struct StrayTests {
    private func strays(_ count: Int, from offset: Int64, partition: Int32 = 0) -> ListedMessages {
        var messages = ListedMessages((0..<count).map { _ in 1 })
        messages.heads = messages.heads.map { _ in nil }
        messages.offset = offset
        messages.partition = partition
        return messages
    }

    private func leaves(_ actions: [HostAction]) throws -> [JournalLeaf] {
        let bytes = actions.commits.flatMap(\.leaves)
        return try stride(from: 0, to: bytes.count, by: JournalLeaf.width).map {
            try #require(JournalLeaf(stored: bytes[$0..<$0 + JournalLeaf.width]))
        }
    }

    private func text(_ letter: DeadLetter, _ name: String) -> String? {
        letter.headers.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    @Test func aFloodHasOneLeafASecond() throws {
        var bare = try BareMachine()
        var written: [JournalLeaf] = []
        var letters: [DeadLetter] = []
        // 20,000 messages in batches of 100, every 10 ms: two seconds of them.
        for batch in 0..<200 {
            let now = 1_000 + Int64(batch) * 10
            let actions = try bare.batch(strays(100, from: Int64(batch) * 100), now: now)
            written += try leaves(actions)
            letters += actions.commits.flatMap { $0.chunk?.deadLetters ?? [] }
        }
        let actions = try bare.batch(ListedMessages([]), now: 10_000)
        written += try leaves(actions)
        letters += actions.commits.flatMap { $0.chunk?.deadLetters ?? [] }
        #expect(actions.commits.last?.offsets.map(\.next) == [20_000])
        let ledger = bare.machine.books.ledger
        #expect(ledger.strays == 20_000 && ledger.submitted == 0 && ledger.deadLetters == 0 && ledger.conserves)
        #expect(written.count == 2 && written.allSatisfy { $0.decision == .stray })
        #expect(written.map(\.offset) == [0, 10_100] && written.map(\.lastOffset) == [10_099, 19_999])
        // Ten of each run lie there whole, and one letter says how many more.
        #expect(letters.count == 22 && letters.compactMap { text($0, "dlt_count") } == ["10090", "9890"])
        #expect(letters.compactMap { text($0, "dlt_last_offset") } == ["10099", "19999"])
    }

    @Test func whatIsNotWrittenDownIsNotCommitted() throws {
        var bare = try BareMachine()
        let actions = try bare.batch(strays(5, from: 0))
        #expect(actions.commits.isEmpty && bare.machine.books.ledger.strays == 0)
        let reports = try bare.machine.tick(now: 1_500).compactMap {
            if case .report(let report) = $0 { report } else { nil }
        }
        #expect(reports.map(\.isIdle) == [false], "something is still to be written down")
        #expect(try leaves(bare.batch(ListedMessages([]), now: 1_999)).isEmpty)
        #expect(try leaves(bare.batch(ListedMessages([]), now: 2_000)).map(\.lastOffset) == [4])
    }

    @Test func aMessageOfAPartyEndsTheRunBeforeItAndKeepsTheOrder() throws {
        var bare = try BareMachine()
        var messages = ListedMessages([1, 2, 3, 4, 5])
        for index in [0, 1, 3] { messages.heads[index] = nil }
        let first = try bare.batch(messages, now: 1_000)
        #expect(try leaves(first).filter { $0.decision != .sent }.map(\.offset) == [0, 2, 3, 4])
        #expect(first.commits.first?.offsets.map(\.next) == [5])
        // Another partition has a run of its own, and a gap ends it.
        _ = try bare.batch(strays(2, from: 7, partition: 1), now: 1_100)
        let ended = try leaves(bare.batch(strays(1, from: 20, partition: 1), now: 1_200))
        #expect(ended.map(\.offset) == [7] && ended.map(\.lastOffset) == [8] && ended.map(\.partition) == [1])
        #expect(try leaves(bare.batch(ListedMessages([]), now: 9_000)).map(\.offset) == [20])
    }

    @Test(arguments: ["", "/test", "/mohair", "moh", "/vss", "/mo"])
    func aForeignSourceIsNobodyOfTheTopology(_ source: String) throws {
        var bare = try BareMachine()
        var messages = ListedMessages([1])
        messages.heads[0]?.source = source
        _ = try bare.batch(messages)
        let actions = try bare.batch(ListedMessages([]), now: 9_000)
        let letter = try #require(actions.commits.first?.chunk?.deadLetters.first)
        let reason = try #require(text(letter, "dlt_reason"))
        #expect(reason.contains("ce_source") && (source.isEmpty || reason.contains("this topic is written by /moh")))
        #expect(bare.machine.books.ledger.strays == 1 && bare.machine.books.ledger.submitted == 0)
    }

    @Test func aSourceWithACodeIsTheParty() {
        let topic = HostPlan.Topic(
            name: "facility.records", type: .facilityRecord, deadLetters: "", sources: ["/facility", "/vss"])
        #expect(["/facility", "/facility/01013", "/vss"].allSatisfy(topic.isWritten))
        #expect(!["/facilities/1", "/facilit", "", "/moh"].contains(where: topic.isWritten))
    }
}
