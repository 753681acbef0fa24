import ExchangeSchema
import HostMachine
import PartyCore
import TransparencyLog
import Vocabulary

/// One run of an exchange, from its first event on.
struct SimulatedRun {
    /// Turns without anything under way after which an exchange that has not published its last checkpoints never will.
    private static let patience = 40
    /// Milliseconds between two such turns: a machine reports as often.
    private static let idleStep: Int64 = 250

    private var nodes: [any SimulatedNode]
    private var broker: SimulatedBroker
    private var now: Int64
    private let crash: CrashPoint?
    private var waiting: [SimulatedCommand]
    private var chain = DigestChain()
    /// When leaves were last written.
    private var movedAt: Int64

    init(
        nodes: [any SimulatedNode], broker: SimulatedBroker, now: Int64, crash: CrashPoint?,
        waiting: [SimulatedCommand]
    ) {
        self.nodes = nodes
        self.broker = broker
        self.now = now
        self.crash = crash
        self.waiting = waiting
        movedAt = now
    }

    /// Goes on until nothing is under way, and the last checkpoint of every party is published and cosigned.
    mutating func settle() throws {
        var idleTurns = 0
        while true {
            var hasMoved = false
            for index in nodes.indices where try turn(index) { hasMoved = true }
            if tell() { hasMoved = true }
            if hasMoved {
                movedAt = now
                now += 1
                idleTurns = 0
            } else if let next = nodes.compactMap({ $0.nextArrival(broker) }).min() {
                now = max(now + 1, next)
                idleTurns = 0
            } else if let next = nodes.compactMap(\.nextFeedback).min() {
                now = max(now + 1, next)
                idleTurns = 0
            } else {
                let late = nodes.filter { !$0.isPublished }.map(\.name)
                guard !late.isEmpty else { return }
                guard idleTurns < Self.patience else { throw SimulationError.neverAtRest(late) }
                idleTurns += 1
                now += Self.idleStep
            }
        }
    }

    /// Ends every party in order; whoever crashes meanwhile, and all who had ended, start again, and all goes on until it
    /// is at rest once more.
    mutating func stop() throws {
        for index in nodes.indices {
            do {
                try nodes[index].stop(&broker, now: now)
            } catch is SimulatedCrash {
                try end(index)
                for stopped in 0..<index { try nodes[stopped].crash(.all, &broker) }
                try settle()
                for again in 0...index { try nodes[again].stop(&broker, now: now) }
            }
        }
    }

    /// - Returns: Whether the party wrote leaves, or crashed.
    private mutating func turn(_ index: Int) throws -> Bool {
        do {
            let leaves = try nodes[index].turn(&broker, now: now)
            guard !leaves.isEmpty else { return false }
            chain.append(nodes[index].name, leaves)
        } catch is SimulatedCrash {
            try end(index)
        }
        return true
    }

    private mutating func end(_ index: Int) throws { try nodes[index].crash(crash?.stranded ?? .all, &broker) }

    /// Gives the commands that are due.
    private mutating func tell() -> Bool {
        guard !waiting.isEmpty else { return false }
        let ledgers = Dictionary(uniqueKeysWithValues: nodes.map { ($0.name, $0.durable.books.ledger) })
        let due = waiting.filter { $0.isDue(ledgers) }
        for entry in due {
            for index in nodes.indices where nodes[index].name == entry.party { nodes[index].give(entry.command) }
        }
        if !due.isEmpty { waiting.removeAll { $0.isDue(ledgers) } }
        return !due.isEmpty
    }

    func result(
        startedAt: Int64, probes: [String: CrashProbe], setup: SimulationSetup, auditor: String?
    ) -> SimulationResult {
        let parties = nodes.map { node in
            SimulatedParty(
                name: node.name, tables: node.durable, phases: node.phases, remarks: node.remarks,
                actions: probes[node.name]?.passed ?? [], crashes: probes[node.name]?.crashes ?? 0,
                keys: setup.keys(of: node.name))
        }
        var byName = Dictionary(uniqueKeysWithValues: parties.map { ($0.name, $0) })
        let observer = auditor.flatMap { byName.removeValue(forKey: $0) }
        return SimulationResult(
            parties: byName, auditor: observer,
            digest: chain.digest, elapsedMilliseconds: movedAt + 1 - startedAt,
            traffic: broker.topics.map { topic in
                SimulatedTraffic(
                    topic: topic.name,
                    partitions: topic.partitions.map { records in
                        records.compactMap { record in record.head.map { ($0, record.value ?? []) } }
                    })
            })
    }
}

/// A digest that takes in one batch after the other.
struct DigestChain {
    private(set) var digest = PayloadDigest(of: [])

    mutating func append(_ party: String, _ leaves: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 + party.utf8.count + leaves.count)
        digest.appendBytes(to: &bytes)
        bytes.append(contentsOf: party.utf8)
        bytes.append(contentsOf: leaves)
        digest = PayloadDigest(of: bytes)
    }
}
