#include "cli/flag_pairs.hpp"

#include "app/map_files.hpp"
#include "base/paths.hpp"

namespace diaban::cli {
namespace {

using base::Error;
using base::ErrorKind;
using map::MapKind;

bool given(const CLI::App& verb, const char* flag) {
    const auto* option = verb.get_option_no_throw(flag);
    return option && option->count() > 0;
}

[[noreturn]] void apart(const std::string& flag, const std::string& other) {
    throw Error(ErrorKind::Usage, "error.flag.apart", {{"flag", flag}, {"other", other}});
}

// The flag stands for nothing unless `there`.
void need(const CLI::App& verb, const char* flag, bool there, const char* needed) {
    if (given(verb, flag) && !there)
        throw Error(ErrorKind::Usage, "error.flag.needs",
                    {{"flag", std::string(flag)}, {"needed", std::string(needed)}});
}

void not_both(const CLI::App& verb, const char* flag, const char* other) {
    if (given(verb, flag) && given(verb, other)) apart(flag, other);
}

void settle_kind(const CLI::App& verb, const app::MapChoice& choice) {
    const auto kind = choice.kind;
    const bool pair = kind == MapKind::Bivariate;
    need(verb, "--second", pair, "--kind bivariate");
    need(verb, "--second-breaks", pair, "--kind bivariate");
    need(verb, "--dot-value", kind == MapKind::Dots, "--kind dots");
    need(verb, "--largest", kind == MapKind::Symbols || kind == MapKind::Graduated,
         "--kind symbols | graduated");
    const auto words = "--kind " + std::string(to_string(kind));
    const bool sizes = kind == MapKind::Symbols || kind == MapKind::Dots;
    for (const char* flag : {"--method", "--k", "--breaks"})
        if (given(verb, flag) && sizes) apart(flag, words);
    if (given(verb, "--k") && pair) apart("--k", words);
    // One colour for all circles and dots; the two scales of a pair are fixed.
    for (const char* flag : {"--palette", "--reversed"})
        if (given(verb, flag) && pair) apart(flag, words);
    if (given(verb, "--reversed") && (sizes || kind == MapKind::Graduated))
        apart("--reversed", words);
    if (given(verb, "--change") && given(verb, "--kind") && kind != MapKind::Choropleth)
        apart("--change", words);
}

void settle_map(const CLI::App& verb, app::MapRequest& r) {
    settle_kind(verb, r.map);
    not_both(verb, "--change", "--years");
    not_both(verb, "--atlas", "--extent");
    not_both(verb, "--book", "--pattern");
    need(verb, "--change-of", !r.change.empty(), "--change");
    need(verb, "--order", r.series.on(), "--atlas, --indicators, --small-multiples, --book");
    need(verb, "--no-index", r.series.on(), "--atlas, --indicators, --small-multiples, --book");
    const auto ending = base::lower_extension(r.out);
    for (const char* flag : {"--book", "--no-index"})
        if (given(verb, flag) && ending != ".pdf")
            throw Error(ErrorKind::Usage, "error.map.only_for",
                        {{"flag", std::string(flag)},
                         {"ending", std::string(".pdf")},
                         {"file", r.out.filename().string()}});
    if (given(verb, "--size") && ending == ".pptx" && r.page.size != "slide")
        throw Error(ErrorKind::Usage, "error.map.no_size", {{"file", r.out.filename().string()}});
}

// A layout of the project, where the file has a page of its own.
void settle_page(const CLI::App& verb, app::PageChoice& page, const std::filesystem::path& out) {
    if (!given(verb, "--layout") && !out.empty() && !app::takes_layout(out)) page.layout.clear();
    need(verb, "--page-plan", !page.layout.empty(), "--layout");
}

} // namespace

void settle_flags(const CLI::App& verb, Requests& r) {
    const auto name = verb.get_name();
    if (name == "map") {
        settle_page(verb, r.map.page, r.map.out);
        settle_map(verb, r.map);
    }
    if (name == "hotspots") settle_page(verb, r.hotspots.page, r.hotspots.map_out);
    if (name == "near") settle_page(verb, r.near.page, r.near.map_out);
    if (name == "query") settle_page(verb, r.query.page, r.query.map_out);
    if (name == "sql") settle_page(verb, r.sql.page, r.sql.map_out);
    if (name == "patrol") settle_page(verb, r.patrol.page, r.patrol.map_out);
    if (name == "status") settle_page(verb, r.status.page, r.status.map_out);
}

} // namespace diaban::cli
