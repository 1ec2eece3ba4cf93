#include "gui/panels/store_panel.hpp"

#include "app/place_source.hpp"
#include "base/text.hpp"
#include "files/store_agency.hpp"
#include "gui/panels/panels.hpp"
#include "gui/panels/sheet.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string> kBoundaries = {".shp", ".zip", ".gpkg", ".geojson", ".fgb", ".tab"};
const std::vector<std::string> kTables = {".csv", ".tsv", ".xlsx", ".xls", ".ods", ".dbf"};
const std::vector<std::string> kPlaces = {".shp", ".geojson", ".gpkg", ".csv", ".gpx", ".zip"};
const std::vector<std::string> kReports = {".xlsx", ".ods", ".csv", ".html"};
constexpr std::array<std::string_view, 10> kPlaceKinds = {
    "support", "industrial_zone", "port",         "border_gate", "market", "school",
    "road",    "river",           "patrol_route", "other"};
const std::vector<std::string> kDocuments = {".json"};
// Columns that hold sentences and names of files.
constexpr std::array<std::string_view, 9> kWideColumns = {
    "name", "agency", "text", "document", "reason", "file", "source", "replaced_by", "attributes"};
constexpr std::array<std::string_view, 13> kTabs = {
    "ui.store.vintages",  "ui.store.crosswalks", "ui.store.names", "ui.store.agencies",
    "ui.store.places",    "ui.store.aliases",    "ui.store.rules", "ui.store.plans",
    "ui.store.overrides", "ui.store.log",        "ui.store.past",  "ui.store.tables",
    "ui.store.check"};

// A verb of the store, as the command line runs it; some tell of documents in the user's words.
template <class Asked>
app::RecordsReport run_records(const Asked& asked, const app::Language& language,
                               base::JobContext& ctx) {
    if constexpr (std::is_same_v<Asked, app::DocumentRequest>)
        return app::run(asked, language, ctx);
    else
        return app::run(asked, ctx);
}

// What the first rows of a column ask for, up to a width that leaves room for others.
float widest_cell(Ui& ui, const app::RecordsReport& report, std::size_t column, float most) {
    constexpr std::size_t kMeasured = 50;
    float out = 0;
    for (std::size_t r = 0; r < std::min(report.rows.size(), kMeasured); ++r) {
        const std::string text = app::cell_text(report, r, column, ui.document.language());
        out = std::max(out, text_size(ui.fonts.body, text).x + ui.px(12));
    }
    return std::min(out, most);
}

} // namespace

StorePanel::Request StorePanel::request(app::RecordAction action) const {
    const auto with = [&](auto r) {
        if constexpr (requires { r.action; }) r.action = action;
        if constexpr (std::is_same_v<decltype(r), app::VintageRequest>)
            r.data.store = store_;
        else
            r.store = store_;
        return r;
    };
    switch (tab_) {
    case Tab::Crosswalks: {
        auto r = with(crosswalk_);
        if (action != app::RecordAction::List) {
            r.from = from_ < vintages_.size() ? vintages_[from_] : "";
            r.to = to_ < vintages_.size() ? vintages_[to_] : "";
        }
        r.overlay = action == app::RecordAction::Add && how_ == 1;
        if (!then_.empty()) r.then = {then_};
        if (r.overlay) r.table.clear(), r.then.clear(), r.shares.clear();
        return r;
    }
    case Tab::Names: {
        auto r = with(names_);
        if (action != app::RecordAction::Add) r.province.clear();
        return r;
    }
    case Tab::Agencies:
        return with(agency_);
    case Tab::Places: {
        auto r = with(places_);
        if (action == app::RecordAction::List) r.kind.clear(), r.crs.clear();
        return r;
    }
    case Tab::Aliases:
        return with(aliases_);
    case Tab::Rules:
    case Tab::Plans: {
        auto r = with(tab_ == Tab::Rules ? rules_ : plans_);
        if (action == app::RecordAction::Add) r.what = document_.string();
        return r;
    }
    case Tab::Overrides: {
        auto r = with(overrides_);
        if (action == app::RecordAction::List) r.file.clear();
        return r;
    }
    case Tab::Log:
        return with(app::StoreLogRequest{});
    case Tab::History:
        return with(history_);
    default:
        return with(vintage_);
    }
}

