// What the pages of a pack say: the answers of the other verbs, side by side.
#include "app/commands/json.hpp"
#include "app/commands/near_parts.hpp"
#include "app/commands/pack_making.hpp"
#include "app/laid_out.hpp"
#include "app/table_view.hpp"
#include "app/view_notes.hpp"
#include "app/whereabouts.hpp"
#include "base/text.hpp"
#include "map/page.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using data::Domain;
using data::Status;

// Its words and its little maps of islands are those of every page of a pack; where things stand
// is decided when the page is drawn.
constexpr const char* kPackLayout = "slide-16x9";
constexpr std::size_t kMostClusters = 12; // named, of a page of clusters
constexpr std::size_t kNamedUnits = 8;    // of a cluster
constexpr std::size_t kNotedUnits = 15;   // near a place, in the notes

// ---- Clusters

bool stands_out(const std::string& word) {
    static const std::set<std::string> kNot{"not-significant", "not-asked",   "constant",
                                            "island",          "few-periods", "incomplete",
                                            "undefined",       "no-data"};
    return !kNot.contains(word);
}

// What the legend rows of a class are counted together as.
std::string hotspot_key(const std::string& word) {
    for (const auto* side : {"hot", "cold"})
        if (word.starts_with(side)) return std::string("hotspots/") + side;
    return stands_out(word) ? "hotspots/significant" : "hotspots/" + word;
}

std::size_t units_of_key(const HotspotsReport& r, const std::string& key) {
    return static_cast<std::size_t>(
        std::count_if(r.classes.begin(), r.classes.end(),
                      [&](const std::string& word) { return hotspot_key(word) == key; }));
}

// High and low values are two numbers: together they say nothing.
std::vector<PackFigure> hotspot_figures(const PackMaking& in) {
    const auto& r = *in.answers.hotspots;
    const base::Args about{{"indicator", r.map.indicator_name}};
    std::vector<PackFigure> out;
    for (const std::string side : {"hot", "cold"})
        out.push_back({"hotspots/" + side, in.text("pack.spots." + side, about),
                       units_of_key(r, "hotspots/" + side)});
    return out;
}

// Of neighbours; a commune alone is on the map.
void add_clusters(const PackMaking& in) {
    const auto& r = *in.answers.hotspots;
    std::vector<const HotspotCluster*> clusters;
    std::size_t in_clusters = 0;
    for (const auto& cluster : r.clusters) {
        in_clusters += cluster.units.size();
        if (cluster.units.size() > 1) clusters.push_back(&cluster);
    }
    if (clusters.empty()) return;
    auto list = pack_word_page(in, "clusters", PackPage::Kind::Table, in.text("pack.clusters"),
                               pack_dated(r.map.indicator_name, in.request().period));
    list.table.header = {in.text("layout.number"), in.text("column.kind"), in.text("column.units"),
                         in.text("pack.members")};
    list.table.numbers = {true, false, true, false};
    const auto shown = std::min(clusters.size(), kMostClusters);
    for (std::size_t c = 0; c < shown; ++c) {
        const auto& cluster = *clusters[c];
        const auto named = std::min(cluster.units.size(), kNamedUnits);
        auto names = named_with_places(
            in.dataset().vintage->units,
            {cluster.units.begin(), cluster.units.begin() + static_cast<std::ptrdiff_t>(named)});
        if (named < cluster.units.size()) names += ", …";
        const bool low =
            cluster.kind == analysis::Pattern::Cold || cluster.kind == analysis::Pattern::LowLow;
        list.table.rows.push_back(
            {pack_number(c + 1),
             pack_words(in.text(low ? "pack.cluster.low" : "pack.cluster.high")),
             pack_number(cluster.units.size()), pack_words(names)});
    }
    std::vector<std::string> notes;
    if (shown < clusters.size())
        notes.push_back(
            in.text("pack.more_clusters", {{"count", as_count(clusters.size() - shown)}}));
    if (const auto single = r.clusters.size() - clusters.size(); single > 0)
        notes.push_back(in.text("pack.single_spots", {{"count", as_count(single)}}));
    list.table.note = base::joined(notes, " ");
    list.group = "values";
    list.shared_title = in.text("pack.values");
    list.heading = list.page.text.title;
    list.figures.push_back({"hotspots/significant", in.text("pack.significant"), in_clusters});
    in.pack.pages.push_back(std::move(list));
}

