#include "app/stored_vintage.hpp"

#include "base/paths.hpp"
#include "files/store_schema.hpp"
#include "geo/crs.hpp"

#include <set>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

data::Date date_flag(const char* flag, const std::string& text) {
    const auto date = files::date_of(text);
    if (!text.empty() && files::text_of(date) != text)
        throw Error(ErrorKind::Usage, "error.flag.bad_value",
                    {{"flag", std::string(flag)}, {"value", text}, {"expected", "2009-01-31"}});
    return date;
}

bool is_table(const std::filesystem::path& file) {
    static const std::set<std::string> kTables = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"};
    return kTables.contains(base::lower_extension(file));
}

// Shapes from a file of boundaries; none from a table that has none.
files::RawUnits boundaries_or_list(const files::BoundarySource& source, const std::string& vintage,
                                   base::JobContext& ctx) {
    try {
        return files::read_boundaries(source, ctx);
    } catch (const Error& error) {
        if (!is_table(source.file) || error.message.key != "error.boundaries.no_shapes") throw;
    }
    auto out = files::read_unit_list(source, ctx);
    out.findings.push_back(base::finding(base::Severity::Warning, "vintage_no_shapes",
                                         {{"vintage", vintage},
                                          {"file", source.file.filename().string()},
                                          {"count", static_cast<std::int64_t>(out.units.size())}}));
    return out;
}

} // namespace

void require_shapes(const files::Store& store, const files::StoredVintage& vintage) {
    if (!vintage.soup.points.empty()) return;
    std::string known;
    for (const auto& id : store.info().vintages)
        if (store.has_shapes(id)) known += (known.empty() ? "" : ", ") + id;
    throw Error(ErrorKind::Data, "error.store.vintage_no_shapes",
                {{"vintage", vintage.id}, {"known", known.empty() ? std::string("–") : known}});
}

files::StoredVintage stored_vintage(const DataRequest& d, const std::string& valid_from,
                                    const std::string& valid_until, base::Findings& findings,
                                    base::JobContext& ctx) {
    files::StoredVintage vintage;
    vintage.from = date_flag("--valid-from", valid_from);
    vintage.until = date_flag("--valid-until", valid_until);
    vintage.id = d.vintage.empty() ? "1" : d.vintage;
    auto raw = boundaries_or_list({.file = d.boundaries,
                                   .layer = d.layer,
                                   .code_column = d.code_column,
                                   .name_column = d.name_column,
                                   .encoding = d.encoding,
                                   .crs = d.crs,
                                   .attributes = false},
                                  vintage.id, ctx);
    if (!raw.crs.known())
        throw Error(ErrorKind::Data, "error.store.no_crs", {{"file", d.boundaries.string()}});
    geo::transform_many(raw.soup.points, raw.crs, geo::Crs::wgs84(), ctx, 1e-9);
    findings.insert(findings.end(), raw.findings.begin(), raw.findings.end());
    vintage.units = std::move(raw.units);
    vintage.soup = std::move(raw.soup);
    return vintage;
}

} // namespace diaban::app
