-- The tables of a dossier, version 1. They are documented for readers in docs/dossier.md; any SQLite tool opens them.
--
-- Spans are half-open [start, end) in Unicode code points into report.text. SQLite's substr counts code points too, so
-- the triggers below hold substr(text, start + 1, end - start) = quote for every record, whoever writes it.

CREATE TABLE migration (
    version INTEGER PRIMARY KEY,
    applied TEXT NOT NULL,                 -- ISO date and time, UTC
    program TEXT NOT NULL                  -- version of the program that applied it
) STRICT;

CREATE TABLE coder (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                    -- program and version
    config_hash TEXT NOT NULL,             -- SHA-256 of config
    config TEXT NOT NULL,
    UNIQUE (name, config_hash)
) STRICT;

CREATE TABLE report (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL CHECK (id <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    text TEXT NOT NULL,
    title TEXT,
    published TEXT,                        -- YYYY-MM-DD, YYYY-MM or YYYY
    published_how TEXT NOT NULL,
    outlet TEXT,
    author TEXT,
    url TEXT,
    format TEXT NOT NULL,
    notes TEXT NOT NULL CHECK (json_valid(notes)),      -- JSON list of the coder's remarks
    added TEXT NOT NULL,                   -- ISO date and time, UTC
    coder INTEGER NOT NULL REFERENCES coder,
    voice INTEGER NOT NULL REFERENCES report DEFERRABLE INITIALLY DEFERRED,
    earlier INTEGER REFERENCES report,     -- the version of the same URL that came before
    shingles INTEGER NOT NULL CHECK (shingles >= 0),
    UNIQUE (sha256, id)
) STRICT;
CREATE INDEX report_by_url ON report (url) WHERE url IS NOT NULL;
CREATE INDEX report_by_published ON report (published);
CREATE INDEX report_by_voice ON report (voice);
CREATE INDEX report_by_id ON report (id);

CREATE TRIGGER report_text_is_frozen BEFORE UPDATE OF text, sha256 ON report
BEGIN SELECT raise(ABORT, 'the text of a report never changes'); END;

-- Sampled word shingles of a report: what near-duplicates (agency copy) are found by.
CREATE TABLE shingle (
    hash INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report,
    PRIMARY KEY (hash, report)
) STRICT, WITHOUT ROWID;

CREATE TABLE region (
    report INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('headline', 'byline', 'dateline', 'caption', 'body', 'noise')),
    PRIMARY KEY (report, start),
    CHECK (start < "end")
) STRICT, WITHOUT ROWID;

-- Sentences in which the coder found no record.
CREATE TABLE passed_over (
    report INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    PRIMARY KEY (report, start, "end"),
    CHECK (start < "end")
) STRICT, WITHOUT ROWID;

CREATE TABLE time (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    value TEXT NOT NULL,
    first TEXT,
    last TEXT,
    rule TEXT NOT NULL,
    CHECK (start < "end"), CHECK (length(quote) = "end" - start)
) STRICT;
CREATE INDEX time_by_report ON time (report);

CREATE TABLE statement (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report,
    form TEXT NOT NULL CHECK (form IN ('direct', 'indirect', 'mixed')),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    rule TEXT NOT NULL,
    guess INTEGER NOT NULL CHECK (guess IN (0, 1))
) STRICT;
CREATE INDEX statement_by_report ON statement (report);

