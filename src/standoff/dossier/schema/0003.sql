-- Version 3: what the views look things up by, so that a dossier of a million acts answers as fast as one of a hundred.
-- Everything here follows from the records and is written in the same transaction as they are; `Dossier.rebuild`
-- makes all of it anew. Days are proleptic Gregorian ordinals (1 January of year 1 is 1); 3652060 stands for "no day".

-- How a report is named in a table, beside its long text rather than behind it.
CREATE TABLE label (
    report INTEGER PRIMARY KEY REFERENCES report,
    id TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    published TEXT,
    voice INTEGER NOT NULL
) STRICT;
CREATE INDEX label_by_voice ON label (voice);
CREATE INDEX label_by_outlet ON label (outlet);
CREATE INDEX label_by_id ON label (id);
CREATE TRIGGER report_is_labelled AFTER INSERT ON report
BEGIN INSERT INTO label VALUES (NEW.key, NEW.id, NEW.title, NEW.outlet, NEW.published, NEW.voice); END;
CREATE TRIGGER report_is_labelled_anew AFTER UPDATE OF id, title, outlet, published, voice ON report
BEGIN
    UPDATE label SET id = NEW.id, title = NEW.title, outlet = NEW.outlet, published = NEW.published, voice = NEW.voice
    WHERE report = NEW.key;
END;
CREATE TRIGGER report_is_unlabelled BEFORE DELETE ON report
BEGIN DELETE FROM label WHERE report = OLD.key; END;

-- The stems of an act's words and of its trigger, as merging compares them.
CREATE TABLE telling (
    act INTEGER PRIMARY KEY REFERENCES act ON DELETE CASCADE,
    words TEXT NOT NULL,
    trigger TEXT NOT NULL
) STRICT;
CREATE TRIGGER act_is_told_anew
AFTER UPDATE OF report, start, "end", trigger_start, trigger_end, content_start, content_end ON act
BEGIN DELETE FROM telling WHERE act = NEW.key; END;

-- What records are filtered by, and how many there are of each.
CREATE TABLE facet (
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('all', 'actor', 'dyad', 'issue', 'type', 'outlet', 'modality',
        'contested')),
    value TEXT NOT NULL,                   -- '', actor code, A:B in the order of letters, number of issue, name
    events INTEGER NOT NULL DEFAULT 0,
    acts INTEGER NOT NULL DEFAULT 0,
    statements INTEGER NOT NULL DEFAULT 0,
    reports INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, value)
) STRICT;
CREATE INDEX facet_by_events ON facet (kind, events);

-- The events of each facet by day. `way`: for an actor 1 source, 2 target; for a dyad A:B 1 A on B, 2 B on A, 4 A with B;
-- 8 A on B, 16 B on A as most voices tell it. Of the modalities of their acts, all but "actual" are facets of events.
CREATE TABLE event_posting (
    facet INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    event INTEGER NOT NULL,
    type INTEGER NOT NULL,                 -- place among the types of the codebook, from 0
    modality INTEGER NOT NULL,             -- place among its modalities, from 0
    contested INTEGER NOT NULL,
    way INTEGER NOT NULL,
    PRIMARY KEY (facet, first, last, event)
) STRICT, WITHOUT ROWID;
-- How an event stands in the tables of this file: what is taken out when it changes.
CREATE TABLE listed_event (
    event INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    entry TEXT NOT NULL CHECK (json_valid(entry))
) STRICT;

