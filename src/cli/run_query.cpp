// `query` and `sql`: asking, and what is kept under names.
#include "cli/console.hpp"

#include <algorithm>

namespace diaban::cli {
namespace {

using base::Error;
using base::ErrorKind;

// What is kept under a name is lost only to those who say so; said before the work.
void check_name_is_free(const app::QueryRequest& r, const app::Project& project, const Console& c) {
    if (r.save.empty() || r.replace || r.text.empty()) return;
    app::check_replaces_none(c.invocation.project.empty() ? app::saved_queries({}, r.data.store)
                                                          : project.queries,
                             {r.save, data::to_text(data::parse_query(r.text))});
}

// A query that could be asked is kept: in the project, or without one in the store.
void keep_query(const app::QueryReport& report, app::Project project, const Console& c) {
    const auto& request = report.request;
    const app::NamedQuery named{request.save, data::to_text(report.query)};
    const auto& file = c.invocation.project.empty() ? request.data.store : c.invocation.project;
    if (file.empty()) throw Error(ErrorKind::Usage, "error.query.save_where");
    if (c.invocation.project.empty()) {
        app::store_query(file, named, c.ctx);
    } else {
        project.queries = app::with_query(std::move(project.queries), named);
        app::save_project(project, file);
    }
    c.say_written({file});
}

// Where it is kept: in the project, else in the store, also in that of the project.
void forget_kept(const app::QueryRequest& r, app::Project project, const Console& c) {
    if (c.invocation.project.empty() && r.data.store.empty())
        throw Error(ErrorKind::Usage, "error.query.save_where");
    const auto has = [&](const app::NamedQuery& one) { return one.name == r.forget; };
    const bool of_project = std::any_of(project.queries.begin(), project.queries.end(), has);
    if (of_project) {
        project.queries = app::without_query(std::move(project.queries), r.forget);
        app::save_project(project, c.invocation.project);
    } else {
        // Of none of both: said with the names of both.
        app::find_query(app::saved_queries(project.queries, r.data.store), r.forget);
        app::forget_query(r.data.store, r.forget, c.ctx);
    }
    c.say_written({of_project ? c.invocation.project : r.data.store});
}

// To ask, to list and to forget are three things to do.
template <class Request> void check_one_action(const Request& r) {
    const bool asks = !r.text.empty() || !r.use.empty() || !r.save.empty();
    if ((r.list && (asks || !r.forget.empty())) || (!r.forget.empty() && asks))
        throw Error(ErrorKind::Usage, "error.query.one_action");
}

int list_kept(const std::vector<app::NamedQuery>& queries, const Console& c) {
    c.result([&] { return app::list_json(queries); }, [&] { return app::list_text(queries); });
    return 0;
}

} // namespace

app::QuerySources Console::query_sources(const app::Dataset* dataset) const {
    auto out = app::query_sources(project());
    if (!invocation.lines.empty()) out.lines = invocation.lines;
    if (invocation.outline.empty()) return out;
    out.outline = invocation.outline;
    // What a project says of units that these boundaries do not have stays out; what was given here
    // was meant.
    for (const auto& word : out.outline)
        if (dataset && app::outline_here({word}, dataset->vintage->units).empty())
            throw Error(ErrorKind::Usage, "error.near.no_unit", {{"code", word.code}});
    return out;
}

int run(app::QueryRequest r, const Console& c) {
    auto project = c.project();
    check_one_action(r);
    if (r.list) return list_kept(app::saved_queries(project.queries, r.data.store), c);
    if (!r.forget.empty()) {
        forget_kept(r, std::move(project), c);
        return 0;
    }
    if (!r.use.empty()) {
        if (!r.text.empty()) throw Error(ErrorKind::Usage, "error.query.two", {{"name", r.use}});
        r.text = app::find_query(app::saved_queries(project.queries, r.data.store), r.use).text;
    }
    check_name_is_free(r, project, c);
    const auto dataset = c.load(r.data, app::Need::Picture);
    auto report = app::run(r, dataset, c.query_sources(dataset.get()), *c.language, c.ctx);
    app::write(report, *c.language, c.ctx);
    if (!r.save.empty()) keep_query(report, std::move(project), c);
    c.result([&] { return to_json(report); }, [&] { return to_text(report, *c.language); });
    c.say_written(report.files);
    return 0;
}

int run(app::SqlRequest r, const Console& c) {
    check_one_action(r);
    const bool by_name = r.list || !r.forget.empty() || !r.use.empty();
    if (by_name && r.data.store.empty()) throw Error(ErrorKind::Usage, "error.sql.no_store");
    if (r.list) return list_kept(app::saved_sql(r.data.store), c);
    if (!r.forget.empty()) {
        app::forget_sql(r.data.store, r.forget, c.ctx);
        c.say_written({r.data.store});
        return 0;
    }
    if (!r.use.empty()) {
        if (!r.text.empty()) throw Error(ErrorKind::Usage, "error.query.two", {{"name", r.use}});
        r.text = app::find_query(app::saved_sql(r.data.store), r.use).text;
    }
    if (!r.save.empty() && !r.replace && !r.data.store.empty())
        app::check_replaces_none(app::saved_sql(r.data.store), {r.save, r.text});
    auto report = app::run(r, c.load(r.data, app::Need::Picture), c.ctx);
    app::write(report, *c.language, c.ctx);
    if (!r.save.empty()) {
        app::store_sql(r.data.store, {r.save, r.text}, c.ctx);
        c.say_written({r.data.store});
    }
    c.result([&] { return to_json(report); }, [&] { return to_text(report, *c.language); });
    c.say_written(report.files);
    return 0;
}

} // namespace diaban::cli
