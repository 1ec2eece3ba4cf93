// The flags of one verb, bound to the fields of its request. Private to src/cli.
#pragma once

#include "cli/parse.hpp"

#include "app/commands/flags.hpp"
#include "app/project.hpp"

#include <CLI/CLI.hpp>
#include <functional>

namespace diaban::cli {

[[noreturn]] void bad_value(const std::string& flag, const std::string& value,
                            const char* expected);
data::Period period_flag(const std::string& flag, const std::string& text);
// "1.5,3,10"
std::vector<double> numbers_flag(const std::string& flag, const std::string& text);
// One whole number, at least `least`.
int whole_flag(const std::string& flag, const std::string& text, int least, const char* expected);

// A number within the type's and, for range_flag, the given bounds.
template <class T> T number_flag(const std::string& flag, const std::string& text);
// A file or folder that must be named. Throws Error Usage "error.path.empty" for a blank.
std::filesystem::path path_word(const std::string& text);
double range_flag(const std::string& flag, const std::string& text, double least, double most);

// Builds the flags of one verb; each function binds flags to the fields of a request.
class Verb {
public:
    // `id` ends the ids of its help; a verb below another ("store import") has one of its own.
    Verb(CLI::App& parent, const char* name, const app::Language& language,
         const char* id = nullptr);
    CLI::App* app() { return app_; }
    std::string text(const char* id) const { return language_.text(id); }

    template <class T> CLI::Option* option(const char* flags, T& target, const char* help_id) {
        if constexpr (std::is_arithmetic_v<T>) {
            auto* made = parsed(flags, help_id, [flags, &target](const std::string& text) {
                target = number_flag<T>(flags, text);
            });
            return target == T{} ? made : made->default_str(app::number_flag(double(target)));
        } else {
            auto* made = app_->add_option(flags, target, language_.text(help_id))->type_name("");
            if constexpr (std::is_same_v<T, std::string>) made->default_str(target);
            return made;
        }
    }
    CLI::Option* flag(const char* flags, bool& target, const char* help_id) {
        return app_->add_flag(flags, target, language_.text(help_id));
    }
    CLI::Option* parsed(const char* flags, const char* help_id,
                        std::function<void(const std::string&)> take);
    CLI::Option* path(const char* flags, std::filesystem::path& target, const char* help_id) {
        return parsed(flags, help_id, [&target](const std::string& text) { target = text; });
    }
    // May be given several times; the order counts.
    CLI::Option* paths(const char* flags, std::vector<std::filesystem::path>& target,
                       const char* help_id) {
        return app_
            ->add_option_function<std::vector<std::string>>(
                flags,
                [&target](const std::vector<std::string>& given) {
                    target.assign(given.begin(), given.end());
                },
                language_.text(help_id))
            ->allow_extra_args(false)
            ->type_name("");
    }

    // The same: the first one, and those after it.
    CLI::Option* first_path(const char* flags, std::filesystem::path& first,
                            std::vector<std::filesystem::path>& others, const char* help_id);
    // What is bound from here on stands below these words in the help.
    void heading(const char* id) { app_->option_defaults()->group(language_.text(id)); }
    // What every verb takes, also --manifest where it has written files to tell of. Comes last.
    void common(Invocation& invocation);
    void data(app::DataRequest& d, bool values);
    // --indicator and --year.
    void cell(std::string& indicator, data::Period& period);
    void choice(app::MapChoice& m);
    void map_kind(app::MapChoice& m); // --kind and what belongs to it
    void legend(app::MapChoice& m);
    // --where; throws Error Usage "error.flag.empty_where" where it is given without a condition.
    void condition(std::string& where, const char* help_id);
    void classification(app::Classification& c);
    void across(app::Across& a);
    void extent(app::Extent& e);
    // "a,b,c"
    void list(const char* flags, std::vector<std::string>& target, const char* help_id);
    void neighbours(app::NeighbourChoice& n);
    // --lines: layers over the map; what is given replaces what the project says.
    void line_layers(std::vector<app::LineLayer>& layers, const char* help_id);
    // --line and --outline, to be measured to; as above.
    void lines(std::vector<app::NearLine>& lines, std::vector<app::OutlineWord>& outline);
    // Size, dots per inch and texts of a page; `plans`: its layout may show the targets of one.
    void page(app::PageChoice& p, double& dpi, bool plans = true);

private:
    const app::Language& language_;
    CLI::App* app_;
};

// One request of each kind, filled by whichever verb was given.
struct Requests {
    ViewRequest view;
    SampleRequest sample;
    app::CheckRequest check;
    app::JoinRequest join;
    app::ClassesRequest classes;
    app::MapRequest map;
    app::ChartRequest chart;
    app::TableRequest table;
    app::WeightsRequest weights;
    app::HotspotsRequest hotspots;
    app::WhereRequest where;
    app::NearRequest near;
    app::QueryRequest query;
    app::SqlRequest sql;
    app::PatrolRequest patrol;
    app::StatusRequest status;
    app::TransitionsRequest transitions;
    app::TargetsRequest targets;
    app::CarryRequest carry;
    app::StoreInitRequest store_init;
    app::ImportRequest store_import;
    app::StoreListRequest store_list;
    app::StoreCheckRequest store_check;
    app::StoreExportRequest store_export;
    app::AliasRequest store_alias;
    app::DocumentRequest store_rule, store_plan, store_patrol;
    app::OverrideRequest store_override;
    app::VintageRequest store_vintage;
    app::StoreCrosswalkRequest store_crosswalk;
    app::UnitRecordsRequest store_names, store_agency;
    app::StorePlacesRequest store_places;
    app::StoreLogRequest store_log;
    app::StoreHistoryRequest store_history;
    app::VerifyRequest verify;
    app::LayoutsRequest layouts;
    app::PackRequest pack;
};

void define_weights(CLI::App& app, Requests& r, Invocation& invocation,
                    const app::Language& language);
void define_near(CLI::App& app, Requests& r, Invocation& invocation, const app::Language& language);
void define_query(CLI::App& app, Requests& r, Invocation& invocation,
                  const app::Language& language);
void define_patrol(CLI::App& app, Requests& r, Invocation& invocation,
                   const app::Language& language);
void define_statuses(CLI::App& app, Requests& r, Invocation& invocation,
                     const app::Language& language);
void define_pack(CLI::App& app, Requests& r, Invocation& invocation, const app::Language& language);
void define_layouts(CLI::App& app, Requests& r, Invocation& invocation,
                    const app::Language& language);
void define_hotspots(CLI::App& app, Requests& r, Invocation& invocation,
                     const app::Language& language);
void define_store(CLI::App& app, Requests& r, Invocation& invocation,
                  const app::Language& language);
// Of a map: one for every area, year and indicator.
void define_series(Verb& verb, app::SeriesChoice& series);
// "list | add | remove" and the store: what the verbs below begin with.
void add_action(Verb& verb, app::RecordAction& action, std::filesystem::path& store);
// The verbs below `store` for what people add to it one by one.
void define_store_records(CLI::App& store, Requests& r, Invocation& invocation,
                          const app::Language& language);
// The verbs below `store` for its units, boundaries and places over time.
void define_store_units(CLI::App& store, Requests& r, Invocation& invocation,
                        const app::Language& language);
// The request of the verb below `store` that was given.
Request chosen_of_store(const CLI::App& store, Requests& r);

} // namespace diaban::cli
