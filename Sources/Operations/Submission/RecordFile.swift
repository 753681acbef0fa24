import Composition
public import ExchangeSchema
import Supervision
import Vocabulary

/// A file of records that are no visits, which one facility sends, and what is to become of them.
public struct RecordFile {
    /// What is to become of the records.
    public var order: EnvelopeSubmission.Order
    /// Path of the file.
    public var file: String
    /// Whose they are.
    public var facility: FacilityCode
    /// Directory of the exchange, or of the facility itself.
    public var data: String
    /// Name of the facility party in the topology; nil for the only one.
    public var party: String?
    /// Seconds to wait for the outcomes; nil to wait only until the facility has taken all of them.
    public var wait: Double?

    /// Takes all fields.
    public init(
        _ order: EnvelopeSubmission.Order, file: String, facility: FacilityCode, data: String, party: String?,
        wait: Double?
    ) {
        self.order = order
        self.file = file
        self.facility = facility
        self.data = data
        self.party = party
        self.wait = wait
    }

    /// Hands the records to the facility that runs, and prints a line for each.
    /// - Parameters:
    ///   - what: What they are called.
    ///   - keptBack: Records of the file that are not handed over.
    ///   - submit: Submits each of them to the desk.
    /// - Returns: Whether all is as it should be.
    func handOver(
        _ what: String, _ commands: VisitOutcome.Commands, keptBack: Int = 0, _ submit: (VisitDesk) throws -> Void
    ) throws -> Bool {
        let desk = VisitDesk(
            inbox: try PartyInbox(data: data, role: .facility, named: party), order: order.atTheDesk,
            facilityCode: facility.description, commands: commands, isWaiting: wait != nil
        ) { print($0) }
        try submit(desk)
        try desk.hand()
        if let wait { try desk.awaitOutcomes(seconds: wait) }
        let (line, isGood) = desk.conclusion(of: what)
        let notDone = desk.tally[.notDone] ?? 0
        print(
            line + (keptBack > 0 ? "; \(keptBack) kept back" : "")
                + (notDone > 0 ? "; \(notDone) left as they are" : ""))
        return isGood && keptBack == 0
    }
}
