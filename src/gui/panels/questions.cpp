#include "gui/panels/questions.hpp"

#include "base/text.hpp"
#include "gui/widgets.hpp"

#include <cmath>

namespace diaban::gui {
namespace {

// The plausible systems, best first, each once; axes are looked at when the file is read anew.
std::vector<geo::Crs> candidates(const app::Dataset& dataset) {
    std::vector<geo::Crs> out;
    for (const geo::CrsGuess& guess : dataset.crs_candidates)
        if (guess.crs.epsg_code() && std::find(out.begin(), out.end(), guess.crs) == out.end())
            out.push_back(guess.crs);
    return out;
}

std::string code_of(const geo::Crs& crs) {
    return "EPSG:" + std::to_string(crs.epsg_code());
}

// "9209" is an EPSG code too.
std::string as_crs(const std::string& typed) {
    const bool digits =
        !typed.empty() && typed.find_first_not_of("0123456789") == std::string::npos;
    return digits ? "EPSG:" + typed : typed;
}

std::string_view sentence(app::Question::About about) {
    switch (about) {
    case app::Question::About::Layer:
        return "ui.question.layer";
    case app::Question::About::Table:
        return "ui.question.table";
    case app::Question::About::Key:
        break;
    }
    return "ui.question.key";
}

} // namespace

void Questions::choose_crs(Ui& ui, const app::Dataset& dataset, const std::string& crs) {
    ui.attempt([&] {
        geo::Crs::parse(crs); // a code that does not exist is said before anything changes
        app::Project next = ui.document.project();
        next.data.crs = crs;
        ui.document.edit(std::move(next), "edit.crs");
        put_aside_ = ui.document.dataset();
    });
    ui.probe.state("crs.chosen", dataset.boundaries_name + " " + crs);
}

Rect Questions::draw_crs(Ui& ui, Rect map_area) {
    const auto dataset = ui.document.dataset();
    if (!dataset || dataset == put_aside_ || !dataset->vintage->coverage ||
        dataset->vintage->coverage->crs().known() || ui.document.loading())
        return map_area;
    if (crs_of_ != dataset) crs_of_ = dataset, candidate_ = 0, typed_.clear();
    const auto known = candidates(*dataset);
    std::vector<std::string> names;
    for (const geo::Crs& crs : known) names.push_back(crs.name() + " (" + code_of(crs) + ")");

    const float width = std::min(ui.px(780), map_area.width() - ui.px(32)), height = ui.px(124);
    const float x = (map_area.x0 + map_area.x1 - width) / 2, y = map_area.y0 + ui.px(14);
    const Rect area{x, y, x + width, y + height};
    begin_region(ui, "crs", area,
                 {.ground = ui.theme->warning_ground, .padding = {18, 10}, .overlay = true});
    const std::string text = ui.text("ui.crs.unknown", {{"file", dataset->boundaries_name}});
    paragraph(ui, ui.fonts.strong, ui.theme->text, text, width - ui.px(60));
    ui.probe.item("crs", area.x0, area.y0, area.x1, area.y1);
    ui.probe.state("crs", text);
    const float top = y + ui.px(58), gap_px = ui.px(10);
    float left = x + ui.px(18);
    if (!names.empty()) {
        const float room = width * 0.46F;
        ImGui::SetCursorScreenPos({left, top});
        begin_part("crs.list", {room, ui.px(66)});
        choice(ui, "ui.crs.candidates", candidate_, names);
        ImGui::EndChild();
        left += room + gap_px;
    }
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.small, {left, top}, ui.theme->muted,
              ui.text("ui.crs.other"));
    ImGui::SetCursorScreenPos({left, top + ui.px(22)});
    text_input(ui, "ui.crs.epsg", typed_, ui.px(130));
    ImGui::SetCursorScreenPos({left + ui.px(130) + gap_px, top + ui.px(22)});
    const std::string wanted = !typed_.empty()             ? as_crs(typed_)
                               : candidate_ < known.size() ? code_of(known[candidate_])
                                                           : std::string();
    if (text_button(ui, "ui.crs.use", true, !wanted.empty())) choose_crs(ui, *dataset, wanted);
    ImGui::SetCursorScreenPos({area.x1 - ui.px(38), y + ui.px(4)});
    if (tool_button(ui, "ui.crs.later", {.icon = Icon::Close})) put_aside_ = dataset;
    end_region();
    map_area.y0 = area.y1;
    return map_area;
}

