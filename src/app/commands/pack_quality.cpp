// The last pages of a pack: where everything came from, how it was reckoned, and what the data
// lack.
#include "app/commands/json.hpp"
#include "app/commands/pack_parts.hpp"
#include "app/finding_list.hpp"
#include "app/plan_file.hpp"
#include "app/view_notes.hpp"
#include "base/text.hpp"
#include "files/store_catalogue.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::app {
namespace {

void add_words(PackTable& table, const std::string& what, std::string how) {
    if (!how.empty()) table.rows.push_back({pack_words(what), pack_words(std::move(how))});
}

std::string spatial_words(const PackAnswers& answers) {
    const auto& r = *answers.hotspots;
    auto out = r.method_line;
    if (!r.note.empty()) out += (out.ends_with('.') ? " " : ". ") + r.note;
    return out;
}

std::string indicator_called(const Dataset& dataset, const PackAnswers& answers,
                             const Language& language) {
    const auto& cube = *dataset.cube;
    return indicator_name(cube.indicators[*cube.find(answers.indicator)], language);
}

std::string indicator_words(const Pack& pack, const PackAnswers& answers,
                            const Language& language) {
    if (answers.indicator.empty()) return "";
    const auto name = indicator_called(*pack.dataset, answers, language);
    return name == answers.indicator ? name : answers.indicator + " – " + name;
}

std::string status_words(const PackAnswers& answers, const Language& language) {
    if (answers.domains.empty()) return "";
    std::vector<std::string> ids;
    const auto& statuses = answers.statuses->statuses;
    for (const auto& id : {statuses.drug_id, statuses.prostitution_id})
        if (!id.empty()) ids.push_back(id);
    if (answers.voice == StatusVoice::Rule) return language.text("pack.by_rule");
    return language.text("pack.by_report", {{"ids", base::joined(ids)}});
}

std::string rule_words(const PackAnswers& answers, const Language& language) {
    if (!answers.statuses || !answers.statuses->rule) return "";
    const auto& r = *answers.statuses;
    return language.text("statuses.rule_line",
                         {{"rule", rule_called(*r.rule)}, {"version", r.rule->version}}) +
           "; " + language.text("pack.rule_differs", {{"count", as_count(r.disagreements)}});
}

std::string privacy_words(const Pack& pack, const Language& language) {
    if (pack.request.classification == Classification::Internal)
        return language.text("pack.internal");
    if (pack.masked.empty()) // there is no list of them either
        return language.text("pack.public_none",
                             {{"k", as_count(static_cast<std::size_t>(MaskSpec{}.k))}});
    return language.text("pack.public", {{"count", as_count(pack.masked.size())},
                                         {"k", as_count(static_cast<std::size_t>(MaskSpec{}.k))}});
}

bool counts_things(const std::string& unit) {
    return unit == "units" || unit == "rows" || unit == "cells" || unit == "columns" ||
           unit == "codes";
}

// Of how much a group tells: of the rows, units or cells that its messages count, else of the
// messages, each of which is then about one thing. One that only says something has no number.
PackCell number_of_group(const NotedGroup& group) {
    double counted = 0;
    bool all = true;
    for (const auto& line : group.lines) {
        all = all && line.amount && counts_things(line.amount_unit);
        counted += line.amount.value_or(0);
    }
    if (all) return pack_number(static_cast<std::size_t>(std::llround(counted)));
    if (group.lines.size() == 1 && group.title == group.lines.front().text) return pack_words("–");
    return pack_number(group.lines.size());
}

// What the join lists row by row is also told in one message for all.
bool told_by_join(const NotedGroup& group, const std::vector<NotedGroup>& all) {
    const auto key = group.key == "row_without_code" ? std::string("row_without_unit") : group.key;
    return std::any_of(all.begin(), all.end(),
                       [&](const NotedGroup& other) { return other.key == "join." + key; });
}

// What is wrong with the data, and what the verbs say of it in this pack; each once.
std::vector<NotedGroup> groups_of_pack(const Pack& pack, const Language& language) {
    const auto& d = *pack.dataset;
    const auto of_data = noted(d, language);
    std::vector<NotedGroup> out;
    const auto add = [&](const NotedGroup& group) {
        const bool known = std::any_of(out.begin(), out.end(), [&](const NotedGroup& other) {
            return other.title == group.title;
        });
        if (group.severity != base::Severity::Info && !told_by_join(group, of_data) && !known)
            out.push_back(group);
    };
    for (const auto& group : noted(pack.findings, d.vintage->units, language)) add(group);
    for (const auto& group : of_data) add(group);
    return out;
}

// Units that have no value of an indicator in the period.
std::size_t units_without_value(const Dataset& dataset, const std::string& indicator,
                                data::Period period) {
    const auto& cube = *dataset.cube;
    const auto i = cube.find(indicator);
    const auto p = cube.find(period);
    if (!i || !p) return dataset.vintage->units.size();
    const auto slice = cube.slice(*i, *p);
    std::size_t count = 0;
    for (std::size_t u = 0; u < slice.size(); ++u) count += !slice.has(u);
    return count;
}

} // namespace