void add_hotspots(const PackMaking& in) {
    const auto& r = *in.answers.hotspots;
    auto styled = r.map;
    // What came of it is for whoever speaks; below the map stands what it is and how it was found.
    std::erase(styled.lines, r.sentence);
    auto request =
        pack_page_request(in, in.text("pack.hotspots", {{"indicator", styled.indicator_name}}),
                          pack_subtitle(in, data::to_string(in.request().period)));
    request.hidden_kinds = near_kinds({}, in.dataset()); // they are on a page of their own
    auto page = pack_map_page(in, "hotspots", request, styled, in.dataset(), in.lines);
    for (std::size_t u = 0; u < r.classes.size(); ++u)
        page.legend_keys[styled.style.entry_of[u]] = hotspot_key(r.classes[u]);
    page.figures = hotspot_figures(in);
    page.figures.push_back({"hotspots/significant", in.text("pack.significant"), r.significant});
    page.notes = global_lines(r, in.language);
    page.notes.insert(page.notes.begin(), r.sentence);
    in.pack.pages.push_back(std::move(page));
    add_clusters(in);
}

// ---- Highest values

// As `table --sort INDICATOR --descending` puts them, without those that have no value.
void add_top(const PackMaking& in) {
    const auto& dataset = *in.masked.dataset;
    const auto& cube = *dataset.cube;
    const auto indicator = *cube.find(in.answers.indicator);
    const auto period = cube.find(in.request().period);
    if (!period) return;
    TableQuery query;
    query.sort = {TableColumn::Kind::Value, indicator};
    query.descending = true;
    query.period = *period;
    const auto slice = cube.slice(indicator, *period);
    std::vector<std::size_t> units;
    for (const auto& row : table_rows(dataset, query, {}, in.language).rows)
        if (!row.group && slice.has(row.index) && units.size() < in.request().top)
            units.push_back(row.index);
    const auto name = indicator_name(cube.indicators[indicator], in.language);
    const auto& table = dataset.vintage->units;
    if (units.empty()) {
        in.pack.left_out.push_back(
            {in.text("pack.page.top"), in.text("pack.no_values", {{"indicator", name}})});
        return;
    }
    auto page = pack_word_page(
        in, "top", PackPage::Kind::Table, in.text("pack.top", {{"count", as_count(units.size())}}),
        name + " · " + pack_subtitle(in, data::to_string(in.request().period)));
    const auto places = whereabouts(table, units);
    auto& out = page.table;
    out.header = {in.text("layout.number"), in.text("column.name")};
    out.numbers = {true, false};
    for (const auto level : places.columns) {
        out.header.push_back(level_heading(level, in.language));
        out.numbers.push_back(false);
    }
    out.header.push_back(in.text("layout.value"));
    out.numbers.push_back(true);
    for (const auto domain : in.answers.domains) {
        out.header.push_back(domain_text(domain, in.language));
        out.numbers.push_back(false);
    }
    for (std::size_t n = 0; n < units.size(); ++n) {
        const auto i = units[n];
        auto& row = out.rows.emplace_back();
        row = {pack_number(n + 1),
               pack_words(table.name[i].empty() ? table.code[i] : table.name[i])};
        for (const auto level : places.columns)
            row.push_back(pack_words(name_of_group(table, level, i)));
        row.push_back(pack_words(value_text(dataset, indicator, *period, i, in.language)));
        for (const auto domain : in.answers.domains) {
            auto cell = pack_words(
                pack_status(pack_statuses(*in.answers.statuses, domain)[i], in.language));
            const auto any = status_key(domain, in.request().period, Status::Unknown);
            cell.key = any.substr(0, any.rfind('/')) + "/unit/" + std::to_string(i);
            row.push_back(std::move(cell));
        }
    }
    const auto hidden = static_cast<std::size_t>(
        std::count_if(slice.state.begin(), slice.state.end(),
                      [](data::Cell state) { return state == data::Cell::Suppressed; }));
    if (!places.all_in.empty()) out.note = in.text("layout.all_in", {{"place", places.all_in}});
    if (hidden > 0)
        out.note += (out.note.empty() ? "" : " · ") +
                    in.text("pack.hidden_values", {{"count", as_count(hidden)}});
    const auto& of = cube.indicators[indicator];
    page.group = "values";
    page.heading = page.page.text.title;
    for (const auto& cell : in.masked.cells)
        if (cell.period == in.request().period &&
            (cell.indicator == of.id || cell.indicator == of.numerator))
            in.pack.masked.push_back(cell);
    in.pack.pages.push_back(std::move(page));
}

