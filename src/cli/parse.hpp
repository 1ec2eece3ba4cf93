// From the command line to a request: the inverse of app's to_flags().
//
// Guarantee: parse(to_flags(request)) gives the same request, for every verb.
#pragma once

#include "app/commands/carry.hpp"
#include "app/commands/chart.hpp"
#include "app/commands/check.hpp"
#include "app/commands/classes.hpp"
#include "app/commands/hotspots.hpp"
#include "app/commands/join.hpp"
#include "app/commands/layouts.hpp"
#include "app/commands/map.hpp"
#include "app/commands/near.hpp"
#include "app/commands/pack.hpp"
#include "app/commands/patrol.hpp"
#include "app/commands/query.hpp"
#include "app/commands/sql.hpp"
#include "app/commands/status.hpp"
#include "app/commands/store.hpp"
#include "app/commands/store_log.hpp"
#include "app/commands/store_records.hpp"
#include "app/commands/store_units.hpp"
#include "app/commands/table.hpp"
#include "app/commands/targets.hpp"
#include "app/commands/transitions.hpp"
#include "app/commands/verify.hpp"
#include "app/commands/weights.hpp"
#include "app/commands/where.hpp"

#include <string>
#include <variant>
#include <vector>

namespace diaban::cli {

struct SampleRequest {
    std::filesystem::path folder;
    std::uint32_t communes = 156;
    std::uint64_t seed = 1;
    bool replace = false; // also what somebody changed
    friend bool operator==(const SampleRequest&, const SampleRequest&) = default;
};

// The window. `files` are projects, stores, boundaries or tables, opened in order.
struct ViewRequest {
    std::vector<std::filesystem::path> files;
    std::string view;                 // of the project, shown first; empty: as it was saved
    app::DataRequest data;            // what the flags say of the first of them, or instead of it
    double scale = 0;                 // 0: the monitor's
    int width = 0, height = 0;        // 0: as last time
    std::filesystem::path dump_items; // for window tests: where what is on screen is written
    bool bench = false;               // measure frame times, print them, and leave
    friend bool operator==(const ViewRequest&, const ViewRequest&) = default;
};

using Request =
    std::variant<ViewRequest, SampleRequest, app::CheckRequest, app::JoinRequest,
                 app::ClassesRequest, app::MapRequest, app::ChartRequest, app::TableRequest,
                 app::WeightsRequest, app::HotspotsRequest, app::WhereRequest, app::NearRequest,
                 app::PatrolRequest, app::StatusRequest, app::TransitionsRequest,
                 app::TargetsRequest, app::CarryRequest, app::StoreInitRequest, app::ImportRequest,
                 app::StoreListRequest, app::StoreCheckRequest, app::StoreExportRequest,
                 app::AliasRequest, app::DocumentRequest, app::OverrideRequest, app::VintageRequest,
                 app::StoreCrosswalkRequest, app::UnitRecordsRequest, app::StorePlacesRequest,
                 app::StoreLogRequest, app::StoreHistoryRequest, app::QueryRequest, app::SqlRequest,
                 app::VerifyRequest, app::LayoutsRequest, app::PackRequest>;

struct Invocation {
    Request request;
    std::string language; // "vi", "en"
    bool quiet = false, json = false;
    unsigned threads = 0; // 0: all
    // hotspots, patrol: the project that stored results lie in, the names to store as and to ask
    // again; patrol: the name of a stored plan to compare with.
    std::filesystem::path project;
    std::string save, saved, compare;
    bool replace = false;    // with `save`: what has that name already goes
    bool keep_links = false; // weights: of --link, in the project
    // Verbs that take a query: where coast and border are, and other lines that it measures to, in
    // place of those of the project.
    std::vector<app::NearLine> lines;
    std::vector<app::OutlineWord> outline;
    std::filesystem::path manifest; // of what is written; empty: none
    bool silent = false;            // not even results are printed
    std::string print;              // help or version: print this and leave with 0
};

// What --lang says, else the environment; known before the rest is understood, so that what is
// wrong with the rest is said in it.
std::string wanted_language(const std::vector<std::string>& arguments);
// `arguments` without the program's name. Throws Error Usage with suggestions for misspelt flags,
// and whatever loading a --project throws.
Invocation parse(const std::vector<std::string>& arguments);

} // namespace diaban::cli
