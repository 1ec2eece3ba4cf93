#include "app/document.hpp"

#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/boundaries.hpp"
#include "files/store.hpp"

#include <algorithm>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

bool is_table(const fs::path& file) {
    const auto e = base::lower(file.extension().string());
    return e == ".csv" || e == ".tsv" || e == ".xlsx" || e == ".xls" || e == ".ods" || e == ".dbf";
}

} // namespace

Document::Document(Settings& settings)
    : settings_(settings),
      language_(Language::load(settings.language.empty() ? base::environment_language()
                                                         : settings.language)) {}

void Document::edit(Project next, std::string label_key, std::string merge_key) {
    const bool data_changed = !(next.data == project().data);
    history_.edit(std::move(next), std::move(label_key), std::move(merge_key));
    touch();
    if (data_changed) reload();
}

void Document::undo() {
    if (history_.can_undo()) go_to(history_.at() - 1);
}

void Document::redo() {
    if (history_.can_redo()) go_to(history_.at() + 1);
}

void Document::go_to(std::size_t state) {
    const auto before = project().data;
    history_.go_to(state);
    touch();
    if (!(before == project().data)) reload();
}

void Document::save(const fs::path& file) {
    save_project(project(), file);
    file_ = fs::absolute(file).lexically_normal();
    settings_.remember(file_);
    history_.mark_saved();
    touch();
}

bool Document::unsaved_work() const {
    if (!history_.unsaved()) return false;
    if (!file_.empty()) return true;
    for (std::size_t i = 1; i <= history_.at(); ++i) {
        const auto& label = history_.label(i);
        if (label != "edit.open" && label != "edit.attach_table" && label != "edit.period")
            return true;
    }
    return false;
}

void Document::recover(const Recovery& recovery) {
    auto recovered = load_recovery(recovery);
    Project saved;
    std::error_code none;
    if (!recovery.original.empty() && fs::exists(recovery.original, none))
        saved = load_project(recovery.original);
    start_over(std::move(saved));
    file_ = recovery.original;
    edit(std::move(recovered), "edit.recovered");
    if (dataset_ == nullptr && !loading_) reload();
    discard_recovery(recovery);
}

// Another project: nothing of the old one stays.
void Document::start_over(Project project) {
    history_.reset(std::move(project));
    file_.clear();
    dataset_.reset();
    styled_.reset();
    selection_.clear();
    pinned_.reset();
    touch();
}

void Document::open_project(const fs::path& file) {
    start_over(load_project(file));
    file_ = fs::absolute(file).lexically_normal();
    settings_.remember(file_);
    reload();
}

void Document::open_data(DataRequest request, std::string label_key) {
    Project next = project();
    // Another area: what was chosen for the old one means nothing here.
    next.map = {};
    next.title.clear();
    next.page = {};
    next.data = std::move(request);
    settings_.remember(next.data.store.empty() ? next.data.boundaries : next.data.store);
    edit(std::move(next), std::move(label_key));
}

void Document::attach_table(const fs::path& db) {
    Project next = project();
    next.data.db = fs::absolute(db).lexically_normal();
    next.data.table.clear();
    next.data.key.clear();
    next.data.year_column.clear();
    next.data.values.clear();
    next.data.denominator.clear();
    next.map.indicator.clear();
    next.map.period = {};
    edit(std::move(next), "edit.attach_table");
}

void Document::open_all(std::vector<fs::path> files) {
    std::stable_partition(files.begin(), files.end(), [](const auto& f) { return !is_table(f); });
    for (const auto& file : files) {
        try {
            open_any(file);
        } catch (const base::Error& error) {
            report(error);
        }
    }
}

void Document::open_any(const fs::path& given) {
    const auto file = fs::absolute(given).lexically_normal();
    const auto extension = base::lower(file.extension().string());
    if (extension == ".diaban") return open_project(file);
    DataRequest request;
    if (is_table(file)) {
        if (project().data.empty())
            throw base::Error(base::ErrorKind::Usage, "error.open.table_first",
                              {{"file", file.filename().string()}});
        return attach_table(file);
    }
    if (extension == ".sqlite" || extension == ".db") {
        try {
            files::Store store(file);
            request.store = file;
            return open_data(std::move(request), "edit.open");
        } catch (const base::Error& error) {
            // Any other SpatiaLite file: boundaries if it has polygons, else a table.
            if (error.message.key != "error.store.not_a_store") throw;
        }
        const auto layers = files::list_layers(file);
        const bool polygons = std::any_of(layers.begin(), layers.end(),
                                          [](const auto& l) { return l.geometry == "polygon"; });
        if (!polygons && !project().data.boundaries.empty()) return attach_table(file);
    }
    request.boundaries = file;
    open_data(std::move(request), "edit.open");
}

