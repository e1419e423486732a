-- The organizations, clients and tokens of the local Blynk, and its clock.

-- "Blyn": tells our files from other programs' databases.
PRAGMA application_id = 0x426c796e;

CREATE TABLE organizations (
    id        INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 2147483647),
    name      TEXT NOT NULL,
    parent_id INTEGER REFERENCES organizations (id)
) STRICT;

CREATE TABLE clients (
    number        INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of creation
    client_id     TEXT NOT NULL UNIQUE,
    secret_hash   BLOB NOT NULL,
    name          TEXT NOT NULL,
    org_id        INTEGER NOT NULL REFERENCES organizations (id),
    redirect_urls TEXT, -- a JSON array; NULL when the request had none
    platform_api  INTEGER NOT NULL CHECK (platform_api IN (0, 1)),
    seeded        INTEGER NOT NULL CHECK (seeded IN (0, 1))
) STRICT;

CREATE TABLE access_tokens (
    hash           BLOB PRIMARY KEY,
    org_id         INTEGER NOT NULL REFERENCES organizations (id),
    client         INTEGER REFERENCES clients (number), -- NULL for the token of a user
    permissions    TEXT NOT NULL,                       -- a JSON array; what a user may do
    developer_mode INTEGER NOT NULL CHECK (developer_mode IN (0, 1)),
    expires_at     INTEGER NOT NULL                     -- seconds since 1970, by the clock below
) STRICT, WITHOUT ROWID;

CREATE TABLE refresh_tokens (
    hash       BLOB PRIMARY KEY,
    client     INTEGER NOT NULL REFERENCES clients (number),
    used       INTEGER NOT NULL CHECK (used IN (0, 1)),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The clock can be moved forward, so that tokens expire while a test waits. Every process on this file reads the same one.
CREATE TABLE clock (
    one            INTEGER PRIMARY KEY CHECK (one = 1),
    offset_seconds INTEGER NOT NULL
) STRICT;

INSERT INTO clock (one, offset_seconds) VALUES (1, 0);

CREATE VIEW now AS SELECT unixepoch() + offset_seconds AS seconds FROM clock;