// Lists anew what a tab shows. A change that a job made says so by forgetting what was listed.
void StorePanel::list(Ui& ui, const fs::path& store) {
    store_ = store;
    const std::pair now{tab_, store};
    if (!lists() || listed_ == now) return;
    listed_ = now;
    ui.document.jobs().run(
        {.key = "store_list", .replace = true},
        [wanted = request(app::RecordAction::List), tab = tab_, store,
         code = ui.document.language().code()](base::JobContext& ctx) {
            Outcome out{.tab = tab, .store = store};
            try {
                const auto language = app::Language::load(code);
                out.records = std::visit(
                    [&](const auto& r) { return run_records(r, *language, ctx); }, wanted);
            } catch (const base::Error& error) {
                out.error = error;
            }
            return out;
        },
        [to = outcome_](app::Document&, Outcome outcome) {
            outcome.said = to->tab == outcome.tab ? to->said : "";
            *to = std::move(outcome);
        });
}

void StorePanel::change(Ui& ui, app::RecordAction action) {
    ui.document.jobs().run(
        {.key = "store_change"},
        [wanted = request(action), tab = tab_, store = store_,
         code = ui.document.language().code()](base::JobContext& ctx) {
            Outcome out{.tab = tab, .store = store};
            const auto language = app::Language::load(code);
            out.records =
                std::visit([&](const auto& r) { return run_records(r, *language, ctx); }, wanted);
            out.said = language->text(
                "ui.store.changed", {{"added", static_cast<std::int64_t>(out.records->added)},
                                     {"revised", static_cast<std::int64_t>(out.records->revised)},
                                     {"removed", static_cast<std::int64_t>(out.records->removed)}});
            return out;
        },
        [to = outcome_](app::Document& document, Outcome outcome) {
            *to = std::move(outcome);
            document.refresh(); // the map and its lists follow
        });
}

void StorePanel::check(Ui& ui) {
    ui.document.jobs().run(
        {.key = "store_check"},
        [store = store_](base::JobContext& ctx) {
            Outcome out{.tab = Tab::Check, .store = store};
            out.check = files::check_store(store, ctx);
            return out;
        },
        [to = outcome_](app::Document&, Outcome outcome) { *to = std::move(outcome); });
}

app::StoreExportRequest StorePanel::tables(Ui& ui) const {
    app::StoreExportRequest out;
    out.data.store = store_;
    const auto dataset = ui.document.dataset();
    out.data.vintage = dataset->vintage->id;
    out.summary = what_ == 0;
    const auto& periods = dataset->cube->periods;
    if (period_ > 0 && period_ <= periods.size()) out.period = periods[period_ - 1];
    const auto agency = dataset->cube->find(files::kAgencyIndicator);
    if (agency && chosen_agency_ > 0)
        out.agency = dataset->cube->indicators[*agency].categories[chosen_agency_ - 1];
    out.classification =
        classification_ == 0 ? app::Classification::Public : app::Classification::Internal;
    return out;
}

void StorePanel::save_tables(Ui& ui, const fs::path& file) {
    auto wanted = tables(ui);
    wanted.out = file;
    ui.document.jobs().run(
        {.key = "store_tables"},
        [wanted, store = store_, code = ui.document.language().code()](base::JobContext& ctx) {
            const auto language = app::Language::load(code);
            const auto report = app::run(wanted, *language, ctx);
            Outcome out{.tab = Tab::Tables, .store = store};
            out.said = language->text("ui.store.saved",
                                      {{"file", report.files.front().filename().string()},
                                       {"rows", static_cast<std::int64_t>(report.rows)},
                                       {"masked", static_cast<std::int64_t>(report.masked)}});
            if (!report.left_out.empty())
                out.said += " " + language->text("ui.store.left_out",
                                                 {{"vintage", report.vintage},
                                                  {"others", base::joined(report.left_out)}});
            return out;
        },
        [to = outcome_](app::Document&, Outcome outcome) { *to = std::move(outcome); });
}

void StorePanel::pick_file(Ui& ui, std::string_view key, fs::path& file,
                           std::vector<std::string> extensions) {
    const float width = ImGui::GetContentRegionAvail().x;
    if (text_button(ui, key, file.empty(), true, width))
        ui.shell.picking = Picking{.title = std::string(key),
                                   .extensions = std::move(extensions),
                                   .then = [to = &file](Ui&, const fs::path& chosen) {
                                       *to = fs::absolute(chosen).lexically_normal();
                                   }};
    if (!file.empty())
        paragraph(ui, ui.fonts.small, ui.theme->muted, base::nfc(file.filename().string()));
}

