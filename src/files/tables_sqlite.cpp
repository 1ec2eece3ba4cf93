// Tables of SQLite, SpatiaLite and GeoPackage files.

#include "base/text.hpp"
#include "files/encoding.hpp"
#include "files/sqlite.hpp"
#include "files/tables_raw.hpp"

#include <algorithm>
#include <array>

namespace diaban::files {
namespace {

// Tables that SpatiaLite and GeoPackage keep for themselves.
bool housekeeping(const std::string& name) {
    static constexpr std::array kPrefixes = {
        "sqlite_",
        "idx_",
        "rtree_",
        "gpkg_",
        "views_geometry_columns",
        "virts_geometry_columns",
        "geometry_columns",
        "spatial_ref_sys",
        "vector_layers",
        "raster_coverages",
        "vector_coverages",
        "wms_",
        "se_",
        "topologies",
        "networks",
        "stored_",
        "SE_",
        "ISO_metadata",
        "layer_styles",
        "iso_metadata",
        "rl2map_",
    };
    static constexpr std::array kNames = {
        "spatialite_history",
        "sql_statements_log",
        "data_licenses",
        "ElementaryGeometries",
        "SpatialIndex",
        "KNN",
        "KNN2",
        "geom_cols_ref_sys",
    };
    return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                       [&](const char* prefix) { return name.starts_with(prefix); }) ||
           std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::vector<std::string> tables_of(const Database& database) {
    std::vector<std::string> names;
    auto rows = database.prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
                                 "ORDER BY rowid");
    while (rows.step())
        if (auto name = std::string(rows.text(0)); !housekeeping(name))
            names.push_back(std::move(name));
    return names;
}

// Text of a database is UTF-8 by definition; bytes that are not were put there by an old program.
std::string utf8(std::string_view text, const std::string& encoding, std::string& guessed) {
    if (base::valid_utf8(text)) return base::nfc(text);
    if (encoding != "auto") return decode(text, encoding);
    if (guessed.empty()) guessed = score_encodings({text}).front().encoding;
    return decode(text, guessed);
}

} // namespace

std::vector<std::string> table_names(const std::filesystem::path& file) {
    return tables_of(Database::open_read_only(file));
}

TableRead read_sqlite_table(const TableSource& given, base::JobContext& ctx) {
    const auto database = Database::open_read_only(given.file, &ctx);
    auto source = given;
    source.table = choose_table(given, tables_of(database));
    auto rows = database.prepare("SELECT * FROM " + quoted_name(source.table));

    std::vector<std::string> names;
    for (int c = 0; c < rows.columns(); ++c) names.push_back(rows.column_name(c));
    base::Findings findings;
    names = tidy_names(std::move(names), findings);

    struct Slot {
        int column;
        bool blobs = false; // geometry: not part of a table
        RawColumn raw;
    };
    std::vector<Slot> slots;
    for (int c = 0; c < rows.columns(); ++c)
        if (const auto& name = names[static_cast<std::size_t>(c)]; wanted(source, name, findings))
            slots.push_back({c, false, {}}), slots.back().raw.name = name;

    std::string guessed;
    while (rows.step()) {
        for (auto& slot : slots) {
            switch (rows.type(slot.column)) {
            case Statement::Type::Integer:
                slot.raw.add(static_cast<double>(rows.integer(slot.column)));
                break;
            case Statement::Type::Real:
                slot.raw.add(rows.real(slot.column));
                break;
            case Statement::Type::Text:
                slot.raw.add(utf8(rows.text(slot.column), source.encoding, guessed));
                break;
            case Statement::Type::Blob:
                slot.blobs = true;
                [[fallthrough]];
            case Statement::Type::Null:
                slot.raw.add_empty();
                break;
            }
        }
    }
    std::erase_if(slots, [](const Slot& slot) {
        return slot.blobs && std::all_of(slot.raw.cell.begin(), slot.raw.cell.end(),
                                         [](auto cell) { return cell == RawColumn::Cell::Empty; });
    });
    std::vector<RawColumn> columns;
    for (auto& slot : slots) columns.push_back(std::move(slot.raw));
    return finish_table(std::move(columns), source, 1, std::move(findings));
}

} // namespace diaban::files
