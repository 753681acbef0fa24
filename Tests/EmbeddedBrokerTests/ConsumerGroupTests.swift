import Testing

@testable import EmbeddedBroker

/// The state machine of a consumer group, without a socket and with a clock turned by hand.
@Suite struct ConsumerGroupTests {
    @Test func aMemberLearnsItsIdFirstAndLeadsThen() {
        var world = GroupWorld()
        #expect(world.join(nil, as: "a") == [.init(.memberIdRequired, member: "a")])
        #expect(world.group.announced.keys.sorted() == ["a"])
        let joined = world.join("a")
        #expect(joined == [.init(.none, generation: 1, leader: "a", member: "a", members: ["a"])])
        #expect(world.group.phase == .completing)
        #expect(world.sync("a", ["a": [7]]) == ["a": .part([7])])
        #expect(world.group.phase == .stable)
        #expect(world.heartbeat("a") == .none)
    }

    @Test func oldClientsGetTheirIdAtOnce() {
        var world = GroupWorld()
        world.announcesIds = false
        #expect(world.join(nil, as: "a").map(\.member) == ["a"])
        #expect(world.group.generation == 1)
    }

    @Test func aSecondMemberMakesTheFirstJoinAgain() {
        var world = GroupWorld.stable(["a"])
        #expect(world.join(nil, as: "b") == [.init(.memberIdRequired, member: "b")])
        #expect(world.join("b") == [], "it waits for the other")
        #expect(world.heartbeat("a") == .rebalanceInProgress)
        #expect(world.sync("a", [:]) == ["a": .failed(.rebalanceInProgress)])
        let joined = world.join("a")
        #expect(joined.map(\.member) == ["a", "b"])
        #expect(joined.map(\.generation) == [2, 2])
        #expect(joined.map(\.members) == [["a", "b"], []], "only the leader hears of the others")
        #expect(world.sync("b", [:]) == [:], "it waits for the leader")
        #expect(world.sync("a", ["a": [1], "b": [2]]) == ["a": .part([1]), "b": .part([2])])
    }