void StorePanel::draw_vintage(Ui& ui) {
    pick_file(ui, "ui.store.boundaries", vintage_.data.boundaries, kBoundaries);
    field(ui, "ui.store.vintage", vintage_.data.vintage);
    field(ui, "ui.store.valid_from", vintage_.valid_from);
    field(ui, "ui.store.valid_until", vintage_.valid_until);
    draw_removal(ui);
}

// What would go is said before it goes: first asked, then confirmed, as there is no way back.
void StorePanel::draw_removal(Ui& ui) {
    const auto* report =
        outcome_->tab == Tab::Vintages && outcome_->store == store_ && outcome_->records
            ? &*outcome_->records
            : nullptr;
    if (!report || report->rows.empty()) return;
    std::vector<std::string> ids;
    for (const auto& row : report->rows) ids.push_back(row.front());
    going_ = std::min(going_, ids.size() - 1);
    heading(ui, "ui.store.removal");
    choice(ui, "ui.store.removed", going_, ids);
    const std::string id = ids[going_]; // a click below may list anew
    if (id == ui.document.dataset()->vintage->id) {
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.store.removal_shown"));
        return;
    }
    const float width = ImGui::GetContentRegionAvail().x;
    if (outcome_->would_go != id) {
        if (text_button(ui, "ui.store.remove", false, true, width)) remove_vintage(ui, id, true);
        return;
    }
    paragraph(ui, ui.fonts.small, ui.theme->warning,
              ui.text("ui.store.removal_final", {{"vintage", id}}));
    if (text_button(ui, "ui.store.remove_now", true, true, width)) remove_vintage(ui, id, false);
    if (text_button(ui, "ui.file.cancel", false, true, width)) {
        outcome_->would_go.clear();
        outcome_->records->findings.clear(); // of what will not be done
    }
}

void StorePanel::remove_vintage(Ui& ui, const std::string& vintage, bool dry_run) {
    app::VintageRequest wanted{.action = app::RecordAction::Remove, .dry_run = dry_run};
    wanted.data.store = store_;
    wanted.data.vintage = vintage;
    ui.document.jobs().run(
        {.key = "store_change"},
        [wanted](base::JobContext& ctx) {
            Outcome out{.tab = Tab::Vintages, .store = wanted.data.store};
            out.records = app::run(wanted, ctx);
            if (wanted.dry_run) out.would_go = wanted.data.vintage;
            return out;
        },
        [to = outcome_](app::Document& document, Outcome outcome) {
            const bool gone = outcome.would_go.empty();
            *to = std::move(outcome);
            if (gone) document.refresh();
        });
}

void StorePanel::draw_crosswalk(Ui& ui) {
    if (vintages_.size() < 2) {
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.store.one_vintage"));
        return;
    }
    choice(ui, "ui.store.from", from_, vintages_);
    choice(ui, "ui.store.to", to_, vintages_);
    choice(ui, "ui.store.how", how_,
           {ui.text("ui.store.how.table"), ui.text("ui.store.how.overlay")});
    if (how_ == 1) return;
    pick_file(ui, "ui.store.pairs", crosswalk_.table, kTables);
    pick_file(ui, "ui.store.then", then_, kTables);
    pick_file(ui, "ui.store.shares", crosswalk_.shares, kTables);
}

void StorePanel::draw_records(Ui& ui) {
    auto& records = tab_ == Tab::Names ? names_ : agency_;
    paragraph(ui, ui.fonts.small, ui.theme->muted,
              ui.text(tab_ == Tab::Names ? "ui.store.names_hint" : "ui.store.agencies_hint"));
    pick_file(ui, "ui.store.table", records.file, kTables);
    if (tab_ == Tab::Names) field(ui, "ui.store.province", names_.province);
    heading(ui, "ui.store.shown");
    bool anew = field(ui, "ui.store.code", records.code);
    anew = field(ui, "ui.store.day", records.day) || anew;
    if (anew) listed_.reset();
}

