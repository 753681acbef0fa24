import Foundation
import Glibc
import Synchronization

/// Stands before a broker and answers chosen produces with an error, stored or not; everything else goes through.
///
/// The broker behind it listens on 127.0.0.1 and must tell its clients to connect to ``host``, where this one listens on
/// the same port. As Apache Kafka does, and the embedded broker does not, it takes any first batch of a producer: a batch
/// that should have come before it is then called a duplicate (``ForgetfulSequences``).
public final class FaultyBroker: Sendable {
    /// The address to give the broker as the one to tell its clients.
    public static let host = "127.0.0.2"

    /// A produce that has come.
    public struct Produce: Sendable {
        /// Where it is to go.
        public var topic: String
        /// Which of the topic's partitions.
        public var partition: Int32
        /// Its place among the produces of this partition, repetitions counted, from 1.
        public var number: Int
        /// Records in its batch.
        public var records: Int32
    }

    /// What becomes of one.
    public enum Fate: Sendable, Equatable {
        case goes
        /// Answered with an error, and not stored.
        case refused(Int16)
        /// The same, but the answer is given when the next produce has come: both are under way at once.
        case refusedBehindTheNext(Int16)
        /// Stored, and answered with an error all the same.
        case storedAndRefused(Int16)
        /// Not stored; the connection is closed.
        case dropped
        /// Stored; the connection is closed without an answer.
        case storedAndDropped
    }

    /// Says what becomes of a produce.
    public typealias Fault = @Sendable (Produce) -> Fate

    /// Where clients connect.
    public var address: String { "\(Self.host):\(port)" }
    /// Produces of which the fate was another than to go.
    public var faults: Int { state.withLock { $0.faults } }

    private let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let fault: Fault

    private struct State {
        var counts: [String: Int] = [:]
        var sequences = ForgetfulSequences()
        var faults = 0
        var connections: [Connection] = []
        var isOpen = true
    }

    /// Listens before the broker on a port of this machine.
    public init(beforePort port: Int, _ fault: @escaping Fault) throws {
        self.port = port
        self.fault = fault
        listener = try Self.listen(port)
        let accepting = Thread { [self] in accept() }
        accepting.start()
    }

    /// Closes everything; a second time does nothing.
    public func stop() {
        state.withLock { state in
            for connection in state.connections { connection.interrupt() }
            // Once the listener is closed, its number may be another socket's.
            if state.isOpen { shutdown(listener, Int32(SHUT_RDWR)) }
            state.isOpen = false
        }
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else {
                state.withLock { state in
                    state.isOpen = false
                    close(listener)
                }
                return
            }
            guard let server = try? Self.connect(port) else {
                close(client)
                continue
            }
            let connection = Connection(client: client, server: server)
            let isOpen = state.withLock { state in
                if state.isOpen { state.connections.append(connection) }
                return state.isOpen
            }
            guard isOpen else {
                close(client)
                close(server)
                close(listener)
                return
            }
            Thread { [self] in forward(connection) }.start()
            Thread { connection.answer() }.start()
        }
    }

    private func forward(_ connection: Connection) {
        var late: [UInt8]?
        while var frame = FrameSocket.read(connection.client) {
            guard let place = ProducePlace(frame) else {
                guard FrameSocket.write(frame, to: connection.server) else { break }
                continue
            }
            let fate = fate(of: &frame, place)
            if let answer = late { connection.write(answer) }
            late = nil
            switch fate {
            case .goes: break
            case .refused(let error):
                connection.write(place.refusal(error))
                continue
            case .refusedBehindTheNext(let error):
                late = place.refusal(error)
                continue
            case .storedAndRefused(let error): connection.replace(place.correlation, by: place.refusal(error))
            case .dropped:
                connection.end()
                return
            case .storedAndDropped: connection.replace(place.correlation, by: nil)
            }
            guard FrameSocket.write(frame, to: connection.server) else { break }
        }
        connection.end()
    }

    private func fate(of frame: inout [UInt8], _ place: ProducePlace) -> Fate {
        state.withLock { state in
            state.counts[place.key, default: 0] += 1
            let produce = Produce(
                topic: place.topic, partition: place.partition, number: state.counts[place.key] ?? 0,
                records: place.batch.records(in: frame))
            let fate = fault(produce)
            if fate != .goes { state.faults += 1 }
            switch fate {
            case .refused, .refusedBehindTheNext, .dropped: return fate
            case .goes, .storedAndRefused, .storedAndDropped:
                // What the broker takes, or is known to it already.
                return state.sequences.take(&frame, place) ? fate : .refused(46)
            }
        }
    }

    private static func address(_ host: String, _ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        inet_pton(AF_INET, host, &address.sin_addr)
        return address
    }

    private static func listen(_ port: Int) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = address(host, port)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0, Glibc.listen(socket, 64) == 0 else { throw POSIXError(.EADDRINUSE) }
        return socket
    }

    private static func connect(_ port: Int) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = address("127.0.0.1", port)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(socket)
            throw POSIXError(.ECONNREFUSED)
        }
        return socket
    }
}
