import Foundation
import KafkaClient
import Logging
import PartyCore
import PartyStore

/// Takes up one shard where it was left, wherever that was, and runs it.
struct ShardHost<Core: Party>: Sendable {
    let core: Core
    let wiring: PartyWiring
    let configuration: HostConfiguration
    let logger: Logger
    let guest: HostGuest?

    /// Runs until asked to stop.
    /// - Throws: ``HostError``, `KafkaError` or a store's error, each with what to do.
    func run(_ stop: StopSignal) throws {
        while !stop.isRequested {
            try awaitFormerOwner(stop)
            if stop.isRequested { return }
            do {
                try requireLatestState(stop)
                return try PartyHost(
                    core: core, wiring: wiring, configuration: configuration, stop: stop, logger: logger,
                    inbox: SocketInbox(), guest: guest
                ).run()
            } catch let error as StoreError where error.code == .inUse {
                // Somebody was quicker, and is waited for.
                continue
            }
        }
    }

    /// The lock of the directory is the fence: a former owner that is stopped but not dead still holds it, and may have
    /// a batch in hand. It lets go when it learns that the shard is no longer its own, or dies.
    private func awaitFormerOwner(_ stop: StopSignal) throws {
        guard FileManager.default.fileExists(atPath: configuration.directory + "/lock") else { return }
        var hasSaid = false
        while !stop.isRequested {
            do {
                _ = try DirectoryLock(directory: configuration.directory)
                if hasSaid { logger.info("\(wiring.party): its former owner has let go of it") }
                return
            } catch {
                guard error.code == .inUse else { throw error }
            }
            if !hasSaid {
                let place = configuration.directory
                logger.warning(
                    "\(wiring.party) is held by another process, which was to give it up; waiting for \(place)/lock")
                hasSaid = true
            }
            // The kernel tells nobody that a lock has become free, unless one waits for it without end.
            usleep(50_000)
        }
    }

    /// Refuses a store that is older than what the party has told the broker of its reading, or is not there at all:
    /// the shard was worked on elsewhere since, and to begin here would do it twice. Writes nothing.
    /// - Throws: ``HostError`` `stateElsewhere`; `KafkaError` when the broker refuses to say; a store's error.
    private func requireLatestState(_ stop: StopSignal) throws {
        var known: [TopicPartition: Int64] = [:]
        if StoreInspection.isPossible(directory: configuration.directory) {
            for entry in try StoreInspection(directory: configuration.directory).progress.offsets {
                known[TopicPartition(topic: entry.topic, partition: entry.partition)] = entry.next
            }
        }
        let committed = try committedOffsets(stop)
        guard let ahead = committed.first(where: { $0.value > known[$0.key] ?? 0 }) else { return }
        throw HostError(
            .stateElsewhere,
            "\(configuration.directory) knows \(ahead.key) up to offset \(known[ahead.key] ?? 0), and \(wiring.group) "
                + "has read it up to \(ahead.value): the state of \(wiring.party) lies elsewhere; bring that directory "
                + "here, or start the instance that has it")
    }

    /// How far the party has read what is in this shard, as the broker knows it.
    private func committedOffsets(_ stop: StopSignal) throws -> [TopicPartition: Int64] {
        let places = wiring.reads.filter { !wiring.readByEveryShard.contains($0.name) }.flatMap { topic in
            topic.assigned.map { TopicPartition(topic: topic.name, partition: Int32($0)) }
        }
        let asker = try KafkaConsumer(settings: configuration.kafka, groupName: wiring.group, assignments: [])
        defer { asker.close() }
        while !stop.isRequested {
            do throws(KafkaError) {
                return try asker.committed(places)
            } catch {
                guard error.isRetriable else { throw error }
                logger.warning("\(wiring.party): asking how far it was read: \(error.message)")
            }
        }
        return [:]
    }
}
