#include "app/document.hpp"

#include "app/import_assistant.hpp"
#include "app/load_for_map.hpp"
#include "app/map_kind.hpp"
#include "app/smoothed.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/boundaries.hpp"
#include "files/store.hpp"
#include "map/classes.hpp"

#include <algorithm>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

// Of a large store the map that is to be shown, without waiting for everything else; nullptr where
// all is read at once. What is wrong is said by whoever reads it whole.
std::shared_ptr<const Dataset> first_map(const DataRequest& request, const std::string& indicator,
                                         base::JobContext& ctx) {
    try {
        if (request.store.empty() || !is_large_store(request.store)) return nullptr;
        return load_for_map(request, indicator, Need::Everything, ctx);
    } catch (const base::Error&) {
        return nullptr;
    }
}

// With the smoothed rate that the map is to show; what keeps it from being made is said.
std::shared_ptr<const Dataset> with_wanted(const std::shared_ptr<const Dataset>& dataset,
                                           const Project& project, Document& document) {
    try {
        return with_smoothed(dataset, project.map.indicator);
    } catch (const base::Error& error) {
        document.report(error);
        return dataset;
    }
}

} // namespace

Document::Document(Settings& settings)
    : settings_(settings),
      language_(Language::load(settings.language.empty() ? base::environment_language()
                                                         : settings.language,
                               Language::Reader::Window)) {}

void Document::edit(Project next, std::string label_key, std::string merge_key) {
    const bool data_changed = !(next.data == project().data) || next.across != project().across;
    history_.edit(std::move(next), std::move(label_key), std::move(merge_key));
    touch();
    if (data_changed)
        reload();
    else if (auto more = with_wanted(dataset_, project(), *this); more != dataset_)
        take(std::move(more));
}

void Document::undo() {
    if (history_.can_undo()) go_to(history_.at() - 1);
}

void Document::redo() {
    if (history_.can_redo()) go_to(history_.at() + 1);
}

void Document::go_to(std::size_t state) {
    const auto before = project().data;
    const auto across = project().across;
    history_.go_to(state);
    touch();
    if (!(before == project().data) || across != project().across)
        reload();
    else if (auto more = with_wanted(dataset_, project(), *this); more != dataset_)
        take(std::move(more));
}

void Document::save(const fs::path& file) {
    save_project(project(), file);
    file_ = fs::absolute(file).lexically_normal();
    file_data_ = project().data;
    settings_.remember(file_);
    history_.mark_saved();
    touch();
}

fs::path Document::opened_file() const {
    const auto& data = project().data;
    const auto same = data.store == file_data_.store && data.boundaries == file_data_.boundaries;
    if (!file_.empty() && (same || data.empty())) return file_;
    return data.store.empty() ? data.boundaries : data.store;
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
    file_data_ = project().data;
    edit(std::move(recovered), "edit.recovered");
    if (dataset_ == nullptr && !loading_) reload();
    discard_recovery(recovery);
}

// Another project: nothing of the old one stays.
void Document::start_over(Project project) {
    history_.reset(std::move(project));
    file_.clear();
    file_data_ = {};
    opening_.clear();
    question_.reset();
    dataset_.reset();
    vintages_.clear();
    own_years_.clear();
    years_.clear();
    styled_.reset();
    selection_.clear();
    pinned_.reset();
    touch();
}

void Document::open_project(const fs::path& file) {
    start_over(load_project(file));
    file_ = fs::absolute(file).lexically_normal();
    file_data_ = project().data;
    opening_ = file_;
    reload();
}

void Document::open_data(DataRequest request, std::string label_key) {
    Project next = project();
    // Another area: what was chosen for the old one means nothing here.
    next.map = {};
    next.title.clear();
    next.page = {};
    next.data = std::move(request);
    opening_ = next.data.store.empty() ? next.data.boundaries : next.data.store;
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
    std::stable_partition(files.begin(), files.end(), [](const auto& f) { return !is_report(f); });
    report_left_out(files);
    for (const auto& file : files) {
        try {
            open_any(file);
        } catch (const base::Error& error) {
            report(error);
        }
    }
}

// A map has one file of boundaries: of several the first is opened, and the others are named.
void Document::report_left_out(std::vector<fs::path>& files) {
    const auto boundaries = [](const fs::path& file) {
        const auto extension = base::lower(file.extension().string());
        // A database may turn out to be a table.
        return !is_report(file) && extension != ".diaban" && extension != ".sqlite" &&
               extension != ".db";
    };
    const auto first = std::find_if(files.begin(), files.end(), boundaries);
    if (first == files.end()) return;
    std::string others;
    for (auto at = first + 1; at != files.end();) {
        if (!boundaries(*at)) {
            ++at;
            continue;
        }
        others += (others.empty() ? "" : ", ") + at->filename().string();
        at = files.erase(at);
    }
    if (!others.empty())
        report(base::Error(base::ErrorKind::Usage, "error.open.one_map",
                           {{"file", first->filename().string()}, {"others", others}}));
}

