/// Random ids in the usual form of a UUID (RFC 9562, version 4).
enum UniqueId {
    static func bytes() -> [UInt8] {
        var bytes = ScramCredential.randomBytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes
    }

    static func make() -> String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for (index, byte) in bytes().enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append("-") }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        return text
    }
}
