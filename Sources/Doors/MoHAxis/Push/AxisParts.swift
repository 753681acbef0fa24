import DoorHouse
import Foundation

/// What the calls of the axis share.
struct AxisParts: Sendable {
    let settings: AxisSettings
    let gate: AxisGate
    let writer: AxisWriter
    let signatures: SignatureCheck
    let files: FileDesk
    let store: MessageStore
    let desk: PushDesk
    let verdicts: VerdictDesk
    /// Unix milliseconds.
    let clock: @Sendable () -> Int64

    /// The verdicts on a message, waited for as long as the settings allow. The facility tells nobody when it hears of an
    /// outcome, so that it is asked again.
    func verdicts(on entry: MessageStore.Entry) async throws -> RecordVerdicts {
        let deadline = ContinuousClock.now + .milliseconds(Int64(settings.verdictSeconds * 1_000))
        while true {
            let verdicts = RecordVerdicts(entry, try await desk.standings(of: entry))
            if verdicts.openCount == 0 || ContinuousClock.now >= deadline { return verdicts }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
