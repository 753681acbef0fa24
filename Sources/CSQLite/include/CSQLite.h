// What SQLite can be told only before it begins, by a function that takes any number of arguments, which Swift cannot call.
#ifndef CSQLITE_H
#define CSQLITE_H

// Has SQLite count no memory: it would take a lock for each piece that it asks for or gives back. To be called before the
// first database is opened and while no other thread uses SQLite; returns SQLITE_MISUSE, and changes nothing, where one has
// been opened.
int csqlite_count_no_memory(void);

#endif
