CREATE TABLE state_document (
    space TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    revision INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (space, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE state_lease (
    space TEXT NOT NULL,
    name TEXT NOT NULL,
    owner TEXT,
    token INTEGER NOT NULL,
    ttl INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (space, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE state_commit (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    made INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX state_commit_made ON state_commit (made);

-- Begins at the time, so that a database that is deleted and made anew never gives a revision again.
CREATE TABLE state_counter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
) STRICT;

INSERT INTO state_counter (id, value) VALUES (1, CAST(strftime('%s', 'now') AS INTEGER) * 1000 * 4096);
