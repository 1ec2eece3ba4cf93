#include "app/laid_out.hpp"

#include "app/archipelagos.hpp"
#include "app/chart_data.hpp"
#include "app/commands/targets.hpp"
#include "app/commands/transitions.hpp"
#include "app/layout_file.hpp"
#include "app/page_fields.hpp"
#include "app/plan_file.hpp"
#include "app/whereabouts.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "data/dates.hpp"
#include "files/store_schema.hpp"
#include "files/svg.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace diaban::app {
namespace {

using map::ItemKind;
using map::LaidItem;

// Everything that the items of one page are made of.
struct LaidSources {
    const MapRequest& request;
    const map::Page& page;
    const StyledMap& styled;
    std::shared_ptr<const Dataset> dataset; // masked if the page is public
    const Language& language;
    std::filesystem::path folder;
    const LaidSheet* sheet;
    base::Findings findings;

    // Whether the sheet is about a unit.
    bool about(std::size_t unit) const { return !page.area || page.area->inside[unit]; }
    bool several() const { return !page.panels.empty(); }

    std::string text(std::string_view id, const base::Args& args = {}) const {
        return language.text(id, args);
    }
};

std::string joined_lines(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines)
        if (!line.empty()) out += (out.empty() ? "" : "  ·  ") + line;
    return out;
}

// The district that all units of the page lie in; of several none.
std::string district_of_page(const LaidSources& in) {
    const auto& units = in.dataset->vintage->units;
    const auto& faces = in.dataset->vintage->coverage->faces();
    const data::Group* district = nullptr;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto& box = faces[i].box;
        const auto& extent = in.page.extent;
        if (faces[i].ring_count == 0) continue;
        if (in.page.area
                ? !in.page.area->inside[i]
                : !extent.empty() && !(extent.intersects(box) && extent.contains(box.centre())))
            continue;
        const auto* group = units.group_of(data::Level::District, i);
        if (!group || (district && group != district)) return "";
        district = group;
    }
    return district ? district->name : "";
}

std::string day_text(const data::Date& day, const Language& language) {
    if (language.code() != "vi") return files::text_of(day);
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(day.day) + "/" + two(day.month) + "/" + std::to_string(day.year);
}

PageFields fields_of(const LaidSources& in) {
    const auto& text = in.page.text;
    const auto period = in.styled.choice.period;
    const auto day = period.year == 0 ? "" : day_text(data::days_of(period).second, in.language);
    PageFields out;
    out.texts = {{"title", text.title},
                 {"subtitle", text.subtitle},
                 {"year", data::to_string(period)},
                 {"area", area_name(*in.dataset, in.language)},
                 {"district", district_of_page(in)},
                 {"indicator", in.styled.indicator_name},
                 {"legend", text.legend_title},
                 {"legend_note", text.legend_note},
                 {"data_date", day},
                 {"sources", joined_lines(text.source_lines)},
                 {"vintage", in.dataset->vintage->id},
                 {"classification", text.classification}};
    const auto say = [&](std::string_view field, const std::string& words) {
        for (auto& [name, value] : out.texts)
            if (name == field) value = words;
    };
    if (in.sheet) {
        say("area", in.sheet->area);
        if (!in.sheet->district.empty()) say("district", in.sheet->district);
        say("year", in.sheet->years);
        say("indicator", in.sheet->indicator);
    }
    out.several_maps = in.several();
    if (!out.several_maps)
        for (const auto& entry : in.page.scene.style.entries)
            if (entry.role != map::LegendEntry::Role::Around)
                out.counts.emplace_back(entry.key, entry.count);
    return out;
}

// ---- Tables

bool is_hotspot(const map::LegendEntry& entry) {
    return entry.key.starts_with("is:hot");
}

// Units by value, the highest first; of the same value in the order of the file.
std::vector<std::size_t> highest(const LaidSources& in) {
    std::vector<std::size_t> out;
    // An answer of another question than what the values are has a title of its own.
    if (!in.styled.title.empty() || !in.request.change.empty()) return out;
    const auto slice = in.dataset->cube->slice(in.styled.indicator, in.styled.period);
    const auto& style = in.page.scene.style;
    for (std::size_t i = 0; i < slice.size(); ++i) {
        const auto role = style.entries[style.entry_of[i]].role;
        if (slice.has(i) && role != map::LegendEntry::Role::LeftOut && in.about(i))
            out.push_back(i);
    }
    std::stable_sort(out.begin(), out.end(),
                     [&](std::size_t a, std::size_t b) { return slice.value[a] > slice.value[b]; });
    return out;
}

