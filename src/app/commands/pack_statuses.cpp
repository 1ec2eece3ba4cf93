// The pages of a pack about statuses: maps, what became of the communes, the targets of a plan.
#include "app/commands/json.hpp"
#include "app/commands/pack_making.hpp"
#include "app/plan_file.hpp"
#include "app/status_view.hpp"
#include "app/view_notes.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace diaban::app {
namespace {

using data::Domain;
using data::Status;

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

// The key of a total that statuses give, as the other pages count it; "" of any other.
std::string key_of_total(const std::string& id, const TargetsReport& r) {
    const auto period = r.request.period;
    const auto hot = [&](Domain domain) {
        return std::string(data::to_string(domain)) + "/" + data::to_string(period) + "/hot_all";
    };
    if (id == "ST04") return hot(Domain::Drug);
    if (id == "ST05") return hot(Domain::Prostitution);
    if (id == "ST08") return status_key(Domain::Prostitution, period, Status::None);
    if (id == "ST09") return status_key(Domain::Drug, period, Status::None);
    if (id == "ST11_new") return pack_move_key(r.before, period, data::Move::NewlyBuilt);
    if (id == "ST11_kept") return pack_move_key(r.before, period, data::Move::Maintained);
    if (id == "ST10") return "both/" + data::to_string(period) + "/healthy";
    return "";
}

} // namespace

std::string pack_move_key(data::Period before, data::Period period, data::Move move) {
    return "moves/" + data::to_string(before) + "/" + data::to_string(period) + "/" +
           std::string(data::to_string(move));
}

void add_pack_status_map(const PackMaking& in, Domain domain) {
    const auto period = in.request().period;
    StatusReport one = *in.answers.statuses;
    one.request.domains = domain == Domain::Drug ? Domains::Drug : Domains::Prostitution;
    if (in.answers.voice != StatusVoice::Rule) one.rule.reset();
    auto styled = status_map(one, in.answers.voice, in.language);
    const base::Args about{{"domain", pack_domain(domain, in.language)}};
    styled.legend_title = pack_dated(in.text("pack.status_legend", about), period);
    auto page = pack_map_page(in, "status-" + std::string(data::to_string(domain)),
                              pack_page_request(in, in.text("pack.status", about),
                                                pack_subtitle(in, data::to_string(period))),
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

void add_pack_change_map(const PackMaking& in, const StatusReport& r) {
    const auto& q = in.request();
    const auto shown =
        moves_between(in.dataset(), q.statuses, q.domains, q.before, q.period, in.ctx);
    const auto moved = with_changes(in.dataset(), shown);
    auto styled = app::styled(*moved, resolve({}, *moved), in.language);
    const auto note = moves_note(shown, in.language);
    if (!note.empty()) styled.lines.push_back(note);
    std::vector<std::string> domains;
    for (const auto domain : in.answers.domains)
        domains.push_back(pack_domain(domain, in.language));
    auto request = pack_page_request(in, in.text("pack.change", {{"years", in.years()}}),
                                     pack_subtitle(in, base::joined(domains)));
    request.change = data::to_string(q.before) + ":" + data::to_string(q.period);
    auto page = pack_map_page(in, "change", request, styled, *moved, in.lines);
    // Right after the source: where room is short the last lines are left out.
    if (auto& said = page.page.text.source_lines; !note.empty())
        std::rotate(said.begin() + 1, said.end() - 1, said.end());
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
    for (std::size_t m = 0; m < data::kMoves; ++m) {
        const auto move = static_cast<data::Move>(m);
        page.figures.push_back(
            {pack_move_key(q.before, q.period, move),
             in.text("pack.move_in_full",
                     {{"move", category_text(std::string(data::to_string(move)), in.language)}}),
             moves.counts[m]});
    }
    page.group = "moves";
    // Of a domain without a report in a period nobody knows who is healthy.
    if (all_reported(in, r))
        for (const auto& [period, count] :
             {std::pair{q.before, moves.healthy_before}, std::pair{q.period, moves.healthy_after}})
            page.figures.push_back(
                {pack_healthy_key(in.answers.domains, period),
                 in.text("pack.healthy_in", {{"period", data::to_string(period)}}), count});
    in.pack.pages.push_back(std::move(page));
}

// Statuses that no unit had or has are left out; with the sums of rows and columns.
void add_pack_matrix(const PackMaking& in, Domain domain, const data::StatusMatrix& matrix) {
    const auto& q = in.request();
    const base::Args about{{"domain", pack_domain(domain, in.language)}, {"years", in.years()}};
    auto page =
        pack_word_page(in, "matrix-" + std::string(data::to_string(domain)), PackPage::Kind::Table,
                       in.text("pack.matrix", about), pack_subtitle(in, in.years()));
    std::array<std::size_t, data::kStatuses> before{}, after{};
    std::size_t all = 0;
    for (std::size_t a = 0; a < data::kStatuses; ++a)
        for (std::size_t b = 0; b < data::kStatuses; ++b)
            before[a] += matrix.count[a][b], after[b] += matrix.count[a][b],
                all += matrix.count[a][b];
    auto& table = page.table;
    page.group = "moves";
    page.shared_title = in.text("pack.matrices", about);
    page.heading = in.text("pack.matrix_short", about);
    table.sums = true;
    table.note = in.text("pack.matrix_note", {{"before", data::to_string(q.before)},
                                              {"period", data::to_string(q.period)}});
    table.header = {in.text("column.from_to")};
    table.numbers = {false};
    std::vector<std::size_t> shown;
    for (std::size_t s = 0; s < data::kStatuses; ++s)
        if (before[s] + after[s] > 0) shown.push_back(s);
    for (const auto b : shown)
        table.header.push_back(pack_status(static_cast<Status>(b), in.language));
    table.header.push_back(in.text("pack.total"));
    table.numbers.resize(table.header.size(), true);
    for (const auto a : shown) {
        auto& row = table.rows.emplace_back();
        row.push_back(pack_words(pack_status(static_cast<Status>(a), in.language)));
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

void add_pack_targets(const PackMaking& in) {
    const auto& r = *in.answers.targets;
    auto page = pack_word_page(
        in, "targets", PackPage::Kind::Table, in.text("pack.targets"),
        pack_dated(plan_title(*r.plan, in.language) + " · " + r.plan->document, r.request.period));
    auto& table = page.table;
    table.header = {in.text("column.target"), in.text("column.text"), in.text("column.asked"),
                    in.text("column.reached"), in.text("column.state")};
    table.numbers = {false, false, false, false, false};
    table.always = other_year_note(r, in.language);
    for (const auto& line : published_lines(r, in.language, &in.pack.masked))
        table.rows.push_back({pack_words(line.id), pack_words(line.text),
                              pack_words(base::unbroken(line.asked)), pack_words(line.reached),
                              pack_words(line.state)});
    for (const auto& result : r.results) {
        const auto& t = *result.target;
        const bool plain =
            (t.kind == data::TargetKind::Absolute || t.kind == data::TargetKind::Share) &&
            t.indicators.size() == 1 && !t.cumulative;
        if (!plain || !result.x || *result.x < 0) continue;
        const bool moved = t.indicators.front().starts_with("ST11");
        // A reported total has a source of its own; the moves of one domain are others.
        if (moved && (result.of == 0 || in.request().domains != Domains::Both)) continue;
        const auto key = key_of_total(t.indicators.front(), r);
        if (key.empty()) continue;
        page.figures.push_back({key, t.id, static_cast<std::size_t>(std::llround(*result.x))});
    }
    in.pack.pages.push_back(std::move(page));
}

} // namespace diaban::app
