#include "files/store_schema.hpp"

#include "data/catalogue.hpp"
#include "files/sqlite.hpp"
#include "files/store.hpp"
#include "files/store_schema_sql.hpp"

#include <array>
#include <cstdio>

#include <fmt/format.h>

namespace diaban::files {

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

// In the order in which they were made; step i leads from version i to version i + 1.
constexpr std::array kSteps = {kSchema1, kSchema2, kSchema3, kSchema4, kSchema5};
static_assert(kSteps.size() == kStoreVersion);

} // namespace

void raise_schema(const Database& database, int from) {
    for (auto version = static_cast<std::size_t>(from); version < kSteps.size(); ++version)
        database.execute(kSteps[version]);
    auto entry =
        database.prepare("INSERT OR REPLACE INTO catalogue VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    for (const auto& e : data::catalogue())
        entry.bind(1, e.code)
            .bind(2, e.name_vi)
            .bind(3, e.name_en)
            .bind(4, e.unit)
            .bind(5, e.levels)
            .bind(6, e.period)
            .bind(7, to_string(e.reading))
            .run();
    database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};"
                                 "INSERT OR REPLACE INTO meta VALUES ('schema_version', '{}')",
                                 kApplicationId, kStoreVersion, kStoreVersion));
}

std::int64_t require_store(const Database& database) {
    const auto file = database.file().filename().string();
    const auto version = database.integer("PRAGMA user_version");
    if (database.integer("PRAGMA application_id") != kApplicationId || version < 1)
        throw base::Error(base::ErrorKind::Database, "error.store.not_a_store", {{"file", file}});
    if (version > kStoreVersion)
        throw base::Error(
            base::ErrorKind::Database, "error.store.newer",
            {{"file", file}, {"version", version}, {"known", std::int64_t{kStoreVersion}}});
    return version;
}

std::string vintage_list(const Database& database) {
    auto rows = database.prepare("SELECT id FROM vintage ORDER BY id");
    std::string out;
    while (rows.step()) out += (out.empty() ? "" : ", ") + std::string(rows.text(0));
    return out;
}

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
