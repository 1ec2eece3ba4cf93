// Pieces of `patrol` that lie in several sources. Private to app/commands.
#pragma once

#include "app/commands/patrol.hpp"

#include "files/sheets.hpp"

#include <functional>

namespace diaban::app {

// Rows and groups of a division, and how good it is.
void tell_sectors(PatrolReport& report, const analysis::SectorPlan& plan);
// What the burden is called in the language.
std::string burden_name(const PatrolRequest& request, const Dataset& dataset,
                        const Language& language);
// Which sums what is masked weighs in.
void mark_estimated(PatrolReport& report);
bool is_masked(const PatrolReport& report, std::size_t unit);
// Its work is a number that may be told: neither masked nor missing. What is missing weighs
// nothing, but nobody knows that there is nothing.
bool has_work(const PatrolReport& report, std::size_t unit);
// Name and code.
std::string unit_name(const PatrolReport& report, std::size_t unit);
// The base of a group: a commune with its code, or a place; "" if the group has none.
std::string base_called(const PatrolReport& report, std::size_t group);
// The places of the data that are of these kinds, exist in the period and lie on the map or beside
// it; how many lie farther off. Throws Error Usage "error.near.no_kind", Usage and Data
// "error.near.no_places", Data "error.near.none_then", "error.patrol.candidates_outside".
std::vector<PatrolPlace> places_for_bases(const std::vector<std::string>& kinds,
                                          data::Period period, const Dataset& dataset,
                                          std::size_t& outside);
// Answers a query with the codes that meet it.
using MeetingCodes = std::function<std::vector<data::UnitCode>(const std::string& query)>;
// PatrolRequest::candidates as codes with commas between. Throws Error Usage
// "error.patrol.candidates_nobody", "error.patrol.candidates_name", "error.select.ambiguous", and
// as `meeting` does.
std::string codes_for_candidates(const std::string& text, const data::UnitTable& units,
                                 const QuerySources& sources,
                                 const std::vector<NamedQuery>& queries,
                                 const MeetingCodes& meeting);
// The single codes; names have theirs from here on. Throws as named_codes() does.
std::vector<std::string> candidate_codes(const std::string& candidates,
                                         const data::UnitTable& units);
// Those that the units have.
std::string suited_candidates(const std::string& candidates, const data::UnitTable& units);
// Whether a base is a place, so that the bases are written as points of their own.
bool has_places(const PatrolReport& report);
// WGS 84 degrees; nothing where the coordinate system is not known.
std::optional<geo::Point> lon_lat_of_base(const PatrolGroup& group, const Dataset& dataset);
// In the map CRS: the place, or a point inside the commune. The group has a base.
geo::Point point_of_base(const PatrolGroup& group, const Dataset& dataset);
// A row for every base: its name, kind, code, where it lies, how many communes it reaches.
files::Sheet bases_sheet(const PatrolReport& report, const Dataset& dataset,
                         const Language& language);
// Degrees as they are written: to about a tenth of a metre.
double written_degrees(double degrees);
// The bases as points beside the layer of the communes, "<name>_bases": the file. Throws Error
// Write.
std::filesystem::path write_base_layer(const PatrolReport& report, const Dataset& dataset);
// What a base, team or month is called: "Tổ 2 Xã Tân Thạnh", with its base if it has one.
std::string group_called(const PatrolReport& report, std::size_t group, const Language& language);
// Why a commune is with its base, team or month, in short sentences. What is masked is not told.
std::vector<std::string> reason_words(const PatrolReport& report, const PatrolRow& row,
                                      const Language& language);
// A PDF with a map, a list and lines to sign for every base, team and month (map/order_page.hpp).
void write_order_pages(const PatrolReport& report, const Dataset& dataset, const Language& language,
                       base::JobContext& ctx);
// The answer, how good it is, and what is not in it; in the language.
std::vector<std::string> patrol_sentences(const PatrolReport& report, const Language& language);
// Bases and what they reach, the sectors, or why communes are visited.
StyledMap patrol_map(const PatrolReport& report, const Dataset& dataset, const Language& language);

} // namespace diaban::app
