public import PartyStore

/// The tables of the health book in MoH's own database: in the party's database and not in a file of their own, because
/// then the batch's transaction covers them by itself, and nothing is written twice (``PartyStore/ReadModelPlan``).
///
/// | table | what it holds |
/// |---|---|
/// | `book_item` | what a book was told, a row each, in the order in which it was decided |
/// | `book_index` | whose it is: sorted runs of citizen and position |
/// | `book_run` | the runs of the index |
/// | `book_number` | former numbers of a citizen, each with the one that came after it |
///
/// An index sorted by citizen would be touched everywhere by each batch: a page of 16 KiB written for each visit. So a
/// batch adds a sorted run at the end, and eight runs of a level are merged into one of the next, as log-structured stores
/// do. A look-up asks each run.
public enum BookTables {
    static let tables = """
        CREATE TABLE IF NOT EXISTS book_item (position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, record BLOB NOT NULL,
            revision INTEGER NOT NULL, time INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS book_index (run INTEGER NOT NULL, citizen INTEGER NOT NULL, position INTEGER NOT NULL,
            PRIMARY KEY (run, citizen, position)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS book_run (run INTEGER PRIMARY KEY, level INTEGER NOT NULL, size INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS book_number (former INTEGER PRIMARY KEY, current INTEGER NOT NULL) STRICT;
        """

    /// How MoH's store keeps the book.
    public static let plan = ReadModelPlan(.database) { try BookWriter($0) }
}