// ---- Near places

void add_near(const PackMaking& in) {
    auto r = *in.answers.near;
    LineLayers lines = in.lines;
    for (auto& ring : near_buffers(r, in.dataset(), in.language, in.ctx))
        lines.overlays.push_back(std::move(ring));
    auto request = pack_page_request(in, r.map.title, pack_subtitle(in, data::to_string(r.period)));
    // Of the other kinds the answer says nothing.
    for (const auto& kind : near_kinds({}, in.dataset()))
        if (!r.request.kinds.empty() && std::find(r.request.kinds.begin(), r.request.kinds.end(),
                                                  kind) == r.request.kinds.end())
            request.hidden_kinds.push_back(kind);
    auto page = pack_map_page(in, "near", request, r.map, in.dataset(), lines);
    for (std::size_t e = 0; e < near_ring_ends(r.request).size(); ++e)
        page.legend_keys[e] = "near/within";
    page.figures.push_back({"near/within", in.text("pack.near_count"), r.units.size()});
    page.notes = {r.sentence};
    for (std::size_t n = 0; n < std::min(r.units.size(), kNotedUnits); ++n)
        page.notes.push_back(r.names[r.units[n].unit] + ": " +
                             near_words(r, r.units[n], in.language));
    in.pack.pages.push_back(std::move(page));
}

// ---- The first pages

PackCell change_cell(std::size_t before, std::size_t now, const Language& language) {
    if (now == before) return pack_words("0");
    const bool more = now > before;
    return pack_words((more ? "+" : "−") + language.count(more ? now - before : before - now));
}

// Both periods side by side, what they have in common with the maps and the matrix.
PackTable number_table(const PackMaking& in) {
    const auto& q = in.request();
    const auto& a = in.answers;
    PackTable out;
    const bool two = a.moves.has_value();
    out.header = {in.text("pack.what")};
    if (two) out.header.push_back(data::to_string(q.before));
    out.header.push_back(q.period.year == 0 ? in.text("pack.how_many") : data::to_string(q.period));
    if (two) out.header.push_back(in.text("pack.difference"));
    out.numbers.assign(out.header.size(), true);
    out.numbers.front() = false;
    const auto add = [&](std::string label, const std::string& before_key, std::size_t before,
                         const std::string& key, std::size_t now) {
        auto& row = out.rows.emplace_back();
        row.push_back(pack_words(std::move(label)));
        if (two) row.push_back(pack_number(before, before_key));
        row.push_back(pack_number(now, key));
        if (two) row.push_back(change_cell(before, now, in.language));
    };
    const auto add_now = [&](std::string label, const std::string& key, std::size_t now) {
        auto& row = out.rows.emplace_back();
        row.push_back(pack_words(std::move(label)));
        if (two) row.push_back(pack_words("–"));
        row.push_back(pack_number(now, key));
        if (two) row.push_back(pack_words("–"));
    };
    std::map<Domain, std::array<std::vector<Status>, 2>> series;
    for (const auto domain : a.domains) {
        auto& of = series[domain];
        of[1] = pack_statuses(*a.statuses, domain);
        if (two) of[0] = data::statuses_at(a.statuses->statuses.of(domain), q.before);
    }
    const auto healthy = [&](std::size_t when) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < in.dataset().vintage->units.size(); ++i)
            count += std::all_of(series.begin(), series.end(), [&](const auto& one) {
                const auto& of = one.second[when];
                return i < of.size() && of[i] == Status::None;
            });
        return count;
    };
    // Both periods are told of the same units.
    const auto all = in.dataset().vintage->units.size();
    add(in.text("pack.units"), "units", all, "units", all);
    if (!series.empty()) {
        const auto key = [&](data::Period p) { return pack_healthy_key(a.domains, p); };
        const bool told = !two || std::all_of(series.begin(), series.end(), [](const auto& one) {
            return !one.second[0].empty();
        });
        if (told)
            add(in.text(a.domains.size() == 2 ? "pack.healthy_both" : "pack.healthy"),
                key(q.before), healthy(0), key(q.period), healthy(1));
        else
            add_now(in.text(a.domains.size() == 2 ? "pack.healthy_both" : "pack.healthy"),
                    key(q.period), healthy(1));
    }
    for (const auto& [domain, of] : series) {
        const auto before = data::count_statuses(of[0]), now = data::count_statuses(of[1]);
        for (const auto status : data::kAllStatuses) {
            const bool usual =
                status == Status::None || status == Status::Present || status == Status::Hot;
            if (!usual && before.count(status) + now.count(status) == 0) continue;
            const auto label =
                in.text("pack.status_row", {{"domain", domain_text(domain, in.language)},
                                            {"status", pack_status(status, in.language)}});
            if (two && of[0].empty())
                add_now(label, status_key(domain, q.period, status), now.count(status));
            else
                add(label, status_key(domain, q.before, status), before.count(status),
                    status_key(domain, q.period, status), now.count(status));
        }
    }
    if (a.hotspots)
        for (const auto& spots : hotspot_figures(in)) add_now(spots.label, spots.key, spots.count);
    if (a.near) add_now(a.near->map.title, "near/within", a.near->units.size());
    return out;
}

