// How the import assistant reads a report: sheet, boundaries, period, office, header, signs.
#include "app/import_profile.hpp"
#include "base/number.hpp"
#include "data/import_present.hpp"
#include "gui/panels/import_panel.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

// One of the names, or none of them ("").
void choose_name(Ui& ui, std::string_view key, std::string_view none,
                 const std::vector<std::string>& names, std::string& name) {
    std::vector<std::string> words{ui.text(none)};
    words.insert(words.end(), names.begin(), names.end());
    const auto known = std::find(names.begin(), names.end(), name);
    std::size_t at = known == names.end() ? 0 : static_cast<std::size_t>(known - names.begin()) + 1;
    if (choice(ui, key, at, words)) name = at == 0 ? "" : names[at - 1];
}

} // namespace

// What a report without communes speaks of, and whether its communes with vice include hotspots.
void ImportPanel::draw_area(Ui& ui) {
    field(ui, "ui.import.area", request_.own.area);
    auto reading = static_cast<std::size_t>(
        data::parse_present(request_.own.present).value_or(data::PresentReading::Auto));
    if (choice(ui, "ui.import.present", reading,
               {ui.text("ui.import.present.auto"), ui.text("ui.import.present.inclusive"),
                ui.text("ui.import.present.exclusive")}))
        request_.own.present =
            reading == 0 ? "" : data::to_string(static_cast<data::PresentReading>(reading));
}

// How the report is read: sheet, boundaries, profile, period, date.
void ImportPanel::draw_reading(Ui& ui, const app::ImportPreview& preview) {
    heading(ui, "ui.import.reading");
    // Of one vintage the choice is the yes to a question about its codes.
    if (preview.vintages.size() > 1 || !request_.vintage.empty() ||
        (preview.problem && preview.problem->message.key == "error.import.codes_contradict"))
        choose_name(ui, "ui.import.vintage", "ui.import.vintage_auto", preview.vintages,
                    request_.vintage);
    if (preview.sheets.size() > 1) {
        std::vector<std::string> names;
        for (const auto& sheet : preview.sheets) names.push_back(sheet.name);
        choice(ui, "ui.import.sheet", sheet_, names);
        bool only = request_.own.sheets.size() == 1;
        if (check(ui, "ui.import.only_sheet", only))
            request_.own.sheets =
                only ? std::vector<std::string>{names[std::min(sheet_, names.size() - 1)]}
                     : std::vector<std::string>{};
    }
    if (!preview.profiles.empty())
        choose_name(ui, "ui.import.profile", "ui.import.no_profile", preview.profiles,
                    request_.profile);
    const auto* shown = head(preview);
    const auto found = shown && shown->plan.period ? data::to_string(*shown->plan.period) : "";
    if (field(ui, "ui.import.period", period_)) {
        const auto period = data::parse_period(period_);
        bad_period_ = !period && !period_.empty();
        if (!bad_period_) request_.own.period = period;
    }
    if (bad_period_)
        paragraph(ui, ui.fonts.small, ui.theme->error, ui.text("ui.import.bad_period"));
    else if (period_.empty() && !found.empty())
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("ui.import.period_found", {{"period", found}}));
    field(ui, "ui.import.as_of", request_.own.as_of);
    if (shown && request_.own.as_of.empty() && !shown->plan.as_of.empty())
        paragraph(ui, ui.fonts.small, ui.theme->muted,
                  ui.text("ui.import.as_of_found", {{"date", shown->plan.as_of}}));
    if (shown && shown->plan.shape == data::Shape::Indicators) draw_area(ui);
    field(ui, "ui.import.agency", request_.own.agency);
    if (shown && request_.own.agency.empty() && !shown->plan.agency.empty())
        paragraph(ui, ui.fonts.small, ui.theme->muted, shown->plan.agency);
    draw_header_rows(ui, shown);
    field(ui, "ui.import.replaces", request_.replaces);
    draw_signs(ui);
    field(ui, "ui.import.save_profile", request_.save_profile);
}

// Which rows are the header, where the program takes others for it.
void ImportPanel::draw_header_rows(Ui& ui, const app::SheetHead* shown) {
    const auto row_field = [&](std::string_view key, std::string& text, std::uint32_t& value) {
        if (!field(ui, key, text)) return;
        const auto row = base::parse_number(text, {});
        constexpr double kMost = 1'048'576;
        value = row && *row >= 1 && *row <= kMost ? static_cast<std::uint32_t>(*row) : 0;
    };
    row_field("ui.import.header_row", header_row_, request_.own.header_row);
    row_field("ui.import.header_rows", header_rows_, request_.own.header_rows);
    if (shown && shown->plan.header_row > 0)
        paragraph(
            ui, ui.fonts.small, ui.theme->muted,
            ui.text("ui.import.header_found", {{"row", std::int64_t{shown->plan.header_row}},
                                               {"rows", std::int64_t{shown->plan.header_rows}}}));
}

// What stands in cells without a number, and what words of statuses mean.
void ImportPanel::draw_signs(Ui& ui) {
    auto& rule = request_.own.empty;
    const auto sign = [&](std::string_view key, data::Empty& meaning) {
        auto at = static_cast<std::size_t>(meaning);
        if (choice(ui, key, at,
                   {ui.text("ui.import.sign.zero"), ui.text("ui.import.sign.missing"),
                    ui.text("ui.import.sign.not_applicable")}))
            meaning = static_cast<data::Empty>(at);
    };
    sign("ui.import.sign_dash", rule.dash);
    sign("ui.import.sign_none", rule.none);
    sign("ui.import.sign_dots", rule.dots);
    sign("ui.import.sign_blank", rule.blank);
    if (field(ui, "ui.import.words", words_)) {
        auto words = app::parse_words(words_);
        bad_words_ = !words;
        if (words) request_.own.words = std::move(*words);
    }
    if (bad_words_) paragraph(ui, ui.fonts.small, ui.theme->error, ui.text("ui.import.bad_words"));
}

} // namespace diaban::gui
