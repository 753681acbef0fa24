import GRDB

extension Row {
    /// A column as the type that belongs there. What came from a disk may be anything: GRDB's subscript would end the
    /// process where a bit was flipped.
    /// - Throws: ``StoreError`` `damaged`.
    func stored<Value: DatabaseValueConvertible>(_ column: Int) throws -> Value {
        let value: DatabaseValue = self[column]
        guard let found = Value.fromDatabaseValue(value) else {
            throw StoreError(
                .damaged, "a row of the database has no \(Value.self) in its column \(column); restore from a copy")
        }
        return found
    }

    /// The same for a column that may be empty.
    func storedIfAny<Value: DatabaseValueConvertible>(_ column: Int) throws -> Value? {
        let value: DatabaseValue = self[column]
        return value.isNull ? nil : try stored(column) as Value
    }
}
