// Private to the schema: the tables of a store, as each version added them.
#pragma once

namespace diaban::files {

constexpr const char* kSchema1 = R"sql(
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE vintage (
    id          TEXT PRIMARY KEY CHECK (id <> ''),
    seq         INTEGER NOT NULL UNIQUE,          -- 0 = oldest
    valid_from  TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    valid_until TEXT CHECK (valid_until GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
);

CREATE TABLE unit (
    id            INTEGER PRIMARY KEY,            -- contiguous within a vintage, in row order
    vintage       TEXT NOT NULL REFERENCES vintage (id),
    seq           INTEGER NOT NULL,               -- row of the unit within its vintage, from 0
    code          TEXT NOT NULL,                  -- text: leading zeros matter
    name          TEXT NOT NULL,
    type          TEXT NOT NULL,
    district_code TEXT,
    district_name TEXT,
    province_code TEXT,
    province_name TEXT,
    geometry,                                     -- MULTIPOLYGON, EPSG:4326
    UNIQUE (vintage, seq)
);
CREATE INDEX unit_code ON unit (code);

CREATE TABLE indicator (
    id             INTEGER PRIMARY KEY,
    code           TEXT NOT NULL UNIQUE CHECK (code <> ''),
    kind           TEXT NOT NULL CHECK (kind IN ('count', 'ratio', 'intensity', 'category')),
    name_vi        TEXT NOT NULL,
    name_en        TEXT NOT NULL,
    unit           TEXT NOT NULL,
    numerator      TEXT REFERENCES indicator (code) DEFERRABLE INITIALLY DEFERRED,
    denominator    TEXT REFERENCES indicator (code) DEFERRABLE INITIALLY DEFERRED,
    scale          REAL NOT NULL,                 -- ratio = numerator / denominator * scale
    counts_persons INTEGER NOT NULL CHECK (counts_persons IN (0, 1))
);

CREATE TABLE category (
    indicator INTEGER NOT NULL REFERENCES indicator (id),
    value     INTEGER NOT NULL CHECK (value >= 0),
    code      TEXT NOT NULL,
    PRIMARY KEY (indicator, value)
) WITHOUT ROWID;

CREATE TABLE period (
    vintage TEXT NOT NULL REFERENCES vintage (id),
    year    INTEGER NOT NULL CHECK (year BETWEEN 0 AND 9999),   -- 0 = undated
    half    INTEGER NOT NULL CHECK (half IN (0, 1, 2)),         -- 0 = the whole year
    PRIMARY KEY (vintage, year, half)
) WITHOUT ROWID;

CREATE TABLE state (
    id   INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
);
INSERT INTO state VALUES (0, 'observed'), (1, 'missing'), (2, 'suppressed'), (3, 'not_applicable'),
                         (4, 'estimated'), (5, 'not_existing');

-- A cell without a row is missing. Only observed and estimated cells have a value.
CREATE TABLE observation (
    indicator INTEGER NOT NULL REFERENCES indicator (id),
    year      INTEGER NOT NULL,
    half      INTEGER NOT NULL,
    unit      INTEGER NOT NULL REFERENCES unit (id),
    value     REAL,
    state     INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5)
              CHECK ((value IS NOT NULL) = (state IN (0, 4))),
    PRIMARY KEY (indicator, year, half, unit)
) WITHOUT ROWID;

CREATE TABLE place (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind <> ''),
    name     TEXT NOT NULL,
    code     TEXT NOT NULL,
    lon      REAL NOT NULL,                       -- the point, or a point inside the area
    lat      REAL NOT NULL,
    geometry                                      -- POINT or MULTIPOLYGON, EPSG:4326
);

CREATE TABLE crosswalk (
    id           INTEGER PRIMARY KEY,
    from_vintage TEXT NOT NULL REFERENCES vintage (id),
    to_vintage   TEXT NOT NULL REFERENCES vintage (id),
    basis        TEXT NOT NULL CHECK (basis IN ('declared', 'population', 'area'))
);

CREATE TABLE crosswalk_weight (
    crosswalk INTEGER NOT NULL REFERENCES crosswalk (id),
    from_unit INTEGER NOT NULL REFERENCES unit (id),
    to_unit   INTEGER NOT NULL REFERENCES unit (id),
    weight    REAL NOT NULL CHECK (weight > 0 AND weight <= 1.000000001),
    PRIMARY KEY (crosswalk, from_unit, to_unit)
) WITHOUT ROWID;

-- Observations with words instead of numbers, for queries by people.
CREATE VIEW observation_text AS
SELECT unit.vintage, unit.code, unit.name, indicator.code AS indicator, observation.year,
       observation.half, observation.value, category.code AS category, state.code AS state
