-- Version 2: the analyst's hand. Decisions are kept for ever and written into the tables that the views read, so that
-- `act`, `statement`, `event` and `issue` always hold the records as they stand after every decision.

-- Decisions may now be about actors and reports, and say whether they still stand.
DROP INDEX decision_by_target;
ALTER TABLE decision RENAME TO decision_before;
CREATE TABLE decision (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    author TEXT NOT NULL CHECK (author <> ''),
    made TEXT NOT NULL,                    -- ISO date and time, UTC
    verb TEXT NOT NULL CHECK (verb IN (
        'accept', 'reject', 'correct', 'annotate', 'merge', 'split', 'rename', 'undo')),
    kind TEXT NOT NULL CHECK (kind IN ('act', 'statement', 'event', 'issue', 'actor', 'report', 'decision')),
    target INTEGER,                        -- the number of what it is about; null for actors
    code TEXT,                             -- the actor code that it is about
    sha256 TEXT,                           -- text, span and type of the record, so that the decision outlives recoding
    start INTEGER,
    "end" INTEGER,
    type TEXT,
    detail TEXT NOT NULL CHECK (json_valid(detail)),
    note TEXT NOT NULL,
    undone INTEGER REFERENCES decision,    -- the decision that took it back; null while it stands
    CHECK ((kind = 'actor') = (code IS NOT NULL)), CHECK ((kind = 'actor') = (target IS NULL))
) STRICT;
INSERT INTO decision (key, author, made, verb, kind, target, sha256, start, "end", detail, note)
    SELECT key, author, made, replace(replace(verb, ' issues', ''), ' issue', ''), kind, target, sha256, start, "end",
           detail, note FROM decision_before;
DROP TABLE decision_before;
CREATE INDEX decision_by_target ON decision (kind, target);
CREATE INDEX decision_by_code ON decision (code) WHERE code IS NOT NULL;
CREATE INDEX decision_by_author ON decision (author, key);

CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never deleted, only undone'); END;
CREATE TRIGGER decision_is_as_made
BEFORE UPDATE OF key, author, made, verb, kind, target, code, sha256, start, "end", type, detail, note ON decision
BEGIN SELECT raise(ABORT, 'a decision is never changed, only undone'); END;

-- A record that a decision is about: as the coder told it, whatever was decided.
CREATE TABLE judged (
    kind TEXT NOT NULL CHECK (kind IN ('act', 'statement')),
    record INTEGER NOT NULL,               -- its number in the table act or statement, kept for it for ever
    report INTEGER NOT NULL REFERENCES report,
    ordinal INTEGER,                       -- place among the report's acts; null for a statement
    told TEXT NOT NULL CHECK (json_valid(told)),         -- as the coder told it when it was first decided on
    latest TEXT CHECK (latest IS NULL OR json_valid(latest)),  -- as the present coder tells it; null where it does not
    event INTEGER,                         -- the event that the program put an act into
    present INTEGER NOT NULL CHECK (present IN (0, 1)),  -- whether the record is in its table
    PRIMARY KEY (kind, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX judged_by_report ON judged (report, kind);
CREATE INDEX judged_by_event ON judged (event) WHERE event IS NOT NULL;

-- Each person's last standing word on a record.
CREATE TABLE verdict (
    kind TEXT NOT NULL CHECK (kind IN ('act', 'statement')),
    record INTEGER NOT NULL,
    author TEXT NOT NULL CHECK (author <> ''),
    decision INTEGER NOT NULL REFERENCES decision,
    verb TEXT NOT NULL CHECK (verb IN ('accept', 'reject', 'correct')),
    PRIMARY KEY (kind, record, author)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_by_author ON verdict (author, kind, verb);

-- Which event an act is in because of a decision: by merging or splitting, or because its type was corrected. It counts
-- while the decision stands and the act is of the type that the decision was about.
CREATE TABLE placed (
    act INTEGER NOT NULL,
    decision INTEGER NOT NULL REFERENCES decision,
    event INTEGER NOT NULL,
    PRIMARY KEY (act, decision)
) STRICT, WITHOUT ROWID;
CREATE INDEX placed_by_event ON placed (event);
CREATE INDEX placed_by_decision ON placed (decision);

-- The actor codes of a record before actors were renamed: JSON lists by role.
CREATE TABLE coded_actor (
    kind TEXT NOT NULL CHECK (kind IN ('act', 'statement')),
    record INTEGER NOT NULL,
    roles TEXT NOT NULL CHECK (json_valid(roles)),
    PRIMARY KEY (kind, record)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER act_without_coded_actors AFTER DELETE ON act
BEGIN DELETE FROM coded_actor WHERE kind = 'act' AND record = OLD.key; END;
CREATE TRIGGER statement_without_coded_actors AFTER DELETE ON statement
BEGIN DELETE FROM coded_actor WHERE kind = 'statement' AND record = OLD.key; END;

-- Codes that a person renamed, as new reports are read: `code` is shown as `shown`.
CREATE TABLE actor_name (
    code TEXT PRIMARY KEY CHECK (code <> ''),
    shown TEXT NOT NULL CHECK (shown <> '')
) STRICT, WITHOUT ROWID;

ALTER TABLE issue ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1));
CREATE INDEX issue_by_hand ON issue (by_hand) WHERE by_hand = 1;
ALTER TABLE issue_name ADD COLUMN home INTEGER;          -- the issue it had before issues were merged; null: this one

-- The highest number ever given, so that none is given twice even where the last record is taken away.
CREATE TABLE last_number (
    name TEXT PRIMARY KEY CHECK (name IN ('act', 'statement', 'event')),
    key INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO last_number VALUES ('act', 0), ('statement', 0), ('event', 0);
CREATE TRIGGER act_number_is_spent AFTER DELETE ON act
BEGIN UPDATE last_number SET key = max(key, OLD.key) WHERE name = 'act'; END;
CREATE TRIGGER statement_number_is_spent AFTER DELETE ON statement
BEGIN UPDATE last_number SET key = max(key, OLD.key) WHERE name = 'statement'; END;
CREATE TRIGGER event_number_is_spent AFTER DELETE ON event
BEGIN UPDATE last_number SET key = max(key, OLD.key) WHERE name = 'event'; END;

-- What the review queue is sorted by.
CREATE INDEX act_by_confidence ON act (confidence, key);
CREATE INDEX statement_by_confidence ON statement (confidence, key);

CREATE TABLE saved_query (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    view TEXT NOT NULL,
    filters TEXT NOT NULL CHECK (json_valid(filters)),   -- JSON object: the view's filters by name
    made TEXT NOT NULL                     -- ISO date and time, UTC
) STRICT, WITHOUT ROWID;
