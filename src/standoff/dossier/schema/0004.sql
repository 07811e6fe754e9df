-- Version 4: sums that spare the views of positions and of the network a look at every row. Like the tables of version 3
-- they follow from the records and are written in the same transaction, here by triggers.

-- What an actor holds on an issue (0: none named): how many entries of a kind, and how many acts tell them.
CREATE TABLE cell (
    actor TEXT NOT NULL,
    issue INTEGER NOT NULL,
    kind TEXT NOT NULL,
    entries INTEGER NOT NULL,
    acts INTEGER NOT NULL,
    PRIMARY KEY (actor, issue, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX cell_by_issue ON cell (issue);

-- How many acts of strands there are of each day.
CREATE TABLE strand_day (
    day INTEGER PRIMARY KEY,
    acts INTEGER NOT NULL
) STRICT;

INSERT INTO cell
SELECT actor, issue, kind, sum(entry = key), sum((SELECT count(*) FROM strand_act WHERE strand = key))
FROM strand GROUP BY actor, issue, kind;
INSERT INTO strand_day SELECT day, count(*) FROM strand_act GROUP BY day;

CREATE TRIGGER strand_begins AFTER INSERT ON strand
BEGIN
    INSERT INTO cell VALUES (NEW.actor, NEW.issue, NEW.kind, NEW.entry = NEW.key, 0)
    ON CONFLICT DO UPDATE SET entries = entries + excluded.entries;
END;
CREATE TRIGGER strand_changes_entry AFTER UPDATE OF entry ON strand
WHEN (OLD.entry = OLD.key) <> (NEW.entry = NEW.key)
BEGIN
    UPDATE cell SET entries = entries + iif(NEW.entry = NEW.key, 1, -1)
    WHERE actor = NEW.actor AND issue = NEW.issue AND kind = NEW.kind;
END;
CREATE TRIGGER strand_ends AFTER DELETE ON strand
BEGIN
    UPDATE cell SET entries = entries - (OLD.entry = OLD.key)
    WHERE actor = OLD.actor AND issue = OLD.issue AND kind = OLD.kind;
    DELETE FROM cell
    WHERE actor = OLD.actor AND issue = OLD.issue AND kind = OLD.kind AND entries = 0 AND acts = 0;
END;
CREATE TRIGGER strand_gets_act AFTER INSERT ON strand_act
BEGIN
    UPDATE cell SET acts = acts + 1
    WHERE (actor, issue, kind) = (SELECT actor, issue, kind FROM strand WHERE key = NEW.strand);
    INSERT INTO strand_day VALUES (NEW.day, 1) ON CONFLICT DO UPDATE SET acts = acts + 1;
END;
CREATE TRIGGER strand_loses_act AFTER DELETE ON strand_act
BEGIN
    UPDATE cell SET acts = acts - 1
    WHERE (actor, issue, kind) = (SELECT actor, issue, kind FROM strand WHERE key = OLD.strand);
    UPDATE strand_day SET acts = acts - 1 WHERE day = OLD.day;
    DELETE FROM strand_day WHERE day = OLD.day AND acts = 0;
END;
CREATE TRIGGER strand_act_is_redated AFTER UPDATE OF day ON strand_act WHEN OLD.day <> NEW.day
BEGIN
    UPDATE strand_day SET acts = acts - 1 WHERE day = OLD.day;
    DELETE FROM strand_day WHERE day = OLD.day AND acts = 0;
    INSERT INTO strand_day VALUES (NEW.day, 1) ON CONFLICT DO UPDATE SET acts = acts + 1;
END;

-- Who acts on whom by year ('year YYYY'), as by month.
INSERT INTO tie
SELECT 'year ' || substr(slice, 7, 4), source, target, type, sum(events) FROM tie
WHERE slice >= 'month ' AND slice < 'month~' GROUP BY 1, 2, 3, 4;