FROM observation
JOIN unit ON unit.id = observation.unit
JOIN indicator ON indicator.id = observation.indicator
JOIN state ON state.id = observation.state
LEFT JOIN category ON category.indicator = observation.indicator
                   AND category.value = observation.value;
)sql";

// The columns that observations got are added, not written anew: bringing a store with ten million
// observations up to date takes no longer than an empty one.
constexpr const char* kSchema2 = R"sql(
CREATE TABLE catalogue (                          -- every code that is known, with data or not
    code    TEXT PRIMARY KEY CHECK (code <> ''),
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    unit    TEXT NOT NULL,
    levels  TEXT NOT NULL,                        -- X commune, H district, T province; X-T a range
    period  TEXT NOT NULL CHECK (period IN ('', 'Y', 'S', 'P', 'D')),
    reading TEXT NOT NULL CHECK (reading IN ('flow', 'stock', 'class'))
) WITHOUT ROWID;

CREATE TABLE import_log (
    id          INTEGER PRIMARY KEY,
    imported_at TEXT NOT NULL CHECK (imported_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T*Z'),
    file        TEXT NOT NULL,                    -- name only, no folders
    digest      TEXT NOT NULL,                    -- of the bytes of the file
    profile     TEXT NOT NULL,                    -- the mapping that was used, as JSON
    program     TEXT NOT NULL,
    rows        INTEGER NOT NULL CHECK (rows >= 0),
    added       INTEGER NOT NULL CHECK (added >= 0),
    revised     INTEGER NOT NULL CHECK (revised >= 0),
    removed     INTEGER NOT NULL CHECK (removed >= 0),
    flipped     INTEGER NOT NULL CHECK (flipped BETWEEN 0 AND revised),
    findings    TEXT NOT NULL                     -- JSON
);

CREATE TABLE source (                             -- one sheet of one import
    id         INTEGER PRIMARY KEY,
    import     INTEGER NOT NULL REFERENCES import_log (id),
    file       TEXT NOT NULL,
    sheet      TEXT NOT NULL,
    agency     TEXT NOT NULL,                     -- who reported, as the report names them
    as_of      TEXT NOT NULL CHECK (as_of = '' OR as_of GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    cumulative INTEGER NOT NULL CHECK (cumulative IN (0, 1)) -- counts from the start of the year
);
CREATE INDEX source_file ON source (file, sheet);

ALTER TABLE observation ADD COLUMN source INTEGER REFERENCES source (id);
ALTER TABLE observation ADD COLUMN source_row INTEGER; -- as a person counts in the sheet

-- What a cell held before an import revised or removed it.
CREATE TABLE observation_history (
    id          INTEGER PRIMARY KEY,
    indicator   INTEGER NOT NULL REFERENCES indicator (id),
    year        INTEGER NOT NULL,
    half        INTEGER NOT NULL,
    unit        INTEGER NOT NULL REFERENCES unit (id),
    value       REAL,
    state       INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
    source      INTEGER REFERENCES source (id),
    source_row  INTEGER,
    replaced_by INTEGER NOT NULL REFERENCES import_log (id)
);
CREATE INDEX observation_history_cell ON observation_history (indicator, year, half, unit);

-- What is known of whole districts and provinces, and the parts of a number ("trong đó"), which
-- are never added up. A commune is an area only for its parts.
CREATE TABLE area (
    id    INTEGER PRIMARY KEY,
    level TEXT NOT NULL CHECK (level IN ('commune', 'district', 'province', 'nation')),
    code  TEXT NOT NULL,
    name  TEXT NOT NULL,
    unit  INTEGER REFERENCES unit (id) CHECK ((unit IS NOT NULL) = (level = 'commune')),
    UNIQUE (level, code, name)
);
CREATE TABLE area_observation (
    indicator  INTEGER NOT NULL REFERENCES indicator (id),
    year       INTEGER NOT NULL,
    half       INTEGER NOT NULL,
    area       INTEGER NOT NULL REFERENCES area (id),
    part       TEXT NOT NULL,                     -- '' = the whole, else the words after "trong đó"
    value      REAL,
    state      INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5)
               CHECK ((value IS NOT NULL) = (state IN (0, 4))),
    source     INTEGER REFERENCES source (id),
    source_row INTEGER,
    PRIMARY KEY (indicator, year, half, area, part)
) WITHOUT ROWID;
CREATE TABLE area_observation_history (
    id          INTEGER PRIMARY KEY,
    indicator   INTEGER NOT NULL REFERENCES indicator (id),
    year        INTEGER NOT NULL,
    half        INTEGER NOT NULL,
    area        INTEGER NOT NULL REFERENCES area (id),
    part        TEXT NOT NULL,
    value       REAL,
    state       INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
    source      INTEGER REFERENCES source (id),
    source_row  INTEGER,
    replaced_by INTEGER NOT NULL REFERENCES import_log (id)
);

CREATE TABLE unit_name (                          -- what a code was called, and when
    code        TEXT NOT NULL,
    valid_from  TEXT NOT NULL,                    -- '' = open
    valid_until TEXT NOT NULL,                    -- exclusive; '' = open
    name        TEXT NOT NULL,
    type        TEXT NOT NULL,
    parent_code TEXT NOT NULL,
    document    TEXT NOT NULL,
    PRIMARY KEY (code, valid_from),
    CHECK (valid_until = '' OR valid_until > valid_from)
) WITHOUT ROWID;
CREATE TABLE alias (                              -- names that a person has said belong to a code
    name        TEXT NOT NULL CHECK (name <> ''), -- as reports write it, NFC
    district    TEXT NOT NULL,                    -- it stood under; '' = any
    province    TEXT NOT NULL,
    code        TEXT NOT NULL CHECK (code <> ''),
    approved_at TEXT NOT NULL,
    PRIMARY KEY (name, district, province)
) WITHOUT ROWID;
CREATE TABLE assignment (                         -- responsible agency or post, never a person
    code        TEXT NOT NULL,                    -- of the unit
    agency      TEXT NOT NULL CHECK (agency <> ''),
    valid_from  TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    source      INTEGER REFERENCES source (id),
    PRIMARY KEY (code, agency, valid_from)
) WITHOUT ROWID;

CREATE TABLE rule (
    id         TEXT NOT NULL CHECK (id <> ''),
    version    INTEGER NOT NULL CHECK (version >= 1),
    title      TEXT NOT NULL,
    document   TEXT NOT NULL,                     -- number of the decision it follows
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    content    TEXT NOT NULL CHECK (json_valid(content)),
    PRIMARY KEY (id, version)
) WITHOUT ROWID;
-- A status from a report, a rule and a person stand side by side; a disagreement is shown.
CREATE TABLE status (
    unit         INTEGER NOT NULL REFERENCES unit (id),
    year         INTEGER NOT NULL,
    half         INTEGER NOT NULL CHECK (half IN (0, 1, 2)),
    domain       TEXT NOT NULL CHECK (domain IN ('drug', 'prostitution', 'drug_free')),
    origin       TEXT NOT NULL CHECK (origin IN ('report', 'rule', 'manual')),
    status       TEXT NOT NULL CHECK (status IN ('none', 'present', 'hot', 'hot1', 'hot2', 'hot3', 'unknown')),
    score        REAL,
    recognised   INTEGER NOT NULL CHECK (recognised IN (0, 1)),
    decision     TEXT NOT NULL,                   -- number of the recognising decision
    decided_on   TEXT NOT NULL,
    rule         TEXT,
    rule_version INTEGER,
    reason       TEXT NOT NULL CHECK (reason <> '' OR origin <> 'manual'),
    author       TEXT NOT NULL CHECK (author <> '' OR origin <> 'manual'),
    source       INTEGER REFERENCES source (id),
    source_row   INTEGER,
    entered_at   TEXT NOT NULL,
    PRIMARY KEY (unit, year, half, domain, origin),
    FOREIGN KEY (rule, rule_version) REFERENCES rule (id, version)
) WITHOUT ROWID;

CREATE TABLE plan (
    id     TEXT PRIMARY KEY CHECK (id <> ''),
    title  TEXT NOT NULL,
    area   TEXT NOT NULL,
    source TEXT NOT NULL                          -- number and date of the document
) WITHOUT ROWID;
CREATE TABLE target (
    id            TEXT PRIMARY KEY CHECK (id <> ''),
    plan          TEXT NOT NULL REFERENCES plan (id),
    area          TEXT NOT NULL,
    period        TEXT NOT NULL,                  -- "2011-2015"
    indicator     TEXT NOT NULL,                  -- code of the catalogue
    op            TEXT NOT NULL,
    value         REAL,
    unit          TEXT NOT NULL,
    denominator   TEXT NOT NULL,
    baseline_year INTEGER,
    deadline      TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('absolute', 'share', 'reduction', 'maintain', 'qualitative')),
    text          TEXT NOT NULL,
    source        TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE saved_query (
    name    TEXT PRIMARY KEY CHECK (name <> ''),
    content TEXT NOT NULL CHECK (json_valid(content))
) WITHOUT ROWID;
CREATE TABLE profile (                            -- how the columns of a report are read, by name
    name    TEXT PRIMARY KEY CHECK (name <> ''),
    content TEXT NOT NULL CHECK (json_valid(content))
) WITHOUT ROWID;
CREATE TABLE result (
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,                        -- the verb that made it
    made_at TEXT NOT NULL,
    request TEXT NOT NULL CHECK (json_valid(request)),
    content TEXT NOT NULL CHECK (json_valid(content))
);
)sql";

