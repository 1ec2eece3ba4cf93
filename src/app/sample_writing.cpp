// The files of a sample province.
#include "app/project.hpp"
#include "app/sample.hpp"
#include "app/sample_record.hpp"
#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "files/layer_writer.hpp"

#include <cerrno>
#include <cstring>

#include <nlohmann/json.hpp>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

data::Column text_column(const char* name) {
    data::Column column;
    column.name = name;
    return column;
}

// The columns of official tables: code, name and type of the unit, and of what it belongs to.
data::RawTable attributes_of(const data::UnitTable& units) {
    data::RawTable table;
    const auto add = [&](const char* name, const auto& text_of) {
        auto column = text_column(name);
        for (std::size_t i = 0; i < units.size(); ++i) column.text.push_back(text_of(i));
        column.null.assign(units.size(), 0);
        table.columns.push_back(std::move(column));
    };
    add("ma_xa", [&](std::size_t i) { return units.code[i]; });
    add("ten_xa", [&](std::size_t i) { return units.name[i]; });
    add("loai", [&](std::size_t i) { return units.type[i]; });
    const auto add_level = [&](data::Level level, const char* code, const char* name) {
        if (!units.has_level(level)) return;
        add(code, [&](std::size_t i) { return units.group_of(level, i)->code; });
        add(name, [&](std::size_t i) { return units.group_of(level, i)->name; });
    };
    add_level(data::Level::District, "ma_huyen", "ten_huyen");
    add_level(data::Level::Province, "ma_tinh", "ten_tinh");
    return table;
}

std::string truth_json(const Sample& sample) {
    nlohmann::ordered_json json;
    json["sample"] = true;
    json["about"] = "Fictional data: clusters of high rates that were put in on purpose.";
    json["communes"] = sample.spec.communes;
    json["seed"] = sample.spec.seed;
    json["clusters"] = nlohmann::ordered_json::array();
    for (const auto& c : sample.truth)
        json["clusters"].push_back({{"indicator", c.indicator},
                                    {"denominator", c.denominator},
                                    {"vintage", c.vintage},
                                    {"place", c.place},
                                    {"units", c.units},
                                    {"from_year", c.from_year},
                                    {"until_year", c.until_year},
                                    {"relative_risk", c.relative_risk},
                                    {"cases", c.cases},
                                    {"person_years", c.population}});
    return json.dump(1, ' ') + "\n";
}

Project project_of(const Sample& sample, const SampleFiles& out) {
    Project project;
    project.title = sample.content.title;
    project.data.store = fs::absolute(out.store).lexically_normal();
    project.data.vintage = sample.content.vintages.front().id;
    project.map.indicator = "ST01";
    project.map.period = {sample.interesting_year};
    project.page.source = "Dữ liệu mẫu, hư cấu (sample data)";
    return project;
}

std::vector<fs::path> shapefile_parts(const fs::path& shapefile) {
    std::vector<fs::path> out;
    for (const char* extension : {".shp", ".shx", ".dbf", ".prj", ".cpg"})
        out.push_back(fs::path(shapefile).replace_extension(extension));
    return out;
}

std::vector<data::Place> places_with_area(const std::vector<data::Place>& places, bool area) {
    std::vector<data::Place> chosen;
    for (const auto& p : places)
        if ((p.rings.empty() || p.rings[0].size() < 3) != area) chosen.push_back(p);
    return chosen;
}

// The folders that a sample needs. Those that it made go again if it fails: a disk that is full or
// a user who cancels finds nothing new, not even an empty folder.
class NewFolder {
public:
    explicit NewFolder(const fs::path& folder) {
        std::error_code failed;
        for (auto at = fs::absolute(folder).lexically_normal(); !fs::exists(at, failed);
             at = at.parent_path())
            if (at.has_filename()) made_.push_back(at); // the innermost first
        fs::create_directories(folder, failed);
        if (failed)
            throw base::Error(
                base::ErrorKind::Write, "error.file.cannot_write",
                {{"file", folder.string()}, {"reason", base::system_reason(failed.value())}});
    }
    ~NewFolder() {
        std::error_code failed;
        for (const auto& folder : made_)
            if (!fs::remove(folder, failed)) break; // not empty: somebody else's work
    }
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;
    void keep() { made_.clear(); }

private:
    std::vector<fs::path> made_;
};

} // namespace

SampleFiles sample_files(const fs::path& folder) {
    return {.boundaries = folder / "tinh_mau_2009.shp",
            .boundaries_after = folder / "tinh_mau_2025.shp",
            .places = folder / "tinh_mau_places.shp",
            .zones = folder / "tinh_mau_zones.shp",
            .store = folder / "tinh_mau.sqlite",
            .project = folder / "tinh_mau.diaban",
            .truth = folder / "truth.json"};
}

void require_untouched_sample(const fs::path& folder) {
    const auto files = sample_files(folder);
    std::vector<fs::path> all{files.project, files.store, files.truth};
    for (const auto& layer : {files.boundaries, files.boundaries_after, files.places, files.zones})
        for (auto& part : shapefile_parts(layer)) all.push_back(std::move(part));
    if (const auto file = SampleRecord(folder).changed(all))
        throw base::Error(base::ErrorKind::Usage, "error.sample.changed",
                          {{"file", file->filename().string()}, {"folder", folder.string()}});
}

SampleFiles write_sample(const Sample& sample, const fs::path& folder, base::JobContext& ctx,
                         bool replace) {
    if (!replace) require_untouched_sample(folder);
    NewFolder made(folder);
    const auto out = sample_files(folder);
    SampleRecord record(folder);
    const auto wgs84 = geo::Crs::wgs84();
    const auto& content = sample.content;
    ctx.stage("stage.write");
    files::write_polygon_layer(out.boundaries, content.vintages[0].soup,
                               attributes_of(content.vintages[0].units), wgs84, ctx);
    record.add(shapefile_parts(out.boundaries)); // one by one: it may be stopped at any time
    files::write_polygon_layer(out.boundaries_after, content.vintages[1].soup,
                               attributes_of(content.vintages[1].units), wgs84, ctx);
    record.add(shapefile_parts(out.boundaries_after));
    files::write_place_layer(out.places, places_with_area(content.places, false), wgs84, false);
    record.add(shapefile_parts(out.places));
    files::write_place_layer(out.zones, places_with_area(content.places, true), wgs84, true);
    record.add(shapefile_parts(out.zones));
    files::write_store(out.store, content, ctx);
    record.add({out.store});
    base::write_file(out.truth, truth_json(sample));
    save_project(project_of(sample, out), out.project);
    record.add({out.truth, out.project});
    made.keep();
    return out;
}

} // namespace diaban::app
