#include "app/rule_file.hpp"

#include "app/json_node.hpp"
#include "base/paths.hpp"

#include <algorithm>
#include <functional>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using data::Criterion;
using data::CriterionKind;
using Json = nlohmann::ordered_json;
using Node = JsonNode;
namespace fs = std::filesystem;

std::optional<data::Domain> domain_of(const std::string& text) {
    for (const auto d : {data::Domain::Drug, data::Domain::Prostitution})
        if (to_string(d) == text) return d;
    return std::nullopt;
}

Criterion read_criterion(const Node& in) {
    in.spelled({"id", "kind", "vi", "en", "source", "indicators", "denominator", "scale",
                "at_least", "below", "facts", "criteria", "least", "status", "domain"});
    Criterion c;
    c.id = in.text("id", true);
    c.text_vi = in.text("vi");
    c.text_en = in.text("en");
    c.source = in.text("source");
    const auto kind = in.text("kind", true);
    bool known = false;
    for (const auto k : {CriterionKind::Count, CriterionKind::Rate, CriterionKind::Class,
                         CriterionKind::Place, CriterionKind::Lower, CriterionKind::Any})
        if (to_string(k) == kind) c.kind = k, known = true;
    if (!known) in.bad("kind: count rate class place lower any");
    c.indicators = in.words("indicators");
    c.denominator = in.text("denominator");
    c.scale = in.number("scale").value_or(100);
    c.at_least = in.number("at_least");
    c.below = in.number("below");
    if (c.scale <= 0) in.bad("scale: 100");
    if (c.at_least && c.below && *c.at_least >= *c.below) in.bad("at_least < below");
    c.facts = in.words("facts");
    for (const auto& one : in.nodes("criteria")) c.any.push_back(read_criterion(one));
    c.least = in.count("least", 1);
    const bool compares = c.kind == CriterionKind::Count || c.kind == CriterionKind::Rate;
    if (compares && c.indicators.empty()) in.bad("indicators: [\"DR01\"]");
    if (c.kind == CriterionKind::Rate && c.denominator.empty())
        in.bad("denominator: \"population\"");
    if (c.kind == CriterionKind::Class || c.kind == CriterionKind::Lower) {
        if (in.has("status")) c.status = in.status("status");
        if (c.kind == CriterionKind::Class) {
            const auto domain = domain_of(in.text("domain", true));
            if (!domain) in.bad("domain: drug prostitution");
            c.domain = *domain;
        }
    }
    if (c.kind == CriterionKind::Place && c.facts.empty())
        in.bad("facts: [\"edge\"], [\"place:port\"], [\"neighbour:hot\"]");
    if (c.kind == CriterionKind::Any && c.any.empty()) in.bad("criteria: […]");
    c.entered = !compares || c.at_least || c.below;
    if (in.has("status") || c.kind != CriterionKind::Lower) return c;
    c.entered = false; // the class it refers to is not known yet
    return c;
}

Json criterion_json(const Criterion& c) {
    Json out{{"id", c.id}, {"kind", data::to_string(c.kind)}};
    const auto put = [&](const char* key, const std::string& text) {
        if (!text.empty()) out[key] = text;
    };
    put("vi", c.text_vi);
    put("en", c.text_en);
    if (!c.indicators.empty()) out["indicators"] = c.indicators;
    put("denominator", c.denominator);
    if (c.kind == CriterionKind::Rate) out["scale"] = c.scale;
    const bool compares = c.kind == CriterionKind::Count || c.kind == CriterionKind::Rate;
    if (compares) {
        out["at_least"] = c.at_least ? Json(*c.at_least) : Json();
        if (c.below) out["below"] = *c.below;
    }
    if (c.kind == CriterionKind::Class) out["domain"] = data::to_string(c.domain);
    const bool about_class = c.kind == CriterionKind::Class || c.kind == CriterionKind::Lower;
    if (about_class && c.entered) out["status"] = data::to_string(c.status);
    if (c.kind == CriterionKind::Lower) out["least"] = c.least;
    if (!c.facts.empty()) out["facts"] = c.facts;
    for (const auto& one : c.any) out["criteria"].push_back(criterion_json(one));
    put("source", c.source);
    return out;
}

std::string date_text(const data::Date& d) {
    if (d.year == 0) return "";
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    return text;
}

} // namespace

namespace {

data::RuleClass read_class(const Node& in) {
    in.spelled({"status", "at_least_of", "criteria"});
    data::RuleClass out;
    out.status = in.status("status");
    out.least = in.count("at_least_of", 1);
    for (const auto& criterion : in.nodes("criteria")) {
        out.criteria.push_back(read_criterion(criterion));
        const auto& id = out.criteria.back().id;
        if (std::any_of(out.criteria.begin(), out.criteria.end() - 1,
                        [&](const Criterion& before) { return before.id == id; }))
            criterion.bad("id: \"" + id + "\" × 1");
    }
    // Nobody could ever be of such a class.
    if (out.least > out.criteria.size())
        in.bad("at_least_of ≤ " + std::to_string(out.criteria.size()));
    return out;
}

// The first class that is met counts, so a lower one before a higher one would hide it.
void check_order(const Node& in, const std::vector<data::RuleClass>& classes) {
    for (std::size_t i = 1; i < classes.size(); ++i)
        if (data::rank_of(classes[i - 1].status) < data::rank_of(classes[i].status))
            in.bad("classes: hot1, hot2, hot3, present, none");
}

} // namespace

