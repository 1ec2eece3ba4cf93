#include "gui/panels/export_panel.hpp"

#include "gui/map_view.hpp"
#include "gui/widgets.hpp"
#include "map/page.hpp"

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string> kSizes = {"A4 landscape", "A4 portrait", "A3 landscape",
                                         "A3 portrait",  "slide",       "1920x1080px"};
const std::vector<std::string> kFormats = {"png", "svg", "pdf"};
constexpr double kDpi[] = {96, 150, 300};

std::size_t index_of(const std::vector<std::string>& list, const std::string& text) {
    const auto at = std::find(list.begin(), list.end(), text);
    return at == list.end() ? 0 : static_cast<std::size_t>(at - list.begin());
}

} // namespace

app::MapRequest ExportPanel::request(Ui& ui) const {
    app::MapRequest request;
    request.data = ui.document.project().data;
    request.map = ui.document.styled()->choice;
    request.page = ui.document.project().page;
    request.dpi = kFormats[format_] == "png" ? kDpi[dpi_] : 0;
    request.classification =
        classification_ == 0 ? app::Classification::Public : app::Classification::Internal;
    request.out = fs::path(folder_) / name_;
    return request;
}

// The page in outline with the map as it is on screen.
void ExportPanel::draw_preview(Ui& ui, const app::StyledMap& styled) {
    const map::PageSize size = map::parse_page_size(ui.document.project().page.size);
    const float width = ImGui::GetContentRegionAvail().x, most = ui.px(190);
    float w = width, h = static_cast<float>(size.height_mm / size.width_mm) * width;
    if (h > most) w *= most / h, h = most;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 a{at.x + (width - w) / 2, at.y}, b{a.x + w, a.y + h};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({a.x + ui.px(2), a.y + ui.px(3)}, {b.x + ui.px(2), b.y + ui.px(3)},
                       ui.theme->shadow, ui.px(3));
    list.AddRectFilled(a, b, IM_COL32_WHITE, ui.px(2));
    const float m = w * 0.035F;
    const auto& page = ui.document.project().page;
    draw_text_cut(list, ui.fonts.strong, {a.x + m, a.y + m * 0.6F}, w - 2 * m,
                  IM_COL32(0x23, 0x26, 0x2B, 255),
                  page.title.empty() ? styled.legend_title : page.title);
    const bool wide = w > h;
    const float legend = wide ? w * 0.22F : 0;
    const ImVec2 m0{a.x + m, a.y + m + ui.px(20)},
        m1{b.x - m - legend, b.y - m - (wide ? ui.px(6) : h * 0.18F)};
    const Viewport& view = ui.map.view();
    if (ui.map.shown() && m1.x > m0.x && m1.y > m0.y) {
        // The middle of the map, cut to the frame's shape.
        const float frame = (m1.x - m0.x) / (m1.y - m0.y);
        const auto screen = static_cast<float>(view.width_px / view.height_px);
        const float u = frame < screen ? frame / screen / 2 : 0.5F;
        const float v = frame < screen ? 0.5F : screen / frame / 2;
        const auto [u0, v0, u1, v1] = ui.map.view_in_texture();
        const float uc = (u0 + u1) / 2, vc = (v0 + v1) / 2, du = (u1 - u0) * u, dv = (v1 - v0) * v;
        // GL counts rows from below.
        list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(ui.map.texture())),
                      m0, m1, {uc - du, vc + dv}, {uc + du, vc - dv});
    }
    float y = wide ? m0.y : m1.y + ui.px(4), x = wide ? m1.x + m : m0.x;
    for (const map::LegendEntry& entry : styled.style.entries) {
        if (y + ui.px(7) > b.y - m / 2) break;
        swatch(ui, list, {x, y}, {ui.px(11), ui.px(7)}, entry);
        list.AddRectFilled({x + ui.px(15), y + ui.px(2.5F)}, {x + ui.px(40), y + ui.px(4.5F)},
                           IM_COL32(0, 0, 0, 60));
        if (wide)
            y += ui.px(10);
        else
            x += ui.px(48);
    }
    list.AddRect(a, b, ui.theme->line, ui.px(2));
    ImGui::Dummy({width, h + ui.px(6)});
    record(ui, "export.preview");
}

