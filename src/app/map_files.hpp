// Finished pages of maps as files, in every format that a map leaves in: a picture each (PNG, SVG,
// PDF, GeoTIFF), or several years in one file (animated PNG, slides, a PDF of several pages).
//
// Guarantees: every file is written whole or not at all, with the list of what was masked beside
// it; nothing internal is written that is not in the store's log before; the same pages give the
// same bytes.
#pragma once

#include "app/classified.hpp"
#include "app/commands/map.hpp"
#include "map/page.hpp"

namespace diaban::app {

// A page and the file that it goes to. Pages of one file stand beside each other.
struct MapSheet {
    map::Page page;
    std::filesystem::path file;
    std::vector<MaskedCell> masked;
    std::vector<std::filesystem::path> also = {}; // the same page in other formats
};

// Throws Error Usage: "error.map.format" and "error.map.gif" (a format that is not written),
// "error.map.only_for" (a flag that another format is for), "error.map.no_layout" (a format whose
// pages are laid out in one way), "error.map.several_files" (a format that has its own pages),
// "error.map.same_file" (twice), "error.map.no_place" (the place of a cartogram).
void check_map_file(const MapRequest& request);
// The same of the map that a command draws beside its answer, before it looks for that; nothing of
// no file.
void check_map_file(const std::filesystem::path& file, const PageChoice& page);
// Whether the file has an ending of one of the formats.
bool is_map_file(const std::filesystem::path& file);
// Whether pages of its format can be laid out by a layout; so does a name without a format.
bool takes_layout(const std::filesystem::path& file);
// All years go into one file.
bool one_file_of_years(const MapRequest& request);
// Size and kind of the page that goes into the file: 16:9 for slides, as coarse as a screen for an
// animation, without furniture for a GeoTIFF. Throws as map::parse_page_size().
void shape_page(map::Page& page, const MapRequest& request);

// What a speaker has before them: the numbers of the legend, and where they come from.
std::string speaker_notes(const map::Page& page, const Language& language);

// What a request comes to before anything is written: its sheets, and all of the report but files
// and masked cells. Throws as run().
struct PreparedMap {
    MapReport report;
    std::vector<MapSheet> sheets;
    std::shared_ptr<const Dataset> all; // that the sheets are of, masked already where they are
};
PreparedMap prepare_map(const MapRequest& request, const Dataset& dataset, const Language& language,
                        base::JobContext& ctx, const map::Classes* classes = nullptr,
                        const QuerySources* sources = nullptr);

// Writes all sheets. Throws as map::paint_page() and write_masked_list().
void paint_map_files(const MapRequest& request, const std::vector<MapSheet>& sheets,
                     const Language& language, base::JobContext& ctx);
// The same, noted in the store before (note_output()). Returns the files, those that tell the
// place of a picture too.
std::vector<std::filesystem::path> write_map_files(const MapRequest& request, const Origin& origin,
                                                   const std::vector<MapSheet>& sheets,
                                                   const Language& language, base::JobContext& ctx);

} // namespace diaban::app