// Rules keep the version as their file says it, plans the whole of it; names may be refused as well
// as approved. What version 2 had in these tables is taken over.
constexpr const char* kSchema3 = R"sql(
CREATE TABLE kept_rule AS SELECT * FROM rule;
CREATE TABLE kept_status AS SELECT * FROM status;
CREATE TABLE kept_plan AS SELECT * FROM plan;
CREATE TABLE kept_target AS SELECT * FROM target;
DROP TABLE status;
DROP TABLE rule;
DROP TABLE target;
DROP TABLE plan;

CREATE TABLE rule (
    id          TEXT NOT NULL CHECK (id <> ''),
    version     TEXT NOT NULL CHECK (version <> ''),
    domain      TEXT NOT NULL CHECK (domain IN ('drug', 'prostitution')),
    title       TEXT NOT NULL,
    document    TEXT NOT NULL,                    -- number of the decision it follows
    valid_from  TEXT NOT NULL,                    -- '' = open
    valid_until TEXT NOT NULL,
    content     TEXT NOT NULL CHECK (json_valid(content)), -- the rule file
    PRIMARY KEY (id, version)
) WITHOUT ROWID;
INSERT INTO rule SELECT id, version, ifnull(json_extract(content, '$.domain'), 'drug'), title,
    document, valid_from, valid_until, content FROM kept_rule;

