/// Why bytes cannot be read or written as a package's archive.
public enum ZipError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The record at the end of every archive is not at the end.
    case noArchive
    /// More bytes, or more files, than a package has.
    case tooLarge
    /// An entry of the central directory, counted from 1, is cut off or points outside the file.
    case badEntry(Int)
    /// A name that a package never has: doubled, not UTF-8, or leading out of the folder it is unpacked to.
    case badName(Int)
    /// A file whose bytes have another checksum or length than the archive says, or cannot be unpacked.
    case badChecksum(String)
    /// A file that is kept in a way that no package needs: encrypted, a link, by another method than the two common ones.
    case unsupported(String, how: String)
    /// What stands before this file, or behind it, says something else than the directory.
    case contradicts(String)
    /// Bytes that belong to no file, so that another reader might see other files.
    case stray(at: Int)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .noArchive: "this is no evidence package: no ZIP archive, or its end is gone"
        case .tooLarge: "the archive is larger than an evidence package can be"
        case .badEntry(let number): "entry \(number) of the archive's directory is damaged"
        case .badName(let number): "entry \(number) of the archive's directory has a name that no package has"
        case .badChecksum(let name): "\(name): the bytes are not those that were packed (checksum)"
        case .unsupported(let name, let how):
            "\(name) is \(how): pack the files again as plain files, without a password"
        case .contradicts(let name):
            "\(name): the archive says two things of it, so that programs could read it differently"
        case .stray(let place):
            "the archive has bytes at \(place) that belong to no file, so that programs could read it differently"
        }
    }
}
