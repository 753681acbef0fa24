import Logging
import NIOCore

/// All connections there are: how many, from where, and since when silent.
final class ConnectionTable {
    private struct Entry {
        var channel: any Channel
        var address: String
        var handler: ConnectionHandler?
    }

    private let configuration: BrokerConfiguration
    private let logger: Logger
    private var entries: [ObjectIdentifier: Entry] = [:]
    private var perAddress: [String: Int] = [:]
    private var lastComplaint: NIODeadline?

    init(configuration: BrokerConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    var count: Int { entries.count }

    /// Notes a new connection; `false` where there are too many, in all or from its address.
    func admit(_ channel: any Channel) -> Bool {
        let address = channel.remoteAddress?.ipAddress ?? "unknown"
        guard entries.count < configuration.maximumConnections || makeRoom() else {
            complain("too many connections", address, configuration.maximumConnections)
            return false
        }
        guard perAddress[address, default: 0] < configuration.maximumConnectionsPerAddress || makeRoom(at: address)
        else {
            complain("too many connections from one address", address, configuration.maximumConnectionsPerAddress)
            return false
        }
        let key = ObjectIdentifier(channel)
        entries[key] = Entry(channel: channel, address: address)
        perAddress[address, default: 0] += 1
        channel.closeFuture.assumeIsolated().whenComplete { [self] _ in forget(key) }
        return true
    }

    /// Closes the connection that can best be spared: of those that have asked for nothing yet, or have not logged in where that
    /// is needed, the one that is silent longest; else one that has long been idle. So whoever only holds places keeps nobody
    /// out.
    /// - Returns: Whether there is a place now.
    private func makeRoom(at address: String? = nil) -> Bool {
        let now = NIODeadline.now()
        var spared: (key: ObjectIdentifier, worth: ConnectionHandler.Worth)?
        for (key, entry) in entries where address == nil || entry.address == address {
            guard let worth = entry.handler?.worth(now: now) else { continue }
            if let known = spared, known.worth <= worth { continue }
            spared = (key, worth)
        }
        guard let spared, let handler = entries[spared.key]?.handler else { return false }
        forget(spared.key)
        handler.giveWay()
        return true
    }

    func serve(_ channel: any Channel, by handler: ConnectionHandler) {
        entries[ObjectIdentifier(channel)]?.handler = handler
    }

    private func forget(_ key: ObjectIdentifier) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        let left = perAddress[entry.address, default: 1] - 1
        perAddress[entry.address] = left > 0 ? left : nil
    }

    /// At most a line a second, however many try.
    private func complain(_ problem: String, _ address: String, _ limit: Int) {
        let now = NIODeadline.now()
        if let lastComplaint, now - lastComplaint < .seconds(1) { return }
        lastComplaint = now
        logger.warning(
            "connection refused", metadata: ["reason": "\(problem)", "peer": "\(address)", "limit": "\(limit)"])
    }

    /// Cuts off whoever has been silent, or has not logged in, for too long.
    func sweep(now: NIODeadline) {
        for entry in entries.values { entry.handler?.closeIfOverdue(now: now) }
    }

    func closeAll() {
        for entry in entries.values { entry.channel.close(promise: nil) }
    }
}