void ExportPanel::draw_fields(Ui& ui, const app::StyledMap& styled) {
    app::Project next = ui.document.project();
    std::vector<std::string> sizes;
    for (const std::string& size : kSizes) sizes.push_back(ui.text("ui.size." + size));
    std::size_t size = index_of(kSizes, next.page.size);
    if (choice(ui, "ui.export.size", size, sizes)) next.page.size = kSizes[size];
    std::vector<std::string> formats;
    for (const std::string& format : kFormats) formats.push_back(ui.text("ui.format." + format));
    if (choice(ui, "ui.export.format", format_, formats)) suggested_.clear();
    if (kFormats[format_] == "png") {
        std::vector<std::string> dpi;
        for (const double d : kDpi)
            dpi.push_back(ui.text("ui.export.dpi_value", {{"dpi", static_cast<std::int64_t>(d)}}));
        choice(ui, "ui.export.dpi", dpi_, dpi);
    }
    field(ui, "ui.export.title", next.page.title);
    field(ui, "ui.export.source", next.page.source);
    check(ui, "ui.export.labels", next.page.district_labels);
    choice(ui, "ui.export.classification", classification_,
           {ui.text("ui.export.public"), ui.text("ui.export.internal")});
    if (classification_ == 1)
        paragraph(ui, ui.fonts.small, ui.theme->warning, ui.text("ui.export.internal_note"));
    if (!(next.page == ui.document.project().page))
        ui.document.edit(std::move(next), "edit.page", "page");

    const std::string suggested =
        app::suggested_name(styled, *ui.document.dataset(), kFormats[format_]);
    if (suggested != suggested_) name_ = suggested_ = suggested, replace_ = false;
    if (folder_.empty()) {
        const fs::path& file = ui.document.file();
        const char* home = std::getenv("HOME");
        folder_ = !file.empty() ? file.parent_path().string() : home ? home : ".";
    }
    if (field(ui, "ui.export.folder", folder_)) replace_ = false;
    if (field(ui, "ui.export.name", name_)) replace_ = false;
}

void ExportPanel::start(Ui& ui) {
    app::MapRequest wanted = request(ui);
    std::error_code none;
    if (fs::exists(wanted.out, none) && !replace_) {
        replace_ = true; // asked on the button itself
        return;
    }
    replace_ = false;
    result_->text.clear();
    const std::string written = ui.text("ui.export.done", {{"file", wanted.out.string()}});
    ui.document.jobs().run(
        {.key = "export"},
        [wanted, dataset = ui.document.dataset(),
         code = ui.document.language().code()](base::JobContext& ctx) {
            return app::run(wanted, *dataset, *app::Language::load(code), ctx);
        },
        [result = result_, written](app::Document&, const app::MapReport& report) {
            result->text = written;
            if (!report.files.empty()) result->file = report.files.front();
        });
}

void ExportPanel::draw(Ui& ui, const Rect& area, bool overlay) {
    begin_right_panel(ui, "export", "ui.export", area, overlay);
    const app::StyledMap* styled = ui.document.styled();
    if (styled) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(5)});
        draw_preview(ui, *styled);
        draw_fields(ui, *styled);
        gap(ui, 4);
        if (replace_)
            paragraph(ui, ui.fonts.small, ui.theme->warning,
                      ui.text("ui.file.exists", {{"file", name_}}));
        const float width = ImGui::GetContentRegionAvail().x;
        if (text_button(ui, replace_ ? "ui.export.replace" : "ui.export.run", true,
                        !name_.empty() && !folder_.empty(), width))
            start(ui);
        const std::string command = app::command_line(app::to_flags(request(ui)));
        ui.probe.state("export.command", command);
        if (text_button(ui, "ui.export.copy_command", false, true, width)) {
            ImGui::SetClipboardText(command.c_str());
            ui.shell.notice = ui.text("ui.export.copied");
        }
        if (!result_->text.empty()) paragraph(ui, ui.fonts.small, ui.theme->muted, result_->text);
        ui.probe.state("export.result", result_->text);
        ImGui::PopStyleVar();
    }
    end_right_panel(ui, area);
}

} // namespace diaban::gui
