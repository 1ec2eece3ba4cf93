#include "gui/panels/sql_panel.hpp"

#include "gui/panels/panels.hpp"
#include "gui/widgets.hpp"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>

namespace diaban::gui {
namespace {

constexpr float kSqlBar = 40;         // height of the line above
constexpr float kToolGap = 4;         // between its tools
constexpr float kStatementLeast = 64; // height of the editor
constexpr float kBelowStatement = 74; // of what stands below it
constexpr std::array kSeconds{10, 60, 600};
constexpr files::SqlLimits kUsualLimits;

std::string first_statement(const app::Dataset& dataset) {
    return "SELECT code, name, ST_Area(geometry, 1) / 1e6 AS km2\nFROM unit\nWHERE vintage = '" +
           dataset.vintage->id + "'\nORDER BY km2 DESC";
}

bool is_picture_file(const std::filesystem::path& file) {
    const auto extension = file.extension().string();
    return extension == ".png" || extension == ".svg" || extension == ".pdf";
}

} // namespace

// Other data: the answer is about units that are not there any more.
void SqlPanel::begin(Ui& ui) {
    const auto dataset = ui.document.dataset();
    if (dataset->vintage == vintage_ && dataset->request.store == store_) return;
    const bool other_store = dataset->request.store != store_;
    vintage_ = dataset->vintage;
    store_ = dataset->request.store;
    const auto run = outcome_->run;
    outcome_ = std::make_shared<Outcome>();
    outcome_->run = run; // no two answers have the same number
    sort_ = {};
    if (!edited_) text_ = first_statement(*dataset);
    if (!other_store) return;
    stored_.read(ui, store_);
}

app::SqlRequest SqlPanel::request(const Ui& ui, app::Classification classification) const {
    auto out = asked_;
    out.sort = sort_.column;
    out.descending = sort_.descending;
    out.page = ui.document.project().page;
    out.page.title.clear(); // that of the map
    out.classification = classification;
    return out;
}

void SqlPanel::run(Ui& ui) {
    if (job_runs(ui, "sql")) return;
    asked_ = {.data = ui.document.project().data, .text = text_};
    asked_.limits.seconds = kSeconds[time_];
    sort_ = {};
    auto request = asked_;
    // Nothing leaves the program on the screen: true values (conventions 6).
    request.classification = app::Classification::Internal;
    ui.document.jobs().run(
        {.key = "sql", .replace = true},
        [request, dataset = ui.document.dataset(),
         code = ui.document.language().code()](base::JobContext& ctx) {
            Outcome out;
            try {
                out.report =
                    std::make_shared<const app::SqlReport>(app::run(request, dataset, ctx));
                out.sorted = out.report;
                out.shapes = std::make_shared<const std::vector<map::Overlay>>(
                    app::sql_shapes(*out.report, *app::Language::load(code)));
            } catch (const base::Error& error) {
                out.error = error; // said here, not as a failure of the program
            }
            return out;
        },
        [to = outcome_](app::Document&, Outcome out) {
            out.run = to->run + 1;
            *to = std::move(out);
        });
}

// The same rows in another order, made beside the window.
void SqlPanel::sort(Ui& ui) {
    if (!outcome_->report) return;
    ui.document.jobs().run(
        {.key = "sql_sort", .replace = true},
        [report = outcome_->report, how = sort_](base::JobContext&) {
            if (how.column.empty()) return report;
            auto out = std::make_shared<app::SqlReport>(*report);
            app::sort_rows(*out, how.column, how.descending);
            return std::shared_ptr<const app::SqlReport>(std::move(out));
        },
        [to = outcome_, of = outcome_->report](app::Document&,
                                               std::shared_ptr<const app::SqlReport> sorted) {
            if (to->report == of) to->sorted = std::move(sorted);
        });
}

// In public, as everything that leaves: small counts are hidden.
void SqlPanel::copy(Ui& ui) {
    ui.document.jobs().run(
        {.key = "sql_copy", .replace = true},
        [wanted = request(ui, app::Classification::Public), dataset = ui.document.dataset(),
         code = ui.document.language().code()](base::JobContext& ctx) {
            const auto report = app::run(wanted, dataset, ctx);
            return std::pair(app::clipboard_text(report, *app::Language::load(code)),
                             std::pair(report.answer.rows.size(), report.masked.size()));
        },
        [shell = &ui.shell](app::Document& document, const auto& copied) {
            ImGui::SetClipboardText(copied.first.c_str());
            const auto [rows, masked] = copied.second;
            shell->notice =
                document.language().text(masked == 0 ? "ui.sql.copied" : "ui.sql.copied_masked",
                                         {{"n", static_cast<std::int64_t>(rows)}});
        });
}

void SqlPanel::choose_file(Ui& ui, app::Classification classification) {
    std::vector<std::string> extensions{".xlsx", ".ods", ".csv", ".html"};
    if (outcome_->report->on_map) extensions.insert(extensions.end(), {".png", ".svg", ".pdf"});
    ui.shell.picking = Picking{
        .save = true,
        .title = "ui.table.export",
        .extensions = std::move(extensions),
        .name = "sql.xlsx",
        .then = [wanted = request(ui, classification),
                 dataset = ui.document.dataset()](Ui& now, const std::filesystem::path& file) {
            auto asked = wanted;
            (is_picture_file(file) ? asked.map_out : asked.out) = file;
            write_beside(now, "sql_export",
                         [asked, dataset](const app::Language& language, base::JobContext& ctx) {
                             auto report = app::run(asked, dataset, ctx);
                             app::write(report, language, ctx);
                             return report.files;
                         });
        }};
}

void SqlPanel::draw_export(Ui& ui) {
    if (!ImGui::BeginPopup("sql_export")) return;
    if (const auto classification = offer_classifications(ui, "sql"))
        choose_file(ui, *classification);
    ImGui::EndPopup();
}

void SqlPanel::show_on_map(Ui& ui, bool shown) {
    if (!shown) return ui.document.show_result(std::nullopt);
    ui.shell.answer_shapes = outcome_->shapes;
    ui.shell.answer_serial = serial_ =
        ui.document.show_answer(app::sql_map(*outcome_->report, ui.document.language()));
}

// The statements that the store keeps: taken up, deleted, and one more.
void SqlPanel::draw_saved(Ui& ui) {
    ImGui::SetNextWindowSize({ui.px(380), 0});
    if (!ImGui::BeginPopup("sql_saved")) {
        replacing_.reset();
        return stored_.spare();
    }
    if (const auto statement = stored_.draw(ui)) {
        text_ = statement->text;
        edited_ = true;
        ImGui::CloseCurrentPopup();
    }
    text_input(ui, "ui.sql.name", name_, ImGui::GetContentRegionAvail().x);
    const app::NamedQuery named{name_, text_};
    if (replacing_ != named) replacing_.reset();
    if (text_button(ui, "ui.sql.keep", false, !name_.empty() && !text_.empty(),
                    ImGui::GetContentRegionAvail().x)) {
        // What another statement is kept under is lost only when it is asked a second time.
        if (app::would_replace(stored_.queries(), named) && !replacing_) {
            replacing_ = named;
        } else {
            stored_.keep(ui, named);
            name_.clear();
            replacing_.reset();
        }
    }
    if (replacing_)
        paragraph(ui, ui.fonts.small, ui.theme->warning,
                  ui.text("ui.query.replace_sure", {{"name", name_}}));
    ui.probe.state("sql.replacing", replacing_ ? replacing_->name : "");
    ImGui::EndPopup();
}

void SqlPanel::draw_bar(Ui& ui, const Rect& area) {
    const bool running = job_runs(ui, "sql");
    ImGui::SetCursorScreenPos({area.x0 + ui.px(10), area.y0 + ui.px(3)});
    if (running) {
        if (tool_button(ui, "ui.sql.stop", {.icon = Icon::Cancel, .label = true}))
            for (const auto& job : ui.document.jobs().running())
                if (job.key == "sql") ui.document.jobs().cancel(job.id);
    } else if (tool_button(ui, "ui.sql.run",
                           {.icon = Icon::Play,
                            .label = true,
                            .enabled = !text_.empty(),
                            .primary = true,
                            .shortcut = "Ctrl+Enter"}) ||
               ui.pressed(GLFW_KEY_ENTER, GLFW_MOD_CONTROL) ||
               ui.pressed(GLFW_KEY_KP_ENTER, GLFW_MOD_CONTROL)) {
        run(ui);
    }
    ImGui::SameLine(0, ui.px(kToolGap));
    if (tool_button(ui, "ui.sql.saved", {.icon = Icon::Bookmark, .label = true}))
        ImGui::OpenPopup("sql_saved");
    draw_saved(ui);
    if (outcome_->report && !running) draw_answer_tools(ui, area);
}

// What can be done with the answer, and how much it is.
void SqlPanel::draw_answer_tools(Ui& ui, const Rect& area) {
    const float near = ui.px(kToolGap);
    const auto& report = outcome_->report;
    std::string said = ui.text(report->answer.cut ? "sql.said_cut" : "sql.said",
                               {{"count", static_cast<std::int64_t>(report->answer.rows.size())}});
    if (const auto words = app::matched_words(*report, ui.document.language()); !words.empty())
        said += " · " + words; // which of them the map can show
    else if (report->on_map)
        said += " · " + ui.text("sql.said_units",
                                {{"count", static_cast<std::int64_t>(report->units.size())}});
    ui.probe.state("sql.said", said);
    const ImVec2 size = text_size(ui.fonts.small, said);
    // Where the words do not fit, the icons and their tooltips remain.
    ImGui::SameLine(0, ui.px(12));
    float needed = ImGui::GetCursorScreenPos().x + size.x + ui.px(30);
    for (const std::string_view key :
         {"ui.sql.select", "ui.query.on_map", "ui.table.copy", "ui.table.export"})
        needed += tool_width(ui, key, true) + near;
    const bool label = needed < area.x1;
    if (tool_button(ui, "ui.sql.select",
                    {.icon = Icon::Check, .label = label, .enabled = !report->units.empty()}))
        choose_units(ui, report->units);
    ImGui::SameLine(0, near);
    const bool on_map = ui.document.shows_result(serial_);
    if (tool_button(ui, "ui.query.on_map",
                    {.icon = Icon::Map,
                     .label = label,
                     .on = on_map,
                     .enabled = report->on_map,
                     .name = "ui.sql.on_map"}))
        show_on_map(ui, !on_map);
    ImGui::SameLine(0, near);
    if (tool_button(
            ui, "ui.table.copy",
            {.icon = Icon::Copy, .label = label, .shortcut = "Ctrl+C", .name = "ui.sql.copy"}) ||
        (ui.shell.table_focused && ui.pressed(GLFW_KEY_C, GLFW_MOD_CONTROL) &&
         !ImGui::GetIO().WantTextInput))
        copy(ui);
    ImGui::SameLine(0, near);
    if (tool_button(ui, "ui.table.export",
                    {.icon = Icon::Export, .label = label, .name = "ui.sql.export"}))
        ImGui::OpenPopup("sql_export");
    draw_export(ui);
    ImGui::SameLine(0, ui.px(12));
    const float x = std::max(ImGui::GetCursorScreenPos().x, area.x1 - size.x - ui.px(18));
    draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.small,
                  {x, area.y0 + (ui.px(kSqlBar) - size.y) / 2}, area.x1 - x - ui.px(8),
                  ui.theme->muted, said);
    ui.probe.state("sql.rows", static_cast<double>(report->answer.rows.size()));
    ui.probe.state("sql.units", static_cast<double>(report->units.size()));
}

