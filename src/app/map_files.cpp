#include "app/map_files.hpp"

#include "app/layout_file.hpp"
#include "base/paths.hpp"
#include "files/animated_png.hpp"
#include "files/geotiff.hpp"
#include "files/pptx.hpp"

#include <algorithm>
#include <array>
#include <atomic>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

constexpr int kUsualFrame_ms = 1000;
constexpr double kSlideDpi = 192;      // of the picture on a slide: sharp on a wall
constexpr double kScreenDpi = 96;      // of an animation that is not asked for finer
constexpr double kCoarsestPaper = 200; // a page finer than this is meant for paper

enum class MapFormat { Png, Svg, Pdf, GeoTiff, Animation, Slides };
struct FormatEnding {
    const char* ending;
    MapFormat format;
};
constexpr std::array<FormatEnding, 7> kEndings{{{".png", MapFormat::Png},
                                                {".svg", MapFormat::Svg},
                                                {".pdf", MapFormat::Pdf},
                                                {".tif", MapFormat::GeoTiff},
                                                {".tiff", MapFormat::GeoTiff},
                                                {".apng", MapFormat::Animation},
                                                {".pptx", MapFormat::Slides}}};

std::optional<MapFormat> map_format_of(const fs::path& file) {
    const auto ending = base::lower_extension(file);
    for (const auto& one : kEndings)
        if (ending == one.ending) return one.format;
    return std::nullopt;
}

void check_meant_for(bool given, const char* flag, MapFormat format, const MapRequest& request,
                     const char* ending) {
    if (given && map_format_of(request.out) != format)
        throw Error(ErrorKind::Usage, "error.map.only_for",
                    {{"flag", std::string(flag)},
                     {"ending", std::string(ending)},
                     {"file", request.out.filename().string()}});
}

// The sheets of one file.
struct SheetsOfFile {
    fs::path file;
    std::vector<const MapSheet*> sheets;
};

std::vector<SheetsOfFile> by_file(const std::vector<MapSheet>& sheets) {
    std::vector<SheetsOfFile> out;
    for (const auto& sheet : sheets) {
        if (out.empty() || out.back().file != sheet.file) out.push_back({sheet.file, {}});
        out.back().sheets.push_back(&sheet);
    }
    return out;
}

// Title and subtitle are words of the slide; all else is on the picture.
map::Page picture_of_slide(map::Page page) {
    const auto room = files::room_of_slide();
    page.text.title.clear();
    page.text.subtitle.clear();
    page.size.width_mm = room.width;
    page.size.height_mm = room.height;
    page.in_slide = true;
    return page;
}

std::string title_of_file(const SheetsOfFile& of) {
    return of.sheets.front()->page.text.title;
}

void write_slides(const SheetsOfFile& of, std::vector<std::string> pictures,
                  const Language& language) {
    const auto& first = of.sheets.front()->page.text;
    files::Deck deck{.title = title_of_file(of),
                     .subtitle = of.sheets.size() == 1 ? first.subtitle : std::string(),
                     .language = std::string(language.code()),
                     .banner = first.classification,
                     .slides = {}};
    for (std::size_t s = 0; s < of.sheets.size(); ++s) {
        const auto& page = of.sheets[s]->page;
        files::Slide slide{.title = page.text.title, .subtitle = page.text.subtitle};
        auto seen = page.text.title + ". " + page.text.subtitle;
        if (!page.text.classification.empty()) seen += ". " + page.text.classification;
        slide.pictures.push_back({.at = files::room_of_slide(),
                                  .png = std::move(pictures[s]),
                                  .svg = {},
                                  .description = std::move(seen)});
        slide.notes = speaker_notes(page, language);
        deck.slides.push_back(std::move(slide));
    }
    files::write_deck(deck, of.file);
}