// The zones of the provinces shown come first.
void StorePanel::draw_system(Ui& ui) {
    if (systems_.empty() || systems_of_ != store_) {
        systems_ = app::offered_systems(app::province_zones(ui.document.dataset()->vintage->units));
        systems_of_ = store_;
        system_ = 0;
    }
    places_.crs = choose_system(ui, "ui.store.places_crs", systems_, system_);
}

void StorePanel::draw_places(Ui& ui) {
    pick_file(ui, "ui.store.places_file", places_.file, kPlaces);
    draw_system(ui);
    std::vector<std::string> kinds;
    for (const auto kind : kPlaceKinds)
        kinds.push_back(app::place_kind_text(std::string(kind), ui.document.language()));
    choice(ui, "ui.store.kind", kind_, kinds);
    places_.kind = kPlaceKinds[kind_];
    field(ui, "ui.store.valid_from", places_.valid_from);
    field(ui, "ui.store.valid_until", places_.valid_until);
}

// Lists that grow by a file: names decided, rules, plans, decisions about statuses.
void StorePanel::draw_file(Ui& ui) {
    const bool document = tab_ == Tab::Rules || tab_ == Tab::Plans;
    paragraph(ui, ui.fonts.small, ui.theme->muted,
              ui.text(tab_ == Tab::Aliases     ? "ui.store.aliases_hint"
                      : tab_ == Tab::Overrides ? "ui.store.overrides_hint"
                                               : "ui.store.documents_hint"));
    if (document)
        pick_file(ui, "ui.store.document", document_, kDocuments);
    else
        pick_file(ui, "ui.store.table", tab_ == Tab::Aliases ? aliases_.file : overrides_.file,
                  kTables);
}

void StorePanel::draw_history(Ui& ui) {
    paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.store.past_hint"));
    heading(ui, "ui.store.shown");
    bool anew = field(ui, "ui.store.code", history_.code);
    const auto dataset = ui.document.dataset();
    std::vector<std::string> names{ui.text("ui.store.all_indicators")};
    std::size_t at = 0;
    for (const auto& indicator : dataset->cube->indicators) {
        if (indicator.id == files::kAgencyIndicator) continue; // made of assignments
        if (indicator.id == history_.indicator) at = names.size();
        names.push_back(indicator.id);
    }
    if (choice(ui, "ui.store.indicator", at, names)) {
        history_.indicator = at == 0 ? "" : names[at];
        anew = true;
    }
    if (anew) listed_.reset();
}

void StorePanel::draw_tables(Ui& ui) {
    const auto dataset = ui.document.dataset();
    choice(ui, "ui.store.what", what_,
           {ui.text("ui.store.what.summary"), ui.text("ui.store.what.values")});
    std::vector<std::string> periods{
        ui.text(what_ == 0 ? "ui.store.newest" : "ui.store.all_periods")};
    for (const auto period : dataset->cube->periods) periods.push_back(data::to_string(period));
    period_ = std::min(period_, periods.size() - 1);
    choice(ui, "ui.store.period", period_, periods);
    if (const auto agency = dataset->cube->find(files::kAgencyIndicator)) {
        std::vector<std::string> names{ui.text("ui.store.all_agencies")};
        const auto& known = dataset->cube->indicators[*agency].categories;
        names.insert(names.end(), known.begin(), known.end());
        chosen_agency_ = std::min(chosen_agency_, names.size() - 1);
        choice(ui, "ui.store.agency", chosen_agency_, names);
    }
    choice(ui, "ui.export.classification", classification_,
           {ui.text("ui.export.public"), ui.text("ui.export.internal")});
}

// What was picked for one list is not added to another.
void StorePanel::choose(Tab tab) {
    if (tab == tab_) return;
    tab_ = tab;
    document_.clear();
    outcome_->said.clear();
}