-- What a report says beside the class (recognition), what a rule gives, what a person decided: side
-- by side. The class that a report gives is the observation of ST01 or ST02; see status_text.
CREATE TABLE status (
    unit         INTEGER NOT NULL REFERENCES unit (id),
    year         INTEGER NOT NULL,
    half         INTEGER NOT NULL CHECK (half IN (0, 1, 2)),
    domain       TEXT NOT NULL CHECK (domain IN ('drug', 'prostitution', 'drug_free')),
    origin       TEXT NOT NULL CHECK (origin IN ('report', 'rule', 'manual')),
    status       TEXT NOT NULL CHECK (status IN ('none', 'present', 'hot', 'hot1', 'hot2', 'hot3', 'unknown')),
    score        REAL,
    recognised   INTEGER CHECK (recognised IN (0, 1)), -- NULL: nobody says
    decision     TEXT NOT NULL,                   -- number of the recognising decision
    decided_on   TEXT NOT NULL,
    rule         TEXT,
    rule_version TEXT,
    reason       TEXT NOT NULL CHECK (reason <> '' OR origin <> 'manual'),
    author       TEXT NOT NULL CHECK (author <> '' OR origin <> 'manual'),
    source       INTEGER REFERENCES source (id),
    source_row   INTEGER,
    entered_at   TEXT NOT NULL,
    PRIMARY KEY (unit, year, half, domain, origin),
    CHECK ((rule IS NOT NULL) = (origin = 'rule')),
    FOREIGN KEY (rule, rule_version) REFERENCES rule (id, version)
) WITHOUT ROWID;
INSERT INTO status SELECT unit, year, half, domain, origin, status, score, recognised, decision,
    decided_on, CASE origin WHEN 'rule' THEN rule END, CASE origin WHEN 'rule' THEN rule_version END,
    reason, author, source, source_row, entered_at FROM kept_status
    WHERE origin <> 'rule' OR rule IS NOT NULL;

CREATE TABLE status_history (                     -- what stood there before
    id           INTEGER PRIMARY KEY,
    unit         INTEGER NOT NULL REFERENCES unit (id),
    year         INTEGER NOT NULL,
    half         INTEGER NOT NULL,
    domain       TEXT NOT NULL,
    origin       TEXT NOT NULL,
    status       TEXT NOT NULL,
    recognised   INTEGER,
    decision     TEXT NOT NULL,
    rule         TEXT,
    rule_version TEXT,
    reason       TEXT NOT NULL,
    author       TEXT NOT NULL,
    entered_at   TEXT NOT NULL,
    replaced_at  TEXT NOT NULL
);