void write_placed(const MapSheet& sheet, bool tiff, base::JobContext& ctx) {
    const auto& text = sheet.page.text;
    const auto& crs = sheet.page.scene.vintage->coverage->crs();
    const auto picture = map::placed_picture(sheet.page, ctx);
    if (tiff) {
        auto words = text.title + ". " + text.subtitle;
        if (!text.classification.empty()) words += ". " + text.classification;
        files::write_geotiff(sheet.file, picture.png, picture.at, crs, {words, sheet.page.size.dpi},
                             ctx);
        return;
    }
    base::write_file(sheet.file, picture.png);
    files::write_world_files(sheet.file, picture.at, crs);
}

void write_one(const SheetsOfFile& of, const MapRequest& request, std::vector<std::string> pictures,
               const Language& language, base::JobContext& ctx) {
    const auto& sheet = *of.sheets.front();
    switch (*map_format_of(of.file)) {
    case MapFormat::Animation:
        base::write_file(of.file,
                         files::animated_png(pictures, request.frame_ms > 0 ? request.frame_ms
                                                                            : kUsualFrame_ms));
        return;
    case MapFormat::Slides:
        return write_slides(of, std::move(pictures), language);
    case MapFormat::GeoTiff:
        return write_placed(sheet, true, ctx);
    case MapFormat::Pdf:
    case MapFormat::Png:
        if (request.world_file) return write_placed(sheet, false, ctx);
        break;
    case MapFormat::Svg:
        break;
    }
    auto files = sheet.also;
    files.insert(files.begin(), of.file);
    map::paint_page(sheet.page, files, ctx);
}

// Pages of other formats are no other files of the same page.
void check_several(const MapRequest& request) {
    if (request.also.empty()) return;
    std::vector<fs::path> seen;
    auto all = request.also;
    all.insert(all.begin(), request.out);
    for (const auto& file : all) {
        if (!map::format_of(file))
            throw Error(ErrorKind::Usage, "error.map.several_files",
                        {{"file", file.filename().string()}});
        seen.push_back(fs::absolute(file).lexically_normal());
        if (std::find(seen.begin(), seen.end() - 1, seen.back()) != seen.end() - 1)
            throw Error(ErrorKind::Usage, "error.map.same_file",
                        {{"file", file.filename().string()}});
    }
    if (request.world_file) // only the place of one picture is told
        throw Error(ErrorKind::Usage, "error.map.only_for",
                    {{"flag", std::string("--world-file")},
                     {"ending", std::string(".png")},
                     {"file", request.also.front().filename().string()}});
}

} // namespace

std::string speaker_notes(const map::Page& page, const Language& language) {
    const auto& text = page.text;
    std::string notes;
    const auto line = [&notes](const std::string& words) {
        if (!words.empty()) notes += (notes.empty() ? "" : "\n") + words;
    };
    line(text.classification);
    line(text.notice);
    line(text.legend_title);
    line(text.legend_note);
    std::size_t all = 0;
    for (const auto& entry : page.scene.style.entries) {
        line(entry.label + ": " + language.count(entry.count));
        all += entry.count;
    }
    line(text.total_label + ": " + language.count(all));
    for (const auto& source : text.source_lines) line(source);
    return notes;
}

void check_map_file(const MapRequest& request) {
    const auto& file = request.out;
    if (base::lower_extension(file) == ".gif")
        throw Error(ErrorKind::Usage, "error.map.gif", {{"file", file.filename().string()}});
    if (!map_format_of(file))
        throw Error(ErrorKind::Usage, "error.map.format", {{"file", file.filename().string()}});
    if (!request.page.layout.empty() && !takes_layout(file))
        throw Error(ErrorKind::Usage, "error.map.no_layout", {{"file", file.filename().string()}});
    // Circles that were moved lie nowhere.
    const bool moved = request.map.kind == map::MapKind::Cartogram && request.change.empty();
    if (moved && (map_format_of(file) == MapFormat::GeoTiff || request.world_file))
        throw Error(ErrorKind::Usage, "error.map.no_place", {{"file", file.filename().string()}});
    check_meant_for(request.frame_ms > 0, "--frame-ms", MapFormat::Animation, request, ".apng");
    check_meant_for(request.world_file, "--world-file", MapFormat::Png, request, ".png");
    check_several(request);
}

