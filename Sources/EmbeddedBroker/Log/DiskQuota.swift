/// A bound on the bytes that may still be written, so that a test can fill the "disk" at an exact byte.
///
/// A write beyond the bound is cut short and then fails with ENOSPC, as on a real full disk. Lives on the broker's
/// event loop like all storage.
final class DiskQuota {
    var remaining: Int

    init(remaining: Int) { self.remaining = remaining }

    /// How many of `wanted` bytes may be written now.
    func take(_ wanted: Int) -> Int {
        let granted = min(wanted, max(0, remaining))
        remaining -= granted
        return granted
    }
}