CREATE TABLE plan (
    id          TEXT PRIMARY KEY CHECK (id <> ''),
    title       TEXT NOT NULL,
    area        TEXT NOT NULL,
    source      TEXT NOT NULL,                    -- number and date of the document
    valid_from  TEXT NOT NULL,                    -- first and last period
    valid_until TEXT NOT NULL,
    content     TEXT NOT NULL CHECK (json_valid(content)) -- the plan file
) WITHOUT ROWID;
INSERT INTO plan SELECT id, title, area, source, '', '', '{}' FROM kept_plan;

CREATE TABLE target (                             -- the targets of the plans, to be asked for
    plan          TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
    id            TEXT NOT NULL CHECK (id <> ''),
    area          TEXT NOT NULL,
    period        TEXT NOT NULL,                  -- "2011-2015"
    indicator     TEXT NOT NULL,                  -- codes, summed
    op            TEXT NOT NULL,
    value         REAL,
    unit          TEXT NOT NULL,
    denominator   TEXT NOT NULL,
    baseline_year INTEGER,
    deadline      TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('absolute', 'share', 'reduction', 'maintain', 'qualitative')),
    text          TEXT NOT NULL,
    source        TEXT NOT NULL,
    PRIMARY KEY (plan, id)
) WITHOUT ROWID;
INSERT INTO target SELECT plan, id, area, period, indicator, op, value, unit, denominator,
    baseline_year, deadline, kind, text, source FROM kept_target;

DROP TABLE kept_status;
DROP TABLE kept_rule;
DROP TABLE kept_target;
DROP TABLE kept_plan;

CREATE TABLE alias_refused (                      -- names that a person has said are not of a code
    name       TEXT NOT NULL CHECK (name <> ''),
    district   TEXT NOT NULL,
    province   TEXT NOT NULL,
    code       TEXT NOT NULL CHECK (code <> ''),
    refused_at TEXT NOT NULL,
    PRIMARY KEY (name, district, province, code)
) WITHOUT ROWID;

ALTER TABLE place ADD COLUMN valid_from TEXT NOT NULL DEFAULT '';  -- '' = open
ALTER TABLE place ADD COLUMN valid_until TEXT NOT NULL DEFAULT ''; -- exclusive

ALTER TABLE crosswalk ADD COLUMN source TEXT NOT NULL DEFAULT '';  -- file, or how it was made
-- New units that get a part of an old one whose share nobody knows: nothing is carried to them.
CREATE TABLE crosswalk_incomplete (
    crosswalk INTEGER NOT NULL REFERENCES crosswalk (id),
    to_unit   INTEGER NOT NULL REFERENCES unit (id),
    PRIMARY KEY (crosswalk, to_unit)
) WITHOUT ROWID;

-- All that is said about the status of a commune, a row per voice.
CREATE VIEW status_text AS
SELECT unit.vintage, unit.code, unit.name, o.year, o.half,
       CASE indicator.code WHEN 'ST01' THEN 'drug' ELSE 'prostitution' END AS domain,
       'report' AS origin, category.code AS status, status.recognised,
       ifnull(status.decision, '') AS decision, '' AS rule, '' AS reason, '' AS author
FROM indicator JOIN observation o ON o.indicator = indicator.id
JOIN unit ON unit.id = o.unit
JOIN category ON category.indicator = o.indicator AND category.value = o.value
LEFT JOIN status ON status.unit = o.unit AND status.year = o.year AND status.half = o.half
     AND status.origin = 'report'
     AND status.domain = CASE indicator.code WHEN 'ST01' THEN 'drug' ELSE 'prostitution' END
WHERE indicator.code IN ('ST01', 'ST02')
UNION ALL
SELECT unit.vintage, unit.code, unit.name, status.year, status.half, status.domain, status.origin,
       status.status, status.recognised, status.decision,
       ifnull(status.rule || ' ' || status.rule_version, ''), status.reason, status.author
FROM status JOIN unit ON unit.id = status.unit WHERE status.origin <> 'report';
)sql";

// What leaves with all its values is written down.
constexpr const char* kSchema4 = R"sql(
CREATE TABLE output_log (                         -- internal files and lists, before they are made
    id      INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,                        -- UTC
    verb    TEXT NOT NULL CHECK (verb <> ''),     -- "map", "store export"
    file    TEXT NOT NULL,                        -- its name, never a path; '' = printed
    program TEXT NOT NULL
);
)sql";

// The geometry of a place may be a MULTILINESTRING too, which the column allowed from the first.
constexpr const char* kSchema5 = R"sql(
ALTER TABLE place ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(attributes)); -- {"Số bến": 3}: what its file says beside the other columns
)sql";

} // namespace diaban::files
