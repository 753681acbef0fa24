import Composition
import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

extension Conformance {
    /// Tries a facility, which begins by itself.
    /// - Throws: ``ConformanceError`` where no MoH is in the topology.
    static func facility(
        _ own: PartySetup, _ wire: ExchangeWire, _ desk: CaseDesk, patience: Duration,
        deadline: ContinuousClock.Instant
    ) throws -> [CaseResult] {
        let topology = own.topology
        guard let moh = topology.parties(role: .moh).first, let intake = topology.route.duties(of: moh.name)?.intake,
            let submissions = topology.topicsWritten(by: desk.party.name).first(where: { $0.carries == .facilityRecord }
            )
        else { throw ConformanceError("the topology has no MoH, or no topic for the facility's records") }
        let judge = SubmittedRecordJudge(
            desk: desk, partitions: wire.partitions,
            makeMoH: {
                var maker = OracleMaker(topology: topology, keys: SignatoryKeys())
                return try PartyCores(own).of(moh, for: &maker)
            }, intake: intake)
        var trial = FacilityTrial(
            wire: wire, judge: judge, patience: patience, deadline: deadline, submissions: submissions.name)
        return try trial.run()
    }
}
