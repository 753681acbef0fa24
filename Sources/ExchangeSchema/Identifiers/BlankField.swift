extension String {
    /// Whether a field with this value is empty: no character, or white space alone.
    ///
    /// Systems that write fixed columns leave a blank where nothing was entered. Such a field is an empty one at every
    /// party, so that none refuses what another let pass.
    public var isBlank: Bool {
        for byte in utf8 where byte != 0x20 && !(0x09...0x0D).contains(byte) {
            return byte >= 0x80 && unicodeScalars.allSatisfy(\.properties.isWhitespace)
        }
        return true
    }
}