std::vector<std::size_t> hotspots_of(const LaidSources& in) {
    const auto& style = in.page.scene.style;
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < style.entry_of.size(); ++i)
        if (is_hotspot(style.entries[style.entry_of[i]])) out.push_back(i);
    return out;
}

// The units with the highest values, or those that are hotspots, numbered.
void make_top(LaidItem& placed, const LaidSources& in) {
    const bool listed = in.styled.categorical;
    const auto units = listed ? hotspots_of(in) : highest(in);
    if (units.empty()) return;
    const auto shown = std::min(units.size(), placed.item.params.rows);
    const auto& table = in.dataset->vintage->units;
    const auto places =
        whereabouts(table, {units.begin(), units.begin() + static_cast<std::ptrdiff_t>(shown)},
                    [&](std::size_t unit) { return in.about(unit); });
    // As the legend beside it; of whole numbers a half in the legend is an end of a class only.
    const int decimals = listed || in.dataset->decimals[in.styled.indicator] == 0
                             ? 0
                             : map::printed_decimals(in.styled.classes);
    auto& out = placed.table;
    out.may_end_early = true;
    out.header = {in.text("layout.number"), in.text("column.name")};
    out.align = {map::Align::Right, map::Align::Left};
    for (const auto level : places.columns) {
        out.header.push_back(level_heading(level, in.language));
        out.align.push_back(map::Align::Left);
    }
    if (!listed) {
        out.header.push_back(in.text("layout.value"));
        out.align.push_back(map::Align::Right);
    }
    for (std::size_t n = 0; n < shown; ++n) {
        const auto i = units[n];
        auto& row = out.rows.emplace_back();
        row = {in.language.count(n + 1), table.name[i]};
        for (const auto level : places.columns) row.push_back(name_of_group(table, level, i));
        if (!listed)
            row.push_back(value_text(*in.dataset, in.styled.indicator, in.styled.period, i,
                                     in.language, decimals));
    }
    // Of the hotspots none is passed over in silence, however many rows find room.
    for (std::size_t rows = 0; rows <= shown; ++rows) {
        auto note = places.all_in.empty() ? std::string()
                                          : in.text("layout.all_in", {{"place", places.all_in}});
        if (listed && rows < units.size())
            note += (note.empty() ? "" : " · ") +
                    in.text("layout.more_units",
                            {{"count", static_cast<std::int64_t>(units.size() - rows)}});
        out.notes.push_back(std::move(note));
    }
    if (placed.text.empty())
        placed.text = listed ? in.text("layout.hotspots")
                             : in.text("layout.highest", {{"indicator", in.styled.indicator_name}});
}

void leave_out(const LaidItem& placed, LaidSources& in, const char* why) {
    in.findings.push_back(base::finding(base::Severity::Warning, "layout_left_out",
                                        {{"item", placed.item.id}, {"reason", in.text(why)}}));
}

// A table of what the data does not have is left out, and that is said.
template <class Make> void if_possible(const LaidItem& placed, LaidSources& in, const Make& make) {
    try {
        make();
    } catch (const base::Error& error) {
        if (error.kind != base::ErrorKind::Usage && error.kind != base::ErrorKind::Data) throw;
        in.findings.push_back(
            base::finding(base::Severity::Warning, "layout_left_out",
                          {{"item", placed.item.id}, {"reason", in.language.text(error)}}));
    }
}

// Not owned, so that what was masked of it is not masked again.
std::shared_ptr<const Dataset> itself(const Dataset& dataset) {
    return {std::shared_ptr<const Dataset>(), &dataset};
}

