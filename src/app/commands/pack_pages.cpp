// What the pages of a pack say: the answers of the other verbs, side by side.
#include "app/commands/json.hpp"
#include "app/commands/map_preview.hpp"
#include "app/commands/near_parts.hpp"
#include "app/commands/pack_parts.hpp"
#include "app/laid_out.hpp"
#include "app/plan_file.hpp"
#include "app/status_view.hpp"
#include "app/table_view.hpp"
#include "app/view_notes.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "map/page.hpp"

#include <algorithm>
#include <array>
#include <cmath>
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

std::string status_called(Status status, const Language& language) {
    return category_text(std::string(data::to_string(status)), language);
}

std::string lower_domain(Domain domain, const Language& language) {
    return base::lower(domain_text(domain, language));
}

const std::vector<Status>& of_period(const StatusReport& r, Domain domain) {
    return domain == Domain::Drug ? r.drug : r.prostitution;
}

// Healthy in all domains that the pack is about.
std::string healthy_key(const std::vector<Domain>& domains, data::Period period) {
    return (domains.size() == 2 ? std::string("both")
                                : std::string(data::to_string(domains.front()))) +
           "/" + data::to_string(period) + "/healthy";
}

// Everything that the pages are made of.
struct PackMaking {
    Pack& pack;
    const PackAnswers& answers;
    const Language& language;
    base::JobContext& ctx;
    LineLayers lines;
    Masked masked; // of the dataset; the dataset itself if the pack is internal

    const Dataset& dataset() const { return *pack.dataset; }
    const PackRequest& request() const { return pack.request; }
    std::string text(std::string_view id, const base::Args& args = {}) const {
        return language.text(id, args);
    }
    std::string years() const {
        return data::to_string(request().before) + " – " + data::to_string(request().period);
    }
};

