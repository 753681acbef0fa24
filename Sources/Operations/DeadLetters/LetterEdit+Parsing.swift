import Composition
import Foundation
import Replay

extension LetterEdit {
    /// Reads an edit file.
    /// - Throws: ``ProgramFailure`` that names the file, the place in it and what should stand there.
    public init(path: String) throws {
        let text = try ExchangeFiles.text(at: path)
        let value: JSONValue
        do {
            value = try JSONValue(text: text)
        } catch {
            throw ProgramFailure("\(path) is no JSON\(Self.place(error))")
        }
        try self.init(value, folder: (path as NSString).deletingLastPathComponent, name: path)
    }

    /// Where Foundation's reader stopped, in its own words.
    private static func place(_ error: any Error) -> String {
        guard case .dataCorrupted(let context)? = error as? DecodingError,
            let cause = context.underlyingError as NSError?,
            let text = cause.userInfo["NSDebugDescription"] as? String
        else { return "" }
        return ": \(text)"
    }

    init(_ value: JSONValue, folder: String, name: String) throws {
        self.init()
        func wrong(_ place: String, _ expected: String) -> ProgramFailure {
            ProgramFailure("\(name): \(place): expected \(expected)")
        }
        let members = try Self.members(
            value, ["headers", "key", "payload", "raw"], wrong("the file", "an object with headers, key, payload, raw"))
        if let headers = members["headers"] {
            let error = wrong("headers", #"{"set": {NAME: TEXT}, "remove": [NAME]}"#)
            let parts = try Self.members(headers, ["set", "remove"], error)
            if let set = parts["set"] {
                guard case .object(let texts) = set else { throw error }
                for (header, text) in texts {
                    guard case .string(let text) = text, !header.isEmpty else {
                        throw wrong("headers.set.\(header)", "a text")
                    }
                    setHeaders[header] = text
                }
            }
            if let remove = parts["remove"] {
                guard case .array(let names) = remove else { throw error }
                for name in names {
                    guard case .string(let name) = name else { throw wrong("headers.remove", "names of headers") }
                    removedHeaders.insert(name)
                }
            }
        }
        if let key = members["key"] { self.key = .replaced(try Self.key(key, wrong("key", "a text, base64, or null"))) }
        if let payload = members["payload"] {
            self.payload = try Self.payload(payload, folder: folder) { wrong("payload\($0)", $1) }
        }
        if let raw = members["raw"] {
            guard case .boolean(let isRaw) = raw else { throw wrong("raw", "true or false") }
            self.isRaw = isRaw
        }
    }

    private static func members(
        _ value: JSONValue, _ known: Set<String>, _ error: ProgramFailure
    ) throws -> [String: JSONValue] {
        guard case .object(let members) = value else { throw error }
        if let other = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw ProgramFailure("\(error.reason), found \(other)")
        }
        return members
    }

    private static func key(_ value: JSONValue, _ error: ProgramFailure) throws -> [UInt8]? {
        switch value {
        case .null: return nil
        case .string(let text): return Array(text.utf8)
        default:
            guard case .string(let text)? = try members(value, ["base64"], error)["base64"],
                let data = Data(base64Encoded: text)
            else { throw error }
            return Array(data)
        }
    }

    private static func payload(
        _ value: JSONValue, folder: String, _ wrong: (String, String) -> ProgramFailure
    ) throws -> Payload {
        if value == .null { return .bytes(nil) }
        let kinds: Set<String> = ["merge", "json", "base64", "hex", "file"]
        let error = wrong("", "one of merge, json, base64, hex and file")
        guard let (kind, content) = try members(value, kinds, error).first, case .object(let all) = value,
            all.count == 1
        else { throw error }
        if kind == "merge" || kind == "json" {
            guard case .object = content else { throw wrong("." + kind, "an object") }
            return kind == "merge" ? .merge(content) : .json(content)
        }
        guard case .string(let text) = content else { throw wrong("." + kind, "a text") }
        switch kind {
        case "base64":
            guard let data = Data(base64Encoded: text) else { throw wrong(".base64", "base64") }
            return .bytes(Array(data))
        case "hex":
            guard let bytes = hexadecimal(text) else { throw wrong(".hex", "an even number of hexadecimal digits") }
            return .bytes(bytes)
        default:
            let path = text.hasPrefix("/") || folder.isEmpty ? text : folder + "/" + text
            guard let data = FileManager.default.contents(atPath: path) else {
                throw wrong(".file", "a file that can be read, not \(path)")
            }
            return .bytes(Array(data))
        }
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.filter { !$0.isWhitespace }.map { $0.isASCII ? $0.hexDigitValue : nil }
        guard digits.count.isMultiple(of: 2) else { return nil }
        return try? stride(from: 0, to: digits.count, by: 2).map { at in
            guard let high = digits[at], let low = digits[at + 1] else { throw ProgramFailure("no digit") }
            return UInt8(high << 4 | low)
        }
    }
}