void add_first_pages(const PackMaking& in) {
    const auto& q = in.request();
    const auto& a = in.answers;
    auto numbers =
        pack_word_page(in, "numbers", PackPage::Kind::Table, in.text("pack.numbers"),
                       pack_subtitle(in, a.moves ? in.years() : data::to_string(q.period)));
    numbers.table = number_table(in);
    for (const auto domain : a.domains)
        numbers.figures.push_back(
            {std::string(data::to_string(domain)) + "/" + data::to_string(q.period) + "/hot_all",
             in.text("pack.hot", {{"domain", pack_domain(domain, in.language)}}),
             data::count_statuses(pack_statuses(*a.statuses, domain)).hot_all()});
    auto title = pack_word_page(in, "title", PackPage::Kind::Title,
                                q.title.empty() ? in.text("pack.title") : q.title,
                                pack_subtitle(in, data::to_string(q.period)));
    // What the meeting is about, at a glance.
    title.figures = {{"units", in.text("pack.units"), in.dataset().vintage->units.size()}};
    for (const auto& row : numbers.table.rows)
        for (const auto& cell : row)
            if (!a.domains.empty() && cell.key == pack_healthy_key(a.domains, q.period))
                title.figures.push_back({cell.key, row.front().text, *cell.count});
    title.figures.insert(title.figures.end(), numbers.figures.begin(), numbers.figures.end());
    in.pack.pages.insert(in.pack.pages.begin(), {std::move(title), std::move(numbers)});
}

void add_last_pages(const PackMaking& in) {
    const auto subtitle = pack_subtitle(in, data::to_string(in.request().period));
    auto method =
        pack_word_page(in, "method", PackPage::Kind::Table, in.text("pack.method"), subtitle);
    method.table = method_table(in.pack, in.answers, in.language);
    method.group = "about";
    method.shared_title = in.text("pack.about");
    method.heading = method.page.text.title;
    in.pack.pages.push_back(std::move(method));
    auto quality =
        pack_word_page(in, "quality", PackPage::Kind::Table, in.text("pack.quality"), subtitle);
    quality.table = quality_table(in.pack, in.answers, in.language);
    quality.group = "about";
    quality.heading = quality.page.text.title;
    in.pack.pages.push_back(std::move(quality));
}

