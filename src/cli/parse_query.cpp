// The flags of `query`.

#include "cli/verb.hpp"

namespace diaban::cli {

void define_query(CLI::App& app, Requests& r, Invocation& invocation,
                  const app::Language& language) {
    auto& q = r.query;
    Verb query(app, "query", language);
    query.data(q.data, true);
    query.option("query", q.text, "help.flag.query");
    query.option("--use", q.use, "help.flag.query_use");
    query.option("--save", q.save, "help.flag.query_save");
    query.parsed("--year", "help.flag.year",
                 [&q](const std::string& text) { q.period = period_flag("--year", text); });
    query.page(q.page, q.dpi);
    query.classification(q.classification);
    query.path("--out", q.out, "help.flag.query_out");
    query.path("--map", q.map_out, "help.flag.query_map");
    query.common(invocation);
}

} // namespace diaban::cli