    @Test func aSilentMemberIsLetGoAndTheOthersShareAnew() {
        var world = GroupWorld.stable(["a", "b", "c"])
        world.now += 6_000
        for member in ["a", "b"] { #expect(world.heartbeat(member) == .none) }
        #expect(world.group.nextDeadline == 10_000)
        world.now = 10_000
        _ = world.expire()
        #expect(world.group.members.keys.sorted() == ["a", "b"])
        #expect(world.heartbeat("a") == .rebalanceInProgress)
        #expect(world.heartbeat("c") == .unknownMemberId)
        #expect(world.join("a") == [])
        #expect(world.join("b").count == 2)
    }

    @Test func whoeverDoesNotJoinInTimeIsLeftOut() {
        var world = GroupWorld.stable(["a", "b"])
        _ = world.leave("a")
        #expect(world.group.leader == "b")
        _ = world.join(nil, as: "c")
        #expect(world.join("c") == [])
        world.now += 9_000
        #expect(world.heartbeat("b") == .rebalanceInProgress, "it lives but does not join")
        world.now += 11_000
        _ = world.expire()
        #expect(world.group.members.keys.sorted() == ["c"])
        #expect(world.group.leader == "c")
        #expect(world.group.phase == .completing)
    }

    @Test func whoeverDoesNotSyncInTimeIsLetGo() {
        var world = GroupWorld.joined(["a", "b"])
        #expect(world.sync("a", ["a": [1], "b": [2]]) == ["a": .part([1])])
        var other = GroupWorld.joined(["a", "b"])
        #expect(other.sync("b", [:]) == [:])
        other.now += 9_000
        #expect(other.heartbeat("a") == .none, "alive, but it leads and says nothing")
        other.now += 11_000
        #expect(other.expire().contains("b"), "whoever waited is told to join again")
        #expect(other.group.members.keys.sorted() == ["b"])
    }

    @Test func commitsBelongToAMemberAndAGeneration() {
        var world = GroupWorld.stable(["a"])
        #expect(world.commit(1, "a") == .none)
        #expect(world.commit(0, "a") == .illegalGeneration)
        #expect(world.commit(1, "x") == .unknownMemberId)
        #expect(world.commit(-1, "") == .unknownMemberId, "nobody from outside while there are members")
        var completing = GroupWorld.joined(["a"])
        #expect(completing.commit(1, "a") == .rebalanceInProgress)
        var empty = GroupWorld()
        #expect(empty.commit(-1, "") == .none)
    }

    @Test func aStaticMemberComesBackWithoutARebalance() {
        var world = GroupWorld()
        world.announcesIds = false
        _ = world.join(nil, as: "a", instance: "one")
        _ = world.sync("a", ["a": [5]])
        let back = world.join(nil, as: "a2", instance: "one")
        #expect(back == [.init(.none, generation: 1, leader: "a", member: "a2", members: [])])
        #expect(world.heartbeat("a", instance: "one") == .fencedInstanceId)
        #expect(world.sync("a2", [:], instance: "one") == ["a2": .part([5])])
        world.skipsAssignment = true
        let again = world.join(nil, as: "a3", instance: "one")
        #expect(again == [.init(.none, generation: 1, leader: "a3", member: "a3", members: ["a3"], skips: true)])
        #expect(world.join("a2", instance: "one") == [.init(.fencedInstanceId, member: "a2")])
    }

    @Test func aStaticMemberKeepsItsPlaceUntilItsSessionEnds() {
        var world = GroupWorld()
        world.announcesIds = false
        _ = world.join(nil, as: "a", instance: "one")
        _ = world.sync("a", ["a": []])
        _ = world.join(nil, as: "b")
        world.now += 9_000
        #expect(world.heartbeat("a", instance: "one") == .rebalanceInProgress)
        world.now += 2_000
        #expect(world.group.members.count == 2)
        _ = world.leave("", instance: "one")
        #expect(world.group.members.keys.sorted() == ["b"])
        #expect(world.group.instances.isEmpty)
    }

    @Test func strangersToTheProtocolAreRefused() {
        var world = GroupWorld.stable(["a"])
        #expect(world.join(nil, as: "b", protocols: ["other"]) == [.init(.inconsistentGroupProtocol)])
        #expect(world.join(nil, as: "b", type: "connect") == [.init(.inconsistentGroupProtocol)])
        #expect(world.join(nil, as: "b", protocols: []) == [.init(.inconsistentGroupProtocol)])
        #expect(world.join("ghost") == [.init(.unknownMemberId, member: "ghost")])
    }

    @Test func theWayMostWantIsChosen() {
        var world = GroupWorld()
        world.announcesIds = false
        _ = world.join(nil, as: "a", protocols: ["range", "sticky"])
        _ = world.join(nil, as: "b", protocols: ["sticky", "range"])
        _ = world.join(nil, as: "c", protocols: ["sticky", "range", "more"])
        _ = world.join("a", protocols: ["range", "sticky"])
        _ = world.join("b", protocols: ["sticky", "range"])
        #expect(world.group.protocolName == "sticky")
    }

    @Test func aGroupCanBeFull() {
        var world = GroupWorld(limits: .init(maximumMembers: 1))
        _ = world.join(nil, as: "a")
        #expect(world.join(nil, as: "b") == [.init(.groupMaxSizeReached)])
    }

    @Test func theFirstGenerationGathersForAWhile() {
        var world = GroupWorld(limits: .init(initialDelay: 100))
        world.announcesIds = false
        #expect(world.join(nil, as: "a") == [])
        world.now += 60
        #expect(world.join(nil, as: "b") == [])
        world.now += 60
        #expect(world.expire() == [], "the second one lengthened it")
        world.now += 40
        #expect(world.expire() == ["a", "b"])
        #expect(world.group.generation == 1)
    }

    @Test func theLastOneOutLeavesAnEmptyGroup() {
        var world = GroupWorld.stable(["a"])
        #expect(world.leave("a") == .none)
        #expect(world.group.phase == .empty && world.group.isIdle)
        #expect(world.leave("a") == .unknownMemberId)
        #expect(world.group.nextDeadline == nil)
    }

    @Test func aConnectionThatGoesWhileItWaitsCostsTheMemberOnlyItsSession() {
        var world = GroupWorld.stable(["a", "b"])
        #expect(world.join("b", protocols: ["range", "new"]) == [])
        world.abandonAll()
        world.now += 9_000
        _ = world.heartbeat("a")
        world.now += 1_001
        _ = world.expire()
        #expect(world.group.members.keys.sorted() == ["a"])
    }

    /// Whatever happens in whatever order: nobody waits for ever, and each waiting request is answered once.
    @Test(arguments: UInt64(1)...20) func everyWaitingRequestIsAnsweredOnce(seed: UInt64) {
        var random = SplitMix(state: seed)
        var world = GroupWorld(limits: .init(initialDelay: Int64(random.next() % 2) * 50, maximumMembers: 6))
        for step in 0..<600 {
            world.announcesIds = random.next() % 2 == 0
            let ids = world.group.order + Array(world.group.announced.keys.sorted())
            let id = ids.isEmpty ? "none" : ids[Int(random.next() % UInt64(ids.count))]
            let instance: String? = random.next() % 4 == 0 ? "static-\(random.next() % 3)" : nil
            switch random.next() % 8 {
            case 0: _ = world.join(nil, as: "m\(step)", instance: instance)
            case 1, 2: _ = world.join(id, instance: world.group.members[id]?.instance)
            case 3, 4: _ = world.sync(id, [id: [1]], instance: world.group.members[id]?.instance)
            case 5: _ = world.heartbeat(id)
            case 6: _ = world.leave(id)
            default:
                world.now += Int64(random.next() % 4_000)
                _ = world.expire()
            }
            #expect(world.answeredTwice.isEmpty)
            #expect(world.group.members.count + world.group.announced.count <= 6)
        }
        while let due = world.group.nextDeadline {
            world.now = max(world.now, due)
            _ = world.expire()
        }
        #expect(world.group.isIdle && world.group.phase == .empty)
        #expect(world.waiting.isEmpty, "\(world.waiting)")
    }
}
