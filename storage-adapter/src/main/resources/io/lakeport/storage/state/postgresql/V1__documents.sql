CREATE TABLE state_document (
    space varchar(63) COLLATE "C" NOT NULL,
    kind varchar(63) COLLATE "C" NOT NULL,
    name varchar(512) COLLATE "C" NOT NULL,
    content bytea NOT NULL,
    revision bigint NOT NULL,
    created bigint NOT NULL,
    updated bigint NOT NULL,
    PRIMARY KEY (space, kind, name)
);

CREATE TABLE state_lease (
    space varchar(63) COLLATE "C" NOT NULL,
    name varchar(512) COLLATE "C" NOT NULL,
    owner varchar(512),
    token bigint NOT NULL,
    ttl bigint NOT NULL,
    expires bigint NOT NULL,
    PRIMARY KEY (space, name)
);

CREATE TABLE state_commit (
    id varchar(36) COLLATE "C" NOT NULL PRIMARY KEY,
    revision bigint NOT NULL,
    made bigint NOT NULL
);

CREATE INDEX state_commit_made ON state_commit (made);

-- Begins at the time, so that a database that is deleted and made anew never gives a revision again.
CREATE SEQUENCE state_revision;

SELECT setval('state_revision', floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint * 4096);
