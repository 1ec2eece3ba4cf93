#include "gui/panels/score_sheet_panel.hpp"

#include "app/commands/status.hpp"
#include "app/rule_file.hpp"
#include "data/catalogue.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/sheet.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

constexpr const char* kSheet = "nqlt-01-2008"; // what a new sheet begins with

} // namespace

void ScoreSheetPanel::begin(Ui& ui) {
    ui.attempt([&] {
        const auto& rule = ui.document.project().rule;
        const auto chosen = rule.empty()
                                ? data::Rule{}
                                : app::rule_named(rule.name(), ui.document.project().data.store);
        draft_ =
            app::draft_of(chosen.score_sheet() ? chosen : app::load_rule(app::find_rule(kSheet)),
                          ui.document.language());
        draft_->version = app::next_version(draft_->version);
    });
    if (!draft_) draft_.emplace(); // what was wrong has been said
}

void ScoreSheetPanel::open(Ui& ui, const fs::path& file) {
    draft_ = app::draft_of(app::load_rule(file), ui.document.language());
}

// The rule file becomes the project's rule: an edit that can be undone.
void ScoreSheetPanel::save(Ui& ui) {
    ui.shell.picking = Picking{
        .save = true,
        .title = "ui.sheet.save",
        .extensions = {".json"},
        .name = draft_->id + "-" + draft_->version + ".json",
        .then = [this](Ui& now, const fs::path& file) {
            const auto rule = app::sheet_of(*draft_, now.document.language());
            if (!rule) return;
            app::save_rule(*rule, file);
            draft_->base = *rule;
            now.shell.notice = now.text("ui.notice.saved", {{"file", file.filename().string()}});
            if (!now.document.dataset()) return;
            app::Project next = now.document.project();
            next.rule = {"", fs::absolute(file).lexically_normal()};
            now.document.edit(std::move(next), "edit.rule");
        }};
}

void ScoreSheetPanel::draw_about(Ui& ui, const app::SheetCheck& check) {
    field(ui, "ui.sheet.title", draft_->title);
    field(ui, "ui.sheet.document", draft_->document);
    field(ui, "ui.sheet.id", draft_->id);
    field(ui, "ui.sheet.version", draft_->version);
    std::size_t domain = draft_->domain == data::Domain::Drug ? 0 : 1;
    if (choice(ui, "ui.status.domain", domain,
               {ui.text("ui.moves.drug"), ui.text("ui.moves.prostitution")}))
        draft_->domain = domain == 0 ? data::Domain::Drug : data::Domain::Prostitution;
    heading(ui, "ui.sheet.limits");
    for (std::size_t k = 0; k < draft_->limits.size(); ++k) {
        auto& limit = draft_->limits[k];
        const ImVec2 at = ImGui::GetCursorScreenPos();
        draw_text(*ImGui::GetWindowDrawList(), ui.fonts.body, {at.x, at.y + ui.px(5)},
                  ui.theme->text, app::status_text(limit.status, ui.document.language()));
        ImGui::SetCursorScreenPos({at.x + ui.px(150), at.y});
        text_input(ui, "ui.sheet.at_least", limit.at_least, ui.px(120),
                   "limit:" + std::to_string(k));
    }
    gap(ui, 6);
    const std::string sum =
        ui.text("ui.sheet.sum", {{"criteria", static_cast<std::int64_t>(check.criteria)},
                                 {"expected", static_cast<std::int64_t>(check.expected)},
                                 {"most", check.most}});
    paragraph(ui, ui.fonts.strong, ui.theme->text, sum);
    record(ui, "sheet.sum");
    ui.probe.state("sheet.sum", sum);
    for (const auto& problem : check.problems)
        paragraph(ui, ui.fonts.small, ui.theme->error, problem);
    constexpr std::size_t kShown = 8;
    for (std::size_t i = 0; i < std::min(check.open.size(), kShown); ++i)
        paragraph(ui, ui.fonts.small, ui.theme->warning, check.open[i]);
    if (check.open.size() > kShown)
        paragraph(ui, ui.fonts.small, ui.theme->warning,
                  ui.text("ui.sheet.more_open",
                          {{"count", static_cast<std::int64_t>(check.open.size() - kShown)}}));
}