void StorePanel::draw_questions(Ui& ui) {
    heading(ui, "ui.import.store");
    paragraph(ui, ui.fonts.strong, ui.theme->text, base::nfc(store_.filename().string()));
    constexpr float kLow = 24; // so that what a list asks for stays in sight on a small screen
    for (std::size_t t = 0; t < kTabs.size(); ++t)
        if (list_row(ui, {.name = std::string(kTabs[t]),
                          .text = ui.text(kTabs[t]),
                          .selected = tab_ == static_cast<Tab>(t),
                          .indent = 4,
                          .height = kLow}))
            choose(static_cast<Tab>(t));
    gap(ui, 6);
    if (tab_ == Tab::Vintages) draw_vintage(ui);
    if (tab_ == Tab::Crosswalks) draw_crosswalk(ui);
    if (tab_ == Tab::Names || tab_ == Tab::Agencies) draw_records(ui);
    if (tab_ == Tab::Places) draw_places(ui);
    if (tab_ >= Tab::Aliases && tab_ <= Tab::Overrides) draw_file(ui);
    if (tab_ == Tab::Log)
        paragraph(ui, ui.fonts.small, ui.theme->muted, ui.text("ui.store.log_hint"));
    if (tab_ == Tab::History) draw_history(ui);
    if (tab_ == Tab::Tables) draw_tables(ui);
}

bool StorePanel::ready() const {
    switch (tab_) {
    case Tab::Vintages:
        return !vintage_.data.boundaries.empty() && !vintage_.data.vintage.empty();
    case Tab::Crosswalks:
        return vintages_.size() > 1 && from_ != to_ && (how_ == 1 || !crosswalk_.table.empty());
    case Tab::Names:
        return !names_.file.empty();
    case Tab::Agencies:
        return !agency_.file.empty();
    case Tab::Places:
        return !places_.file.empty();
    case Tab::Aliases:
        return !aliases_.file.empty();
    case Tab::Rules:
    case Tab::Plans:
        return !document_.empty();
    case Tab::Overrides:
        return !overrides_.file.empty();
    default:
        return true;
    }
}

void StorePanel::draw_action(Ui& ui) {
    const float width = ImGui::GetContentRegionAvail().x;
    for (const char* job : {"store_change", "store_check", "store_tables"})
        if (draw_running(ui, job)) return;
    std::vector<std::string> flags;
    if (tab_ == Tab::Check) {
        if (text_button(ui, "ui.store.run_check", true, true, width)) check(ui);
        flags = app::to_flags(app::StoreCheckRequest{store_});
    } else if (tab_ == Tab::Tables) {
        if (text_button(ui, "ui.store.save_tables", true, true, width))
            ui.shell.picking =
                Picking{.save = true,
                        .title = "ui.store.save_tables",
                        .extensions = kReports,
                        .name = base::file_name_part(store_.stem().string()) + ".xlsx",
                        .then = [this](Ui& now, const fs::path& file) { save_tables(now, file); }};
        flags = app::to_flags(tables(ui));
    } else {
        if (grows() && text_button(ui, "ui.store.add", true, ready(), width))
            change(ui, app::RecordAction::Add);
        const bool adds = grows() && ready();
        flags = std::visit([](const auto& r) { return app::to_flags(r); },
                           request(adds ? app::RecordAction::Add : app::RecordAction::List));
    }
    copy_command(ui, "store", flags, width);
}

void StorePanel::draw_rows(Ui& ui, const app::RecordsReport& report) {
    if (report.rows.empty()) {
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("records.none"));
        return;
    }
    const ImGuiTableFlags flags = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY |
                                  ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_Resizable |
                                  ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_SizingFixedFit;
    // Each list has columns of its own, as wide as they were when it was last seen.
    const std::string id = "store.rows." + report.kind;
    if (!ImGui::BeginTable(id.c_str(), static_cast<int>(report.keys.size()), flags)) return;
    ImGui::TableSetupScrollFreeze(0, 1);
    for (std::size_t c = 0; c < report.keys.size(); ++c) {
        const auto& key = report.keys[c];
        const bool wide =
            std::find(kWideColumns.begin(), kWideColumns.end(), key) != kWideColumns.end();
        // However long the word above it is, and what stands below it.
        const float head = text_size(ui.fonts.strong, ui.text("column." + key)).x + ui.px(16);
        const float cells = widest_cell(ui, report, c, ui.px(wide ? 320 : 240));
        ImGui::TableSetupColumn((ui.text("column." + key) + "##" + key).c_str(),
                                ImGuiTableColumnFlags_WidthFixed,
                                std::max({ui.px(wide ? 220 : 118), head, cells}));
    }
    ImGui::PushFont(ui.fonts.strong);
    ImGui::TableHeadersRow();
    ImGui::PopFont();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(report.rows.size()), ui.px(26));
    while (clipper.Step())
        for (int r = clipper.DisplayStart; r < clipper.DisplayEnd; ++r) {
            ImGui::TableNextRow(0, ui.px(26));
            draw_cells(ui, report, static_cast<std::size_t>(r));
        }
    ImGui::EndTable();
}

