// One verb at work: where its words, its results and its progress go. Private to src/cli.
#pragma once

#include "cli/parse.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace diaban::cli {

struct Console {
    const Invocation& invocation;
    std::shared_ptr<const app::Language> language;
    base::JobContext& ctx;

    // --json prints the object alone; otherwise the text is the result. Only the one that is asked
    // for is made: the findings of a national import are hundreds of megabytes of JSON.
    template <class Json, class Text> void result(const Json& json, const Text& text) const {
        if (!invocation.silent) std::fputs((invocation.json ? json() : text()).c_str(), stdout);
    }
    void say(const std::string& text) const {
        if (!invocation.quiet) fmt::print(stderr, "{}\n", text);
    }
    void say_written(const std::vector<std::filesystem::path>& files) const {
        for (const auto& file : files)
            say(language->text("said.written", {{"file", file.string()}}));
    }
    std::shared_ptr<const app::Dataset> load(const app::DataRequest& data, app::Need need) const {
        auto dataset = app::load(data, need, ctx);
        for (const auto& finding : app::place_assumptions(*dataset)) say(language->text(finding));
        return dataset;
    }
    // What a project adds to the data that a query looks at.
    app::Project project() const {
        const auto& file = invocation.project;
        return file.empty() ? app::Project() : app::load_project(file);
    }
    // With what was said of lines on the command line in its place. `dataset`: where a unit that
    // was named there must be; nullptr: of several vintages. Throws Error Usage
    // "error.near.no_unit".
    app::QuerySources query_sources(const app::Dataset* dataset) const;
};

// Carries out the verb of the invocation. The exit code. Throws as the verb does.
int carry_out(const Console& console);
// The same, with the manifest that these words ask for.
int carry_out(const Console& console, const std::vector<std::string>& arguments);
int run(const app::VerifyRequest& request, const Console& console);
int run(const app::ClassesRequest& request, const Console& console);
int run(const app::MapRequest& request, const Console& console);
int run_series(const app::MapRequest& request, const Console& console); // a map with a series
int run(const app::LayoutsRequest& request, const Console& console);
int run(app::QueryRequest request, const Console& console);
int run(app::SqlRequest request, const Console& console);

} // namespace diaban::cli
