#include "app/status_view.hpp"

#include "app/commands/map_preview.hpp"
#include "app/rule_file.hpp"
#include "app/status_claims.hpp"
#include "app/transition_view.hpp"
#include "files/store_agency.hpp"
#include "files/store_records.hpp"
#include "files/store_vintage.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace diaban::app {
namespace {

using data::Status;

std::string in_language(const std::string& vi, const std::string& en, const Language& language) {
    return language.code() == "vi" || en.empty() ? vi : en;
}

// A rule without a title goes by its document.
std::string rule_title(const data::Rule& rule, const Language& language) {
    const auto title = in_language(rule.title_vi, rule.title_en, language);
    return language.text("rule.line", {{"title", title.empty() ? rule_called(rule) : title},
                                       {"version", rule.version}});
}

std::string entry_text(const data::Rule& rule, const Language& language) {
    auto text = rule_title(rule, language);
    if (const auto open = data::to_be_entered(rule).size(); open > 0)
        text += " · " + language.text("rule.open", {{"count", static_cast<std::int64_t>(open)}});
    return text;
}

data::Domain domain_of(const StatusReport& r) {
    if (r.rule) return r.rule->domain;
    if (r.request.domains == Domains::Prostitution) return data::Domain::Prostitution;
    return r.drug.empty() ? data::Domain::Prostitution : data::Domain::Drug;
}

// Classes of hotspots are shown only where one is meant, and "unknown" where nothing is decided: a
// judgement that is missing is called so everywhere, also where numbers are there.
std::vector<std::string> categories_for(const std::vector<Status>& statuses) {
    std::vector<std::string> out{"none", "present", "hot"};
    const bool classes = std::any_of(statuses.begin(), statuses.end(), [](Status s) {
        return s == Status::Hot1 || s == Status::Hot2 || s == Status::Hot3;
    });
    if (classes) out.insert(out.end(), {"hot3", "hot2", "hot1"});
    if (std::find(statuses.begin(), statuses.end(), Status::Unknown) != statuses.end())
        out.emplace_back("unknown");
    return out;
}

const data::StatusRecord* claim(const data::StatusClaims& claims, data::StatusSource source) {
    const auto& one = source == data::StatusSource::Report ? claims.report
                      : source == data::StatusSource::Rule ? claims.rule
                                                           : claims.override_;
    return one ? &*one : nullptr;
}

std::string voice_text(const data::StatusRecord& record, const Language& language) {
    auto text = language.text("voice." + std::string(data::to_string(record.source))) + ": " +
                status_text(record.status, language);
    if (!record.decision.empty()) text += ", " + record.decision;
    if (!record.rule.empty()) text += ", " + record.rule;
    if (!record.reason.empty()) text += " (" + record.reason + ", " + record.author + ")";
    return text;
}

std::string heading_of(const data::Rule& rule, const data::Why& why,
                       const data::CriterionOutcome& c, const Language& language) {
    if (c.of_sheet) {
        const auto& content = rule.sheet[c.class_index];
        return content.id + ". " + in_language(content.text_vi, content.text_en, language);
    }
    const auto& k = why.classes[c.class_index];
    return language.text("why.class", {{"class", status_text(k.status, language)},
                                       {"least", static_cast<std::int64_t>(k.least)},
                                       {"of", static_cast<std::int64_t>(k.of)},
                                       {"yes", static_cast<std::int64_t>(k.yes)},
                                       {"unknown", static_cast<std::int64_t>(k.unknown)}});
}

void explain_rule(StatusCard& card, const StatusBackground& b, std::size_t unit,
                  const std::map<data::IndicatorId, files::CellSource>& sources,
                  const Language& language) {
    const auto why = data::explain(*b.rule, b.inputs, unit);
    card.rule = rule_title(*b.rule, language);
    card.verdict = status_text(why.status, language);
    if (why.uncertain) card.verdict += " (" + language.text("why.uncertain") + ")";
    if (why.score) card.verdict += " · " + language.text("why.score", {{"score", *why.score}});
    std::optional<std::pair<bool, std::size_t>> at;
    for (const auto& c : why.criteria) {
        if (at != std::pair(c.of_sheet, c.class_index)) {
            at = {c.of_sheet, c.class_index};
            card.lines.push_back({WhyLine::Kind::Heading,
                                  c.of_sheet ? data::Flag::Unknown : why.classes[c.class_index].met,
                                  heading_of(*b.rule, why, c, language), ""});
        }
        card.lines.push_back({WhyLine::Kind::Criterion, c.met, why_line(c, language),
                              reports_text(indicators_behind(*b.rule, c), sources, language)});
    }
}

} // namespace