PackTable method_table(const Pack& pack, const PackAnswers& answers, const Language& language) {
    const auto& d = *pack.dataset;
    const auto& q = pack.request;
    const auto text = [&](std::string_view id) { return language.text(id); };
    PackTable out;
    out.header = {text("pack.what"), text("pack.how")};
    out.numbers = {false, false};
    add_words(out, text("pack.method.source"), q.source.empty() ? source_names(d, true) : q.source);
    std::string ground;
    if (!d.vintage->id.empty())
        ground = language.text("page.vintage", {{"vintage", d.vintage->id}}) + "; ";
    const auto& crs = d.vintage->coverage->crs();
    if (crs.known()) ground += crs.name();
    add_words(out, text("pack.method.ground"), ground);
    std::string periods = data::to_string(q.period);
    if (answers.moves)
        periods = language.text("pack.method.compared",
                                {{"period", periods}, {"before", data::to_string(q.before)}});
    add_words(out, text("pack.method.period"), periods);
    add_words(out, text("pack.method.status"), status_words(answers, language));
    add_words(out, text("pack.method.rule"), rule_words(answers, language));
    if (answers.moves) add_words(out, text("pack.method.change"), text("pack.change_words"));
    if (answers.targets)
        add_words(out, text("pack.method.plan"),
                  plan_title(*answers.targets->plan, language) + "; " +
                      answers.targets->plan->document);
    add_words(out, text("pack.method.indicator"), indicator_words(pack, answers, language));
    if (answers.hotspots) add_words(out, text("pack.method.hotspots"), spatial_words(answers));
    if (answers.near)
        add_words(out, text("pack.method.near"), base::joined(answers.near->map.lines));
    add_words(out, text("pack.method.recorded"), text("page.recorded"));
    add_words(out, text("pack.method.privacy"), privacy_words(pack, language));
    return out;
}

PackTable quality_table(const Pack& pack, const PackAnswers& answers, const Language& language) {
    const auto& d = *pack.dataset;
    const auto period = pack.request.period;
    PackTable out;
    out.header = {language.text("pack.what"), language.text("pack.how_many"),
                  language.text("column.note")};
    out.numbers = {false, true, false};
    const auto add = [&](std::string what, PackCell count, std::string note = {}) {
        out.rows.push_back(
            {pack_words(std::move(what)), std::move(count), pack_words(std::move(note))});
    };
    add(language.text("pack.units"), pack_number(d.vintage->units.size(), "units"));
    if (const auto missing = not_drawn(d); missing > 0)
        add(language.text("pack.quality.not_drawn"), pack_number(missing),
            units_not_drawn(d, language));
    for (const auto domain : answers.domains) {
        const auto& of =
            domain == data::Domain::Drug ? answers.statuses->drug : answers.statuses->prostitution;
        add(pack_dated(language.text("pack.quality.unknown",
                                     {{"domain", base::lower(domain_text(domain, language))}}),
                       period),
            pack_number(data::count_statuses(of).count(data::Status::Unknown),
                        status_key(domain, period, data::Status::Unknown)));
    }
    if (!answers.indicator.empty())
        add(pack_dated(language.text("pack.quality.no_value",
                                     {{"indicator", indicator_called(d, answers, language)}}),
                       period),
            pack_number(units_without_value(d, answers.indicator, period)));
    if (answers.statuses && answers.statuses->claims_differ > 0)
        add(language.text("pack.quality.differ"), pack_number(answers.statuses->claims_differ));
    if (answers.moves)
        add(language.text("pack.quality.not_compared"), pack_number(answers.moves->moves.unknown));
    const auto groups = groups_of_pack(pack, language);
    for (const auto& group : groups) add(group.title, number_of_group(group), group.why);
    if (pack.request.classification == Classification::Public)
        add(language.text("pack.quality.masked"), pack_number(pack.masked.size(), "masked"),
            pack.masked.empty() ? "" : language.text("pack.quality.masked_list"));
    if (!d.request.store.empty())
        if (const auto imports = files::read_imports(d.request.store); !imports.empty())
            add(language.text("pack.quality.imports"), pack_number(imports.size()),
                language.text(
                    "pack.quality.last_import",
                    {{"date", imports.front().imported_at.substr(0, 10)},
                     {"file", std::filesystem::path(imports.front().file).filename().string()}}));
    for (const auto& left : pack.left_out)
        add(language.text("pack.quality.left_out", {{"page", left.page}}), pack_words("–"),
            left.reason);
    return out;
}

} // namespace diaban::app