MapRequest page_request(const PackMaking& in, const std::string& title,
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

std::string subtitle_of(const PackMaking& in, const std::string& period) {
    const auto area = area_name(in.dataset(), in.language);
    return period.empty() ? area : in.text("page.subtitle", {{"area", area}, {"period", period}});
}

PackPage map_page(const PackMaking& in, std::string id, const MapRequest& request,
                  const StyledMap& styled, const Dataset& dataset, const LineLayers& lines) {
    PackPage out{.kind = PackPage::Kind::Map, .id = std::move(id)};
    out.page = page_of(request, styled, dataset, in.language, lines);
    out.page.laid = nullptr; // made for the sheet
    out.far = far_units(request, dataset);
    out.legend_keys.resize(styled.style.entries.size());
    return out;
}

// A page of words, with the same source lines as the maps. All units are counted, none is drawn.
PackPage word_page(const PackMaking& in, std::string id, PackPage::Kind kind, std::string title,
                   std::string subtitle) {
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
    out.page = page_of(page_request(in, title, subtitle), nothing, dataset, in.language);
    out.page.laid = nullptr;
    out.page.text.symbols.clear();
    out.page.text.legend_title.clear();
    out.page.text.legend_note.clear();
    out.page.scene.symbols.clear();
    out.page.scene.overlays.clear();
    return out;
}

// ---- Statuses

void add_status_map(const PackMaking& in, Domain domain) {
    const auto period = in.request().period;
    StatusReport one = *in.answers.statuses;
    one.request.domains = domain == Domain::Drug ? Domains::Drug : Domains::Prostitution;
    if (in.answers.voice != StatusVoice::Rule) one.rule.reset();
    auto styled = status_map(one, in.answers.voice, in.language);
    const base::Args about{{"domain", lower_domain(domain, in.language)},
                           {"period", data::to_string(period)}};
    styled.legend_title = in.text("pack.status_legend", about);
    auto page = map_page(
        in, "status-" + std::string(data::to_string(domain)),
        page_request(in, in.text("pack.status", about), subtitle_of(in, data::to_string(period))),
        styled, in.dataset(), in.lines);
    for (std::size_t e = 0; e < styled.style.entries.size(); ++e) {
        const auto& entry = styled.style.entries[e];
        if (entry.key.starts_with("is:"))
            page.legend_keys[e] = std::string(data::to_string(domain)) + "/" +
                                  data::to_string(period) + "/" + entry.key.substr(3);
    }
    page.unit_key = status_key(domain, period, Status::Unknown);
    page.unit_key = page.unit_key.substr(0, page.unit_key.rfind('/')) + "/unit/";
    in.pack.pages.push_back(std::move(page));
}

// Every domain asked for that has statuses at all has them in both periods.
bool all_reported(const PackMaking& in, const StatusReport& r) {
    const auto& q = in.request();
    for (const auto domain : {Domain::Drug, Domain::Prostitution}) {
        if (q.domains != Domains::Both && (q.domains == Domains::Drug) != (domain == Domain::Drug))
            continue;
        const auto& series = r.statuses.of(domain);
        if (series.empty()) continue;
        if (!data::find_period(series, q.before) || !data::find_period(series, q.period))
            return false;
    }
    return true;
}

void add_change_map(const PackMaking& in, const StatusReport& r) {
    const auto& q = in.request();
    const auto moved =
        with_changes(in.dataset(), q.statuses, q.domains, q.before, q.period, in.ctx);
    auto styled = app::styled(*moved, resolve({}, *moved), in.language);
    std::vector<std::string> domains;
    for (const auto domain : in.answers.domains)
        domains.push_back(lower_domain(domain, in.language));
    auto request = page_request(in, in.text("pack.change", {{"years", in.years()}}),
                                subtitle_of(in, base::joined(domains)));
    request.change = data::to_string(q.before) + ":" + data::to_string(q.period);
    auto page = map_page(in, "change", request, styled, *moved, in.lines);
    // Of every unit the move that the map shows of it, counted anew.
    std::map<std::string, std::size_t> counts;
    for (const auto& moves : in.answers.moves->moves.of)
        ++counts[std::string(data::shown_move(moves))];
    for (std::size_t e = 0; e < styled.style.entries.size(); ++e) {
        const auto& key = styled.style.entries[e].key;
        if (!key.starts_with("is:")) continue;
        page.legend_keys[e] = "change/" + key.substr(3);
        page.figures.push_back(
            {page.legend_keys[e], styled.style.entries[e].label, counts[key.substr(3)]});
    }
    const auto& moves = in.answers.moves->moves;
    // Of a domain without a report in a period nobody knows who is healthy.
    if (all_reported(in, r))
        for (const auto& [period, count] :
             {std::pair{q.before, moves.healthy_before}, std::pair{q.period, moves.healthy_after}})
            page.figures.push_back(
                {healthy_key(in.answers.domains, period),
                 in.text("pack.healthy_in", {{"period", data::to_string(period)}}), count});
    in.pack.pages.push_back(std::move(page));
}

// Statuses that no unit had or has are left out; with the sums of rows and columns.
void add_matrix(const PackMaking& in, Domain domain, const data::StatusMatrix& matrix) {
    const auto& q = in.request();
    const base::Args about{{"domain", lower_domain(domain, in.language)}, {"years", in.years()}};
    auto page =
        word_page(in, "matrix-" + std::string(data::to_string(domain)), PackPage::Kind::Table,
                  in.text("pack.matrix", about), subtitle_of(in, in.years()));
    std::array<std::size_t, data::kStatuses> before{}, after{};
    std::size_t all = 0;
    for (std::size_t a = 0; a < data::kStatuses; ++a)
        for (std::size_t b = 0; b < data::kStatuses; ++b)
            before[a] += matrix.count[a][b], after[b] += matrix.count[a][b],
                all += matrix.count[a][b];
    auto& table = page.table;
    table.sums = true;
    table.note = in.text("pack.matrix_note", {{"before", data::to_string(q.before)},
                                              {"period", data::to_string(q.period)}});
    table.header = {in.text("column.from_to")};
    table.numbers = {false};
    std::vector<std::size_t> shown;
    for (std::size_t s = 0; s < data::kStatuses; ++s)
        if (before[s] + after[s] > 0) shown.push_back(s);
    for (const auto b : shown)
        table.header.push_back(status_called(static_cast<Status>(b), in.language));
    table.header.push_back(in.text("pack.total"));
    table.numbers.resize(table.header.size(), true);
    for (const auto a : shown) {
        auto& row = table.rows.emplace_back();
        row.push_back(pack_words(status_called(static_cast<Status>(a), in.language)));
        for (const auto b : shown) row.push_back(pack_number(matrix.count[a][b]));
        row.push_back(pack_number(before[a], status_key(domain, q.before, static_cast<Status>(a))));
    }
    auto& last = table.rows.emplace_back();
    last.push_back(pack_words(in.text("pack.total")));
    for (const auto b : shown)
        last.push_back(pack_number(after[b], status_key(domain, q.period, static_cast<Status>(b))));
    last.push_back(pack_number(all, "units"));
    in.pack.pages.push_back(std::move(page));
}

// ---- Targets

// The key of a total that statuses give, as the other pages count it; "" of any other.
std::string key_of_total(const std::string& id, data::Period period) {
    const auto hot = [&](Domain domain) {
        return std::string(data::to_string(domain)) + "/" + data::to_string(period) + "/hot_all";
    };
    if (id == "ST04") return hot(Domain::Drug);
    if (id == "ST05") return hot(Domain::Prostitution);
    if (id == "ST08") return status_key(Domain::Prostitution, period, Status::None);
    if (id == "ST09") return status_key(Domain::Drug, period, Status::None);
    if (id == "ST10") return "both/" + data::to_string(period) + "/healthy";
    return "";
}

void add_targets(const PackMaking& in) {
    const auto& r = *in.answers.targets;
    auto page = word_page(in, "targets", PackPage::Kind::Table, in.text("pack.targets"),
                          plan_title(*r.plan, in.language) + " · " + r.plan->document + " · " +
                              data::to_string(r.request.period));
    auto& table = page.table;
    table.header = {in.text("column.target"), in.text("column.text"), in.text("column.asked"),
                    in.text("column.reached"), in.text("column.state")};
    table.numbers = {false, false, false, false, false};
    for (const auto& line : published_lines(r, in.language, &in.pack.masked))
        table.rows.push_back({pack_words(line.id), pack_words(line.text), pack_words(line.asked),
                              pack_words(line.reached), pack_words(line.state)});
    for (const auto& result : r.results) {
        const auto& t = *result.target;
        const bool plain =
            (t.kind == data::TargetKind::Absolute || t.kind == data::TargetKind::Share) &&
            t.indicators.size() == 1 && !t.cumulative;
        if (!plain || !result.x || *result.x < 0) continue;
        const auto key = key_of_total(t.indicators.front(), r.request.period);
        if (key.empty()) continue;
        page.figures.push_back({key, t.id, static_cast<std::size_t>(std::llround(*result.x))});
    }
    in.pack.pages.push_back(std::move(page));
}

// ---- Clusters

bool stands_out(const std::string& word) {
    static const std::set<std::string> kNot{"not-significant", "not-asked",   "constant",
                                            "island",          "few-periods", "incomplete",
                                            "undefined",       "no-data"};
    return !kNot.contains(word);
}

void add_hotspots(const PackMaking& in) {
    const auto& r = *in.answers.hotspots;
    auto styled = r.map;
    // What came of it is for whoever speaks; below the map stands what it is and how it was found.
    std::erase(styled.lines, r.sentence);
    auto request =
        page_request(in, in.text("pack.hotspots", {{"indicator", styled.indicator_name}}),
                     subtitle_of(in, data::to_string(in.request().period)));
    request.hidden_kinds = near_kinds({}, in.dataset()); // they are on a page of their own
    auto page = map_page(in, "hotspots", request, styled, in.dataset(), in.lines);
    for (std::size_t u = 0; u < r.classes.size(); ++u)
        page.legend_keys[styled.style.entry_of[u]] =
            stands_out(r.classes[u]) ? "hotspots/significant" : "hotspots/" + r.classes[u];
    page.figures.push_back({"hotspots/significant", in.text("pack.significant"), r.significant});
    page.notes = global_lines(r, in.language);
    page.notes.insert(page.notes.begin(), r.sentence);
    in.pack.pages.push_back(std::move(page));
    if (r.clusters.empty()) return;
    auto list = word_page(in, "clusters", PackPage::Kind::Table, in.text("pack.clusters"),
                          styled.indicator_name + ", " + data::to_string(in.request().period));
    list.table.header = {in.text("layout.number"), in.text("column.kind"), in.text("column.units"),
                         in.text("pack.members")};
    list.table.numbers = {true, false, true, false};
    const auto shown = std::min(r.clusters.size(), kMostClusters);
    for (std::size_t c = 0; c < shown; ++c) {
        const auto& cluster = r.clusters[c];
        std::vector<std::string> names;
        for (const auto u : cluster.units) {
            if (names.size() == kNamedUnits) {
                names.emplace_back("…");
                break;
            }
            names.push_back(r.names[u].empty() ? r.codes[u] : r.names[u]);
        }
        const bool low =
            cluster.kind == analysis::Pattern::Cold || cluster.kind == analysis::Pattern::LowLow;
        list.table.rows.push_back(
            {pack_number(c + 1),
             pack_words(in.text(low ? "pack.cluster.low" : "pack.cluster.high")),
             pack_number(cluster.units.size()), pack_words(base::joined(names))});
    }
    if (shown < r.clusters.size())
        list.table.note =
            in.text("pack.more_clusters", {{"count", as_count(r.clusters.size() - shown)}});
    std::size_t in_clusters = 0;
    for (const auto& cluster : r.clusters) in_clusters += cluster.units.size();
    list.figures.push_back({"hotspots/significant", in.text("pack.significant"), in_clusters});
    in.pack.pages.push_back(std::move(list));
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
    auto page = word_page(in, "top", PackPage::Kind::Table,
                          in.text("pack.top", {{"count", as_count(units.size())}}),
                          name + " · " + subtitle_of(in, data::to_string(in.request().period)));
    const bool districts = table.has_level(data::Level::District);
    auto& out = page.table;
    out.header = {in.text("layout.number"), in.text("column.name")};
    out.numbers = {true, false};
    if (districts) out.header.push_back(in.text("column.district")), out.numbers.push_back(false);
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
        if (districts) row.push_back(pack_words(district_name(dataset, i)));
        row.push_back(pack_words(value_text(dataset, indicator, *period, i, in.language)));
        for (const auto domain : in.answers.domains) {
            auto cell =
                pack_words(status_called(of_period(*in.answers.statuses, domain)[i], in.language));
            const auto any = status_key(domain, in.request().period, Status::Unknown);
            cell.key = any.substr(0, any.rfind('/')) + "/unit/" + std::to_string(i);
            row.push_back(std::move(cell));
        }
    }
    const auto hidden = static_cast<std::size_t>(
        std::count_if(slice.state.begin(), slice.state.end(),
                      [](data::Cell state) { return state == data::Cell::Suppressed; }));
    if (hidden > 0) out.note = in.text("pack.hidden_values", {{"count", as_count(hidden)}});
    const auto& of = cube.indicators[indicator];
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
    auto request = page_request(in, r.map.title, subtitle_of(in, data::to_string(r.period)));
    // Of the other kinds the answer says nothing.
    for (const auto& kind : near_kinds({}, in.dataset()))
        if (!r.request.kinds.empty() && std::find(r.request.kinds.begin(), r.request.kinds.end(),
                                                  kind) == r.request.kinds.end())
            request.hidden_kinds.push_back(kind);
    auto page = map_page(in, "near", request, r.map, in.dataset(), lines);
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
    out.header.push_back(data::to_string(q.period));
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
        of[1] = of_period(*a.statuses, domain);
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
    add_now(in.text("pack.units"), "units", in.dataset().vintage->units.size());
    if (!series.empty()) {
        const auto key = [&](data::Period p) { return healthy_key(a.domains, p); };
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
                                            {"status", status_called(status, in.language)}});
            if (two && of[0].empty())
                add_now(label, status_key(domain, q.period, status), now.count(status));
            else
                add(label, status_key(domain, q.before, status), before.count(status),
                    status_key(domain, q.period, status), now.count(status));
        }
    }
    if (a.hotspots)
        add_now(in.text("pack.significant_of", {{"indicator", a.hotspots->map.indicator_name}}),
                "hotspots/significant", a.hotspots->significant);
    if (a.near) add_now(a.near->map.title, "near/within", a.near->units.size());
    return out;
}

