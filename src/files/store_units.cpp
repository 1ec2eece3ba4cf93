#include "files/store_units.hpp"

#include "base/text.hpp"
#include "files/place_attributes.hpp"
#include "files/store_geometry.hpp"

#include <fmt/format.h>

namespace diaban::files {
namespace {

void bind_group(Statement& insert, int parameter, const data::Group* group) {
    if (group)
        insert.bind(parameter, group->code).bind(parameter + 1, group->name);
    else
        insert.bind_null(parameter).bind_null(parameter + 1);
}

void bind_geometry(Statement& insert, const geo::PolygonSoup& soup, std::size_t face) {
    std::vector<std::span<const geo::Point>> rings;
    if (face < soup.faces())
        for (auto r = soup.face_first_ring[face]; r < soup.face_first_ring[face + 1]; ++r)
            rings.push_back(soup.ring(r));
    const auto polygons = nest_rings(rings);
    if (polygons.empty())
        insert.bind_null(11);
    else
        insert.bind_blob(11, multipolygon_blob(polygons));
}

// An area of fewer than three points is the point that it has.
GeometryBlob place_blob(const data::Place& place) {
    if (place.line && !place.rings.empty()) return multilinestring_blob(place.rings);
    const auto polygons = nest_rings({place.rings.begin(), place.rings.end()});
    return polygons.empty() ? point_blob(place.at) : multipolygon_blob(polygons);
}

} // namespace

void insert_units(const Database& database, const StoredVintage& vintage, std::int64_t first_id,
                  const std::function<void()>& step) {
    const auto& units = vintage.units;
    auto insert =
        database.prepare("INSERT INTO unit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    for (std::size_t i = 0; i < units.size(); ++i) {
        insert.bind(1, first_id + static_cast<std::int64_t>(i));
        insert.bind(2, vintage.id).bind(3, static_cast<std::int64_t>(i));
        insert.bind(4, units.code[i]);
        insert.bind(5, i < units.name.size() ? units.name[i] : std::string());
        insert.bind(6, i < units.type.size() ? units.type[i] : std::string());
        bind_group(insert, 7, units.group_of(data::Level::District, i));
        bind_group(insert, 9, units.group_of(data::Level::Province, i));
        bind_geometry(insert, vintage.soup, i);
        insert.run();
        step();
    }
}

void insert_vintage_layer(const Database& database, const std::string& id) {
    auto name = "unit_" + base::file_name_part(id);
    while (database.has_table(name)) name += "_";
    database.execute(fmt::format(
        "CREATE VIEW {} AS SELECT id AS rowid, code, name, type, district_code, district_name, "
        "province_code, province_name, geometry FROM unit WHERE vintage = {}",
        quoted_name(name), quoted_text(id)));
    database
        .prepare("INSERT INTO views_geometry_columns VALUES "
                 "(?1, 'geometry', 'rowid', 'unit', 'geometry', 1)")
        .bind(1, name)
        .run();
}

void insert_place(const Database& database, const data::Place& place, const std::string& from,
                  const std::string& until) {
    auto insert = database.prepare("INSERT INTO place (kind, name, code, lon, lat, geometry, "
                                   "valid_from, valid_until, attributes) "
                                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    insert.bind(1, place.kind.empty() ? std::string("other") : place.kind);
    insert.bind(2, place.name).bind(3, place.code);
    insert.bind(4, place.at.x).bind(5, place.at.y);
    insert.bind_blob(6, place_blob(place));
    insert.bind(7, from).bind(8, until);
    insert.bind(9, attributes_json(place.attributes)).run();
}

void insert_weights(const Database& database, std::int64_t id, const data::Crosswalk& crosswalk,
                    std::int64_t first_from, std::int64_t first_to) {
    auto insert = database.prepare("INSERT INTO crosswalk_weight VALUES (?1, ?2, ?3, ?4)");
    for (std::size_t i = 0; i < crosswalk.weight.rows(); ++i) {
        const auto targets = crosswalk.weight.row(i);
        const auto weights = crosswalk.weight.weights(i);
        for (std::size_t k = 0; k < targets.size(); ++k)
            insert.bind(1, id)
                .bind(2, first_from + static_cast<std::int64_t>(i))
                .bind(3, first_to + static_cast<std::int64_t>(targets[k]))
                .bind(4, weights.empty() ? 1.0 : weights[k])
                .run();
    }
}

} // namespace diaban::files
