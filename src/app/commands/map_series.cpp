#include "app/commands/map_series.hpp"

#include "app/archipelagos.hpp"
#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/series_sheets.hpp"
#include "app/layout_file.hpp"
#include "app/series_list.hpp"
#include "app/view_notes.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kListEvery = 8; // files; more often would be mostly lists

void add_masked_cells(InputsHash& hash, const std::vector<MaskedCell>& cells) {
    for (const auto& cell : cells) {
        hash.add(cell.unit);
        hash.add(cell.indicator);
        hash.add(data::to_string(cell.period));
    }
}

std::string page_words(const Language& language, std::size_t page, std::size_t pages) {
    return language.text("page.number", {{"page", as_count(page)}, {"pages", as_count(pages)}});
}

// All of a series in one file.
class SeriesBook {
public:
    SeriesBook(const SeriesSheets& sheets, const MapRequest& request, const Language& language)
        : sheets_(sheets) {
        book_.size = page_size_of(request.page, request.dpi);
        book_.text = sheets.index_text();
        book_.number = [&language](std::size_t page, std::size_t pages) {
            return page_words(language, page, pages);
        };
        book_.page = [&sheets](std::size_t sheet) { return sheets.page(sheet); };
        book_.index = request.series.index && sheets.count() > 1;
        book_.index_bookmark = language.text("series.index");
        for (std::size_t s = 0; s < sheets.count(); ++s) book_.sheets.push_back(sheets.row(s));
        if (!book_.index) return;
        book_.overview = sheets.overview();
        for (std::size_t s = 0; s < sheets.count(); ++s) book_.places.push_back(sheets.place(s));
    }
    std::size_t first_page() const { return map::first_sheet_page(book_); }

    // A number of all that is drawn; each sheet by itself, so that they can be taken in any order.
    std::string inputs(const std::string& vintage, base::JobContext& ctx) const {
        std::vector<std::string> of_sheet(sheets_.count());
        base::parallel_for(of_sheet.size(), 1, ctx, [&](std::size_t s, std::size_t) {
            InputsHash hash;
            add_page(hash, book_.page(s), vintage);
            hash.add(book_.sheets[s].heading + "\n" + book_.sheets[s].title);
            of_sheet[s] = hash.text();
        });
        InputsHash hash;
        for (const auto& one : of_sheet) hash.add(one);
        hash.add(book_.text.title + "\n" + book_.text.subtitle);
        hash.add(book_.number(1, 2));
        hash.add(static_cast<std::uint64_t>(book_.index));
        add_masked_cells(hash, sheets_.masked());
        return hash.text();
    }

    void write(const fs::path& file, base::JobContext& ctx) const {
        if (map::format_of(file) == map::Format::Pdf && sheets_.count() > 1)
            map::write_book(book_, file, ctx);
        else
            map::paint_page(book_.page(0), file, ctx);
    }

private:
    const SeriesSheets& sheets_;
    map::Book book_;
};

// Where every sheet goes, told before anything is drawn.
void name_files(SeriesReport& report, const SeriesSheets& sheets, const SeriesTarget& target) {
    std::vector<SheetName> parts;
    for (std::size_t s = 0; s < sheets.count(); ++s) parts.push_back(sheets.name(s));
    const auto names = series_names(target.pattern, parts);
    for (std::size_t s = 0; s < sheets.count(); ++s) {
        report.sheets[s].file = target.folder / names.names[s];
        report.files.push_back(report.sheets[s].file);
    }
    if (!names.repeated.empty())
        report.findings.push_back(base::finding(
            base::Severity::Info, "series_names_repeated",
            {{"count", as_count(names.repeated.size())}, {"name", names.repeated.front()}}));
}

void make_folder(const fs::path& folder) {
    std::error_code failed;
    if (!folder.empty()) fs::create_directories(folder, failed);
    if (failed)
        throw Error(ErrorKind::Write, "error.file.cannot_write",
                    {{"file", folder.string()}, {"reason", base::system_reason(failed)}});
}

