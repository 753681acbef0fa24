import Glibc

/// The few directory operations that storage needs.
enum FileTree {
    /// Makes a directory and those above it; one that exists is fine.
    static func makeDirectory(_ path: String) throws(StorageError) {
        if unsafe mkdir(path, 0o750) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw StorageError("make directory", path)
        }
        try makeDirectory(String(path[..<slash]))
        guard unsafe mkdir(path, 0o750) == 0 || errno == EEXIST else { throw StorageError("make directory", path) }
    }

    /// The names in a directory, without `.` and `..`, in no order.
    static func names(in path: String) throws(StorageError) -> [String] {
        guard let directory = unsafe opendir(path) else { throw StorageError("list", path) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func remove(_ path: String) throws(StorageError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw StorageError("delete", path) }
    }

    /// Deletes a directory of files; what cannot be deleted stays.
    static func removeDirectory(_ path: String) {
        for name in (try? names(in: path)) ?? [] { unsafe unlink(path + "/" + name) }
        unsafe rmdir(path)
    }

    /// Replaces a file in one step: after a crash either the old or the new content is there, never a mixture.
    static func replace(
        _ path: String, with content: UnsafeRawBufferPointer, quota: DiskQuota? = nil
    ) throws(StorageError) {
        let temporary = path + ".new"
        try remove(temporary)
        let file = try StorageFile(temporary, quota: quota)
        try unsafe file.write(content, at: 0)
        try file.synchronize()
        guard unsafe rename(temporary, path) == 0 else { throw StorageError("put in place", path) }
        if let slash = path.lastIndex(of: "/") { try synchronizeDirectory(String(path[..<slash])) }
    }

    /// Writes a file anew, for content that can be rebuilt: no synchronising, a torn one is noticed by its checksum.
    static func overwrite(
        _ path: String, with content: UnsafeRawBufferPointer, quota: DiskQuota? = nil
    ) throws(StorageError) {
        let file = try StorageFile(path, quota: quota)
        try file.truncate(to: 0)
        try unsafe file.write(content, at: 0)
    }

    /// Makes the names in a directory survive a power cut.
    static func synchronizeDirectory(_ path: String) throws(StorageError) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageError("synchronise", path) }
    }
}
