import Foundation
import Journal
import PartyStore
import StoreTestSupport

/// Commits batches in a loop and writes the number of each to its output once it is committed, until it is killed or
/// the disk is full: `StoreCrashWriter DIRECTORY [MOST-BYTES-A-FILE] [database | file | patient]`, the last with a read model in
/// the party's database, in a file, or in one that is behind by up to nine batches. Exits 3 when the store says that the disk is full.
@main struct StoreCrashWriter {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else { exit(64) }
        if arguments.count > 2, let most = UInt64(arguments[2]) {
            var limit = rlimit(rlim_cur: rlim_t(most), rlim_max: rlim_t(most))
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(2) }
            signal(SIGXFSZ, SIG_IGN)
        }
        do {
            let place: ReadModelPlan.Place? =
                arguments.count > 3 ? (arguments[3] == "database" ? .database : .file("sample.sqlite")) : nil
            let isPatient = arguments.count > 3 && arguments[3] == "patient"
            let store = try PartyStore<SampleRecord>(
                directory: arguments[1], identity: .sample, durability: .process,
                readModel: place.map {
                    SampleReadModel.plan(
                        $0, patience: isPatient ? .seconds(3_600) : .zero, mostChanges: 20)
                })
            var batch = SampleBatch(continuing: store.progress)
            _ = try store.sign(directory: arguments[1], identity: .sample)
            try store.publishCheckpoints()
            while true {
                try store.batch { state in
                    var commit = try batch.fill(&state)
                    commit?.clock = batch.number * 400
                    commit?.witness = WitnessCommit(next: batch.number)
                    if place != nil { commit?.readModel = batch.readModel }
                    return commit
                }
                if store.takePublication() != nil { store.confirmPublication() }
                try FileHandle.standardOutput.write(contentsOf: Data("\(batch.number)\n".utf8))
            }
        } catch let error as StoreError where error.code == .diskFull {
            try FileHandle.standardOutput.write(contentsOf: Data("\(error)\n".utf8))
            exit(3)
        }
    }
}