data::Rule parse_rule(const std::string& text, const std::string& name) {
    const auto in = Node::parse(text, name);
    in.spelled({"id", "version", "vi", "en", "document", "valid_from", "valid_until", "domain",
                "otherwise", "classes", "sheet", "limits", "expected_criteria"});
    data::Rule rule;
    rule.id = in.text("id", true);
    rule.version = in.text("version", true);
    rule.title_vi = in.text("vi");
    rule.title_en = in.text("en");
    rule.document = in.text("document");
    rule.from = in.date("valid_from");
    rule.until = in.date("valid_until");
    if (rule.from.year && rule.until.year && !(rule.from < rule.until))
        in.bad("valid_from < valid_until");
    const auto domain = domain_of(in.text("domain", true));
    if (!domain) in.bad("domain: drug prostitution");
    rule.domain = *domain;
    if (in.has("otherwise")) rule.otherwise = in.status("otherwise");
    for (const auto& node : in.nodes("classes")) rule.classes.push_back(read_class(node));
    check_order(in, rule.classes);
    for (const auto& node : in.nodes("sheet")) {
        node.spelled({"id", "vi", "en", "criteria"});
        data::SheetContent content{node.text("id", true), node.text("vi"), node.text("en"), {}};
        for (const auto& c : node.nodes("criteria")) {
            c.spelled({"id", "vi", "en", "most", "points"});
            content.criteria.push_back({c.text("id", true), c.text("vi"), c.text("en"),
                                        c.number("most"), c.text("points", true)});
        }
        rule.sheet.push_back(std::move(content));
    }
    for (const auto& node : in.nodes("limits")) {
        node.spelled({"status", "at_least"});
        rule.limits.push_back({node.status("status"), node.number("at_least")});
    }
    for (std::size_t i = 1; i < rule.limits.size(); ++i)
        if (rule.limits[i - 1].at_least && rule.limits[i].at_least &&
            *rule.limits[i - 1].at_least <= *rule.limits[i].at_least)
            in.bad("limits: 90, 70, 50 …");
    rule.expected_criteria = in.count("expected_criteria", 0);
    if (rule.classes.empty() && rule.sheet.empty()) in.bad("classes, sheet");
    return rule;
}

data::Rule load_rule(const fs::path& file) {
    return parse_rule(base::read_file(file), file.filename().string());
}

std::string rule_json(const data::Rule& rule) {
    Json out{{"id", rule.id},
             {"version", rule.version},
             {"vi", rule.title_vi},
             {"en", rule.title_en},
             {"document", rule.document},
             {"domain", data::to_string(rule.domain)}};
    if (rule.from.year) out["valid_from"] = date_text(rule.from);
    if (rule.until.year) out["valid_until"] = date_text(rule.until);
    out["otherwise"] = data::to_string(rule.otherwise);
    for (const auto& rule_class : rule.classes) {
        Json one{{"status", data::to_string(rule_class.status)},
                 {"at_least_of", rule_class.least},
                 {"criteria", Json::array()}};
        for (const auto& c : rule_class.criteria) one["criteria"].push_back(criterion_json(c));
        out["classes"].push_back(std::move(one));
    }
    for (const auto& content : rule.sheet) {
        Json one{{"id", content.id},
                 {"vi", content.text_vi},
                 {"en", content.text_en},
                 {"criteria", Json::array()}};
        for (const auto& c : content.criteria)
            one["criteria"].push_back({{"id", c.id},
                                       {"vi", c.text_vi},
                                       {"en", c.text_en},
                                       {"most", c.most ? Json(*c.most) : Json()},
                                       {"points", c.points}});
        out["sheet"].push_back(std::move(one));
    }
    if (rule.expected_criteria) out["expected_criteria"] = rule.expected_criteria;
    for (const auto& limit : rule.limits)
        out["limits"].push_back({{"status", data::to_string(limit.status)},
                                 {"at_least", limit.at_least ? Json(*limit.at_least) : Json()}});
    return out.dump(2) + "\n";
}

void save_rule(const data::Rule& rule, const fs::path& file) {
    base::write_file(file, rule_json(rule));
}

fs::path find_rule(const std::string& path_or_id) {
    return find_shipped("rules", path_or_id);
}

data::Rule rule_named(const std::string& what, const fs::path& store) {
    std::error_code failed;
    if (!store.empty() && !fs::exists(what, failed)) {
        const files::StoredRule* best = nullptr;
        const auto rules = files::read_rules(store);
        for (const auto& rule : rules)
            if (rule.id + "@" + rule.version == what ||
                (rule.id == what &&
                 (!best || best->version.size() < rule.version.size() ||
                  (best->version.size() == rule.version.size() && best->version < rule.version))))
                best = &rule;
        if (best) return parse_rule(best->content, best->id);
    }
    return load_rule(find_rule(what));
}

files::StoredRule stored_rule(const data::Rule& rule, const Language& language) {
    files::StoredRule out;
    out.id = rule.id;
    out.version = rule.version;
    out.domain = data::to_string(rule.domain);
    out.title = language.code() == "vi" || rule.title_en.empty() ? rule.title_vi : rule.title_en;
    out.document = rule.document;
    out.from = date_text(rule.from);
    out.until = date_text(rule.until);
    out.content = rule_json(rule);
    return out;
}

bool kept_rule(const data::Rule& rule, const fs::path& store) {
    const auto text = rule_json(rule);
    const auto same = [&](const std::function<data::Rule()>& read) {
        try {
            return rule_json(read()) == text;
        } catch (const base::Error&) {
            return false; // whoever asks for it hears why
        }
    };
    for (const auto& id : shipped_rules())
        if (same([&] { return load_rule(base::asset("rules/" + id + ".json")); })) return true;
    if (store.empty()) return false;
    const auto rules = files::read_rules(store);
    return std::any_of(rules.begin(), rules.end(), [&](const auto& one) {
        return one.content == text || same([&] { return parse_rule(one.content, one.id); });
    });
}

std::vector<std::string> shipped_rules() {
    return shipped("rules");
}

} // namespace diaban::app