std::string_view to_string(StatusVoice voice) {
    constexpr std::array<std::string_view, 3> kNames{"counts", "report", "rule"};
    return kNames[static_cast<std::size_t>(voice)];
}

std::vector<RuleEntry> known_rules(const Project& project, const Language& language) {
    std::vector<RuleEntry> out;
    for (const auto& id : shipped_rules())
        out.push_back({{id, {}}, entry_text(load_rule(find_rule(id)), language)});
    if (!project.data.store.empty())
        for (const auto& stored : files::read_rules(project.data.store)) {
            const auto name = stored.id + "@" + stored.version;
            out.push_back({{name, {}},
                           entry_text(parse_rule(stored.content, name), language) + " · " +
                               language.text("rule.of_store")});
        }
    for (const auto* own : {&project.rule, &project.compare_rule}) {
        if (own->file.empty() ||
            std::any_of(out.begin(), out.end(), [&](const auto& e) { return e.choice == *own; }))
            continue;
        std::string text = own->file.filename().string();
        try {
            text = entry_text(load_rule(own->file), language) + " · " + text;
        } catch (const base::Error&) {
            // It is told when the rule is used; the list still names the file.
        }
        out.push_back({*own, std::move(text)});
    }
    return out;
}

std::vector<Status> statuses_of(const StatusReport& r, StatusVoice voice) {
    const bool drug = domain_of(r) == data::Domain::Drug;
    switch (voice) {
    case StatusVoice::Rule:
        return r.result.status;
    case StatusVoice::Report:
        return data::statuses_at(drug ? r.statuses.drug : r.statuses.prostitution,
                                 r.request.period);
    case StatusVoice::Counts:
        break;
    }
    return drug ? r.drug : r.prostitution;
}

StyledMap status_map(const StatusReport& r, StatusVoice voice, const Language& language) {
    auto statuses = statuses_of(r, voice);
    statuses.resize(r.dataset->vintage->units.size(), Status::Unknown);
    data::Indicator indicator;
    indicator.id = "status";
    indicator.kind = data::Kind::Category;
    indicator.categories = categories_for(statuses);
    const auto name = domain_text(domain_of(r), language) + " · " +
                      language.text("voice.short." + std::string(to_string(voice)));
    indicator.name_vi = indicator.name_en = name;
    data::IndicatorCube cube(r.dataset->cube->vintage, {indicator}, {r.request.period},
                             statuses.size());
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const auto k = std::find(indicator.categories.begin(), indicator.categories.end(),
                                 data::to_string(statuses[i]));
        if (k != indicator.categories.end())
            cube.set(0, 0, i, static_cast<double>(k - indicator.categories.begin()));
    }
    Dataset layer = *r.dataset;
    layer.cube = std::make_shared<data::IndicatorCube>(std::move(cube));
    layer.decimals = {0};
    auto out = styled(layer, {}, language);
    // The rest of the window speaks of the values that are on the map otherwise.
    out.choice = resolve({.period = r.request.period}, *r.dataset);
    out.indicator = *r.dataset->cube->find(out.choice.indicator);
    out.period = *r.dataset->cube->find(out.choice.period);
    out.title = language.text("page.status_title", {{"indicator", name}});
    if (r.rule && voice == StatusVoice::Rule)
        out.lines.push_back(language.text(
            "statuses.rule_line", {{"rule", rule_called(*r.rule)}, {"version", r.rule->version}}));
    return out;
}

