// What the window shows: one project, the dataset it led to, and the selection. UI thread only.
#pragma once

#include "app/history.hpp"
#include "app/jobs.hpp"
#include "app/language.hpp"
#include "app/opening.hpp"
#include "app/recovery.hpp"
#include "app/reform.hpp"
#include "app/settings.hpp"
#include "app/view.hpp"

#include <optional>
#include <utility>

namespace diaban::app {

struct Narrowing;

class Document {
public:
    explicit Document(Settings& settings);

    // Project and history
    const Project& project() const { return history_.now(); }
    History& history() { return history_; }
    const std::filesystem::path& file() const { return file_; } // empty: never saved
    void edit(Project next, std::string label_key, std::string merge_key = {});
    void undo();
    void redo();
    void go_to(std::size_t state);                // of the history
    void save(const std::filesystem::path& file); // throws Error
    // Something would be lost by leaving: more was done than opening files and stepping through
    // years, or a project differs from its file.
    bool unsaved_work() const;
    // Takes over what a crashed program kept, as an unsaved change of its file, and deletes the
    // copy.
    void recover(const Recovery& recovery); // throws Error
    // The file a person would say is open: the project, or the data opened since in its place.
    std::filesystem::path opened_file() const;
    // Begins loading in the background; the dataset arrives through jobs().poll(). Until then the
    // map of the data before stays as it is.
    void open_project(const std::filesystem::path& file);       // throws Error
    void open_data(DataRequest request, std::string label_key); // boundaries or store
    void
    open_any(const std::filesystem::path& file); // by extension: project, store, boundaries, table
    // Several at once, in the order that makes sense: tables join the boundaries. What cannot be
    // opened is reported, and the others are opened all the same.
    void open_all(std::vector<std::filesystem::path> files);
    // Reads the data again: another program, or an import, has changed it.
    void refresh();
    // A table for boundaries that are open already.
    void attach_table(const std::filesystem::path& db);

    // What the latest data leaves open. Answering is an edit. A question about a table can be put
    // aside and asked again; the boundaries are shown meanwhile.
    const std::optional<Question>& question() const { return question_; }
    bool asking() const { return question_ && asking_; }
    void ask(bool open);
    void answer(const std::string& choice);

    // Data
    std::shared_ptr<const Dataset> dataset() const { return dataset_; } // nullptr until loaded
    bool loading() const { return loading_; }
    // The current style; recomputed when project or dataset changed. nullptr without values. Of a
    // map that a query narrows it is that of all units until the answer is found.
    const StyledMap* styled();
    // Shows a result in place of the values, until another map is chosen or the data changes.
    void show_result(std::optional<StyledMap> result);
    // The same for units that answer a question: the rest of the window goes on speaking of the
    // indicator and period that are on the map otherwise. The serial that it has on the map.
    std::uint64_t show_answer(StyledMap answer);
    bool shows_result() const;
    bool shows_result(std::uint64_t serial) const; // this one and no other
    // What is on the map: the result if one is shown, else styled().
    const StyledMap* shown();
    std::uint64_t revision() const { return revision_; } // grows with every visible change
    // The years that can be shown: those of the dataset, or of all vintages where each year is
    // shown on its own boundaries (then set_period changes the vintage as well).
    const std::vector<data::Period>& years() const;
    void set_period(data::Period period); // an edit that merges with its kind
    void step_period(int by);

    // Selection, one for map, table and card
    const std::vector<geo::FaceId>& selection() const { return selection_; }
    void select(std::vector<geo::FaceId> faces);
    void toggle(geo::FaceId face);
    std::optional<geo::FaceId> pinned() const { return pinned_; }
    void pin(std::optional<geo::FaceId> face);

    // Problems of the last operation, newest last; shown until dismissed.
    const std::vector<base::Error>& problems() const { return problems_; }
    void report(const base::Error& error);
    void dismiss(std::size_t problem);

    Jobs& jobs() { return jobs_; }
    // Called by Jobs once a job that the user cancelled has ended.
    void stopped(const std::string& job);
    // The job that was stopped since the last call; empty: none.
    std::string take_stopped() { return std::exchange(stopped_, {}); }
    const Language& language() const { return *language_; }
    void set_language(std::string_view code);
    Settings& settings() { return settings_; }

private:
    void reload();
    void take(std::shared_ptr<const Dataset> dataset);
    void start_over(Project project);
    void accept(const DataRequest& request, Opened opened);
    void report_left_out(std::vector<std::filesystem::path>& files);
    void return_to_shown();
    void class_over_vintages();
    const MapChoice& wanted_map() const;
    std::shared_ptr<const WhereFilter>
    filter(); // asked for in the background (document_filter.cpp)
    void touch() { ++revision_; }

    Settings& settings_;
    std::shared_ptr<const Language> language_;
    History history_;
    std::filesystem::path file_;
    DataRequest file_data_; // what file_ says
    std::shared_ptr<const Dataset> dataset_;
    DataRequest shown_data_; // what the project said when dataset_ came
    std::optional<Question> question_;
    bool asking_ = false;
    std::string stopped_;
    std::vector<std::shared_ptr<const Dataset>> vintages_; // all of them, for Across::Own
    std::vector<YearOfVintage> own_years_;
    std::vector<data::Period> years_;
    bool loading_ = false;
    std::filesystem::path opening_; // data on their way for the first time
    std::optional<StyledMap> styled_;
    MapChoice styled_for_;
    std::shared_ptr<Narrowing> narrowing_;
    std::optional<StyledMap> result_;
    MapChoice result_for_; // what was chosen when it was shown
    std::uint64_t serial_ = 0;
    std::vector<geo::FaceId> selection_;
    std::optional<geo::FaceId> pinned_;
    std::vector<base::Error> problems_;
    std::uint64_t revision_ = 1;
    Jobs jobs_; // last: joined before what its results touch goes away
};

} // namespace diaban::app
