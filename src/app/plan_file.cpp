#include "app/plan_file.hpp"

#include "app/json_node.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

data::Target read_target(const JsonNode& in) {
    using Kind = data::TargetKind;
    in.spelled({"id",
                "kind",
                "indicators",
                "denominator",
                "denominator_value",
                "op",
                "value",
                "stretch",
                "unit",
                "baseline",
                "baseline_value",
                "deadline",
                "yearly",
                "cumulative",
                "printed_percent",
                "vi",
                "en",
                "source",
                "note_vi",
                "note_en"});
    data::Target t;
    t.id = in.text("id", true);
    const auto kind = in.text("kind", true);
    bool known = false;
    for (const auto k :
         {Kind::Absolute, Kind::Share, Kind::Reduction, Kind::Maintain, Kind::Qualitative})
        if (data::to_string(k) == kind) t.kind = k, known = true;
    if (!known) in.bad("kind: absolute share reduction maintain qualitative");
    t.indicators = in.words("indicators");
    t.denominator = in.words("denominator");
    t.denominator_value = in.number("denominator_value");
    const bool numeric = t.kind != Kind::Maintain && t.kind != Kind::Qualitative;
    if (numeric) {
        const auto op = in.text("op", true);
        if (op != ">=" && op != ">" && op != "<=") in.bad("op: >= > <=");
        t.compare = op == ">="  ? data::Compare::AtLeast
                    : op == ">" ? data::Compare::MoreThan
                                : data::Compare::AtMost;
        const auto value = in.number("value");
        if (!value) in.bad("value: 0.6");
        t.value = *value;
        // 60 instead of 0.6 would ask for sixty times all there are.
        if ((t.kind == Kind::Share || t.kind == Kind::Reduction) && (t.value < 0 || t.value > 1))
            in.bad("value: 0.6 (60 %)");
    }
    if (t.kind != Kind::Qualitative && t.indicators.empty()) in.bad("indicators: [\"ST10\"]");
    if (t.kind == Kind::Share && t.denominator.empty() && !t.denominator_value)
        in.bad("denominator: [\"units\"]");
    t.stretch = in.number("stretch");
    t.unit = in.text("unit");
    t.baseline = in.period("baseline");
    t.baseline_value = in.number("baseline_value");
    if ((t.kind == Kind::Maintain || t.kind == Kind::Reduction) && !t.baseline)
        in.bad("baseline: \"2010\"");
    const auto deadline = in.period("deadline");
    if (!deadline) in.bad("deadline: \"2015\"");
    t.deadline = *deadline;
    t.yearly = in.flag("yearly");
    t.cumulative = in.flag("cumulative");
    t.printed_percent = in.text("printed_percent");
    t.text_vi = in.text("vi");
    t.text_en = in.text("en");
    t.source = in.text("source");
    t.note_vi = in.text("note_vi");
    t.note_en = in.text("note_en");
    return t;
}

// The text of a plan: of a file, of the store, or shipped.
std::string text_named(const std::string& what, const std::filesystem::path& store) {
    std::error_code failed;
    if (!store.empty() && !std::filesystem::exists(what, failed))
        for (const auto& plan : files::read_plans(store))
            if (plan.id == what) return plan.content;
    return base::read_file(find_shipped("plans", what));
}

} // namespace

data::Plan parse_plan(const std::string& text, const std::string& name) {
    const auto in = JsonNode::parse(text, name);
    data::Plan plan;
    in.spelled({"id", "area_vi", "area_en", "document", "from", "until", "targets"});
    plan.id = in.text("id", true);
    plan.area_vi = in.text("area_vi");
    plan.area_en = in.text("area_en");
    plan.document = in.text("document");
    const auto from = in.period("from"), until = in.period("until");
    if (!from || !until) in.bad("from, until: \"2011\"");
    plan.from = *from;
    plan.until = *until;
    if (plan.until.year < plan.from.year) in.bad("from ≤ until");
    for (const auto& target : in.nodes("targets")) {
        plan.targets.push_back(read_target(target));
        const auto& id = plan.targets.back().id;
        if (std::any_of(plan.targets.begin(), plan.targets.end() - 1,
                        [&](const data::Target& before) { return before.id == id; }))
            target.bad("id: \"" + id + "\" × 1");
    }
    if (plan.targets.empty()) in.bad("targets: […]");
    return plan;
}

data::Plan plan_named(const std::string& what, const std::filesystem::path& store) {
    return parse_plan(text_named(what, store), std::filesystem::path(what).filename().string());
}

std::string stored_plan_text(const std::string& what, const std::filesystem::path& store) {
    return text_named(what, store);
}

std::string plan_title(const data::Plan& plan, const Language& language) {
    const bool vi = language.code() == "vi" || plan.area_en.empty();
    const auto& area = vi ? plan.area_vi : plan.area_en;
    const auto from = data::to_string(plan.from), until = data::to_string(plan.until);
    return (area.empty() ? plan.id : area) + " " + from + (from == until ? "" : "–" + until);
}

files::StoredPlan stored_plan(const std::string& what, const Language& language) {
    files::StoredPlan out;
    out.content = text_named(what, {});
    const auto plan = parse_plan(out.content, std::filesystem::path(what).filename().string());
    const bool vi = language.code() == "vi";
    out.id = plan.id;
    out.area = vi || plan.area_en.empty() ? plan.area_vi : plan.area_en;
    out.source = plan.document;
    out.from = data::to_string(plan.from);
    out.until = data::to_string(plan.until);
    out.title = plan_title(plan, language);
    for (const auto& t : plan.targets) {
        files::StoredTarget row;
        row.id = t.id;
        row.period = out.from + "–" + out.until;
        row.indicator = base::joined(t.indicators, " + ");
        row.op = t.compare == data::Compare::AtLeast    ? ">="
                 : t.compare == data::Compare::MoreThan ? ">"
                                                        : "<=";
        const bool numeric =
            t.kind != data::TargetKind::Maintain && t.kind != data::TargetKind::Qualitative;
        if (numeric) row.value = t.value;
        row.unit = t.unit;
        row.denominator = t.denominator_value ? base::format_exact(*t.denominator_value)
                                              : base::joined(t.denominator, " + ");
        if (t.baseline) row.baseline_year = t.baseline->year;
        row.deadline = data::to_string(t.deadline);
        row.kind = data::to_string(t.kind);
        row.text = vi || t.text_en.empty() ? t.text_vi : t.text_en;
        row.source = t.source;
        out.targets.push_back(std::move(row));
    }
    return out;
}

data::Plan load_plan(const std::filesystem::path& file) {
    return parse_plan(base::read_file(file), file.filename().string());
}

} // namespace diaban::app
