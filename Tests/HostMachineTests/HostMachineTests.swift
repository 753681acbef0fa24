import ExchangeSchema
import HostMachine
import Journal
import PartyCore
import Testing
import TransparencyLog

/// What a host decides, asked of the machine alone.
@Suite struct HostMachineTests {
    @Test func theCommitComesFirstAndWhatItSendsAfterIt() throws {
        var bare = try BareMachine()
        let keys = try bare.machine.started(now: 1_000)
        #expect(keys.kinds == [.publish])
        let actions = try bare.batch(ListedMessages([1, 2]))
        #expect(actions.kinds.first == .commit && actions.kinds.contains(.publish))
        let commit = try #require(actions.commits.first)
        #expect(commit.leaves.count == 4 * JournalLeaf.width && commit.firstLeaf == 0 && commit.chunk?.count == 2)
        #expect(commit.offsets == [PartitionOffset(topic: "moh.records", partition: 0, next: 2)])
        #expect(commit.rows.frontier?.size == 4 && commit.rows.checkpoint?.size == 4)
        #expect(bare.machine.recordsInFlight == 2)
    }

    @Test func nothingIsCommittedWhereNothingHappened() throws {
        var bare = try BareMachine()
        #expect(try bare.batch(ListedMessages([])).kinds == [])
    }

    @Test func whatIsConfirmedLeavesTheOutboxWithTheNextCommit() throws {
        var bare = try BareMachine()
        let chunk = try #require(try bare.batch(ListedMessages([1])).commits.first?.chunk)
        bare.machine.confirmed([chunk.number])
        bare.machine.confirmed([chunk.number])
        #expect(bare.machine.recordsInFlight == 0)
        let next = try bare.batch(ListedMessages([]))
        #expect(next.commits.map(\.sentChunks) == [[chunk.number]])
        #expect(try bare.batch(ListedMessages([])).kinds == [])
    }

    @Test func whatFailedIsSentAgainInItsOrderAndCountsUntilItIsConfirmed() throws {
        var bare = try BareMachine(unsent: [4, 6])
        #expect(bare.machine.recordsInFlight == 2)
        var numbers: [Int64] = []
        while case .sendAgain(let number)? = bare.machine.sendNext() { numbers.append(number) }
        #expect(numbers == [4, 6])
        bare.machine.failed([6, 99])
        guard case .sendAgain(6)? = bare.machine.sendNext() else {
            return #expect(Bool(false), "6 is to be sent again")
        }
        #expect(bare.machine.sendNext() == nil)
        bare.machine.confirmed([4, 6])
        #expect(bare.machine.heldUp().commits.map(\.sentChunks) == [[4, 6]])
        #expect(bare.machine.heldUp().kinds == [])
    }

    @Test func aLedgerThatDoesNotAddUpIsNeverGivenToACommit() throws {
        var bare = try BareMachine(CountingParty(breaksTheLaw: true))
        #expect(throws: BrokenLaw.self) { try bare.batch(ListedMessages([1])) }
    }

    @Test func whatCannotBeReadGoesToTheDeadLettersWithTheReason() throws {
        var bare = try BareMachine()
        var messages = ListedMessages([1, 2])
        messages.heads[0] = nil
        let actions = try bare.batch(messages)
        let letters = try #require(actions.commits.first?.chunk?.deadLetters)
        #expect(letters.map(\.topic) == ["moh.records.dlt"] && letters.first?.key == [5])
        let reason = letters.first?.headers.first { $0.name == "dlt_reason" }
        #expect(reason.map { String(decoding: $0.value, as: UTF8.self) } == "header ce_id is missing")
        let ledger = bare.machine.books.ledger
        #expect(actions.kinds.contains(.say) && ledger.strays == 1 && ledger.deadLetters == 0 && ledger.submitted == 1)
    }

    @Test func aCommandIsAnsweredAfterTheCommitThatHoldsItsEffect() throws {
        var bare = try BareMachine()
        let stop = PartyCommand(.stop, identity: .none, caller: 1_000, payload: [])
        let sign = PartyCommand(.signAgreement, identity: .none, caller: 1_000, payload: [1])
        let actions = try bare.batch(
            ListedMessages([]), commands: [HostCommand(ticket: 1, sign), HostCommand(ticket: 2, stop)])
        let replies = actions.compactMap { if case .answer(let reply) = $0 { reply } else { nil } }
        #expect(actions.kinds.first == .commit && replies.map(\.ticket) == [1, 2])
        #expect(replies[0].answer == .notForThisParty && replies[1].answer.bytes == [7])
        #expect(actions.commits.first?.leaves.count == 2 * JournalLeaf.width && bare.machine.isAskedToStop)
    }

    @Test func aCheckpointGoesOutWhenTheOneBeforeIsConfirmed() throws {
        var bare = try BareMachine()
        _ = try bare.machine.started(now: 1_000)
        #expect(Self.checkpoints(try bare.batch(ListedMessages([1]))) == 1)
        #expect(Self.checkpoints(try bare.batch(ListedMessages([2]), now: 5_000)) == 0)
        #expect(Self.checkpoints(try bare.machine.tick(now: 6_000)) == 0)
        bare.machine.confirmedCheckpoint()
        let actions = try bare.machine.tick(now: 7_000)
        #expect(actions.kinds.first == .commit && Self.checkpoints(actions) == 1)
        bare.machine.failedCheckpoint()
        #expect(Self.checkpoints(try bare.machine.tick(now: 7_500)) == 0)
        #expect(Self.checkpoints(try bare.machine.tick(now: 8_000)) == 1)
    }

    @Test func theLastThingAPartyDoesIsToFinish() throws {
        var bare = try BareMachine()
        let chunk = try #require(try bare.batch(ListedMessages([1])).commits.first?.chunk)
        bare.machine.confirmed([chunk.number])
        let actions = try bare.machine.stop(now: 1_001)
        #expect(actions.kinds.last == .finish && actions.commits.first?.sentChunks == [chunk.number])
        let reports = actions.compactMap { if case .report(let report) = $0 { report } else { nil } }
        #expect(reports.map(\.isIdle) == [true] && reports.first?.isLast == true)
    }

    private static func checkpoints(_ actions: [HostAction]) -> Int {
        actions.count {
            if case .publish(.checkpoint(let message, _)) = $0 { message.kind == .checkpoint } else { false }
        }
    }
}