// Each cell once, in one order whatever asked for it first.
void tidy_masked(std::vector<MaskedCell>& cells) {
    const auto key = [](const MaskedCell& cell) {
        return std::tie(cell.row, cell.unit, cell.indicator, cell.period, cell.complementary);
    };
    std::sort(cells.begin(), cells.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    cells.erase(std::unique(cells.begin(), cells.end(),
                            [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                cells.end());
}

} // namespace

std::string pack_status(Status status, const Language& language) {
    return category_text(std::string(data::to_string(status)), language);
}

std::string pack_domain(Domain domain, const Language& language) {
    return base::lower(domain_text(domain, language));
}

const std::vector<Status>& pack_statuses(const StatusReport& r, Domain domain) {
    return domain == Domain::Drug ? r.drug : r.prostitution;
}

std::string pack_healthy_key(const std::vector<Domain>& domains, data::Period period) {
    return (domains.size() == 2 ? std::string("both")
                                : std::string(data::to_string(domains.front()))) +
           "/" + data::to_string(period) + "/healthy";
}

MapRequest pack_page_request(const PackMaking& in, const std::string& title,
                             const std::string& subtitle) {
    MapRequest out;
    out.page.layout = kPackLayout;
    out.page.title = title;
    out.page.subtitle = subtitle;
    out.page.source = in.request().source;
    out.hidden_kinds = in.request().hidden_kinds;
    out.classification = in.request().classification;
    return out;
}

std::string pack_subtitle(const PackMaking& in, const std::string& period) {
    const auto area = area_name(in.dataset(), in.language);
    return period.empty() ? area : in.text("page.subtitle", {{"area", area}, {"period", period}});
}

PackPage pack_map_page(const PackMaking& in, std::string id, const MapRequest& request,
                       const StyledMap& styled, const Dataset& dataset, const LineLayers& lines) {
    PackPage out{.kind = PackPage::Kind::Map, .id = std::move(id)};
    out.page = page_of(request, styled, dataset, in.language, lines);
    out.page.laid = nullptr; // made for the sheet
    out.far = far_units(request, dataset);
    out.legend_keys.resize(styled.style.entries.size());
    return out;
}

PackPage pack_word_page(const PackMaking& in, std::string id, PackPage::Kind kind,
                        std::string title, std::string subtitle) {
    const auto& dataset = in.dataset();
    map::LegendEntry all;
    StyledMap nothing;
    nothing.categorical = true;
    nothing.style = {{all}, std::vector<std::uint16_t>(dataset.vintage->units.size(), 0)};
    nothing.style.entries.front().count = dataset.vintage->units.size();
    map::count_drawn(nothing.style, dataset.vintage->coverage->faces());
    nothing.choice.period = in.request().period;
    nothing.title = title;
    nothing.indicator = static_cast<std::size_t>(-1); // of none
    if (!dataset.cube->indicators.empty())
        nothing.indicator = *dataset.cube->find(resolve({}, dataset).indicator);
    PackPage out{.kind = kind, .id = std::move(id)};
    out.page = page_of(pack_page_request(in, title, subtitle), nothing, dataset, in.language);
    out.page.laid = nullptr;
    out.page.text.symbols.clear();
    out.page.text.legend_title.clear();
    out.page.text.legend_note.clear();
    out.page.scene.symbols.clear();
    out.page.scene.overlays.clear();
    return out;
}

void add_pack_pages(Pack& pack, const PackAnswers& answers, const std::vector<MaskedCell>& cells,
                    const Language& language, base::JobContext& ctx) {
    const bool open = pack.request.classification == Classification::Public;
    PackMaking in{pack,
                  answers,
                  language,
                  ctx,
                  load_line_layers(pack.request.layers, *pack.dataset->vintage->coverage, ctx),
                  open ? mask(pack.dataset, {}, ctx) : Masked{pack.dataset, {}}};
    pack.masked = cells;
    for (const auto domain : answers.domains) add_pack_status_map(in, domain);
    if (answers.moves) {
        add_pack_change_map(in, *answers.statuses);
        for (const auto& [domain, matrix] : answers.moves->matrices)
            if (std::find(answers.domains.begin(), answers.domains.end(), domain) !=
                answers.domains.end())
                add_pack_matrix(in, domain, matrix);
    }
    if (answers.targets) add_pack_targets(in);
    if (answers.hotspots) add_hotspots(in);
    if (!answers.indicator.empty()) add_top(in);
    if (answers.near) add_near(in);
    if (pack.pages.empty())
        throw Error(ErrorKind::Usage, "error.pack.nothing", {{"file", pack.dataset->title}});
    tidy_masked(pack.masked);
    for (const auto& left : pack.left_out)
        pack.findings.push_back(base::finding(base::Severity::Info, "pack_left_out",
                                              {{"page", left.page}, {"reason", left.reason}}));
    add_first_pages(in);
    add_last_pages(in);
}

} // namespace diaban::app
