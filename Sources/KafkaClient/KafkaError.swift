import CRdKafka

/// What librdkafka or a broker answered instead of doing what was asked.
///
/// Two errors are equal when their codes are; the message is for people.
public struct KafkaError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The number of `rd_kafka_resp_err_t`: negative for librdkafka's own errors, positive for a broker's.
    public let code: Int32
    /// librdkafka's text, then what a person can do about it where that is known.
    public let message: String
    /// Whether the client can do no more work and has to be made anew.
    public let isFatal: Bool

    /// An error with librdkafka's text for the code, the detail it reported, and advice.
    ///
    /// - Parameters:
    ///   - code: a number of `rd_kafka_resp_err_t`.
    ///   - detail: the text that came with this occurrence, if any.
    ///   - isFatal: whether librdkafka declared it fatal.
    public init(code: Int32, detail: String? = nil, isFatal: Bool = false) {
        self.code = code
        self.isFatal = isFatal || code == KafkaError.fatalCode
        var text = KafkaError.libraryText(of: code)
        if let detail, !detail.isEmpty, detail != text { text += " (\(detail))" }
        if let advice = KafkaError.advice(for: code) { text += ": \(advice)" }
        self.message = text
    }

    init(_ code: rd_kafka_resp_err_t, detail: String? = nil, isFatal: Bool = false) {
        self.init(code: code.rawValue, detail: detail, isFatal: isFatal)
    }

    /// The producer's queue holds as many records as it may: serve delivery reports, then enqueue again.
    public var isQueueFull: Bool { code == RD_KAFKA_RESP_ERR__QUEUE_FULL.rawValue }

    /// No connection to a broker: wrong address, broker down, or connection lost.
    public var isTransport: Bool {
        [
            RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__RESOLVE,
            RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
        ].contains { $0.rawValue == code }
    }

    /// The time allowed went by without an answer.
    public var isTimeout: Bool {
        [RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT]
            .contains { $0.rawValue == code }
    }

    /// The topic or partition is not known to the cluster.
    public var isUnknownTopicOrPartition: Bool {
        [
            RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
            RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
        ].contains { $0.rawValue == code }
    }

    /// The offset asked for is not kept by the broker (any more, or yet).
    public var isOffsetOutOfRange: Bool {
        [RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE].contains { $0.rawValue == code }
    }

    /// The broker knows who asks, and does not allow it.
    public var isAuthorization: Bool {
        [
            RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
        ].contains { $0.rawValue == code }
    }

    /// The broker does not take the login: unknown user or wrong password.
    public var isAuthentication: Bool {
        [RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED]
            .contains { $0.rawValue == code }
    }

    /// The partition has no leader at the moment, or whoever was asked does not know yet that it is the one.
    public var isBetweenLeaders: Bool {
        [
            RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
            RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH,
            RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH, RD_KAFKA_RESP_ERR_LISTENER_NOT_FOUND,
        ].contains { $0.rawValue == code }
    }

    /// The same request may succeed later with nothing changed on this side.
    public var isRetriable: Bool {
        !isFatal && (isQueueFull || isTransport || isTimeout || KafkaError.passing.contains { $0.rawValue == code })
    }

    /// The message, with the code for searching.
    public var description: String { "Kafka error \(code): \(message)" }

    /// Equality is on the code alone.
    public static func == (left: KafkaError, right: KafkaError) -> Bool { left.code == right.code }
}

extension KafkaError {
    static let fatalCode = RD_KAFKA_RESP_ERR__FATAL.rawValue

    /// An error of this binding's caller, under librdkafka's code for a bad argument.
    static func invalidArgument(_ detail: String) -> KafkaError {
        KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, detail: detail)
    }

    /// Broker answers that pass by themselves while leaders and coordinators move.
    private static let passing: [rd_kafka_resp_err_t] = [
        RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
        RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
        RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
        RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
        RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR,
        RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR__RETRY,
    ]

    private static func libraryText(of code: Int32) -> String {
        guard let text = unsafe rd_kafka_err2str(rd_kafka_resp_err_t(rawValue: code)) else { return "unknown error" }
        return unsafe String(cString: text)
    }

    private static func advice(for code: Int32) -> String? {
        switch rd_kafka_resp_err_t(rawValue: code) {
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__RESOLVE:
            "check the address given as bootstrap servers, and that the broker is running"
        case RD_KAFKA_RESP_ERR__QUEUE_FULL:
            "serve delivery reports before enqueuing more"
        case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
            "the broker did not confirm the record in time; it may or may not be stored, send it again"
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
            "create the topic before the parties start, or correct its name in the topology"
        case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            "the topic has fewer partitions than the topology says"
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
            "the position kept in the data directory is not in this broker's log; is it the broker of another run?"
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
            "the record is larger than message.max.bytes"
        default: nil
        }
    }
}