namespace {

// What helps to choose: "156 units", or the first cells of a column.
std::string detail(const Ui& ui, const app::Question& question, std::size_t at) {
    if (at < question.examples.size()) return question.examples[at];
    if (at >= question.rows.size() || question.rows[at] < 0) return "";
    const bool layer = question.about == app::Question::About::Layer;
    return ui.text(layer ? "ui.question.units" : "ui.question.rows",
                   {{"count", question.rows[at]}});
}

// A choice: a ring that fills under the mouse, its name, and what helps to choose.
bool choice_row(Ui& ui, const app::Question& question, std::size_t at) {
    const std::string name = "question:" + std::to_string(at);
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(kListRow);
    const bool clicked = ImGui::InvisibleButton(name.c_str(), {width, height});
    record(ui, name);
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (hovered) {
        list.AddRectFilled(start, {start.x + width, start.y + height}, ui.theme->hover, ui.px(6));
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    const ImVec2 ring{start.x + ui.px(17), start.y + height / 2};
    list.AddCircle(ring, ui.px(7), hovered ? ui.theme->accent : ui.theme->faint, 24, ui.px(1.5F));
    if (hovered) list.AddCircleFilled(ring, ui.px(3.5F), ui.theme->accent, 24);
    const std::string more = detail(ui, question, at);
    const float right = std::min(text_size(ui.fonts.small, more).x, width * 0.5F);
    const float line = text_size(ui.fonts.body, "X").y;
    draw_text_cut(list, ui.fonts.body, {start.x + ui.px(34), start.y + (height - line) / 2},
                  width - right - ui.px(34 + 20), ui.theme->text, question.choices[at]);
    draw_text_cut(list, ui.fonts.small,
                  {start.x + width - right - ui.px(8),
                   start.y + (height - text_size(ui.fonts.small, "X").y) / 2},
                  right + 1, ui.theme->muted, more);
    return clicked;
}

} // namespace

void Questions::draw_question(Ui& ui, const Rect& around) {
    if (!ui.document.asking()) return;
    const app::Question question = *ui.document.question(); // answering ends it
    constexpr std::size_t kMostRows = 9;
    const auto rows = static_cast<float>(std::min(question.choices.size(), kMostRows));
    const float width = std::min(ui.px(520), around.width() - ui.px(40));
    const float list = rows * ui.px(kListRow) + ui.px(8), height = ui.px(150) + list;
    const float x = std::round((around.x0 + around.x1 - width) / 2);
    const float y = std::round(std::max(around.y0, (around.y0 + around.y1 - height) / 2));
    begin_region(ui, "question", {x, y, x + width, y + height},
                 {.padding = {22, 18}, .overlay = true});
    const std::string text = ui.text(sentence(question.about), {{"file", question.file}});
    paragraph(ui, ui.fonts.strong, ui.theme->text, text);
    ui.probe.state("question", text);
    ui.probe.state("question.detail", detail(ui, question, 0));
    ImGui::SetCursorScreenPos({x + ui.px(10), y + ui.px(82)});
    begin_part("question.choices", {width - ui.px(20), list});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    std::optional<std::string> chosen;
    for (std::size_t i = 0; i < question.choices.size(); ++i)
        if (choice_row(ui, question, i)) chosen = question.choices[i];
    ImGui::PopStyleVar();
    ImGui::EndChild();
    ImGui::SetCursorScreenPos({x + ui.px(22), y + height - ui.px(16 + kButton)});
    const bool layer = question.about == app::Question::About::Layer;
    const bool later = text_button(ui, layer ? "ui.file.cancel" : "ui.question.without_table");
    end_region();
    if (chosen)
        ui.attempt([&] { ui.document.answer(*chosen); });
    else if (later)
        ui.document.ask(false);
}

} // namespace diaban::gui