void write_one(SeriesReport& report, const SeriesSheets& sheets, const MapRequest& request,
               const Language& language, const fs::path& file, base::JobContext& ctx) {
    const SeriesBook book(sheets, request, language);
    const auto first = sheets.count() > 1 ? book.first_page() : 1;
    for (std::size_t s = 0; s < sheets.count(); ++s) {
        report.sheets[s].file = file;
        report.sheets[s].page = first + s;
    }
    std::optional<SeriesList> list;
    std::string inputs;
    if (request.series.resume) {
        list.emplace(series_list_of({}, file));
        inputs = book.inputs(vintage_hash(*sheets.plan().dataset->vintage), ctx);
    }
    report.files = {file};
    if (list && list->unchanged(file, inputs)) {
        report.unchanged = 1;
    } else {
        ctx.stage("stage.draw");
        book.write(file, ctx);
        report.written = 1;
    }
    write_masked_list(file, sheets.masked());
    if (!list) return;
    list->add(file, inputs);
    list->write();
}

void write_many(SeriesReport& report, const SeriesSheets& sheets, const MapRequest& request,
                const Language& language, const SeriesTarget& target, base::JobContext& ctx) {
    make_folder(target.folder);
    const auto vintage = vintage_hash(*sheets.plan().dataset->vintage);
    std::mutex guard; // of the list
    SeriesList list(series_list_of(target.folder, {}));
    std::atomic<std::size_t> done = 0, written = 0;
    ctx.stage("stage.draw");
    const auto draw = [&](std::size_t s) {
        const auto& file = report.sheets[s].file;
        auto page = sheets.page(s);
        map::set_page_number(page, s + 1, sheets.count(),
                             page_words(language, s + 1, sheets.count()));
        const auto cells = sheets.masked(s);
        InputsHash hash;
        add_page(hash, page, vintage);
        hash.add(file.extension().string());
        add_masked_cells(hash, cells);
        const auto inputs = hash.text();
        bool draws = true;
        if (request.series.resume) {
            const std::scoped_lock lock(guard);
            draws = !list.unchanged(file, inputs);
        }
        if (draws) map::paint_page(page, file, ctx);
        write_masked_list(file, cells);
        if (draws) {
            const std::scoped_lock lock(guard);
            list.add(file, inputs);
            if (++written % kListEvery == 0) list.write();
        }
        ctx.step(++done, sheets.count());
    };
    try {
        base::parallel_for(sheets.count(), 1, ctx, [&](std::size_t s, std::size_t) { draw(s); });
    } catch (...) {
        // What is finished need not be drawn again. Why it ended matters more than the list.
        try {
            list.write();
        } catch (const base::Error&) {
        }
        throw;
    }
    list.write();
    report.written = written;
    report.unchanged = sheets.count() - written;
}

void check_request(const MapRequest& request) {
    check_series(request.series);
    if (request.across == Across::Own && request.change.empty())
        throw Error(ErrorKind::Usage, "error.series.own_boundaries");
    if (!request.change.empty() &&
        (!request.series.indicators.empty() || request.series.small_multiples))
        throw Error(ErrorKind::Usage, "error.series.change");
    if (!request.also.empty())
        throw Error(ErrorKind::Usage, "error.series.one_out",
                    {{"file", request.also.front().filename().string()}});
    if (request.world_file || request.frame_ms > 0)
        throw Error(ErrorKind::Usage, "error.series.flag",
                    {{"flag", std::string(request.world_file ? "--world-file" : "--frame-ms")}});
}

void tell_findings(SeriesReport& report, const SeriesSheets& sheets) {
    const auto& plan = sheets.plan();
    report.findings.insert(report.findings.end(), plan.dataset->findings.begin(),
                           plan.dataset->findings.end());
    if (sheets.areas().areas.size() > 1) leave_out_archipelagos(report.findings); // parts of it
    report.findings.insert(report.findings.end(), plan.lines.findings.begin(),
                           plan.lines.findings.end());
    // Of all sheets alike: what a layout leaves out depends on its items.
    if (const auto laid = sheets.page(0).laid)
        report.findings.insert(report.findings.end(), laid->findings.begin(), laid->findings.end());
    if (!plan.missing.empty())
        report.findings.push_back(
            base::finding(base::Severity::Info, "years_without_data", {{"years", plan.missing}}));
    const auto& without = sheets.areas().without;
    if (!without.empty())
        report.findings.push_back(
            base::finding(base::Severity::Info, "areas_without_shape",
                          {{"count", as_count(without.size())}, {"names", base::joined(without)}}));
}

} // namespace

