import Foundation

/// Gives a document to the parser piece by piece, as checked UTF-8, so that its size costs no memory.
final class XMLInput: InputStream {
    /// Why nothing more is given, when the document must not be read on.
    private(set) var fault: XMLFault?
    /// The encoding that the declaration names although the bytes are in another.
    private(set) var falseEncoding: String?
    /// What was met so far.
    private(set) var scan = XMLScan()

    private let next: () throws -> [UInt8]
    private var encoding: TextEncoding?
    private var wide = WideText(isBigEndian: false)
    private var check = UTF8Check()
    private var held: [UInt8] = []
    private var ready: [UInt8] = []
    private var given = 0
    private var isAtEnd = false
    /// The error of `next`, when it threw one.
    private(set) var failure: (any Error)?

    /// A document whose bytes come from a source; an empty piece is its end.
    init(_ next: @escaping () throws -> [UInt8]) {
        self.next = next
        super.init(data: Data())
    }

    override func open() {}
    override func close() {}
    override var hasBytesAvailable: Bool { given < ready.count || !isAtEnd }

    override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength length: Int) -> Int {
        while given == ready.count, !isAtEnd {
            do throws(XMLFault) {
                try refill()
            } catch {
                fault = error
                isAtEnd = true
                return 0
            }
        }
        let count = min(length, ready.count - given)
        ready.withUnsafeBufferPointer { bytes in
            if let base = bytes.baseAddress { buffer.update(from: base + given, count: count) }
        }
        given += count
        return count
    }

    private func refill() throws(XMLFault) {
        var piece = take()
        if encoding == nil { piece = try start(with: piece) } else { piece = decoded(piece) }
        if !held.isEmpty {
            piece = held + piece
            held = []
        }
        let unfinished = isAtEnd ? 0 : UTF8Check.unfinished(piece)
        held = Array(piece.suffix(unfinished))
        piece.removeLast(unfinished)
        let found: XMLFault? = piece.withUnsafeBufferPointer { bytes in
            do throws(XMLFault) {
                try check.take(bytes)
                try scan.take(bytes)
                return nil
            } catch {
                return error
            }
        }
        if let found { throw found }
        ready = piece
        given = 0
    }

    /// The declaration must be seen whole before the first byte is given away.
    private func start(with first: [UInt8]) throws(XMLFault) -> [UInt8] {
        var beginning = first
        while beginning.count < 4_096, !isAtEnd { beginning += take() }
        let (found, mark) = try TextEncoding.detect(beginning)
        encoding = found
        beginning.removeFirst(mark)
        if case .utf16(let isBigEndian) = found { wide = WideText(isBigEndian: isBigEndian) }
        let document = decoded(beginning)
        guard let (name, range) = XMLDeclaration.encoding(in: document) else { return document }
        let isEight = ["utf-8", "utf8"].contains(name.lowercased())
        let isWide = TextEncoding.isWide(name)
        guard isEight || isWide else { throw .otherEncoding(name) }
        if isEight != (found == .utf8) { falseEncoding = name }
        return isEight ? document : XMLDeclaration.withoutEncoding(document, range)
    }

    private func decoded(_ bytes: [UInt8]) -> [UInt8] {
        if case .utf16 = encoding { return wide.utf8(bytes, isLast: isAtEnd) }
        return bytes
    }

    private func take() -> [UInt8] {
        do {
            let bytes = try next()
            isAtEnd = bytes.isEmpty
            return bytes
        } catch {
            failure = error
            isAtEnd = true
            return []
        }
    }
}
