// The flags of `query` and `sql`.

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
    query.flag("--replace", q.replace, "help.flag.query_replace");
    query.option("--forget", q.forget, "help.flag.query_forget");
    query.flag("--list", q.list, "help.flag.query_list");
    query.parsed("--year", "help.flag.year",
                 [&q](const std::string& text) { q.period = period_flag("--year", text); });
    query.lines(invocation.lines, invocation.outline);
    query.page(q.page, q.dpi);
    query.classification(q.classification);
    query.path("--out", q.out, "help.flag.query_out");
    query.path("--map", q.map_out, "help.flag.query_map");
    query.common(invocation);

    auto& s = r.sql;
    Verb sql(app, "sql", language);
    sql.data(s.data, false);
    sql.option("sql", s.text, "help.flag.sql");
    sql.option("--use", s.use, "help.flag.sql_use");
    sql.option("--save", s.save, "help.flag.sql_save");
    sql.flag("--replace", s.replace, "help.flag.query_replace");
    sql.option("--forget", s.forget, "help.flag.sql_forget");
    sql.flag("--list", s.list, "help.flag.query_list");
    sql.parsed("--seconds", "help.flag.sql_seconds",
               [&s](const std::string& text) {
                   s.limits.seconds = range_flag("--seconds", text, 0.1, 3600);
               })
        ->default_str(app::number_flag(s.limits.seconds));
    sql.parsed("--rows", "help.flag.sql_rows",
               [&s](const std::string& text) {
                   s.limits.rows =
                       static_cast<std::size_t>(whole_flag("--rows", text, 1, "1, 2, 3 …"));
               })
        ->default_str(std::to_string(s.limits.rows));
    sql.option("--sort", s.sort, "help.flag.sql_sort");
    sql.flag("--descending", s.descending, "help.flag.table_descending");
    sql.page(s.page, s.dpi);
    sql.classification(s.classification);
    sql.path("--out", s.out, "help.flag.sql_out");
    sql.path("--map", s.map_out, "help.flag.query_map");
    sql.common(invocation);
}

} // namespace diaban::cli
