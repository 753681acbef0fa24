public import ExchangeSchema
import SwiftProtobuf
public import Vocabulary

/// What is known about a visit without writing it.
public struct VisitTruth: Sendable, Hashable {
    /// The person who really came.
    public var personIndex: UInt64
    /// Place of the facility.
    public var facilityIndex: Int
    /// What is wrong with the first revision, if anything.
    public var fault: FaultKind?
    /// Whether the facility puts the fault right when the record comes back.
    public var willBeCorrected: Bool
    /// Whether MA_THE_BHYT is filled.
    public var isInsured: Bool
    /// What it is.
    public var kind: RecordKind
    /// Whether it is a vaccination and no visit.
    public var isVaccination: Bool { kind == .vaccination }
    /// Of a visit in which something required is missing, whether it is the name.
    var lacksName: Bool

    /// What the first revision must get; `shared` for a visit without a fault.
    /// - Parameter examiners: Who looks at a record, in the order of the exchange's route.
    public func expectedFirstOutcome(asking examiners: [PartyRole]) -> FaultKind.Outcome {
        fault?.expectedFirstOutcome(insured: isInsured, lacksName: lacksName, asking: examiners) ?? .shared
    }
}

extension VisitTruth {
    init(_ plan: VisitPlan) {
        personIndex = plan.person
        facilityIndex = plan.facility
        fault = plan.fault
        willBeCorrected = plan.willBeCorrected
        isInsured = plan.isInsured
        kind = plan.kind
        lacksName = FaultKind.lacksName(visit: plan.visit)
    }
}

extension SyntheticPopulation {
    /// What is decided about a visit: cheap, as nothing is written.
    public func truth(ofVisit visit: UInt64) -> VisitTruth {
        VisitTruth(plan(visit))
    }

    /// What is wrong with the first revision of a visit, if anything. Of nearly all visits that is nothing, and the first draw
    /// says so.
    public func fault(ofVisit visit: UInt64) -> FaultKind? {
        var draws = Draws(seed: configuration.seed, .visitPlan, visit)
        return drawnFault(&draws) == nil ? nil : plan(visit).fault
    }

    /// The person who really came.
    public func personIndex(ofVisit visit: UInt64) -> UInt64 { plan(visit).person }

    /// The code of the facility.
    public func facilityCode(ofVisit visit: UInt64) -> FacilityCode { directory.codes[plan(visit).facility] }

    /// The code of the facility of a visit of which the truth is known.
    public func facilityCode(of visit: VisitTruth) -> FacilityCode { directory.codes[visit.facilityIndex] }

    /// A version 7 UUID of the visit's time; ascends with the visit.
    public func recordIdentifier(ofVisit visit: UInt64) -> RecordIdentifier { clock.identifier(visit) }

    /// The visit with this identifier; nil when it belongs to none.
    public func visitIndex(ofRecord identifier: RecordIdentifier) -> UInt64? { clock.visit(identifier) }

    /// When a visit is sent, in milliseconds since 1970-01-01T00:00:00Z.
    public func sentAt(visit: UInt64) -> Int64 { clock.milliseconds(visit) }

    /// The visit with its blocks decoded. From revision 2 on, a correctable fault is gone.
    public func visit(_ index: UInt64, revision: UInt32 = 1) -> SyntheticVisit {
        let plan = plan(index)
        var blocks = EncodedVisit()
        encode(plan, revision: revision, into: &blocks)
        return SyntheticVisit(
            index: index, revision: revision, recordIdentifier: clock.identifier(index), personIndex: plan.person,
            facilityIndex: plan.facility, facilityCode: directory.codes[plan.facility],
            sentAt: clock.milliseconds(index), fault: plan.fault, willBeCorrected: plan.willBeCorrected,
            isInsured: plan.isInsured, administrative: Self.decoded(blocks.administrative),
            insurance: Self.decoded(blocks.insurance), clinical: Self.decoded(blocks.clinical),
            details: Self.decoded(blocks.details))
    }

    /// The four blocks of a visit, encoded.
    public func encodedBlocks(ofVisit visit: UInt64, revision: UInt32 = 1) -> EncodedVisit {
        var blocks = EncodedVisit()
        encodeBlocks(ofVisit: visit, revision: revision, into: &blocks)
        return blocks
    }

    /// Writes the four blocks of a visit in place of what `blocks` holds, into the same memory; tells the truth of it.
    @discardableResult
    public func encodeBlocks(ofVisit visit: UInt64, revision: UInt32, into blocks: inout EncodedVisit) -> VisitTruth {
        let plan = plan(visit)
        encode(plan, revision: revision, into: &blocks)
        return VisitTruth(plan)
    }

    private func encode(_ plan: VisitPlan, revision: UInt32, into blocks: inout EncodedVisit) {
        var draft = draft(plan, revision: revision)
        var writer = FieldWriter(capacity: 4_096)
        writeAdministrative(&draft, to: &writer)
        writer.move(to: &blocks.administrative)
        switch plan.kind {
        case .visit:
            writeInsurance(&draft, to: &writer)
            writer.move(to: &blocks.insurance)
            writeClinical(&draft, to: &writer)
            writer.move(to: &blocks.clinical)
            writeDetails(draft, to: &writer)
        case .vaccination:
            blocks.insurance.removeAll(keepingCapacity: true)
            writeVaccination(&draft, to: &writer)
            writer.move(to: &blocks.clinical)
        case .healthCheck:
            blocks.insurance.removeAll(keepingCapacity: true)
            writeHealthCheck(&draft, to: &writer)
            writer.move(to: &blocks.clinical)
            writeHealthCheckResults(draft, to: &writer)
        }
        writer.move(to: &blocks.details)
    }

    /// The writers write what the generated code reads (a test holds them to it), so nothing is ever lost here.
    private static func decoded<Block: Message>(_ bytes: [UInt8]) -> Block {
        do {
            return try Block(serializedBytes: bytes)
        } catch {
            preconditionFailure("a block of the population does not decode: \(error)")
        }
    }
}