SeriesReport run_series(const MapRequest& request, const Dataset& dataset, const Language& language,
                        base::JobContext& ctx, const QuerySources* sources) {
    check_request(request);
    // What is wrong with where it goes is said before the work.
    series_target(request.out, request.series, {}, 1);
    const SeriesSheets sheets(request, dataset, language, ctx, sources);
    const auto target = series_target(request.out, request.series, sheets.size(), sheets.count());
    SeriesReport report;
    for (std::size_t s = 0; s < sheets.count(); ++s) report.sheets.push_back(sheets.told(s));
    report.map = sheets.first();
    report.shown = sheets.plan().masked.dataset;
    report.units = sheets.plan().dataset->vintage->units.size();
    report.masked = sheets.masked().size();
    for (const auto& entry : report.map.style.entries)
        if (entry.role == map::LegendEntry::Role::NoData) report.no_data += entry.count;
    if (target.file.empty()) name_files(report, sheets, target);
    const auto& all = *sheets.plan().dataset; // masked already
    note_output({dataset.request.store, "map", all.cube == dataset.cube ? &all : &dataset},
                request.classification,
                target.file.empty() ? report.files : std::vector<fs::path>{target.file}, ctx);
    if (target.file.empty())
        write_many(report, sheets, request, language, target, ctx);
    else
        write_one(report, sheets, request, language, target.file, ctx);
    tell_findings(report, sheets);
    return report;
}

map::Page series_page(const MapRequest& request, const Dataset& dataset, const Language& language,
                      base::JobContext& ctx, const QuerySources* sources) {
    check_request(request);
    const SeriesSheets sheets(request, dataset, language, ctx, sources);
    auto page = sheets.page(0);
    const bool book = request.series.index && sheets.count() > 1 &&
                      request.series.pattern.empty() &&
                      (request.out.empty() || map::format_of(request.out) == map::Format::Pdf);
    const SeriesBook of(sheets, request, language);
    const auto before = book ? of.first_page() - 1 : 0;
    if (const auto pages = before + sheets.count(); sheets.count() > 1)
        map::set_page_number(page, before + 1, pages, page_words(language, before + 1, pages));
    return page;
}

std::string to_json(const SeriesReport& r, const Language& language) {
    const auto legend_json = [](const std::vector<map::LegendEntry>& entries) {
        auto out = Json::array();
        for (const auto& entry : entries)
            out.push_back({{"key", entry.key},
                           {"label", entry.label},
                           {"color", map::to_hex(entry.colour)},
                           {"count", entry.count}});
        return out;
    };
    auto files = Json::array();
    for (const auto& file : r.files) files.push_back(file.string());
    auto sheets = Json::array();
    for (const auto& sheet : r.sheets) {
        auto maps = Json::array();
        for (const auto& map : sheet.maps)
            maps.push_back({{"indicator", map.indicator},
                            {"period", data::to_string(map.period)},
                            {"legend", legend_json(map.legend)}});
        sheets.push_back({{"file", sheet.file.string()},
                          {"page", sheet.page},
                          {"area", sheet.area},
                          {"province", sheet.province},
                          {"code", sheet.code},
                          {"maps", std::move(maps)}});
    }
    const Json out{{"files", std::move(files)},
                   {"written", r.written},
                   {"unchanged", r.unchanged},
                   {"indicator", r.map.choice.indicator},
                   {"period", data::to_string(r.map.choice.period)},
                   {"kind", map::to_string(r.map.choice.kind)},
                   {"units", r.units},
                   {"legend", legend_json(r.map.style.entries)},
                   {"sheets", std::move(sheets)},
                   {"no_data", r.no_data},
                   {"not_drawn", r.shown ? not_drawn(*r.shown) : 0},
                   {"masked", r.masked},
                   {"findings", findings_json(r.findings, language)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void add_flags(std::vector<std::string>& flags, const SeriesChoice& series) {
    add_flag(flags, "--atlas", series.atlas);
    add_list(flags, "--indicators", series.indicators);
    if (series.small_multiples) flags.emplace_back("--small-multiples");
    if (series.book) flags.emplace_back("--book");
    add_list(flags, "--order", series.order);
    add_flag(flags, "--pattern", series.pattern);
    if (!series.index) flags.emplace_back("--no-index");
    if (series.resume) flags.emplace_back("--resume");
}

} // namespace diaban::app
