import Glibc

/// One open file. All reads and writes name their position; the descriptor closes with the object.
final class StorageFile {
    let path: String
    let descriptor: CInt
    private let quota: DiskQuota?

    /// Opens `path` for reading and writing, making it where it does not exist.
    init(_ path: String, quota: DiskQuota? = nil) throws(StorageError) {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        self.path = path
        self.quota = quota
    }

    /// Opens `path` for reading alone, where it exists.
    init(reading path: String) throws(StorageError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        self.path = path
        quota = nil
    }

    deinit { close(descriptor) }

    func size() throws(StorageError) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw StorageError("measure", path) }
        return Int(status.st_size)
    }

    /// Writes `head` and `body` one behind the other at `position`: normally one system call.
    ///
    /// On failure the file may hold a part of them; the caller truncates.
    func write(
        _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, at position: Int
    ) throws(StorageError) {
        let total = head.count + body.count
        var done = 0
        while done < total {
            let allowed = quota?.take(total - done) ?? (total - done)
            guard allowed > 0 else { throw StorageError("write", path, code: ENOSPC) }
            let headLeft = unsafe UnsafeRawBufferPointer(rebasing: head.dropFirst(done).prefix(allowed))
            let bodyLeft = unsafe UnsafeRawBufferPointer(
                rebasing: body.dropFirst(max(0, done - head.count)).prefix(allowed - headLeft.count))
            let written = unsafe Self.writeOnce(descriptor, headLeft, bodyLeft, at: position + done)
            if written < 0 {
                if errno == EINTR { continue }
                throw StorageError("write", path)
            }
            guard written > 0 else { throw StorageError("write", path, code: ENOSPC) }
            done += written
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at position: Int) throws(StorageError) {
        try unsafe write(bytes, UnsafeRawBufferPointer(start: nil, count: 0), at: position)
    }

    /// Fills `target` from `position`; returns fewer bytes only at the end of the file.
    func read(into target: UnsafeMutableRawBufferPointer, at position: Int) throws(StorageError) -> Int {
        var done = 0
        while done < target.count, let start = target.baseAddress {
            let count = unsafe pread(descriptor, start + done, target.count - done, off_t(position + done))
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageError("read", path)
            }
            done += count
        }
        return done
    }

    func truncate(to size: Int) throws(StorageError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw StorageError("truncate", path) }
    }

    func synchronize() throws(StorageError) {
        guard fdatasync(descriptor) == 0 else { throw StorageError("synchronise", path) }
    }

    private static func writeOnce(
        _ descriptor: CInt, _ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, at position: Int
    ) -> Int {
        unsafe withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { vectors in
            var count: CInt = 0
            func add(_ part: UnsafeRawBufferPointer) {
                guard part.count > 0 else { return }
                unsafe vectors[Int(count)] = unsafe iovec(
                    iov_base: UnsafeMutableRawPointer(mutating: part.baseAddress), iov_len: part.count)
                count += 1
            }
            unsafe add(head)
            unsafe add(body)
            return unsafe pwritev(descriptor, vectors.baseAddress, count, off_t(position))
        }
    }
}

extension StorageFile {
    /// Maps the first `size` bytes for the duration of `body`: a scan then costs page faults, not copies.
    ///
    /// Only for files that nobody can shorten meanwhile; the data directory's lock keeps other brokers away.
    func withMapping<T>(size: Int, _ body: (UnsafeRawBufferPointer) -> T) throws(StorageError) -> T {
        guard size > 0 else { return unsafe body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        guard let start = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), unsafe start != MAP_FAILED
        else {
            throw StorageError("map", path)
        }
        defer { unsafe munmap(start, size) }
        return unsafe body(UnsafeRawBufferPointer(start: start, count: size))
    }
}
