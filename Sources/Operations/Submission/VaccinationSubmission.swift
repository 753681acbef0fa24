import ArgumentParser
import Composition
public import ExchangeSchema
import ProgramStart
import Registers
import Supervision
import Vocabulary

/// Hands the vaccinations of a file to the facility that runs, and says what comes of each. The file is read twice, a row at
/// a time: where anything in it is wrong, nothing of it is sent.
public struct VaccinationSubmission {
    /// What is to become of the vaccinations.
    public var order: EnvelopeSubmission.Order
    /// Path of the file: CSV, JSON Lines or SQLite.
    public var file: String
    /// Who gave them.
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

    /// Reads, submits, waits and prints a line for each vaccination.
    /// - Throws: `ExitCode`: 1 when the file has a problem, or a vaccination was refused, left as it is, or has no outcome in
    ///   time; 2 when it could not run.
    public func run() throws {
        let isGood = try ProgramFailure.reported(by: "facility vaccinate") {
            do {
                _ = try VaccinationFile.check(file)
            } catch let error as RegisterFileError {
                StandardError.say(error.description)
                print("\(file): \(error.count) problems; nothing sent")
                return false
            }
            let desk = VisitDesk(
                inbox: try PartyInbox(data: data, role: .facility, named: party), order: order.atTheDesk,
                facilityCode: facility.description, commands: .ofVaccinations, isWaiting: wait != nil
            ) { print($0) }
            try VaccinationFile.forEach(file) { try desk.submit($0) }
            try desk.hand()
            if let wait { try desk.awaitOutcomes(seconds: wait) }
            let (line, isGood) = desk.conclusion(of: "vaccinations")
            let notDone = desk.tally[.notDone] ?? 0
            print(line + (notDone > 0 ? "; \(notDone) left as they are" : ""))
            return isGood
        }
        if !isGood { throw ExitCode(1) }
    }
}