// The statement, how long it may take, and the same as a command.
void SqlPanel::draw_statement(Ui& ui, float width, float height) {
    begin_part("statement", {width, height});
    const float room = ImGui::GetContentRegionAvail().x - ui.px(10), near = ui.px(6);
    const float editor = std::max(ui.px(kStatementLeast), height - ui.px(kBelowStatement));
    std::string text = text_;
    // Esc leaves the field; what was written stays.
    if (text_area(ui, "ui.sql.text", text, {room, editor}) && !ui.pressed(GLFW_KEY_ESCAPE))
        text_ = std::move(text), edited_ = true;
    ui.probe.state("sql.text", text_);
    paragraph(ui, ui.fonts.small, ui.theme->muted,
              ui.text("ui.sql.limits", {{"rows", static_cast<std::int64_t>(kUsualLimits.rows)},
                                        {"mb", std::int64_t{kUsualLimits.bytes >> 20}}}));
    std::vector<std::string> times;
    for (const int seconds : kSeconds)
        times.push_back(ui.text("ui.sql.seconds", {{"n", std::int64_t{seconds}}}));
    small_choice(ui, "ui.sql.time", time_, times, (room - near) / 2);
    ImGui::SameLine(0, near);
    auto copied = request(ui, app::Classification::Public);
    if (copied.text != text_) copied.sort.clear(), copied.descending = false; // of another answer
    copied.data = ui.document.project().data;
    copied.text = text_;
    copied.limits.seconds = kSeconds[time_];
    copy_command(ui, "sql", app::to_flags(copied), (room - near) / 2);
    ImGui::EndChild();
}

void SqlPanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    begin_region(ui, "sql", area, {.padding = {0, 0}});
    if (!ui.document.dataset()) return end_region();
    // Else the key copies the map, which is drawn first.
    ui.shell.table_focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows);
    begin(ui);
    if (store_.empty()) {
        ImGui::SetCursorScreenPos({area.x0 + ui.px(18), area.y0 + ui.px(14)});
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.sql.no_store"));
        return end_region();
    }
    draw_bar(ui, area);
    const float top = area.y0 + ui.px(kSqlBar);
    const float width = std::min(ui.px(460), area.width() * 0.38F);
    ImGui::SetCursorScreenPos({area.x0 + ui.px(10), top});
    draw_statement(ui, width - ui.px(10), area.y1 - top);
    draw_answer(ui, {area.x0 + width, top, area.x1, area.y1});
    ui.probe.state("sql.error", outcome_->error ? outcome_->error->message.key : "");
    ui.probe.state("sql.runs", static_cast<double>(outcome_->run));
    end_region();
}

} // namespace diaban::gui