void make_targets(LaidItem& placed, LaidSources& in, const Dataset& all) {
    base::JobContext ctx(1);
    TargetsRequest request;
    request.data = all.request;
    request.plan = in.request.page.plan;
    request.period = in.styled.choice.period;
    request.classification = in.request.classification;
    const auto report = run(request, itself(all), in.language, ctx);
    for (const auto& line : published_lines(report, in.language)) {
        if (placed.bars.size() == placed.item.params.rows) break;
        // There is nothing to hold against it, or it is no number at all.
        if (line.at == data::TargetState::NoData || line.at == data::TargetState::NotApplicable)
            continue;
        placed.bars.push_back({in.text("layout.target", {{"text", line.text},
                                                         {"reached", line.reached},
                                                         {"asked", base::unbroken(line.asked)}}),
                               line.done});
    }
    if (placed.bars.empty())
        in.findings.push_back(base::finding(base::Severity::Warning, "layout_no_targets",
                                            {{"item", placed.item.id}, {"plan", report.plan->id}}));
    if (placed.text.empty())
        placed.text = in.text("layout.targets", {{"plan", plan_title(*report.plan, in.language)}});
    for (const auto& finding : report.findings)
        if (finding.key == "plan_other_year") in.findings.push_back(finding);
    if (const auto note = other_year_note(report, in.language); !note.empty())
        placed.text += ". " + note;
}

// How many units of the sheet made each move.
std::size_t units_about(const std::vector<std::size_t>& units, const LaidSources& in) {
    return static_cast<std::size_t>(
        std::count_if(units.begin(), units.end(), [&](std::size_t u) { return in.about(u); }));
}

// Statuses that no unit had or has are left out of the matrix.
void make_matrix(LaidItem& placed, const LaidSources& in, const Dataset& all) {
    base::JobContext ctx(1);
    TransitionsRequest request;
    request.data = all.request;
    request.to = in.styled.choice.period;
    const auto& from = placed.item.params.from;
    if (const auto period = data::parse_period(from)) request.from = *period;
    const auto report = run(request, itself(all), in.language, ctx);
    if (report.matrices.empty()) return;
    auto matrix = report.matrices.front().second;
    for (std::size_t a = 0; a < data::kStatuses; ++a)
        for (std::size_t b = 0; b < data::kStatuses; ++b)
            matrix.count[a][b] = units_about(matrix.units[a][b], in);
    std::vector<std::size_t> rows, columns;
    for (std::size_t a = 0; a < data::kStatuses; ++a) {
        std::size_t before = 0, after = 0;
        for (std::size_t b = 0; b < data::kStatuses; ++b)
            before += matrix.count[a][b], after += matrix.count[b][a];
        if (before > 0) rows.push_back(a);
        if (after > 0) columns.push_back(a);
    }
    const auto called = [&](std::size_t status) {
        return category_text(std::string(data::to_string(static_cast<data::Status>(status))),
                             in.language);
    };
    auto& out = placed.table;
    out.header = {in.text("column.from_to")};
    out.align = {map::Align::Left};
    for (const auto b : columns) {
        out.header.push_back(called(b));
        out.align.push_back(map::Align::Right);
    }
    for (const auto a : rows) {
        auto& row = out.rows.emplace_back();
        row.push_back(called(a));
        for (const auto b : columns) row.push_back(in.language.count(matrix.count[a][b]));
    }
    if (placed.text.empty())
        placed.text = in.text("layout.transitions", {{"from", data::to_string(report.moves.from)},
                                                     {"to", data::to_string(report.moves.to)}});
}

void make_table(LaidItem& placed, LaidSources& in, const Dataset& all) {
    const auto& show = placed.item.params.show;
    if (show == "targets" && in.request.page.plan.empty()) return;
    // One table would be that of one of the maps, and nobody could tell which.
    if (in.several()) return leave_out(placed, in, "layout.of_several");
    if (show == "targets" && in.page.area) return leave_out(placed, in, "layout.plan_of_whole");
    if (show == "top") return make_top(placed, in);
    if (show == "transitions")
        return if_possible(placed, in, [&] { make_matrix(placed, in, all); });
    if_possible(placed, in, [&] { make_targets(placed, in, all); });
}

// ---- Charts and pictures