CREATE TABLE statement_actor (
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    PRIMARY KEY (statement, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_by_actor ON statement_actor (actor, statement);

-- What is at stake: one row a thing, and one row for each way of naming it ("the gas transit", "transit of gas").
CREATE TABLE issue (
    key INTEGER PRIMARY KEY,
    label TEXT NOT NULL                    -- as the first report calls it; an analyst may rename it
) STRICT;
CREATE TABLE issue_name (
    canon TEXT PRIMARY KEY,                -- what is left of a label without case, articles, order and endings
    issue INTEGER NOT NULL REFERENCES issue
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    key INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    modality TEXT NOT NULL
        CHECK (modality IN ('actual', 'planned', 'conditional', 'demanded', 'possible', 'denied')),
    date TEXT,                             -- as most voices tell it, else publication of the first report
    date_known INTEGER NOT NULL CHECK (date_known IN (0, 1)),
    first_day TEXT,                        -- first and last day of the interval that date covers, for sorting
    last_day TEXT,
    place TEXT,
    issue INTEGER REFERENCES issue,
    voices INTEGER NOT NULL CHECK (voices >= 0),
    contested INTEGER NOT NULL CHECK (contested IN (0, 1)),
    versions TEXT NOT NULL CHECK (json_valid(versions)), -- JSON list of [field, value, [act keys], voices]
    quote TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_day ON event (first_day, key);
CREATE INDEX event_by_type ON event (type, first_day);
CREATE INDEX event_by_issue ON event (issue, first_day);

CREATE TABLE event_actor (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('source', 'target')),
    ordinal INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    PRIMARY KEY (event, role, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_actor ON event_actor (actor, event, role);

-- Where acts that may be the same event are looked up: hash of type, actor and day or word, with the days it may be of.
CREATE TABLE event_key (
    hash INTEGER NOT NULL,
    first INTEGER NOT NULL,                -- proleptic ordinal of the first day
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    last INTEGER NOT NULL,
    PRIMARY KEY (hash, first, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_key_by_event ON event_key (event);

CREATE TABLE act (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report,
    ordinal INTEGER NOT NULL,              -- place among the report's acts
    event INTEGER NOT NULL REFERENCES event,
    type TEXT NOT NULL CHECK (type IN (
        'AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST',
        'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')),
    modality TEXT NOT NULL
        CHECK (modality IN ('actual', 'planned', 'conditional', 'demanded', 'possible', 'denied')),
    start INTEGER NOT NULL CHECK (start >= 0),           -- the evidence
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    trigger_start INTEGER NOT NULL CHECK (trigger_start >= 0),
    trigger_end INTEGER NOT NULL,
    content_start INTEGER,
    content_end INTEGER,
    condition_start INTEGER,
    condition_end INTEGER,
    date TEXT,
    place TEXT,
    issue INTEGER REFERENCES issue,
    issue_label TEXT NOT NULL,             -- the coder's own words
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    rule TEXT NOT NULL,
    UNIQUE (report, ordinal),
    CHECK (start < "end"), CHECK (length(quote) = "end" - start), CHECK (trigger_start < trigger_end),
    CHECK ((content_start IS NULL) = (content_end IS NULL)),
    CHECK (content_start IS NULL OR (content_start >= 0 AND content_start < content_end)),
    CHECK ((condition_start IS NULL) = (condition_end IS NULL)),
    CHECK (condition_start IS NULL OR (condition_start >= 0 AND condition_start < condition_end))
) STRICT;
CREATE INDEX act_by_event ON act (event);
CREATE INDEX act_by_issue ON act (issue);
CREATE INDEX act_by_type ON act (type);

CREATE TABLE act_actor (
    act INTEGER NOT NULL REFERENCES act ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('source', 'target', 'attribution')),
    ordinal INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    PRIMARY KEY (act, role, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_by_actor ON act_actor (actor, act, role);

-- Numbers that a report tells with an act: troops, dead, money. "more than 29" is from 29 on, without an upper end.
CREATE TABLE act_number (
    act INTEGER NOT NULL REFERENCES act ON DELETE CASCADE,
    unit TEXT NOT NULL,
    low REAL NOT NULL,
    high REAL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (act, unit, start),
    CHECK (start < "end")
) STRICT, WITHOUT ROWID;

-- Every other span of a record: statement source, cue and content pieces, act trigger.
CREATE TABLE statement_span (
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('source', 'cue', 'content')),
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (statement, role, ordinal),
    CHECK (start < "end"), CHECK (length(quote) = "end" - start)
) STRICT, WITHOUT ROWID;

-- The analyst's hand. A decision is never deleted: undoing it is a decision of its own.
CREATE TABLE decision (
    key INTEGER PRIMARY KEY,
    author TEXT NOT NULL CHECK (author <> ''),
    made TEXT NOT NULL,                    -- ISO date and time, UTC
    verb TEXT NOT NULL CHECK (verb IN (
        'accept', 'reject', 'correct', 'annotate', 'merge', 'split', 'rename issue', 'merge issues', 'undo')),
    kind TEXT NOT NULL CHECK (kind IN ('act', 'statement', 'event', 'issue', 'decision')),
    target INTEGER NOT NULL,
    sha256 TEXT,                           -- text and span of the record, so that the decision outlives recoding
    start INTEGER,
    "end" INTEGER,
    detail TEXT NOT NULL CHECK (json_valid(detail)),
    note TEXT NOT NULL
) STRICT;
CREATE INDEX decision_by_target ON decision (kind, target);

CREATE TRIGGER act_quotes_its_text BEFORE INSERT ON act
WHEN (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM report WHERE key = NEW.report) IS NOT NEW.quote
BEGIN SELECT raise(ABORT, 'the evidence of an act is not in its text'); END;
CREATE TRIGGER act_still_quotes_its_text BEFORE UPDATE OF report, start, "end", quote ON act
WHEN (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM report WHERE key = NEW.report) IS NOT NEW.quote
BEGIN SELECT raise(ABORT, 'the evidence of an act is not in its text'); END;
CREATE TRIGGER statement_quotes_its_text BEFORE INSERT ON statement_span
WHEN (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM report
      WHERE key = (SELECT report FROM statement WHERE key = NEW.statement)) IS NOT NEW.quote
BEGIN SELECT raise(ABORT, 'a span of a statement is not in its text'); END;
CREATE TRIGGER time_quotes_its_text BEFORE INSERT ON time
WHEN (SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) FROM report WHERE key = NEW.report) IS NOT NEW.quote
BEGIN SELECT raise(ABORT, 'a time is not in its text'); END;

-- Full-text search over reports and over evidence; the words are stored once, in the tables they come from.
CREATE VIRTUAL TABLE report_search USING fts5 (
    title, text, content = 'report', content_rowid = 'key', tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE evidence_search USING fts5 (
    quote, content = 'act', content_rowid = 'key', tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER report_is_searchable AFTER INSERT ON report
BEGIN INSERT INTO report_search (rowid, title, text) VALUES (NEW.key, NEW.title, NEW.text); END;
CREATE TRIGGER evidence_is_searchable AFTER INSERT ON act
BEGIN INSERT INTO evidence_search (rowid, quote) VALUES (NEW.key, NEW.quote); END;
CREATE TRIGGER evidence_is_forgotten AFTER DELETE ON act
BEGIN INSERT INTO evidence_search (evidence_search, rowid, quote) VALUES ('delete', OLD.key, OLD.quote); END;
CREATE TRIGGER evidence_is_replaced AFTER UPDATE OF quote ON act
BEGIN
    INSERT INTO evidence_search (evidence_search, rowid, quote) VALUES ('delete', OLD.key, OLD.quote);
    INSERT INTO evidence_search (rowid, quote) VALUES (NEW.key, NEW.quote);
END;
