#include "files/store_schema.hpp"

#include <array>
#include <cstdio>

#include <fmt/format.h>

namespace diaban::files {

const char* const kStoreSchema = R"sql(
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

namespace {

constexpr std::array<std::string_view, 4> kKinds = {"count", "ratio", "intensity", "category"};
constexpr std::array<std::string_view, 3> kBases = {"declared", "population", "area"};

template <typename Value, std::size_t N>
Value parse(const std::array<std::string_view, N>& texts, std::string_view text,
            const std::string& file) {
    for (std::size_t i = 0; i < N; ++i)
        if (texts[i] == text) return static_cast<Value>(i);
    throw base::Error(base::ErrorKind::Database, "error.store.damaged",
                      {{"file", file}, {"reason", std::string(text)}});
}

} // namespace

std::string_view text_of(data::Kind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}
std::string_view text_of(data::Basis basis) {
    return kBases[static_cast<std::size_t>(basis)];
}

data::Kind kind_of(std::string_view text, const std::string& file) {
    return parse<data::Kind>(kKinds, text, file);
}
data::Basis basis_of(std::string_view text, const std::string& file) {
    return parse<data::Basis>(kBases, text, file);
}
data::Cell cell_of(std::int64_t state, const std::string& file) {
    if (state < 0 || state > static_cast<std::int64_t>(data::Cell::NotExisting))
        throw base::Error(base::ErrorKind::Database, "error.store.damaged",
                          {{"file", file}, {"reason", fmt::format("state {}", state)}});
    return static_cast<data::Cell>(state);
}

std::string text_of(data::Date date) {
    if (date == data::Date{}) return "";
    return fmt::format("{:04}-{:02}-{:02}", date.year, std::max(date.month, 1),
                       std::max(date.day, 1));
}

data::Date date_of(std::string_view text) {
    data::Date date;
    if (text.size() == 10)
        std::sscanf(std::string(text).c_str(), "%4d-%2d-%2d", &date.year, &date.month, &date.day);
    return date;
}

} // namespace diaban::files