void Document::reload() {
    loading_ = true;
    touch();
    const auto request = project().data;
    if (request.empty()) {
        loading_ = false;
        dataset_.reset();
        styled_.reset();
        return;
    }
    jobs_.run(
        {.key = "load", .replace = true},
        [request](
            base::JobContext& ctx) -> std::variant<std::shared_ptr<const Dataset>, base::Error> {
            try {
                return load(request, Need::Everything, ctx);
            } catch (const base::Error& error) {
                return error; // delivered as a value, so that "loading" ends here too
            }
        },
        [request](Document& document, auto result) {
            if (!(request == document.project().data)) return; // superseded meanwhile
            document.loading_ = false;
            document.touch();
            if (auto* error = std::get_if<base::Error>(&result)) {
                document.report(*error);
                return;
            }
            document.dataset_ = std::get<0>(std::move(result));
            document.styled_.reset();
            document.result_.reset();
            const auto units = document.dataset_->vintage->units.size();
            std::erase_if(document.selection_, [&](geo::FaceId f) { return f >= units; });
            if (document.pinned_ && *document.pinned_ >= units) document.pinned_.reset();
        });
}

const StyledMap* Document::styled() {
    if (!dataset_ || !dataset_->cube || dataset_->cube->indicators.empty()) return nullptr;
    const auto& wanted = project().map;
    if (styled_ && styled_for_ == wanted) return &*styled_;
    try {
        auto same_but_period = styled_for_;
        same_but_period.period = wanted.period;
        if (styled_ && same_but_period == wanted && wanted.period.year != 0)
            styled_ = restyled(*dataset_, *styled_, wanted.period, *language_);
        else
            styled_ = app::styled(*dataset_, wanted, *language_);
        styled_for_ = wanted;
    } catch (const base::Error& error) {
        report(error);
        // Another area or a reloaded table may lack what was chosen: fall back to its first map.
        auto fallback = wanted;
        fallback.indicator.clear();
        fallback.period = {};
        fallback.method = map::Method::Quantile;
        fallback.manual.clear();
        fallback.palette = map::kDefaultPalette;
        fallback.k = 5;
        styled_ = app::styled(*dataset_, fallback, *language_);
        styled_for_ = wanted;
    }
    styled_->serial = ++serial_;
    return &*styled_;
}

void Document::show_result(std::optional<StyledMap> result) {
    result_ = std::move(result);
    result_for_ = project().map;
    if (result_) result_->serial = ++serial_;
    touch();
}

bool Document::shows_result() const {
    return result_ && dataset_ && result_for_ == project().map;
}

const StyledMap* Document::shown() {
    return shows_result() ? &*result_ : styled();
}

void Document::set_period(data::Period period) {
    if (project().map.period == period) return;
    Project next = project();
    next.map.period = period;
    edit(std::move(next), "edit.period", "period");
}

void Document::step_period(int by) {
    const auto* now = styled();
    if (!now) return;
    const auto& periods = dataset_->cube->periods;
    const auto at = static_cast<int>(now->period) + by;
    if (at < 0 || at >= static_cast<int>(periods.size())) return;
    set_period(periods[static_cast<std::size_t>(at)]);
}

void Document::select(std::vector<geo::FaceId> faces) {
    std::sort(faces.begin(), faces.end());
    faces.erase(std::unique(faces.begin(), faces.end()), faces.end());
    selection_ = std::move(faces);
    touch();
}

void Document::toggle(geo::FaceId face) {
    const auto at = std::lower_bound(selection_.begin(), selection_.end(), face);
    if (at != selection_.end() && *at == face)
        selection_.erase(at);
    else
        selection_.insert(at, face);
    touch();
}

void Document::pin(std::optional<geo::FaceId> face) {
    pinned_ = face;
    touch();
}

void Document::report(const base::Error& error) {
    problems_.push_back(error);
    touch();
}

void Document::dismiss(std::size_t problem) {
    if (problem < problems_.size())
        problems_.erase(problems_.begin() + static_cast<std::ptrdiff_t>(problem));
    touch();
}

void Document::set_language(std::string_view code) {
    language_ = Language::load(code);
    settings_.language = code;
    styled_.reset();
    touch();
}

} // namespace diaban::app