StatusVoice voice_of(const StatusReport& r) {
    return r.request.voice.value_or(r.rule ? StatusVoice::Rule : StatusVoice::Counts);
}

map::Page status_page(const StatusReport& r, const Language& language, base::JobContext& ctx) {
    if (voice_of(r) == StatusVoice::Rule && !r.rule)
        throw base::Error(base::ErrorKind::Usage, "error.status.voice");
    MapRequest page{.page = r.request.page, .dpi = r.request.dpi};
    page.classification = r.request.classification;
    page.out = r.request.map_out; // its format decides what the page is
    page.hidden_kinds = r.request.hidden_kinds;
    return page_of(page, status_map(r, voice_of(r), language), *r.dataset, language,
                   load_line_layers(r.request.lines, *r.dataset->vintage->coverage, ctx));
}

std::vector<StatusGroup> status_groups(const StatusReport& r, StatusVoice voice,
                                       const Language& language) {
    auto statuses = statuses_of(r, voice);
    statuses.resize(r.dataset->vintage->units.size(), Status::Unknown);
    std::vector<StatusGroup> out;
    for (const auto s : data::kAllStatuses) {
        StatusGroup group{std::string(data::to_string(s)), status_text(s, language), {}};
        for (std::size_t i = 0; i < statuses.size(); ++i)
            if (statuses[i] == s) group.units.push_back(static_cast<geo::FaceId>(i));
        const bool usual = s == Status::None || s == Status::Present || s == Status::Hot;
        if (usual || !group.units.empty()) out.push_back(std::move(group));
    }
    return out;
}

std::vector<StatusGroup> status_doubts(const StatusReport& r, const Language& language) {
    std::vector<StatusGroup> out;
    StatusGroup differ{"differ", language.text("status.differ"), {}};
    const auto& counted = statuses_of(r, StatusVoice::Report);
    std::vector<bool> differs(r.dataset->vintage->units.size());
    for (std::size_t i = 0; i < std::min(counted.size(), r.result.status.size()); ++i) {
        const auto said = counted[i], judged = r.result.status[i];
        if (said == Status::Unknown || judged == Status::Unknown) continue;
        const int a = data::rank_of(said), b = data::rank_of(judged);
        if (a != b && !(r.result.uncertain[i] && b < a)) differs[i] = true;
    }
    for (const auto& c : r.claims)
        if (c.domain == domain_of(r) && c.claims.disagree() && c.unit < differs.size())
            differs[c.unit] = true;
    for (std::size_t i = 0; i < differs.size(); ++i)
        if (differs[i]) differ.units.push_back(static_cast<geo::FaceId>(i));
    StatusGroup uncertain{"uncertain", language.text("status.uncertain"), {}};
    for (std::size_t i = 0; i < r.result.uncertain.size(); ++i)
        if (r.result.uncertain[i]) uncertain.units.push_back(static_cast<geo::FaceId>(i));
    for (auto* group : {&differ, &uncertain})
        if (!group->units.empty()) out.push_back(std::move(*group));
    return out;
}

std::vector<StatusGroup> status_nearest(const StatusReport& r, const Language& language) {
    if (r.nearest.empty()) return {};
    StatusGroup group{"nearest", language.text("status.nearest"), {}};
    for (const auto& miss : r.nearest) group.units.push_back(static_cast<geo::FaceId>(miss.unit));
    std::sort(group.units.begin(), group.units.end());
    return {std::move(group)};
}

std::vector<StatusGroup> change_groups(const StatusReport& r, const Language& language) {
    std::vector<StatusGroup> out;
    if (r.changes.empty()) return out;
    for (const auto cause : {data::ChangeCause::Rule, data::ChangeCause::Data,
                             data::ChangeCause::Both, data::ChangeCause::None}) {
        const std::string code(data::to_string(cause));
        StatusGroup group{code, language.text("cause." + code), {}};
        for (std::size_t i = 0; i < r.changes.size(); ++i)
            if (r.changes[i].cause == cause) group.units.push_back(static_cast<geo::FaceId>(i));
        out.push_back(std::move(group));
    }
    return out;
}

