public import NIOCore

/// Why a message could not be read by its layout.
public struct WireProblem: Error, CustomStringConvertible, Equatable {
    /// Which field, and what is wrong with it.
    public let description: String
}

extension WireLayout {
    /// Writes a message.
    ///
    /// - Parameters:
    ///   - values: the fields by name; one that is missing is written as zero, empty or null.
    ///   - version: which fields there are.
    ///   - flexible: compact lengths and tagged fields (KIP-482).
    public func write(_ values: WireValue, version: Int16, flexible: Bool, to buffer: inout ByteBuffer) {
        write(.record(fields), values, version, flexible, &buffer)
    }

    private func write(
        _ kind: Kind, _ value: WireValue?, _ version: Int16, _ flexible: Bool, _ buffer: inout ByteBuffer
    ) {
        switch kind {
        case .integer(let bytes):
            let number = value?.number ?? 0
            for index in stride(from: bytes - 1, through: 0, by: -1) {
                buffer.writeInteger(UInt8(truncatingIfNeeded: number >> Int64(8 * index)))
            }
        case .uuid:
            let bytes = value?.data ?? []
            buffer.writeBytes(bytes.count == 16 ? bytes : Array(repeating: 0, count: 16))
        case .text(let nullable):
            let text = value?.string ?? (nullable ? nil : "")
            length(text?.utf8.count, wide: false, flexible, &buffer)
            buffer.writeString(text ?? "")
        case .bytes(let nullable):
            let bytes = value?.data ?? (nullable ? nil : [])
            length(bytes?.count, wide: true, flexible, &buffer)
            buffer.writeBytes(bytes ?? [])
        case .array(let element, let nullable):
            var items = value?.items
            if case .list(nil)? = value, nullable { items = nil }
            if items == nil && !nullable { items = [] }
            length(items?.count, wide: true, flexible, &buffer)
            for item in items ?? [] { write(element, item, version, flexible, &buffer) }
        case .record(let fields):
            for field in fields where field.versions.contains(version) {
                write(field.kind, value?[field.name], version, flexible, &buffer)
            }
            if flexible { buffer.writeInteger(UInt8(0)) }
        }
    }

    private func length(_ count: Int?, wide: Bool, _ flexible: Bool, _ buffer: inout ByteBuffer) {
        if flexible {
            var rest = UInt64((count ?? -1) + 1)
            while rest >= 0x80 {
                buffer.writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            buffer.writeInteger(UInt8(truncatingIfNeeded: rest))
        } else if wide {
            buffer.writeInteger(Int32(truncatingIfNeeded: count ?? -1))
        } else {
            buffer.writeInteger(Int16(truncatingIfNeeded: count ?? -1))
        }
    }

    /// Reads a message; nothing may be left over.
    ///
    /// - Throws: ``WireProblem`` with the field that does not fit.
    public func read(
        _ buffer: ByteBuffer, version: Int16, flexible: Bool
    ) throws(WireProblem) -> WireValue {
        var rest = buffer
        let value = try read(.record(fields), "message", version, flexible, &rest)
        guard rest.readableBytes == 0 else {
            throw WireProblem(description: "\(rest.readableBytes) bytes behind the last field")
        }
        return value
    }

    private func read(
        _ kind: Kind, _ name: String, _ version: Int16, _ flexible: Bool, _ buffer: inout ByteBuffer
    ) throws(WireProblem) -> WireValue {
        switch kind {
        case .integer(let bytes):
            guard let raw = buffer.readBytes(length: bytes), let first = raw.first else {
                throw WireProblem(description: "\(name) is cut short")
            }
            let start: Int64 = first & 0x80 == 0 ? 0 : -1
            return .integer(raw.reduce(start) { $0 << 8 | Int64($1) })
        case .uuid:
            guard let raw = buffer.readBytes(length: 16) else { throw WireProblem(description: "\(name) is cut short") }
            return .bytes(raw)
        case .text(let nullable):
            guard let bytes = try content(name, wide: false, nullable, flexible, &buffer) else { return .text(nil) }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw WireProblem(description: "\(name) is not UTF-8")
            }
            return .text(text)
        case .bytes(let nullable):
            return .bytes(try content(name, wide: true, nullable, flexible, &buffer))
        case .array(let element, let nullable):
            let count = try length(name, wide: true, flexible, &buffer)
            if count == -1 && nullable { return .list(nil) }
            guard count >= 0, count <= buffer.readableBytes else {
                throw WireProblem(description: "\(name) has \(count) elements")
            }
            var items: [WireValue] = []
            for index in 0..<count { items.append(try read(element, "\(name)[\(index)]", version, flexible, &buffer)) }
            return .list(items)
        case .record(let fields):
            var values: [String: WireValue] = [:]
            for field in fields where field.versions.contains(version) {
                values[field.name] = try read(field.kind, "\(name).\(field.name)", version, flexible, &buffer)
            }
            if flexible, buffer.readInteger(as: UInt8.self) != 0 {
                throw WireProblem(description: "tagged fields of \(name) are not none")
            }
            return .record(values)
        }
    }

    private func content(
        _ name: String, wide: Bool, _ nullable: Bool, _ flexible: Bool, _ buffer: inout ByteBuffer
    ) throws(WireProblem) -> [UInt8]? {
        let count = try length(name, wide: wide, flexible, &buffer)
        if count == -1 && nullable { return nil }
        guard count >= 0, let bytes = buffer.readBytes(length: count) else {
            throw WireProblem(description: "\(name) of length \(count) is not there")
        }
        return bytes
    }

    private func length(
        _ name: String, wide: Bool, _ flexible: Bool, _ buffer: inout ByteBuffer
    ) throws(WireProblem) -> Int {
        if flexible {
            var value = 0
            for shift in stride(from: 0, to: 35, by: 7) {
                guard let byte = buffer.readInteger(as: UInt8.self) else { break }
                value |= Int(byte & 0x7F) << shift
                if byte & 0x80 == 0 { return value - 1 }
            }
        } else if wide {
            if let value = buffer.readInteger(as: Int32.self) { return Int(value) }
        } else if let value = buffer.readInteger(as: Int16.self) {
            return Int(value)
        }
        throw WireProblem(description: "the length of \(name) is cut short")
    }
}
