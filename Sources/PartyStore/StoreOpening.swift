/// What there is in a party's directory.
public enum StoreOpening {
    /// A store, as of its last commit.
    case begun(StoreInspection)
    /// No database.
    case absent
    /// A database in which nothing has been committed: its party has just been started, or was stopped at once.
    case unwritten(isLive: Bool)
    /// A transaction that its party must take back before the store can be read; the error says how.
    case interrupted(StoreError)

    /// The store, where there is one that can be read.
    public var store: StoreInspection? {
        if case .begun(let store) = self { return store }
        return nil
    }

    /// The store.
    /// - Throws: ``StoreError`` that says what there is instead; `notBegun` when its party has just been started.
    public func required(_ directory: String) throws(StoreError) -> StoreInspection {
        switch self {
        case .begun(let store): return store
        case .absent: throw StoreError(.database, "\(directory) holds no party's data; check the path")
        case .unwritten(isLive: true):
            throw StoreError(.notBegun, "\(directory) is just being made by its party; read it again")
        case .unwritten(isLive: false):
            throw StoreError(
                .database,
                "\(directory) holds a database without anything in it: its party was stopped before it committed "
                    + "anything, or the database was emptied; check the path, or start the party")
        case .interrupted(let error): throw error
        }
    }
}
