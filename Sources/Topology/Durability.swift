/// What an acknowledged record survives in the embedded broker.
public enum Durability: String, Sendable, Hashable, CaseIterable {
    /// SIGKILL of any process: the bytes have reached the operating system.
    case process
    /// Loss of power: the bytes have reached the disk (a sync before each acknowledgement; slower).
    case power
}