std::vector<std::pair<std::size_t, std::string>> change_lines(const StatusReport& r,
                                                              const Language& language) {
    std::vector<std::pair<std::size_t, std::string>> out;
    for (std::size_t i = 0; i < r.changes.size(); ++i) {
        const auto& c = r.changes[i];
        if (c.cause == data::ChangeCause::None) continue;
        const auto& name = r.dataset->vintage->units.name[i];
        out.emplace_back(
            i, (name.empty() ? r.dataset->vintage->units.code[i] : name) + ": " +
                   status_text(c.before, language) + " → " + status_text(c.after, language) + " (" +
                   language.text("cause." + std::string(data::to_string(c.cause))) + ")");
    }
    return out;
}

std::shared_ptr<const StatusBackground>
status_background(std::shared_ptr<const Dataset> dataset, const std::string& rule,
                  data::Period period, base::JobContext& ctx, const QuerySources* sources) {
    auto out = std::make_shared<StatusBackground>();
    out->dataset = dataset;
    out->period = period;
    try {
        out->statuses = find_statuses(*dataset, {}, ctx);
    } catch (const base::Error& error) {
        if (error.message.key != "error.status.none") throw; // a rule may judge all the same
    }
    out->claims = claims_of(*dataset);
    if (!dataset->request.store.empty())
        out->assignments = files::read_stored_assignments(dataset->request.store);
    out->drug_spans = data::status_spans(out->statuses.drug_counts, period);
    out->prostitution_spans = data::status_spans(out->statuses.prostitution_counts, period);
    if (!rule.empty()) {
        out->rule = rule_named(rule, dataset->request.store);
        out->inputs = rule_inputs(*out->rule, *dataset, out->statuses, period,
                                  Classification::Internal, sources, ctx);
    }
    return out;
}

namespace {

std::vector<StatusCard::Agency> agencies_of(const StatusBackground& b, std::size_t unit) {
    std::vector<StatusCard::Agency> out;
    const auto& code = b.dataset->vintage->units.code[unit];
    const auto day = files::last_day(b.period);
    for (const auto& a : b.assignments)
        if (a.code == code)
            out.push_back({a.agency + ": " + (a.from.empty() ? "…" : a.from) + " – " +
                               (a.until.empty() ? "…" : a.until),
                           data::valid_on(a.from, a.until, day)});
    return out;
}

} // namespace

StatusCard status_card(const StatusBackground& b, std::size_t unit,
                       const std::map<data::IndicatorId, files::CellSource>& sources,
                       const Language& language) {
    StatusCard card;
    for (const auto domain : {data::Domain::Drug, data::Domain::Prostitution}) {
        const bool drug = domain == data::Domain::Drug;
        const auto& spans = drug ? b.drug_spans : b.prostitution_spans;
        if (unit >= spans.size()) continue;
        StatusCard::Domain one{.domain = domain, .title = domain_text(domain, language)};
        one.span = span_text(spans[unit], language);
        for (const auto& c : b.claims) {
            if (c.unit != unit || c.period != b.period || c.domain != domain) continue;
            const auto* counts = c.claims.effective();
            for (const auto source : {data::StatusSource::Override, data::StatusSource::Report,
                                      data::StatusSource::Rule})
                if (const auto* record = claim(c.claims, source))
                    one.voices.push_back({source, voice_text(*record, language), record == counts});
            one.disagree = c.claims.disagree();
            one.overridden = c.claims.override_.has_value();
        }
        card.domains.push_back(std::move(one));
    }
    card.agencies = agencies_of(b, unit);
    if (b.rule) explain_rule(card, b, unit, sources, language);
    return card;
}

} // namespace diaban::app
