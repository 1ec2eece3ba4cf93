// The flags of a series of maps.
#include "cli/verb.hpp"

namespace diaban::cli {

void define_series(Verb& verb, app::SeriesChoice& series) {
    verb.parsed("--atlas", "help.flag.atlas", [&series](const std::string& text) {
        if (text != "district" && text != "province")
            bad_value("--atlas", text, "district | province");
        series.atlas = text;
    });
    verb.list("--indicators", series.indicators, "help.flag.series_indicators");
    verb.flag("--small-multiples", series.small_multiples, "help.flag.small_multiples");
    verb.flag("--book", series.book, "help.flag.book");
    verb.list("--order", series.order, "help.flag.series_order");
    verb.parsed("--pattern", "help.flag.pattern",
                [&series](const std::string& text) { series.pattern = text; });
    verb.app()->add_flag_callback(
        "--no-index", [&series] { series.index = false; }, verb.text("help.flag.no_index"));
    verb.flag("--resume", series.resume, "help.flag.series_resume");
}

} // namespace diaban::cli