void Document::open_any(const fs::path& given) {
    const auto file = fs::absolute(given).lexically_normal();
    const auto extension = base::lower(file.extension().string());
    if (extension == ".diaban") return open_project(file);
    DataRequest request;
    if (is_report(file)) {
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

void Document::refresh() {
    vintages_.clear(); // they are read again as well
    if (!project().data.empty()) reload();
}

namespace {

struct LoadedData {
    Opened opened;
    std::vector<std::shared_ptr<const Dataset>> vintages;
    bool partial = false; // of a large store, the first map; the rest follows
};

// For a job: what a project asks for, of all vintages where each year is on its own boundaries.
LoadedData loaded_data(const DataRequest& request, Across across, const std::string& indicator,
                       base::JobContext& ctx) {
    LoadedData out;
    if (across == Across::No) out.opened.dataset = first_map(request, indicator, ctx);
    out.partial = out.opened.dataset != nullptr;
    if (!out.partial) out.opened = open_for_window(request, ctx);
    auto& dataset = out.opened.dataset;
    if (!dataset || out.partial) return out;
    try {
        if (across == Across::Carried) dataset = carried_over(dataset, ctx);
        if (across == Across::Own)
            for (const auto& vintage : dataset->vintages) {
                auto other = request;
                other.vintage = vintage;
                out.vintages.push_back(
                    vintage == dataset->vintage->id ? dataset : load(other, Need::Everything, ctx));
            }
    } catch (const base::Error& error) {
        out.opened.error = error;
        dataset.reset();
    }
    return out;
}

} // namespace

void Document::reload() {
    loading_ = true;
    question_.reset();
    touch();
    const auto request = project().data;
    if (request.empty()) {
        loading_ = false;
        dataset_.reset();
        styled_.reset();
        if (const auto file = std::exchange(opening_, {}); !file.empty()) settings_.remember(file);
        return;
    }
    // A year on other boundaries that are in memory already: shown at once.
    const auto across = project().across;
    if (across == Across::Own)
        for (const auto& known : vintages_)
            if (known->request == request) {
                loading_ = false;
                shown_data_ = request;
                return take(known);
            }
    jobs_.run(
        {.key = "load", .replace = true},
        [request, across, indicator = project().map.indicator](base::JobContext& ctx) {
            return loaded_data(request, across, indicator, ctx);
        },
        [request, across](Document& document, LoadedData loaded) {
            if (!(request == document.project().data) || across != document.project().across)
                return; // superseded meanwhile
            if (loaded.opened.dataset) {
                document.vintages_ = std::move(loaded.vintages);
                document.own_years_ = document.vintages_.size() > 1 ? years_of(document.vintages_)
                                                                    : std::vector<YearOfVintage>{};
            }
            document.accept(request, std::move(loaded.opened));
            if (!loaded.partial) return;
            document.jobs_.run(
                {.key = "load_rest", .replace = true},
                [request](base::JobContext& ctx) { return load(request, Need::Everything, ctx); },
                [request](Document& later, std::shared_ptr<const Dataset> whole) {
                    const auto& now = later.project();
                    if (request == now.data && now.across == Across::No)
                        later.take(std::move(whole));
                });
        });
}

void Document::accept(const DataRequest& request, Opened opened) {
    loading_ = false;
    touch();
    // What a question asks needs no error beside it.
    if (opened.error && !opened.question) report(*opened.error);
    question_ = std::move(opened.question);
    asking_ = question_.has_value();
    // A project whose data are not there is opened once they are found.
    if (!opened.dataset && opening_ != file_) opening_.clear();
    if (!opened.dataset) return return_to_shown();
    // Only what could be opened is worth finding again.
    if (const auto file = std::exchange(opening_, {}); !file.empty()) settings_.remember(file);
    shown_data_ = request;
    take(std::move(opened.dataset));
}

// What could not be opened leaves the map as it was; the project says so again.
void Document::return_to_shown() {
    if (!dataset_) {
        // Nor is there anything to undo on the start page.
        if (!question_ && file_.empty()) start_over({});
        return;
    }
    for (std::size_t state = history_.at() + 1; state-- > 0;)
        if (history_.state(state).data == shown_data_) return history_.go_to(state);
}

void Document::stopped(const std::string& job) {
    stopped_ = job;
    touch();
    if (job != "load" || !loading_) return;
    for (const auto& running : jobs_.running())
        if (running.key == job) return; // asked for anew meanwhile
    loading_ = false;
    if (dataset_)
        return_to_shown();
    else
        start_over({});
}

void Document::answer(const std::string& choice) {
    if (!question_) return;
    const auto question = *std::exchange(question_, std::nullopt);
    if (question.about == Question::About::Layer)
        return open_data(answered(question, choice), "edit.open");
    Project next = project();
    next.data = answered(question, choice);
    edit(std::move(next), "edit.attach_table");
}

void Document::ask(bool open) {
    asking_ = open;
    if (!open && question_ && question_->about == Question::About::Layer) question_.reset();
    touch();
}

// While other data is on its way, the map before it stays.
const MapChoice& Document::wanted_map() const {
    return loading_ && dataset_ ? styled_for_ : project().map;
}

// Another dataset in place of the one that is shown. Units are followed by their codes.
void Document::take(std::shared_ptr<const Dataset> dataset) {
    const auto before = std::exchange(dataset_, with_wanted(std::move(dataset), project(), *this));
    styled_.reset();
    styled_for_ = project().map;
    result_.reset();
    years_.clear();
    if (own_years_.empty() && dataset_->cube)
        years_ = dataset_->cube->periods;
    else
        for (const auto& year : own_years_) years_.push_back(year.period);
    const auto& units = dataset_->vintage->units;
    const auto follow = [&](geo::FaceId face) -> std::optional<geo::FaceId> {
        if (!before || before->vintage->id == dataset_->vintage->id)
            return face < units.size() ? std::optional(face) : std::nullopt;
        if (face >= before->vintage->units.size()) return std::nullopt;
        const auto at =
            std::find(units.code.begin(), units.code.end(), before->vintage->units.code[face]);
        if (at == units.code.end()) return std::nullopt;
        return static_cast<geo::FaceId>(at - units.code.begin());
    };
    std::vector<geo::FaceId> selection;
    for (const auto face : selection_)
        if (const auto now = follow(face)) selection.push_back(*now);
    select(std::move(selection));
    if (pinned_) pinned_ = follow(*pinned_);
    touch();
}

const std::vector<data::Period>& Document::years() const {
    return years_;
}

// Boundaries change with the year, colours do not: the classes are those of all vintages.
void Document::class_over_vintages() {
    if (own_years_.empty() || styled_->categorical) return;
    const auto& choice = styled_->choice;
    const auto values = pooled(vintages_, choice.indicator);
    if (values.empty()) return;
    styled_->classes = classes_for(choice, values, dataset_->vintage->units.size());
    styled_ = restyled(*dataset_, *styled_, choice.period, *language_);
}

const StyledMap* Document::styled() {
    if (!dataset_ || !dataset_->cube || dataset_->cube->indicators.empty()) return nullptr;
    const auto wanted = wanted_map();
    const auto where = filter();
    if (styled_ && styled_for_ == wanted && styled_->where == where) return &*styled_;
    try {
        auto same_but_period = styled_for_;
        same_but_period.period = wanted.period;
        const bool another_year = styled_ && styled_->where == where && same_but_period == wanted &&
                                  wanted.period.year != 0;
        if (another_year) { // the classes stay
            styled_ = restyled(*dataset_, *styled_, wanted.period, *language_);
        } else {
            // A view or an undo may bring an indicator that is not one for circles or dots.
            styled_ = app::styled(*dataset_, with_fitting_kind(wanted, *dataset_->cube), *language_,
                                  where);
            class_over_vintages();
        }
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
        fallback.kind = map::MapKind::Choropleth;
        styled_ = app::styled(*dataset_, fallback, *language_, where);
        styled_for_ = wanted;
    }
    styled_->serial = ++serial_;
    return &*styled_;
}

void Document::show_result(std::optional<StyledMap> result) {
    result_ = std::move(result);
    result_for_ = wanted_map();
    if (result_) result_->serial = ++serial_;
    touch();
}

std::uint64_t Document::show_answer(StyledMap answer) {
    if (const StyledMap* values = styled()) {
        answer.choice = values->choice;
        answer.indicator = values->indicator;
        answer.period = values->period;
    }
    show_result(std::move(answer));
    return result_->serial;
}

bool Document::shows_result() const {
    return result_ && dataset_ && result_for_ == wanted_map();
}

bool Document::shows_result(std::uint64_t serial) const {
    return shows_result() && result_->serial == serial;
}

const StyledMap* Document::shown() {
    return shows_result() ? &*result_ : styled();
}

void Document::set_period(data::Period period) {
    if (project().map.period == period) return;
    if (loading_ && dataset_) return; // the year would be that of other data
    Project next = project();
    next.map.period = period;
    for (const auto& year : own_years_)
        if (year.period == period) next.data.vintage = year.vintage;
    edit(std::move(next), "edit.period", "period");
}

void Document::step_period(int by) {
    const auto* now = styled();
    if (!now) return;
    const auto found = std::find(years_.begin(), years_.end(), now->choice.period);
    const auto at = static_cast<int>(found - years_.begin()) + by;
    if (found == years_.end() || at < 0 || at >= static_cast<int>(years_.size())) return;
    set_period(years_[static_cast<std::size_t>(at)]);
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
    language_ = Language::load(code, Language::Reader::Window);
    settings_.language = code;
    styled_.reset();
    touch();
}

} // namespace diaban::app