CREATE TABLE statement_posting (
    facet INTEGER NOT NULL,
    day INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (facet, day, statement)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_posting (
    facet INTEGER NOT NULL,
    day INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (facet, day, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE listed_report (
    report INTEGER PRIMARY KEY,
    day INTEGER NOT NULL,
    entry TEXT NOT NULL CHECK (json_valid(entry))
) STRICT;
-- The acts that are told in a statement: their trigger lies between its first and its last character.
CREATE TABLE statement_act (
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    act INTEGER NOT NULL REFERENCES act ON DELETE CASCADE,
    PRIMARY KEY (statement, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_by_act ON statement_act (act, statement);

-- Events that happened, by week: of all, of an actor, of a dyad. `weight` is the sum of their weights.
CREATE TABLE week (
    facet INTEGER NOT NULL,
    week TEXT NOT NULL,                    -- YYYY-Www
    conflict INTEGER NOT NULL,
    cooperation INTEGER NOT NULL,
    weight REAL NOT NULL,
    PRIMARY KEY (facet, week)
) STRICT, WITHOUT ROWID;
-- Who acts on whom in events that happened. `slice`: '' all, 'day YYYY-MM-DD', 'month YYYY-MM', 'from DAY to DAY' (what
-- is told of several days), 'contested', 'outlet NAME', 'issue NUMBER'.
CREATE TABLE tie (
    slice TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    type INTEGER NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (slice, source, target, type)
) STRICT, WITHOUT ROWID;

-- Positions. A strand is what one actor says on one issue in like words; strands that share an event are one entry,
-- named after its first strand. `issue` is 0 where none is named.
CREATE TABLE strand (
    key INTEGER PRIMARY KEY,
    actor TEXT NOT NULL,
    issue INTEGER NOT NULL,
    kind TEXT NOT NULL,
    entry INTEGER NOT NULL,
    target TEXT NOT NULL,                  -- of its first act; codes with a space between
    first_words TEXT NOT NULL,             -- stems of its first and latest act
    last_words TEXT NOT NULL
) STRICT;
CREATE INDEX strand_by_cell ON strand (actor, issue, entry);
CREATE INDEX strand_by_issue ON strand (issue, actor, entry);
CREATE INDEX strand_by_entry ON strand (entry);
CREATE TABLE strand_word (
    issue INTEGER NOT NULL,
    kind TEXT NOT NULL,
    stem TEXT NOT NULL,
    actor TEXT NOT NULL,
    strand INTEGER NOT NULL,
    PRIMARY KEY (issue, kind, stem, actor, strand)
) STRICT, WITHOUT ROWID;
CREATE TABLE strand_act (
    strand INTEGER NOT NULL,
    day INTEGER NOT NULL,                  -- first day of its event
    act INTEGER NOT NULL,
    event INTEGER NOT NULL,
    voice INTEGER NOT NULL,
    red INTEGER NOT NULL CHECK (red IN (0, 1)),          -- whether its words call it a red line
    conditional INTEGER NOT NULL CHECK (conditional IN (0, 1)),
    size INTEGER NOT NULL,                 -- characters of its content
    PRIMARY KEY (strand, day, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX strand_act_by_act ON strand_act (act);
CREATE INDEX strand_act_by_event ON strand_act (event);
CREATE INDEX strand_act_by_day ON strand_act (day, act);

-- Deeds of conflict that happened on a known day, by who did them and on which issue: what words are held against.
CREATE TABLE deed (
    day INTEGER NOT NULL,
    event INTEGER NOT NULL,
    actor TEXT NOT NULL,
    issue INTEGER NOT NULL,
    PRIMARY KEY (day, event, actor)
) STRICT, WITHOUT ROWID;

-- Records whose lookups are yet to be written ('all': every one); empty between transactions.
CREATE TABLE stale (
    kind TEXT NOT NULL CHECK (kind IN ('act', 'report', 'all')),
    key INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER report_comes_in AFTER INSERT ON report
BEGIN INSERT OR IGNORE INTO stale VALUES ('report', NEW.key); END;
CREATE TRIGGER report_is_redated AFTER UPDATE OF outlet, published ON report
BEGIN
    INSERT OR IGNORE INTO stale VALUES ('report', NEW.key);
    INSERT OR IGNORE INTO stale SELECT 'act', key FROM act WHERE report = NEW.key;
END;
CREATE TRIGGER act_comes_in AFTER INSERT ON act
BEGIN
    INSERT OR IGNORE INTO stale VALUES ('act', NEW.key);
    INSERT OR IGNORE INTO stale VALUES ('report', NEW.report);
END;
CREATE TRIGGER act_goes AFTER DELETE ON act
BEGIN
    INSERT OR IGNORE INTO stale VALUES ('act', OLD.key);
    INSERT OR IGNORE INTO stale VALUES ('report', OLD.report);
END;
CREATE TRIGGER act_changes AFTER UPDATE OF type, modality, start, "end", content_start, content_end, issue ON act
BEGIN
    INSERT OR IGNORE INTO stale VALUES ('act', NEW.key);
    INSERT OR IGNORE INTO stale VALUES ('report', NEW.report);
END;
CREATE TRIGGER act_moves AFTER UPDATE OF event ON act
BEGIN UPDATE strand_act SET event = NEW.event WHERE act = NEW.key; END;
CREATE TRIGGER act_loses_actor AFTER DELETE ON act_actor
BEGIN
    INSERT OR IGNORE INTO stale VALUES ('act', OLD.act);
    INSERT OR IGNORE INTO stale SELECT 'report', report FROM act WHERE key = OLD.act;
END;
CREATE TRIGGER statement_comes_in AFTER INSERT ON statement
BEGIN INSERT OR IGNORE INTO stale VALUES ('report', NEW.report); END;
CREATE TRIGGER statement_goes AFTER DELETE ON statement
BEGIN INSERT OR IGNORE INTO stale VALUES ('report', OLD.report); END;
CREATE TRIGGER statement_loses_actor AFTER DELETE ON statement_actor
BEGIN INSERT OR IGNORE INTO stale SELECT 'report', report FROM statement WHERE key = OLD.statement; END;
INSERT INTO label SELECT key, id, title, outlet, published, voice FROM report;
INSERT INTO stale SELECT 'all', 0 WHERE EXISTS (SELECT 1 FROM report);
