import Testing
import Vocabulary

@testable import Topology

/// What a topology's readers and writers say of the way of a record.
@Suite struct RouteTests {
    private func route(_ file: String) throws -> Route {
        try Topology.parse(Samples.shipped(file), fileName: file).route
    }

    @Test func theRouteOfApril2024() throws {
        let route = try route("2024-04.yaml")
        #expect(
            Array(route.order.prefix(7)) == [
                .facilityRecord, .acceptedRecord, .assessment, .identityCheck, .identityResult, .bookEntry, .correction,
            ])
        #expect(route.examiners == [.moh, .vss, .c06])
        #expect(route.entrances == ["moh"] && route.deciders == ["moh"] && route.bookkeeper == "moh")
        #expect(route.duties(of: "vss")?.intake == .acceptedRecord)
        #expect(route.duties(of: "facility")?.passes == [.facilityRecord] && route.duties(of: "nobody") == nil)
    }

    @Test func theRouteOfJuly2026() throws {
        let route = try route("2026-07.yaml")
        #expect(
            Array(route.order.prefix(6)) == [
                .facilityRecord, .assessedRecord, .identityCheck, .identityResult, .bookEntry, .correction,
            ])
        #expect(route.examiners == [.vss, .moh, .c06])
        #expect(route.entrances == ["vss"] && route.deciders == ["vss", "moh"] && route.bookkeeper == "moh")
        #expect(route.duties(of: "vss")?.isEntrance == true && route.duties(of: "moh")?.isEntrance == false)
        #expect(route.duties(of: "moh")?.awaits == [.identityResult])
    }

    @Test(arguments: [
        ("2024-04.yaml", "2024-04", "2024-04"), ("2026-07.yaml", "2026-07", "2026-07-07"),
        ("three-instances.yaml", "2024-04", "2024-04"),
    ])
    func aShippedTopologySaysWhichRouteItIs(file: String, name: String, since: String) throws {
        let topology = try Topology.parse(Samples.shipped(file), fileName: file)
        #expect(topology.routeName?.name == name && topology.routeName?.since == since)
        #expect(topology.routeName?.title.isEmpty == false)
    }

    /// Every party is told the least it needs, and on both routes C06 sees the same.
    @Test func eachReadsWhatItsDutiesAskForAndNothingElse() throws {
        for file in ["2024-04.yaml", "2026-07.yaml"] {
            let topology = try Topology.parse(Samples.shipped(file), fileName: file)
            for party in topology.parties {
                let duties = try #require(topology.route.duties(of: party.name))
                let reads = topology.topicsRead(by: party.name).map(\.carries).filter(\.isOnTheRoute)
                let writes = topology.topicsWritten(by: party.name).map(\.carries).filter(\.isOnTheRoute)
                #expect(Set(reads) == Set(duties.inputs) && Set(writes) == Set(duties.outputs), "\(file) \(party.name)")
            }
            #expect(topology.topicsRead(by: "c06").map(\.carries) == [.identityCheck, .agreementSignature])
        }
    }

    /// Whatever duties are combined, what a message leads to is never what led to it: only a facility sends anew.
    @Test func noDutiesLeadInACircle() {
        let steps = PartyRole.allCases.flatMap(\.duties).flatMap { duties in
            duties.inputs.flatMap { input in duties.consequences(of: input).map { (input, $0) } }
        }
        for start in MessageType.allCases {
            var reached: Set<MessageType> = []
            var next: Set<MessageType> = [start]
            while !next.isEmpty {
                next = Set(steps.filter { next.contains($0.0) }.map(\.1)).subtracting(reached)
                reached.formUnion(next)
            }
            #expect(!reached.contains(start), "\(start)")
        }
    }

    @Test func anExchangeWithoutTopologyHasTheOrderOfDeclaration() {
        #expect(Route.unknown.order == MessageType.allCases)
        #expect(Route.unknown.place(of: .assessedRecord) == 2 && Route.unknown.bookkeeper == nil)
    }
}
