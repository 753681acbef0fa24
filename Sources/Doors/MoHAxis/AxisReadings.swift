public import EnvelopeSignature

/// What the public texts of MoH's axis leave open, or say in two ways. A list names what is taken; where something else
/// comes, the sender is told what it was and what is wanted.
public struct AxisReadings: Sendable, Codable, Equatable {
    /// How `signature` is written.
    public enum Checksum: String, Sendable, Codable, CaseIterable {
        /// Hexadecimal, upper case: Uppercase(RSASHA256) (Decision 2062/QD-BYT, Annex 02, section 4).
        case hex
        /// Hexadecimal, lower case.
        case hexLower = "hex-lower"
        /// Base64, as a public client (Vietsens/hisnguonmo) sends it.
        case base64
    }

    /// Of what B is the hash.
    public enum Hash: String, Sendable, Codable, CaseIterable {
        /// Of the Base64 string (Decision 2062, Annex 02, section 4).
        case string
        /// Of the value of `data` as JSON writes it, with quotes or braces (public implementers).
        case object
    }

    /// What is done with blanks and line ends before hashing.
    public enum Blanks: String, Sendable, Codable, CaseIterable {
        /// All are removed, those inside of strings too (Decision 2062, Annex 02, section 4).
        case removed
        /// The bytes are hashed as they were sent (a public client).
        case exact
        /// Those between the signs of JSON are removed; those inside of strings stay.
        case betweenTokens = "between-tokens"
    }

    /// What `data` is.
    public enum Shape: String, Sendable, Codable, CaseIterable {
        /// A string, Base64 of the file (Decision 2062).
        case string
        /// The file's twin in JSON, as an object (Decision 1551).
        case object
        /// An object with the string in `content` (dispatch 7286/SYT-QLBHYTCNTT of Ha Noi).
        case content
        /// An object with the string in `file_content` (a public client).
        case fileContent = "file_content"
    }

    /// How a table stands in NOIDUNGFILE.
    public enum Content: String, Sendable, Codable, CaseIterable {
        /// Base64 (dispatch 1245/BHXH-CNTT).
        case base64
        /// As elements, also with a declaration of its own (samples of Decision 2062).
        case nested
        /// As text with its angles escaped, or in a CDATA section.
        case escaped
    }

    /// How dates of health checks are written.
    public enum Dates: String, Sendable, Codable, CaseIterable {
        /// As Decision 3176/QD-BYT: yyyyMMdd, yyyyMMddHHmm (text of Decision 2062).
        case decision3176 = "3176"
        /// As the sample of Decision 2062.
        case dayFirst = "ddMMyyyy"
        /// yyyy-MM-dd, as implementers.
        case iso
    }

    /// By what LOAIHOSO of health checks counts.
    public enum Numbering: String, Sendable, Codable, CaseIterable {
        /// By the annex of Decision 2062.
        case annex
        /// By another list, as implementers.
        case implementers
    }

    /// When verdicts on people and on saving are told.
    public enum Verdicts: String, Sendable, Codable {
        /// In the first reply, which waits for them.
        case firstReply = "first-reply"
        /// Later, when they are asked for.
        case later
    }

    /// What the HTTP status says.
    public enum Status: String, Sendable, Codable {
        /// As the result: 400 for what is not to the standard, 401, 403, 500.
        case asResult = "as-result"
        /// Always 200; only `res_code` tells.
        case alwaysOK = "always-200"
    }

    /// How `signature` may be written; the first one is the replies'.
    public var checksum: [Checksum] = [.hex]
    /// Of what B may be the hash.
    public var hash: [Hash] = [.string]
    /// What may be done with blanks; the first one is done with replies.
    public var blanks: [Blanks] = [.removed]
    /// What `data` may be.
    public var data: [Shape] = [.string]
    /// How tables may stand in NOIDUNGFILE.
    public var content: [Content] = [.base64, .nested]
    /// How dates of health checks may be written.
    public var dates: [Dates] = [.decision3176, .dayFirst]
    /// By what LOAIHOSO of health checks may count.
    public var numbering: [Numbering] = [.annex]
    /// Names of the axis that may stand in `receiver_id`; TDLBYT is that of Decision 2062.
    public var receiver = ["TDLBYT"]
    /// When an envelope must be signed by its organisation.
    public var signature = SignatureDemand.whenPresent
    /// When verdicts on people and on saving are told.
    public var verdicts = Verdicts.later
    /// What the HTTP status says.
    public var status = Status.asResult

    /// The texts' own.
    public init() {}

    /// What a file leaves out is as by default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        checksum = try values.decodeIfPresent([Checksum].self, forKey: .checksum) ?? checksum
        hash = try values.decodeIfPresent([Hash].self, forKey: .hash) ?? hash
        blanks = try values.decodeIfPresent([Blanks].self, forKey: .blanks) ?? blanks
        data = try values.decodeIfPresent([Shape].self, forKey: .data) ?? data
        content = try values.decodeIfPresent([Content].self, forKey: .content) ?? content
        dates = try values.decodeIfPresent([Dates].self, forKey: .dates) ?? dates
        numbering = try values.decodeIfPresent([Numbering].self, forKey: .numbering) ?? numbering
        receiver = try values.decodeIfPresent([String].self, forKey: .receiver) ?? receiver
        signature = try values.decodeIfPresent(SignatureDemand.self, forKey: .signature) ?? signature
        verdicts = try values.decodeIfPresent(Verdicts.self, forKey: .verdicts) ?? verdicts
        status = try values.decodeIfPresent(Status.self, forKey: .status) ?? status
    }
}