void add_first_pages(const PackMaking& in) {
    const auto& q = in.request();
    const auto& a = in.answers;
    auto numbers = word_page(in, "numbers", PackPage::Kind::Table, in.text("pack.numbers"),
                             subtitle_of(in, a.moves ? in.years() : data::to_string(q.period)));
    numbers.table = number_table(in);
    for (const auto domain : a.domains)
        numbers.figures.push_back(
            {std::string(data::to_string(domain)) + "/" + data::to_string(q.period) + "/hot_all",
             in.text("pack.hot", {{"domain", lower_domain(domain, in.language)}}),
             data::count_statuses(of_period(*a.statuses, domain)).hot_all()});
    auto title = word_page(in, "title", PackPage::Kind::Title,
                           q.title.empty() ? in.text("pack.title") : q.title,
                           subtitle_of(in, data::to_string(q.period)));
    // What the meeting is about, at a glance.
    title.figures = {{"units", in.text("pack.units"), in.dataset().vintage->units.size()}};
    for (const auto& row : numbers.table.rows)
        for (const auto& cell : row)
            if (!a.domains.empty() && cell.key == healthy_key(a.domains, q.period))
                title.figures.push_back({cell.key, row.front().text, *cell.count});
    title.figures.insert(title.figures.end(), numbers.figures.begin(), numbers.figures.end());
    in.pack.pages.insert(in.pack.pages.begin(), {std::move(title), std::move(numbers)});
}