// Of the classes of the map over the years up to its own, or from the first; of one year, or of an
// answer that has no years, nothing.
void make_chart(LaidItem& placed, LaidSources& in) {
    if (in.several()) return leave_out(placed, in, "layout.of_several");
    const auto& periods = in.dataset->cube->periods;
    if (!in.request.change.empty() || !in.styled.title.empty() || periods.size() < 2) return;
    const auto most = std::min(placed.item.params.rows, periods.size());
    const auto own = std::find(periods.begin(), periods.end(), in.styled.choice.period);
    const auto until =
        own == periods.end() ? periods.size() : static_cast<std::size_t>(own - periods.begin()) + 1;
    const auto first = std::max(until, most) - most;
    std::vector<StyledMap> maps;
    for (std::size_t p = first; p < first + most; ++p)
        maps.push_back(restyled(*in.dataset, in.styled, periods[p], in.language));
    Faces inside;
    for (std::size_t i = 0; in.page.area && i < in.page.area->inside.size(); ++i)
        if (in.about(i)) inside.push_back(static_cast<geo::FaceId>(i));
    const auto years =
        in.page.area ? counts_by_year(maps, inside, *in.dataset->vintage) : counts_by_year(maps);
    for (const auto period : years.periods) placed.chart.years.push_back(data::to_string(period));
    for (const auto& row : years.rows) placed.chart.colours.push_back(row.colour);
    placed.chart.counts = years.counts;
    if (placed.text.empty()) placed.text = in.text("layout.chart");
}

std::shared_ptr<const map::Picture> drawn_picture(const std::string& svg) {
    const auto drawing = files::read_svg(svg);
    if (!drawing) return nullptr;
    auto out = std::make_shared<map::Picture>();
    out->drawn_width = drawing->width;
    out->drawn_height = drawing->height;
    for (const auto& shape : drawing->shapes)
        out->shapes.push_back({{shape.points, shape.starts, shape.closed},
                               {shape.rgba[0], shape.rgba[1], shape.rgba[2], shape.rgba[3]},
                               shape.stroke_width});
    return out;
}

void read_picture_of(LaidItem& placed, LaidSources& in) {
    const auto file = in.folder / placed.item.params.file;
    const base::Args said{{"item", placed.item.id}, {"file", file.filename().string()}};
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed)) {
        in.findings.push_back(
            base::finding(base::Severity::Warning, "layout_picture_missing", said));
        return;
    }
    const auto content = base::read_file(file);
    placed.picture =
        base::lower_extension(file) == ".svg" ? drawn_picture(content) : map::read_picture(content);
    if (!placed.picture)
        in.findings.push_back(
            base::finding(base::Severity::Warning, "layout_picture_unreadable", said));
}

// ---- Texts

// Who signs. Where the box has room to sign below two lines of text, in columns; else in one line.
std::string signatures_text(const map::LayoutItem& item, const Language& language) {
    constexpr double kLines = 4.5, kLineHeight = 1.36; // of the size of the text
    const double needed_mm = kLines * kLineHeight * item.size_pt * map::kMmPerInch / 72;
    if (item.box_mm.height < needed_mm) return language.text("layout.signatures");
    const auto below = "\n" + language.text("patrol.order.sign_here");
    return language.text("patrol.order.made_by") + below + "|" +
           language.text("patrol.order.approved_by") + below;
}

// What a kind says where the layout gives no words of its own.
std::string usual_text(const map::LayoutItem& item, const Language& language) {
    switch (item.kind) {
    case ItemKind::Title:
        return "{title}";
    case ItemKind::Subtitle:
        return "{subtitle}";
    case ItemKind::Sources:
        return "{sources}";
    case ItemKind::PageNumber:
        return language.text("patrol.order.page");
    case ItemKind::Signatures:
        return signatures_text(item, language);
    default:
        return "";
    }
}

LaidItem laid_item(const map::LayoutItem& item, const PageFields& fields, LaidSources& in,
                   const Dataset& all) {
    LaidItem placed;
    placed.item = item;
    const auto& own = item.text.in(in.language.code());
    try {
        placed.text =
            with_fields(own.empty() ? usual_text(item, in.language) : own, fields, in.language);
    } catch (base::Error& error) {
        throw error.in({"context.layout_item", {{"item", item.id}}});
    }
    switch (item.kind) {
    case ItemKind::Table:
        make_table(placed, in, all);
        break;
    case ItemKind::Chart:
        make_chart(placed, in);
        break;
    case ItemKind::Picture:
        read_picture_of(placed, in);
        break;
    case ItemKind::Offshore:
        placed.far = far_units(in.request, all, in.page.area.get());
        break;
    default:
        break;
    }
    return placed;
}

