#include "app/score_sheet.hpp"

#include "app/commands/status.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace diaban::app {
namespace {

std::string typed(const std::optional<double>& value, const Language& language) {
    return value ? language.number(*value, std::min(base::decimals_for({*value}), 3))
                 : std::string();
}

std::optional<double> read(const std::string& text, const Language& language) {
    return base::parse_number(base::trim(text), language.numbers());
}

std::string& text_in(std::string& vi, std::string& en, const Language& language) {
    return language.code() == "vi" ? vi : en;
}

// The criterion of the rule that a draft came from keeps its text in the other language.
const data::SheetCriterion* known(const data::Rule& rule, const std::string& id) {
    for (const auto& content : rule.sheet)
        for (const auto& criterion : content.criteria)
            if (criterion.id == id) return &criterion;
    return nullptr;
}

// A limit above the points that can be reached is met by nobody. `most_known`: out.most is the
// whole.
void check_limits(const SheetDraft& draft, const Language& language, bool most_known,
                  SheetCheck& out) {
    std::optional<double> above;
    for (const auto& limit : draft.limits) {
        const auto name = status_text(limit.status, language);
        if (base::trim(limit.at_least).empty()) {
            out.open.push_back(language.text("sheet.limit_open", {{"class", name}}));
            continue;
        }
        const auto value = read(limit.at_least, language);
        if (!value)
            out.problems.push_back(
                language.text("sheet.bad_number", {{"where", name}, {"value", limit.at_least}}));
        else if (above && *above <= *value)
            out.problems.push_back(language.text("sheet.limit_order", {{"class", name}}));
        else if (most_known && *value > out.most)
            out.problems.push_back(
                language.text("sheet.limit_too_high",
                              {{"class", name}, {"limit", limit.at_least}, {"most", out.most}}));
        if (value) above = value;
    }
}

} // namespace

SheetDraft draft_of(const data::Rule& rule, const Language& language) {
    auto base = rule;
    SheetDraft out{.id = rule.id,
                   .version = rule.version,
                   .title = text_in(base.title_vi, base.title_en, language),
                   .document = rule.document,
                   .domain = rule.domain};
    for (auto& content : base.sheet) {
        auto& one = out.contents.emplace_back();
        one.id = content.id;
        one.text = text_in(content.text_vi, content.text_en, language);
        for (auto& c : content.criteria)
            one.criteria.push_back(
                {c.id, text_in(c.text_vi, c.text_en, language), typed(c.most, language), c.points});
    }
    for (const auto& limit : rule.limits)
        out.limits.push_back({limit.status, typed(limit.at_least, language)});
    out.base = rule;
    return out;
}

std::string next_version(const std::string& version) {
    const auto dot = version.rfind('.');
    const auto first = dot == std::string::npos ? 0 : dot + 1;
    int number = 0;
    const auto* const end = version.data() + version.size();
    const auto read = std::from_chars(version.data() + first, end, number);
    if (first == version.size() || read.ec != std::errc() || read.ptr != end) return version + "-2";
    return version.substr(0, first) + std::to_string(number + 1);
}

void add_content(SheetDraft& draft) {
    std::set<std::string> used;
    for (const auto& content : draft.contents) used.insert(content.id);
    std::size_t n = draft.contents.size() + 1;
    while (used.contains(std::to_string(n))) ++n;
    draft.contents.push_back({std::to_string(n), "", {}});
}

void add_criterion(SheetDraft& draft, std::size_t content) {
    auto& to = draft.contents.at(content);
    std::set<std::string> used;
    for (const auto& one : draft.contents)
        for (const auto& criterion : one.criteria) used.insert(criterion.id);
    std::size_t n = to.criteria.size() + 1;
    while (used.contains(to.id + "." + std::to_string(n))) ++n;
    to.criteria.push_back({to.id + "." + std::to_string(n), "", "", ""});
}

void remove_criterion(SheetDraft& draft, std::size_t content, std::size_t criterion) {
    auto& from = draft.contents.at(content).criteria;
    if (criterion < from.size()) from.erase(from.begin() + static_cast<std::ptrdiff_t>(criterion));
}

SheetCheck check(const SheetDraft& draft, const Language& language) {
    SheetCheck out{.expected = draft.base.expected_criteria};
    if (base::trim(draft.id).empty()) out.problems.push_back(language.text("sheet.no_id"));
    if (base::trim(draft.version).empty())
        out.problems.push_back(language.text("sheet.no_version"));
    for (const auto& content : draft.contents)
        for (const auto& c : content.criteria) {
            ++out.criteria;
            if (c.points.empty())
                out.problems.push_back(language.text("sheet.no_points", {{"criterion", c.id}}));
            if (base::trim(c.most).empty()) {
                out.open.push_back(language.text("sheet.most_open", {{"criterion", c.id}}));
                continue;
            }
            const auto most = read(c.most, language);
            if (!most || *most < 0)
                out.problems.push_back(
                    language.text("sheet.bad_number", {{"where", c.id}, {"value", c.most}}));
            else
                out.most += *most;
        }
    const bool most_known = out.open.empty() && out.criteria >= out.expected;
    if (out.criteria == 0) out.problems.push_back(language.text("sheet.no_criteria"));
    if (out.criteria < out.expected)
        out.open.push_back(language.text("sheet.too_few",
                                         {{"criteria", static_cast<std::int64_t>(out.criteria)},
                                          {"expected", static_cast<std::int64_t>(out.expected)}}));
    check_limits(draft, language, most_known, out);
    return out;
}

std::optional<data::Rule> sheet_of(const SheetDraft& draft, const Language& language) {
    if (!check(draft, language).problems.empty()) return std::nullopt;
    auto rule = draft.base;
    rule.id = base::trim(draft.id);
    rule.version = base::trim(draft.version);
    text_in(rule.title_vi, rule.title_en, language) = draft.title;
    rule.document = draft.document;
    rule.domain = draft.domain;
    rule.sheet.clear();
    for (std::size_t k = 0; k < draft.contents.size(); ++k) {
        const auto& from = draft.contents[k];
        data::SheetContent content{.id = from.id, .text_vi = "", .text_en = "", .criteria = {}};
        for (const auto& old : draft.base.sheet)
            if (old.id == from.id) content = {old.id, old.text_vi, old.text_en, {}};
        text_in(content.text_vi, content.text_en, language) = from.text;
        for (const auto& c : from.criteria) {
            data::SheetCriterion criterion;
            if (const auto* old = known(draft.base, c.id)) criterion = *old;
            criterion.id = c.id;
            text_in(criterion.text_vi, criterion.text_en, language) = c.text;
            criterion.most = read(c.most, language);
            criterion.points = c.points;
            content.criteria.push_back(std::move(criterion));
        }
        rule.sheet.push_back(std::move(content));
    }
    rule.limits.clear();
    for (const auto& limit : draft.limits)
        rule.limits.push_back({limit.status, read(limit.at_least, language)});
    return rule;
}

} // namespace diaban::app
