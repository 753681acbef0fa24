public import Composition
import ExchangeSchema
import Foundation
public import KafkaClient
import PartyRuntime
import Replay
public import Topology
import Vocabulary

/// `cycle redrive`: puts dead letters back into the topic in which they could not be read, as they came or edited, each
/// with headers that say which letter caused it and who put it back. Receivers know a message that they have had by its
/// identifier; a letter that was put back is not put back a second time. A message that several readers gave up has a letter
/// of each, and goes back once.
public struct DeadLetterRedrive {
    /// Header of a message that was put back: topic, partition and offset of its letter.
    public static let causeHeader = "redrive_of"
    /// Header with the identifier of the message that the letter holds, or its place where it has none (CloudEvents
    /// names of extension attributes are lower-case letters and digits).
    public static let causationHeader = EventAttribute.causationHeader
    /// Header with the name of the user who put it back.
    public static let userHeader = "redrive_by"
    /// Header with the purpose that the user gave.
    public static let purposeHeader = "redrive_purpose"

    /// All of them: what a message has besides the headers that its sender wrote.
    static let headers: Set<String> = [causeHeader, causationHeader, userHeader, purposeHeader]

    /// What was done.
    public struct Outcome: Sendable, Equatable {
        /// Letters in the topic.
        public var letters = 0
        /// Those that the condition means and that are to be put back.
        public var chosen = 0
        /// Those that the condition means and that were put back before.
        public var before = 0
        /// Messages put back and confirmed; several readers' letters of one message are one.
        public var redriven = 0
    }

    /// Which letters, how changed, and by whom.
    public struct Order: Sendable {
        /// Which letters; nil for all.
        public var condition: LetterCondition?
        /// What is changed in each; nil for nothing.
        public var edit: LetterEdit?
        /// Whether letters that were put back before are put back again.
        public var isAgain = false
        /// Whether nothing is sent.
        public var isDryRun = false
        /// Name of the user.
        public var user: String
        /// Why, in the user's words.
        public var purpose: String

        /// All letters as they came.
        public init(user: String, purpose: String) {
            self.user = user
            self.purpose = purpose
        }
    }

    private let settings: KafkaSettings
    private let topic: String
    private let target: String
    private let type: MessageType?
    private let order: Order

    /// Takes a dead-letter topic of an exchange.
    /// - Throws: ``ProgramFailure`` when the topic is not one of dead letters.
    public init(
        settings: KafkaSettings, topic: String, topology: Topology, order: Order
    ) throws(ProgramFailure) {
        let suffix = topology.deadLetters.suffix
        guard topic.hasSuffix(suffix), topic.count > suffix.count else {
            throw ProgramFailure("\(topic) is no topic of dead letters: their names end with \(suffix)")
        }
        self.settings = settings
        self.topic = topic
        target = String(topic.dropLast(suffix.count))
        type = topology.topic(named: target)?.carries
        self.order = order
    }

    /// Goes over the letters that are there now, in order, and says of each what becomes of it. Nothing is sent before
    /// every chosen letter could be edited.
    /// - Throws: ``ProgramFailure`` when there is no such topic, a letter cannot be edited so, or the broker does not take
    ///   all; `KafkaError`.
    public func run(timeout: Duration, say: (String) -> Void) throws -> Outcome {
        let cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: timeout)
        guard let partitions = cluster.topics[topic], cluster.topics[target] != nil else {
            throw ProgramFailure("the broker has not both \(topic) and \(target); check the name")
        }
        let box = try DeadLetterBox(settings: settings, topic: topic, partitions: partitions)
        var outcome = Outcome()
        outcome.letters = box.letters.count
        var chosen: [RedrivenLetter] = []
        for letter in box.letters where order.condition?.holds(letter.texts) != false {
            if let count = letter.texts["dlt_count"] {
                say("\(letter.place) stands for \(count) messages that no party sent, and has none of them")
                continue
            }
            if !order.isAgain, box.putBack.contains(letter.place) {
                outcome.before += 1
                say("\(letter.place) was put back before")
                continue
            }
            chosen.append(try RedrivenLetter(letter, order, type: type))
        }
        outcome.chosen = chosen.count
        let messages = LetterGroup.groups(chosen)
        for message in messages { message.announce(order, type: type, say) }
        guard !order.isDryRun, !messages.isEmpty else { return outcome }
        outcome.redriven = try send(messages)
        return outcome
    }

    /// Sends the messages, and marks the letters of each once the broker has confirmed it. Ended in between, it has sent
    /// messages whose letters bear no mark: they are sent once more, and receivers know them by their identifiers.
    private func send(_ messages: [LetterGroup]) throws -> Int {
        let producer = try KafkaProducer(settings: settings, topics: [target, topic])
        defer { producer.close() }
        var confirmed: Set<UInt> = []
        var why: String?
        func take(_ report: BatchReport) {
            if report.delivered > 0 { confirmed.insert(report.batch) }
            why = why ?? report.error?.message
        }
        func enqueue(_ topic: Int, _ partition: Int32?, _ content: LetterEdit.Content, _ number: UInt) throws {
            var headers = HeaderBlock(names: [])
            for header in content.headers { headers.append(name: header.name, value: header.value) }
            while true {
                do {
                    return try producer.enqueue(
                        topic: topic, partition: partition, key: content.key, value: content.value, headers: headers,
                        batch: number)
                } catch {
                    guard error.isQueueFull else { throw error }
                    producer.serve(timeoutMilliseconds: 10, take)
                }
            }
        }
        for (index, message) in messages.enumerated() { try enqueue(0, nil, message.first.content, UInt(index)) }
        producer.flush(deadlineMilliseconds: 10_000).forEach(take)
        let sent = messages.indices.filter { confirmed.contains(UInt($0)) }
        confirmed.removeAll()
        let marked = sent.flatMap { messages[$0].letters }
        for (index, letter) in marked.enumerated() {
            try enqueue(1, letter.letter.partition, letter.mark(order), UInt(index))
        }
        producer.flush(deadlineMilliseconds: 10_000).forEach(take)
        guard sent.count == messages.count, confirmed.count == marked.count else {
            throw ProgramFailure(
                "the broker took \(sent.count) of \(messages.count) messages and \(confirmed.count) of \(marked.count) marks: "
                    + "\(why ?? "no answer within 10 s"); doing it again is harmless for those that have a ce_id")
        }
        return sent.count
    }
}
