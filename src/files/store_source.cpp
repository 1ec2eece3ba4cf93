#include "files/store_source.hpp"

#include "files/sqlite.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

namespace diaban::files {

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

} // namespace diaban::files
