// Private to importing: one cell of the store, and the writer that remembers what it held before.
//
// Guarantee: a value that is revised or removed goes to the history of its table in the same
// transaction, which is the caller's.
#pragma once

#include "base/number.hpp"
#include "data/cube.hpp"
#include "files/sqlite.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace diaban::files {

// A cell as the store has it, or as a sheet gives it.
struct CellContent {
    double value = base::kNaN;
    data::Cell state = data::Cell::Missing; // Missing: there is none
    std::int64_t source = 0;
    std::uint32_t row = 0;

    bool same(const CellContent& other) const {
        return state == other.state &&
               (std::isnan(value) ? std::isnan(other.value) : value == other.value);
    }
};

// The columns that say where a cell is: those of `observation` or of `area_observation`.
struct CellTable {
    const char* name;
    const char* place; // "unit" or "area"
    bool parts;
};
inline constexpr CellTable kUnitCells{"observation", "unit", false};
inline constexpr CellTable kAreaCells{"area_observation", "area", true};

struct CellPlace {
    std::int64_t indicator, id; // of the unit or area
    data::Period period;
    std::string part;
};

// Writes cells of one table and what they held before.
class CellWriter {
public:
    CellWriter(const Database& database, const CellTable& table, std::int64_t import)
        : table_(table), import_(import), insert_(database.prepare(insert_sql(1))),
          many_(database.prepare(insert_sql(table.parts ? 1 : kBatch))),
          remember_(database.prepare(fmt::format(
              "INSERT INTO {0}_history (indicator, year, half, {1}, {2} value, state, source, "
              "source_row, replaced_by) SELECT indicator, year, half, {1}, {2} value, state, "
              "source, source_row, ?6 FROM {0} WHERE {3}",
              table.name, table.place, table.parts ? "part," : "", where()))),
          remove_(database.prepare(fmt::format("DELETE FROM {} WHERE {}", table.name, where()))) {}

    void add(const CellPlace& place, const CellContent& content) {
        if (!table_.parts && !batch_.empty() &&
            (batch_place_.indicator != place.indicator || batch_place_.period != place.period ||
             batch_source_ != content.source))
            flush();
        batch_place_ = place;
        batch_source_ = content.source;
        batch_.emplace_back(place.id, content);
        if (table_.parts || batch_.size() == kBatch) flush();
    }
    void revise(const CellPlace& place, const CellContent& content) {
        remove(place);
        add(place, content);
    }
    void remove(const CellPlace& place) {
        for (auto* statement : {&remember_, &remove_}) {
            bind_place(*statement, place);
            statement->bind(4, place.id);
            if (statement == &remember_) statement->bind(6, import_);
            statement->run();
        }
    }
    void flush() {
        const bool whole = batch_.size() == kBatch && !table_.parts;
        if (whole) {
            bind_place(many_, batch_place_);
            many_.bind(4, batch_source_);
            for (std::size_t i = 0; i < batch_.size(); ++i)
                bind_content(many_, i, batch_[i].first, batch_[i].second);
            many_.run();
        } else {
            for (const auto& [id, content] : batch_) {
                bind_place(insert_, batch_place_);
                insert_.bind(4, batch_source_);
                bind_content(insert_, 0, id, content);
                insert_.run();
            }
        }
        batch_.clear();
    }

private:
    static constexpr std::size_t kBatch = 128;

    std::string insert_sql(std::size_t rows) const {
        auto sql =
            fmt::format("INSERT INTO {} (indicator, year, half, source, {} {}, value, state, "
                        "source_row) VALUES ",
                        table_.name, table_.parts ? "part," : "", table_.place);
        for (std::size_t i = 0; i < rows; ++i)
            sql +=
                fmt::format("{}(?1, ?2, ?3, ?4, {} ?{}, ?{}, ?{}, ?{})", i ? ", " : "",
                            table_.parts ? "?5," : "", 6 + 4 * i, 7 + 4 * i, 8 + 4 * i, 9 + 4 * i);
        return sql;
    }
    std::string where() const {
        return fmt::format("indicator = ?1 AND year = ?2 AND half = ?3 AND {} = ?4{}", table_.place,
                           table_.parts ? " AND part = ?5" : "");
    }
    void bind_place(Statement& statement, const CellPlace& place) const {
        statement.bind(1, place.indicator).bind(2, place.period.year).bind(3, place.period.half);
        if (table_.parts) statement.bind(5, std::string_view(place.part));
    }
    static void bind_content(Statement& statement, std::size_t i, std::int64_t id,
                             const CellContent& content) {
        const int first = 6 + 4 * static_cast<int>(i);
        statement.bind(first, id);
        if (std::isnan(content.value))
            statement.bind_null(first + 1);
        else
            statement.bind(first + 1, content.value);
        statement.bind(first + 2, static_cast<int>(content.state));
        statement.bind(first + 3, std::int64_t{content.row});
    }

    const CellTable& table_;
    std::int64_t import_;
    Statement insert_, many_, remember_, remove_;
    std::vector<std::pair<std::int64_t, CellContent>> batch_;
    CellPlace batch_place_;
    std::int64_t batch_source_ = 0;
};

} // namespace diaban::files
