import CRdKafka
import Dispatch

/// The only owner of a librdkafka client and its main queue, confined to the thread that made it.
@safe final class KafkaHandle {
    /// What came out of the main queue, once logs are handed on.
    @safe enum Event {
        case error(KafkaError)
        case deliveryReports(OpaquePointer)
        case commitResult(KafkaError?)
        case other(OpaquePointer)
    }

    let pointer: OpaquePointer
    let mainQueue: OpaquePointer
    private let log: KafkaSettings.Log?
    private var isOpen = true

    init(
        kind: rd_kafka_type_t, properties: KafkaSettings.Properties, log: KafkaSettings.Log?,
        hearsRebalances: Bool = false
    ) throws(KafkaError) {
        let version = rd_kafka_version()
        guard version >= 0x0200_0000 else {
            let text = unsafe String(cString: rd_kafka_version_str())
            throw .invalidArgument("librdkafka \(text) is too old; install 2.0.0 or later (package librdkafka1)")
        }
        let configuration = unsafe try KafkaHandle.configuration(properties, hearsRebalances: hearsRebalances)
        var text = [CChar](repeating: 0, count: 512)
        guard let client = unsafe rd_kafka_new(kind, configuration, &text, text.count) else {
            unsafe rd_kafka_conf_destroy(configuration)  // rd_kafka_new owns it only when it succeeds
            throw .invalidArgument(KafkaHandle.text(text))
        }
        self.log = log
        unsafe pointer = client
        unsafe mainQueue = rd_kafka_queue_get_main(client)
        unsafe rd_kafka_set_log_queue(client, nil)
    }

    private static func configuration(
        _ properties: KafkaSettings.Properties, hearsRebalances: Bool
    ) throws(KafkaError) -> OpaquePointer {
        guard let configuration = unsafe rd_kafka_conf_new() else { throw .invalidArgument("no memory") }
        var text = [CChar](repeating: 0, count: 512)
        for (name, value) in properties {
            guard unsafe rd_kafka_conf_set(configuration, name, value, &text, text.count) == RD_KAFKA_CONF_OK else {
                unsafe rd_kafka_conf_destroy(configuration)
                throw .invalidArgument("setting \(name)=\(value): \(KafkaHandle.text(text))")
            }
        }
        let events = RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_OFFSET_COMMIT
        unsafe rd_kafka_conf_set_events(configuration, hearsRebalances ? events | RD_KAFKA_EVENT_REBALANCE : events)
        return unsafe configuration
    }

    static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Waits for the next event on the main queue and hands it to `body`; returns false when the time is over or the
    /// queue was yielded. The event is valid only during `body`.
    @discardableResult
    func nextEvent(timeoutMilliseconds: Int32, _ body: (Event) -> Void) -> Bool {
        unsafe nextEvent(on: mainQueue, timeoutMilliseconds: timeoutMilliseconds, body)
    }

    /// The same on another queue of this client.
    func nextEvent(on queue: OpaquePointer, timeoutMilliseconds: Int32, _ body: (Event) -> Void) -> Bool {
        guard isOpen, let event = unsafe rd_kafka_queue_poll(queue, timeoutMilliseconds) else { return false }
        defer { unsafe rd_kafka_event_destroy(event) }
        switch unsafe rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_DR: unsafe body(.deliveryReports(event))
        case RD_KAFKA_EVENT_LOG: unsafe handLogOn(event)
        case RD_KAFKA_EVENT_ERROR: unsafe body(.error(errorOf(event)))
        case RD_KAFKA_EVENT_OFFSET_COMMIT:
            let code = unsafe rd_kafka_event_error(event)
            body(.commitResult(code.rawValue == 0 ? nil : KafkaError(code)))
        default: unsafe body(.other(event))
        }
        return true
    }

    private func handLogOn(_ event: OpaquePointer) {
        guard let log else { return }
        var facility: UnsafePointer<CChar>?
        var text: UnsafePointer<CChar>?
        var level: Int32 = 0
        guard unsafe rd_kafka_event_log(event, &facility, &text, &level) == 0 else { return }
        let name = unsafe facility.map { unsafe String(cString: $0) } ?? ""
        let line = unsafe text.map { unsafe String(cString: $0) } ?? ""
        log(Int(level), "\(name): \(line)")
    }

    private func errorOf(_ event: OpaquePointer) -> KafkaError {
        let code = unsafe rd_kafka_event_error(event)
        let detail = unsafe rd_kafka_event_error_string(event).map { unsafe String(cString: $0) }
        guard unsafe rd_kafka_event_error_is_fatal(event) != 0 else { return KafkaError(code, detail: detail) }
        var text = [CChar](repeating: 0, count: 512)
        let cause = unsafe rd_kafka_fatal_error(pointer, &text, text.count)
        return KafkaError(cause, detail: KafkaHandle.text(text), isFatal: true)
    }

    /// How long the end of a client is waited for, milliseconds.
    private static let closeDeadline = 300

    /// Ends the client. A group is not left with ceremony: parties are assigned, not subscribed, and 2.0.2 may hang
    /// there after a broker was restarted (librdkafka issue 4674).
    ///
    /// The wait is bounded: with the broker away, a main thread of 2.0.2 was seen to turn in a circle for more than 15 s
    /// after this call, probably about a commit of offsets that waits for its coordinator. Such a client is left to the
    /// end of the process; nothing depends on it, for all that counts is confirmed or stored before.
    func close() {
        guard isOpen else { return }
        isOpen = false
        unsafe rd_kafka_queue_destroy(mainQueue)
        let client = unsafe ClosingClient(pointer: pointer)
        let ended = DispatchSemaphore(value: 0)
        DispatchQueue(label: "end of a kafka client").async {
            unsafe rd_kafka_destroy_flags(client.pointer, Int32(RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE))
            ended.signal()
        }
        _ = ended.wait(timeout: .now() + .milliseconds(Self.closeDeadline))
    }

    /// Gives the client up without destroying it, where that would end the process; it goes with the process.
    func abandon() {
        guard isOpen else { return }
        isOpen = false
        unsafe rd_kafka_queue_destroy(mainQueue)
    }

    @safe private struct ClosingClient: @unchecked Sendable {
        // Sendable although a pointer: its owner has given it up, and only the closing queue uses it.
        let pointer: OpaquePointer
    }

    deinit { close() }
}
