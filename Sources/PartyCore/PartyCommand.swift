public import ExchangeSchema

/// What a running party is told to do by a person or a program on its own machine, and not by a message.
///
/// A command is journaled like a message, and its effect is saved in the same transaction as its leaf.
public struct PartyCommand: Sendable, Equatable {
    /// What is to be done. The raw value is what the journal stores as the leaf's type.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// Submit visits (facility).
        case submitVisits = 1
        /// Sign an agreement.
        case signAgreement = 2
        /// Stop acting by itself: nothing new is submitted, held answers are not let go.
        case pause = 3
        /// Act by itself again.
        case resume = 4
        /// End the process when the batch is saved.
        case stop = 5
        /// Say how visits stand (facility): a question, which changes nothing and is not journaled.
        case findVisits = 6
        /// Open books for people before any visit (MoH).
        case enrolPeople = 7
        /// Send visits that have changed in their next revision (facility).
        case amendVisits = 8
        /// Take visits back (facility).
        case withdrawVisits = 9
        /// Ask MoH for the shared history of a patient (facility).
        case requestHistory = 10
        /// Say what came of such a request (facility): a question, which changes nothing and is not journaled.
        case findHistory = 11
        /// Look cards up, and write down who asked (VSS).
        case checkCards = 12
        /// Say what a reader may have of a book, and write down who asked (MoH).
        case readBook = 13
        /// Write down what MoH's axis found of signatures, each as a leaf of its own (MoH).
        case noteVerdicts = 14

        /// Whether it only asks.
        public var isQuestion: Bool { self == .findVisits || self == .findHistory }
    }

    /// What is to be done.
    public var kind: Kind
    /// Equal for a repeated command, so that it has its effect once.
    public var identity: MessageIdentifier
    /// User identifier of the caller, as the kernel says it.
    public var caller: UInt32
    /// What the command needs, in the form of its kind.
    public var payload: [UInt8]

    /// Takes all fields.
    public init(_ kind: Kind, identity: MessageIdentifier, caller: UInt32, payload: [UInt8]) {
        self.kind = kind
        self.identity = identity
        self.caller = caller
        self.payload = payload
    }

    /// What a leaf says as topic of a command; a party reads fewer topics than that.
    public static let leafTopic: UInt8 = 254
    /// The user that gave a command, as its leaf says it in place of a cause.
    public static func caller(of leaf: JournalLeaf) -> UInt32 { UInt32(truncatingIfNeeded: leaf.cause.uuid.low) }
    /// What a leaf says as cause of a command: the user that gave it.
    static func leafCause(_ caller: UInt32) -> MessageIdentifier {
        MessageIdentifier(RecordIdentifier(high: 0, low: UInt64(caller)))
    }

    /// What a leaf says as partition of a command.
    public static let leafPartition: Int32 = -1
}

/// A statement that a command brings, which has a leaf of its own in the journal: its digest is over these bytes.
public struct CommandStatement: Sendable, Equatable {
    /// What the leaf says as message.
    public var identity: MessageIdentifier
    /// What is stated; holds no personal data.
    public var bytes: [UInt8]
    /// Why something was refused; nil where nothing was.
    public var reason: ReasonCode?

    /// Takes all fields.
    public init(_ identity: MessageIdentifier, bytes: [UInt8], reason: ReasonCode? = nil) {
        self.identity = identity
        self.bytes = bytes
        self.reason = reason
    }
}

/// What a party answers to a command, once its effect is saved.
public struct CommandAnswer: Sendable, Equatable {
    /// What the journal says: ``Decision/obeyed`` when it was done, ``Decision/notAddressed`` when it is not for this
    /// party, ``Decision/duplicate``, or ``Decision/refused`` with a reason.
    public var verdict: Verdict
    /// What the caller is told, in the form of the command's kind.
    public var bytes: [UInt8]
    /// What has a leaf each, in place of the one of the command; empty of most commands.
    public var statements: [CommandStatement]

    /// Takes all fields.
    public init(_ verdict: Verdict, bytes: [UInt8] = [], statements: [CommandStatement] = []) {
        self.verdict = verdict
        self.bytes = bytes
        self.statements = statements
    }

    /// A command of a kind that this party does not know.
    public static let notForThisParty = CommandAnswer(
        Verdict(.notAddressed), bytes: Array("this command is not for this party".utf8))
}