bool has_content(const LaidItem& placed) {
    switch (placed.item.kind) {
    case ItemKind::Table:
        return !placed.table.rows.empty() || !placed.bars.empty();
    case ItemKind::Chart:
        return !placed.chart.years.empty();
    default:
        return true;
    }
}

// What the items of a layout show: each once it is known what those before it have to show.
class LaidItems {
public:
    LaidItems(LaidSources& in, const Dataset& all) : in_(in), all_(all) {}

    void add(const map::LayoutItem& item, const PageFields& fields) {
        const auto& instead_of = item.params.instead_of;
        const bool taken = !instead_of.empty() && taken_.contains(instead_of);
        if (taken) {
            taken_.insert(item.id); // for those that would stand there instead of this one
            return;
        }
        const auto said = in_.findings.size();
        auto placed = laid_item(item, fields, in_, all_);
        const bool full = has_content(placed);
        if (full) taken_.insert({item.id, instead_of});
        // That a stand-in has nothing either is no news.
        if (!full && !instead_of.empty()) in_.findings.resize(said);
        const auto& over = item.params.grow_over;
        if (!over.empty() && !taken_.contains(over)) grow(placed, over);
        out_.push_back(std::move(placed));
    }
    std::vector<LaidItem> take() { return std::move(out_); }

private:
    void grow(LaidItem& placed, const std::string& over) const {
        for (const auto& other : out_)
            if (other.item.id == over)
                placed.item.box_mm = map::around(placed.item.box_mm, other.item.box_mm);
    }

    LaidSources& in_;
    const Dataset& all_;
    std::vector<LaidItem> out_;
    std::set<std::string> taken_; // places in which something stands
};

} // namespace

std::vector<map::FarUnits> far_units(const MapRequest& request, const Dataset& dataset,
                                     const map::SheetArea* area) {
    std::vector<map::FarUnits> out;
    if (!request.extent.all()) return out;
    std::vector<std::string> names;
    if (request.page.layout.empty()) {
        names.assign(kArchipelagos.begin(), kArchipelagos.end());
    } else {
        const auto file = layout_of(request.page);
        for (const auto& item : file.layout.items)
            if (item.kind == ItemKind::Offshore)
                names.insert(names.end(), item.params.names.begin(), item.params.names.end());
    }
    const auto& coverage = *dataset.vintage->coverage;
    const auto& units = dataset.vintage->units;
    const auto& frame = area ? area->box : coverage.main_box();
    for (const auto& name : names) {
        const auto key = base::search_key(name);
        map::FarUnits far{name, {}};
        for (std::size_t i = 0; i < coverage.face_count(); ++i) {
            const auto& face = coverage.faces()[i];
            if (face.ring_count == 0 || frame.intersects(face.box)) continue;
            if (area && !area->inside[i]) continue;
            if (named_so(units, i, key)) far.faces.push_back(static_cast<geo::FaceId>(i));
        }
        if (!far.faces.empty()) out.push_back(std::move(far));
    }
    return out;
}

std::shared_ptr<const map::LaidOut> laid_out(const MapRequest& request, const map::Page& page,
                                             const StyledMap& styled, const Dataset& dataset,
                                             const Language& language, const LaidSheet* sheet) {
    const auto file = layout_of(request.page);
    const bool needs_values =
        std::any_of(file.layout.items.begin(), file.layout.items.end(), [](const auto& item) {
            return item.kind == ItemKind::Chart || item.kind == ItemKind::Table;
        });
    auto shown = sheet && sheet->shown ? sheet->shown : std::make_shared<const Dataset>(dataset);
    if (needs_values && !(sheet && sheet->shown) &&
        request.classification == Classification::Public)
        shown = mask(std::move(shown), {}).dataset;
    LaidSources in{request, page, styled, std::move(shown), language, file.folder, sheet, {}};
    auto out = std::make_shared<map::LaidOut>();
    out->name = layout_title(file.layout, language);
    const auto fields = fields_of(in);
    LaidItems items(in, dataset);
    for (const auto& item : file.layout.items) items.add(item, fields);
    out->items = items.take();
    out->findings = std::move(in.findings);
    return out;
}

} // namespace diaban::app
