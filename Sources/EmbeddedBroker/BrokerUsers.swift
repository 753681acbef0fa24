/// Makes the file of users that ``BrokerConfiguration/usersFile`` names. Passwords themselves are never kept.
public enum BrokerUsers {
    /// Adds a user to the file, or gives one a new password. The file is made where it does not exist, and readable
    /// by its owner only. A broker reads it when it starts.
    ///
    /// - Parameters:
    ///   - name: 1 to 128 letters, digits, `.`, `_`, `-` and `@`.
    ///   - password: not empty; any text without control characters.
    ///   - path: the file.
    /// - Throws: ``BrokerError`` with code `configuration` where name, password or file cannot be used.
    public static func set(_ name: String, password: String, in path: String) throws(BrokerError) {
        guard UserDirectory.isValid(name: name) else {
            throw BrokerError(.configuration, "a user's name is 1 to 128 letters, digits, '.', '_', '-' and '@'")
        }
        guard !password.isEmpty, password.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw BrokerError(.configuration, "a password is not empty and has no control characters")
        }
        var users = FileTree.exists(path) ? try UserDirectory(path: path) : UserDirectory()
        users.set(name, ScramCredential(password: password))
        try users.save(to: path)
    }
}
