#include "app/plan_file.hpp"

#include "app/json_node.hpp"
#include "base/paths.hpp"

namespace diaban::app {
namespace {

data::Target read_target(const JsonNode& in) {
    using Kind = data::TargetKind;
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

} // namespace

data::Plan parse_plan(const std::string& text, const std::string& name) {
    const auto in = JsonNode::parse(text, name);
    data::Plan plan;
    plan.id = in.text("id", true);
    plan.area_vi = in.text("area_vi");
    plan.area_en = in.text("area_en");
    plan.document = in.text("document");
    const auto from = in.period("from"), until = in.period("until");
    if (!from || !until) in.bad("from, until: \"2011\"");
    plan.from = *from;
    plan.until = *until;
    for (const auto& target : in.nodes("targets")) plan.targets.push_back(read_target(target));
    if (plan.targets.empty()) in.bad("targets: […]");
    return plan;
}

data::Plan load_plan(const std::filesystem::path& file) {
    return parse_plan(base::read_file(file), file.filename().string());
}

} // namespace diaban::app