void check_map_file(const fs::path& file, const PageChoice& page) {
    if (file.empty()) return;
    MapRequest request;
    request.page = page;
    request.out = file;
    check_map_file(request);
}

bool is_map_file(const fs::path& file) {
    return map_format_of(file).has_value();
}

bool takes_layout(const fs::path& file) {
    const auto format = map_format_of(file);
    return format != MapFormat::Slides && format != MapFormat::GeoTiff;
}

bool one_file_of_years(const MapRequest& request) {
    const auto format = map_format_of(request.out);
    return format == MapFormat::Animation || format == MapFormat::Slides;
}

void shape_page(map::Page& page, const MapRequest& request) {
    const auto format = map_format_of(request.out);
    page.size = page_size_of(request.page, request.dpi);
    if (format == MapFormat::Slides)
        page.size = map::parse_page_size("slide", request.dpi > 0 ? request.dpi : kSlideDpi);
    if (format == MapFormat::Animation && request.dpi == 0 && page.size.dpi > kCoarsestPaper)
        page.size = page_size_of(request.page, kScreenDpi);
    page.bare = format == MapFormat::GeoTiff;
}

std::vector<fs::path> write_map_files(const MapRequest& request, const Origin& origin,
                                      const std::vector<MapSheet>& sheets, const Language& language,
                                      base::JobContext& ctx) {
    std::vector<fs::path> files;
    for (const auto& of : by_file(sheets)) {
        files.push_back(of.file);
        const auto& also = of.sheets.front()->also;
        files.insert(files.end(), also.begin(), also.end());
        if (!request.world_file) continue;
        for (auto& beside : files::world_files(of.file)) files.push_back(std::move(beside));
    }
    note_output(origin, request.classification, files, ctx);
    paint_map_files(request, sheets, language, ctx);
    return files;
}

void paint_map_files(const MapRequest& request, const std::vector<MapSheet>& sheets,
                     const Language& language, base::JobContext& ctx) {
    ctx.stage("stage.draw");
    const auto all = by_file(sheets);
    const auto format = map_format_of(request.out);
    const bool slides = format == MapFormat::Slides;
    // Pictures that are put together to one file are painted side by side, like files.
    const bool together = slides || format == MapFormat::Animation;
    std::vector<std::string> pictures(together ? sheets.size() : 0);
    std::atomic<std::size_t> done = 0;
    base::parallel_for(pictures.size(), 1, ctx, [&](std::size_t s, std::size_t) {
        const auto& page = sheets[s].page;
        pictures[s] =
            map::page_bytes(slides ? picture_of_slide(page) : page, map::Format::Png, ctx);
        ctx.step(++done, sheets.size());
    });
    std::vector<std::size_t> first_of; // picture of each file
    for (std::size_t f = 0, first = 0; f < all.size(); first += all[f++].sheets.size())
        first_of.push_back(first);
    base::parallel_for(all.size(), 1, ctx, [&](std::size_t f, std::size_t) {
        const auto& of = all[f];
        std::vector<std::string> own;
        std::vector<MaskedCell> masked;
        for (std::size_t s = 0; s < of.sheets.size(); ++s) {
            if (together) own.push_back(std::move(pictures[first_of[f] + s]));
            const auto& cells = of.sheets[s]->masked;
            masked.insert(masked.end(), cells.begin(), cells.end());
        }
        write_one(of, request, std::move(own), language, ctx);
        write_masked_list(of.file, masked);
        for (const auto& file : of.sheets.front()->also) write_masked_list(file, masked);
        if (!together) ctx.step(++done, all.size());
    });
}

} // namespace diaban::app