void ScoreSheetPanel::draw_action(Ui& ui, const app::SheetCheck& check) {
    const float width = ImGui::GetContentRegionAvail().x;
    if (text_button(ui, "ui.sheet.save", true, check.problems.empty(), width)) save(ui);
    if (text_button(ui, "ui.status.open_rule", false, true, width))
        ui.shell.picking =
            Picking{.title = "ui.status.open_rule",
                    .extensions = {".json"},
                    .then = [this](Ui& now, const fs::path& file) { open(now, file); }};
}

void ScoreSheetPanel::draw_criterion(Ui& ui, std::size_t content, std::size_t criterion) {
    auto& c = draft_->contents[content].criteria[criterion];
    const std::string name =
        "criterion:" + std::to_string(content) + ":" + std::to_string(criterion);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.body, {at.x + ui.px(10), at.y + ui.px(5)},
              ui.theme->muted, c.id);
    const float most = ui.px(90), points = std::min(ui.px(280), width * 0.32F), left = ui.px(58),
                button = ui.px(34), gap = ui.px(6);
    ImGui::SetCursorScreenPos({at.x + left, at.y});
    text_input(ui, "ui.sheet.criterion", c.text, width - left - most - points - button - 3 * gap,
               name + ".text");
    ImGui::SameLine(0, gap);
    text_input(ui, "ui.sheet.most", c.most, most, name + ".most");
    ImGui::SameLine(0, gap);
    auto chosen =
        static_cast<std::size_t>(std::find(ids_.begin(), ids_.end(), c.points) - ids_.begin());
    if (small_choice(ui, "ui.sheet.points", chosen, names_, points, name + ".points"))
        c.points = ids_[chosen];
    ImGui::SameLine(0, gap);
    if (tool_button(ui, "ui.sheet.remove", {.icon = Icon::Close, .name = name + ".remove"})) {
        app::remove_criterion(*draft_, content, criterion);
        ui.animating = true;
    }
}

void ScoreSheetPanel::draw_contents(Ui& ui) {
    for (std::size_t k = 0; k < draft_->contents.size(); ++k) {
        const std::string name = "content:" + std::to_string(k);
        ImGui::PushID(static_cast<int>(k));
        text_input(ui, "ui.sheet.content", draft_->contents[k].text, -1, name + ".text");
        for (std::size_t c = 0; c < draft_->contents[k].criteria.size(); ++c) {
            ImGui::PushID(static_cast<int>(c));
            draw_criterion(ui, k, c);
            ImGui::PopID();
        }
        if (tool_button(ui, "ui.sheet.add_criterion",
                        {.icon = Icon::Plus, .label = true, .name = name + ".add"}))
            app::add_criterion(*draft_, k);
        rule(ui);
        ImGui::PopID();
    }
    if (tool_button(ui, "ui.sheet.add_content", {.icon = Icon::Plus, .label = true}))
        app::add_content(*draft_);
}

void ScoreSheetPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    if (!draft_) begin(ui);
    // Points given are numbers of communes: indicators of the data, then of the catalogue.
    const auto dataset = ui.document.dataset();
    const auto& code = ui.document.language().code();
    if (ids_.empty() || listed_for_ != dataset || listed_in_ != code) {
        listed_for_ = dataset;
        listed_in_ = code;
        ids_.clear(), names_.clear();
        const auto add = [&](const std::string& id, const std::string& name) {
            if (std::find(ids_.begin(), ids_.end(), id) != ids_.end()) return;
            ids_.push_back(id);
            names_.push_back(id + " · " + name);
        };
        if (dataset && dataset->cube)
            for (const auto& indicator : dataset->cube->indicators)
                if (indicator.kind != data::Kind::Category)
                    add(indicator.id, app::indicator_name(indicator, ui.document.language()));
        for (const auto& entry : data::catalogue())
            add(std::string(entry.code), std::string(code == "vi" ? entry.name_vi : entry.name_en));
    }
    const auto check = app::check(*draft_, ui.document.language());
    draw_sheet(ui, "score_sheet", "ui.sheet", area,
               {[&] { draw_about(ui, check); }, [&] { draw_action(ui, check); },
                [&] { draw_contents(ui); }});
}

} // namespace diaban::gui
