import CRdKafka
import Synchronization

/// Makes a blocked `KafkaConsumer.next` return at once, from any thread; the one piece that may cross threads.
///
/// It holds its own reference to the consumer's queue, behind a lock, until the consumer closes; afterwards waking
/// does nothing.
public final class ConsumerWaker: Sendable {
    @safe private struct Queue: @unchecked Sendable {
        // Sendable although a pointer: used only under the lock, and rd_kafka_queue_yield is documented thread-safe.
        let pointer: OpaquePointer
    }

    private let queue: Mutex<Queue?>

    init(owning queue: OpaquePointer) {
        self.queue = unsafe Mutex(Queue(pointer: queue))
    }

    /// Wakes the consumer, or lets its next blocking call return at once if it is not blocked now.
    public func wake() {
        queue.withLock { if let queue = $0 { unsafe rd_kafka_queue_yield(queue.pointer) } }
    }

    func release() {
        queue.withLock { held in
            if let queue = held { unsafe rd_kafka_queue_destroy(queue.pointer) }
            held = nil
        }
    }

    deinit { release() }
}