void add_last_pages(const PackMaking& in) {
    const auto subtitle = subtitle_of(in, data::to_string(in.request().period));
    auto method = word_page(in, "method", PackPage::Kind::Table, in.text("pack.method"), subtitle);
    method.table = method_table(in.pack, in.answers, in.language);
    in.pack.pages.push_back(std::move(method));
    auto quality =
        word_page(in, "quality", PackPage::Kind::Table, in.text("pack.quality"), subtitle);
    quality.table = quality_table(in.pack, in.answers, in.language);
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

void add_pack_pages(Pack& pack, const PackAnswers& answers, const std::vector<MaskedCell>& cells,
                    const Language& language, base::JobContext& ctx) {
    const bool open = pack.request.classification == Classification::Public;
    PackMaking in{pack,
                  answers,
                  language,
                  ctx,
                  load_line_layers(pack.request.layers, *pack.dataset->vintage->coverage, ctx),
                  open ? mask(pack.dataset, {}) : Masked{pack.dataset, {}}};
    pack.masked = cells;
    for (const auto domain : answers.domains) add_status_map(in, domain);
    if (answers.moves) {
        add_change_map(in, *answers.statuses);
        for (const auto& [domain, matrix] : answers.moves->matrices)
            if (std::find(answers.domains.begin(), answers.domains.end(), domain) !=
                answers.domains.end())
                add_matrix(in, domain, matrix);
    }
    if (answers.targets) add_targets(in);
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
