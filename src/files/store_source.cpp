#include "files/store_source.hpp"

#include "files/sqlite.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

#include <limits>

namespace diaban::files {
namespace {

// The columns `first` to `first` + 2: value, state, code of the class. No row is a missing cell.
HeldValue held_in(const Statement& row, int first, const std::string& file) {
    HeldValue out;
    const bool empty = row.type(first) == Statement::Type::Null;
    out.value = empty ? std::numeric_limits<double>::quiet_NaN() : row.real(first);
    if (row.type(first + 1) != Statement::Type::Null)
        out.state = cell_of(row.integer(first + 1), file);
    out.category = row.text(first + 2);
    return out;
}

} // namespace

std::map<data::IndicatorId, CellSource> read_sources(const std::filesystem::path& store,
                                                     const std::string& vintage,
                                                     const std::string& code, data::Period period) {
    std::map<data::IndicatorId, CellSource> out;
    const auto database = open_store(store);
    if (require_store(database) < 2) return out; // before reports were imported
    auto rows =
        database.prepare("SELECT i.code, s.file, s.sheet, o.source_row FROM observation o "
                         "JOIN unit u ON u.id = o.unit JOIN indicator i ON i.id = o.indicator "
                         "JOIN source s ON s.id = o.source "
                         "WHERE u.vintage = ?1 AND u.code = ?2 AND o.year = ?3 AND o.half = ?4");
    rows.bind(1, std::string_view(vintage)).bind(2, std::string_view(code));
    rows.bind(3, period.year).bind(4, period.half);
    while (rows.step())
        out[std::string(rows.text(0))] = {std::string(rows.text(1)), std::string(rows.text(2)),
                                          rows.integer(3)};
    return out;
}

std::vector<ReplacedValue> read_replaced(const std::filesystem::path& store,
                                         const ReplacedQuestion& question) {
    std::vector<ReplacedValue> out;
    const auto database = open_store(store);
    if (require_store(database) < 2) return out; // before reports were imported
    const auto file = store.filename().string();
    // What took the place of a value is the next one in the history of its cell, or what it holds.
    auto rows = database.prepare(
        "WITH h AS (SELECT *, lead(id) OVER (PARTITION BY indicator, year, half, unit ORDER BY id) "
        "AS next FROM observation_history) "
        "SELECT u.vintage, u.code, u.name, i.code, h.year, h.half, "
        "h.value, h.state, b.code, "
        "CASE WHEN h.next IS NULL THEN o.value ELSE n.value END, "
        "CASE WHEN h.next IS NULL THEN o.state ELSE n.state END, a.code, "
        "s.file, s.sheet, h.source_row, l.imported_at, l.file "
        "FROM h JOIN indicator i ON i.id = h.indicator JOIN unit u ON u.id = h.unit "
        "JOIN import_log l ON l.id = h.replaced_by "
        "LEFT JOIN source s ON s.id = h.source "
        "LEFT JOIN observation_history n ON n.id = h.next "
        "LEFT JOIN observation o ON o.indicator = h.indicator AND o.year = h.year "
        "AND o.half = h.half AND o.unit = h.unit "
        "LEFT JOIN category b ON b.indicator = h.indicator AND b.value = h.value "
        "LEFT JOIN category a ON a.indicator = h.indicator "
        "AND a.value = CASE WHEN h.next IS NULL THEN o.value ELSE n.value END "
        "WHERE ?1 IN ('', u.code) AND ?2 IN ('', i.code) "
        "AND (?3 = 0 OR (h.year = ?3 AND h.half = ?4)) ORDER BY h.id DESC");
    rows.bind(1, std::string_view(question.code)).bind(2, std::string_view(question.indicator));
    rows.bind(3, question.period.year).bind(4, question.period.half);
    while (rows.step()) {
        const auto text = [&](int column) { return std::string(rows.text(column)); };
        auto& one = out.emplace_back();
        one.vintage = text(0);
        one.code = text(1);
        one.name = text(2);
        one.indicator = text(3);
        one.period = {static_cast<int>(rows.integer(4)), static_cast<int>(rows.integer(5))};
        one.before = held_in(rows, 6, file);
        one.after = held_in(rows, 9, file);
        one.source = {text(12), text(13), rows.integer(14)};
        one.replaced_at = text(15);
        one.replaced_by = text(16);
    }
    return out;
}

} // namespace diaban::files
