#include "app/stored_vintage.hpp"

#include "app/commands/flags.hpp"
#include "files/store_schema.hpp"
#include "geo/crs.hpp"

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

data::Date date_flag(const char* flag, const std::string& text) {
    check_day(flag, text);
    return files::date_of(text);
}

} // namespace

files::StoredVintage stored_vintage(const DataRequest& d, const std::string& valid_from,
                                    const std::string& valid_until, base::Findings& findings,
                                    base::JobContext& ctx) {
    files::StoredVintage vintage;
    vintage.from = date_flag("--valid-from", valid_from);
    vintage.until = date_flag("--valid-until", valid_until);
    if (!valid_until.empty() && valid_until <= valid_from)
        throw Error(ErrorKind::Usage, "error.store.vintage_dates",
                    {{"from", valid_from}, {"until", valid_until}});
    auto raw = files::read_boundaries({.file = d.boundaries,
                                       .layer = d.layer,
                                       .code_column = d.code_column,
                                       .name_column = d.name_column,
                                       .encoding = d.encoding,
                                       .crs = d.crs,
                                       .attributes = false},
                                      ctx);
    if (!raw.crs.known())
        throw Error(ErrorKind::Data, "error.store.no_crs", {{"file", d.boundaries.string()}});
    geo::transform_many(raw.soup.points, raw.crs, geo::Crs::wgs84(), ctx, 1e-9);
    findings.insert(findings.end(), raw.findings.begin(), raw.findings.end());
    vintage.id = d.vintage.empty() ? "1" : d.vintage;
    vintage.units = std::move(raw.units);
    vintage.soup = std::move(raw.soup);
    return vintage;
}

} // namespace diaban::app