void StorePanel::draw_cells(Ui& ui, const app::RecordsReport& report, std::size_t row) {
    for (std::size_t c = 0; c < report.keys.size(); ++c) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(c))) continue;
        const std::string text = app::cell_text(report, row, c, ui.document.language());
        ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x;
        if (app::holds_numbers(report.keys[c]))
            at.x += std::max(0.0F, width - text_size(ui.fonts.body, text).x - ui.px(8));
        const bool cut = draw_text_cut(*ImGui::GetWindowDrawList(), ui.fonts.body, at, width,
                                       ui.theme->text, text);
        ImGui::Dummy({std::max(width, 1.0F), ui.px(18)});
        if (row == 0) ui.probe.state("store.cell:" + report.keys[c], text);
        if (row == 0) ui.probe.state("store.cut:" + report.keys[c], cut ? 1.0 : 0.0);
        if (cut && ImGui::IsItemHovered()) tooltip(ui, text);
    }
}

void StorePanel::draw_content(Ui& ui) {
    const app::Language& language = ui.document.language();
    paragraph(ui, ui.fonts.title, ui.theme->text, ui.text(kTabs[static_cast<std::size_t>(tab_)]));
    if (!outcome_->said.empty()) {
        paragraph(ui, ui.fonts.strong, ui.theme->text, outcome_->said);
        record(ui, "store.said");
    }
    ui.probe.state("store.said", outcome_->said);
    if (outcome_->error)
        paragraph(ui, ui.fonts.body, ui.theme->error, language.text(*outcome_->error));
    const bool mine = outcome_->tab == tab_ && outcome_->store == store_;
    base::Findings findings;
    if (mine && outcome_->records) findings = outcome_->records->findings;
    if (mine && outcome_->check) findings = outcome_->check->findings;
    constexpr std::size_t kShown = 60;
    for (std::size_t i = 0; i < std::min(findings.size(), kShown); ++i)
        paragraph(ui, ui.fonts.small,
                  findings[i].severity == base::Severity::Info ? ui.theme->muted
                                                               : ui.theme->warning,
                  language.text(findings[i]));
    if (mine && outcome_->check) {
        const auto text =
            ui.text(findings.empty() ? "ui.store.clean" : "ui.store.not_clean",
                    {{"observations", static_cast<std::int64_t>(outcome_->check->observations)},
                     {"count", static_cast<std::int64_t>(findings.size())}});
        paragraph(ui, ui.fonts.strong, ui.theme->text, text);
        record(ui, "store.checked");
        ui.probe.state("store.checked", text);
    }
    if (tab_ == Tab::Tables)
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.store.tables_hint"));
    if (tab_ == Tab::Check && !(mine && outcome_->check))
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.store.check_hint"));
    gap(ui, 6);
    if (mine && outcome_->records && lists()) {
        draw_rows(ui, *outcome_->records);
        ui.probe.state("store.rows", static_cast<double>(outcome_->records->rows.size()));
    }
}

void StorePanel::draw(Ui& ui, const Rect& area, bool /*overlay*/) {
    const auto dataset = ui.document.dataset();
    const fs::path store = ui.document.project().data.store;
    const bool open = dataset && dataset->cube && !store.empty();
    if (open) {
        vintages_ = dataset->vintages;
        if (overrides_.vintage != dataset->vintage->id) { // those of the boundaries shown
            overrides_.vintage = dataset->vintage->id;
            if (tab_ == Tab::Overrides) listed_.reset();
        }
        list(ui, store);
    }
    const auto no_store = [&] {
        paragraph(ui, ui.fonts.body, ui.theme->muted, ui.text("ui.store.none"));
    };
    if (!open) return draw_sheet(ui, "store", "ui.store", area, {[] {}, [] {}, no_store});
    draw_sheet(ui, "store", "ui.store", area,
               {[&] { draw_questions(ui); }, [&] { draw_action(ui); }, [&] { draw_content(ui); }});
}

} // namespace diaban::gui
