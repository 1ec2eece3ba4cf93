#include "app/commands/pack.hpp"

#include "app/classified.hpp"
#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/pack_parts.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "data/dates.hpp"
#include "map/page.hpp"

#include <algorithm>
#include <set>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

bool is_deck(const fs::path& file) {
    return base::lower_extension(file) == ".pptx";
}

void check_pack_file(const PackRequest& request) {
    if (request.out.empty()) require_flag("--out");
    const auto format = map::format_of(request.out);
    if (!is_deck(request.out) && format != map::Format::Pdf)
        throw Error(ErrorKind::Usage, "error.pack.format",
                    {{"file", request.out.filename().string()}});
    map::parse_page_size(request.size); // a wrong one is said before the work
    check_output(request.data, request.out);
}

// What is wrong, without what to do about it: on a page for a meeting flags say nothing.
std::string first_sentence(const std::string& text) {
    const auto end = text.find(". ");
    return end == text.npos ? text : text.substr(0, end + 1);
}

// Asks the other verbs, and notes what they have no answer for.
class PackAsking {
public:
    PackAsking(Pack& pack, const Language& language, base::JobContext& ctx,
               const QuerySources* sources)
        : pack_(pack), language_(language), ctx_(ctx), sources_(sources) {}

    PackAnswers ask() {
        ask_statuses();
        ask_moves();
        ask_targets();
        choose_indicator();
        ask_hotspots();
        ask_near();
        return std::move(answers_);
    }
    const std::vector<MaskedCell>& masked() const { return masked_; }

private:
    void leave_out(const char* page, const std::string& reason) {
        pack_.left_out.push_back(
            {language_.text(std::string("pack.page.") + page), first_sentence(reason)});
    }
    // Without an answer the page is left out, unless it was asked for by name.
    template <class Ask> void if_possible(const char* page, bool named, const Ask& ask) {
        try {
            ask();
        } catch (const Error& error) {
            if (named || (error.kind != ErrorKind::Usage && error.kind != ErrorKind::Data)) throw;
            leave_out(page, language_.text(error));
        }
    }
    void keep(const base::Findings& findings) {
        // Several verbs tell of the same overrides and the same places.
        for (const auto& finding : findings)
            if (kept_.insert(finding.key + '\n' + finding.unit + '\n' + language_.text(finding))
                    .second)
                pack_.findings.push_back(finding);
    }

    void ask_statuses();
    void ask_moves();
    void ask_targets();
    void choose_indicator();
    void ask_hotspots();
    void ask_near();

    Pack& pack_;
    const Language& language_;
    base::JobContext& ctx_;
    const QuerySources* sources_;
    PackAnswers answers_;
    std::vector<MaskedCell> masked_;
    std::set<std::string> kept_; // findings, as they are told
};

void PackAsking::ask_statuses() {
    auto& q = pack_.request;
    StatusRequest asked{.across = q.across,
                        .data = q.data,
                        .statuses = q.statuses,
                        .domains = q.domains,
                        .period = q.period,
                        .rule = q.rule,
                        .classification = q.classification};
    try {
        answers_.statuses = run(asked, pack_.dataset, language_, ctx_, sources_);
    } catch (const Error& error) {
        if (error.message.key != "error.status.none") throw;
        leave_out("status", language_.text(error));
        // The other pages are of this period, too.
        const auto choice = resolve({.period = q.period}, *pack_.dataset);
        q.period = choice.period;
        return;
    }
    auto& r = *answers_.statuses;
    q.period = r.request.period;
    keep(r.findings);
    if (r.drug.empty() && r.prostitution.empty() && r.rule) {
        answers_.voice = StatusVoice::Rule;
        (r.rule->domain == data::Domain::Drug ? r.drug : r.prostitution) = r.result.status;
    }
    if (!r.drug.empty() && q.domains != Domains::Prostitution)
        answers_.domains.push_back(data::Domain::Drug);
    if (!r.prostitution.empty() && q.domains != Domains::Drug)
        answers_.domains.push_back(data::Domain::Prostitution);
    if (answers_.domains.empty())
        leave_out("status",
                  language_.text("pack.no_statuses", {{"period", data::to_string(q.period)}}));
}

// In the flags of the pack: what `transitions` would say of them names its own.
void check_compared(const PackRequest& q) {
    if (q.before.year == 0 || q.period.year == 0) return;
    const base::Args years{{"before", data::to_string(q.before)},
                           {"period", data::to_string(q.period)}};
    if (q.before == q.period) throw Error(ErrorKind::Usage, "error.pack.same_year", years);
    if (data::days_of(q.period).second < data::days_of(q.before).second)
        throw Error(ErrorKind::Usage, "error.pack.order", years);
}

void PackAsking::ask_moves() {
    auto& q = pack_.request;
    const bool named = q.before.year != 0;
    check_compared(q);
    if (answers_.domains.empty() || answers_.voice == StatusVoice::Rule) {
        if (named && !answers_.statuses)
            throw Error(ErrorKind::Usage, "error.status.none", {{"file", pack_.dataset->title}});
        return leave_out("change", language_.text("pack.no_report"));
    }
    if_possible("change", named, [&] {
        answers_.moves = run(TransitionsRequest{.across = q.across,
                                                .data = q.data,
                                                .statuses = q.statuses,
                                                .domains = q.domains,
                                                .from = q.before,
                                                .to = q.period},
                             pack_.dataset, language_, ctx_);
        q.before = answers_.moves->request.from;
    });
}

void PackAsking::ask_targets() {
    const auto& q = pack_.request;
    if (q.plan.empty()) return leave_out("targets", language_.text("pack.no_plan"));
    answers_.targets = run(TargetsRequest{.across = q.across,
                                          .data = q.data,
                                          .statuses = q.statuses,
                                          .plan = q.plan,
                                          .period = q.period,
                                          .classification = q.classification},
                           pack_.dataset, language_, ctx_);
    keep(answers_.targets->findings);
}

// A rate is fairer than a count, a count better than nothing.
void PackAsking::choose_indicator() {
    const auto& q = pack_.request;
    const auto& all = pack_.dataset->cube->indicators;
    if (!q.indicator.empty()) {
        const auto choice = resolve({.indicator = q.indicator, .period = q.period}, *pack_.dataset);
        if (all[*pack_.dataset->cube->find(choice.indicator)].kind == data::Kind::Category)
            throw Error(ErrorKind::Usage, "error.pack.indicator", {{"indicator", q.indicator}});
        answers_.indicator = choice.indicator;
        return;
    }
    for (const auto kind : {data::Kind::Ratio, data::Kind::Intensity, data::Kind::Count})
        for (const auto& one : all)
            if (one.kind == kind && answers_.indicator.empty()) answers_.indicator = one.id;
    if (answers_.indicator.empty()) leave_out("top", language_.text("pack.no_numbers"));
}

void PackAsking::ask_hotspots() {
    const auto& q = pack_.request;
    if (answers_.indicator.empty()) return leave_out("hotspots", language_.text("pack.no_numbers"));
    if_possible("hotspots", !q.indicator.empty(), [&] {
        HotspotsRequest asked;
        asked.seed = kPackSeed;
        asked.data = q.data;
        asked.indicator = answers_.indicator;
        asked.period = q.period;
        asked.classification = q.classification;
        const auto inputs = prepare(asked, pack_.dataset, ctx_);
        answers_.hotspots = run(asked, inputs, language_, ctx_);
        masked_.insert(masked_.end(), inputs.masked_cells.begin(), inputs.masked_cells.end());
    });
}

void PackAsking::ask_near() {
    const auto& q = pack_.request;
    if_possible("near", !q.kinds.empty(), [&] {
        NearRequest asked;
        asked.data = q.data;
        asked.kinds = q.kinds;
        asked.lines = q.lines;
        asked.outline = q.outline;
        asked.period = q.period;
        asked.within_m = q.within_m;
        asked.classification = q.classification;
        const auto known = near_kinds(asked, *pack_.dataset);
        const std::string zones = "industrial_zone";
        if (asked.kinds.empty() && std::find(known.begin(), known.end(), zones) != known.end())
            asked.kinds = {zones};
        answers_.near = run(asked, *pack_.dataset, language_, ctx_);
        keep(answers_.near->findings);
        masked_.insert(masked_.end(), answers_.near->masked.begin(), answers_.near->masked.end());
    });
}

} // namespace

std::string pack_text(const PackCell& cell, const Language& language) {
    return cell.count ? language.count(*cell.count) : cell.text;
}

std::vector<std::vector<std::string>> pack_rows(const std::vector<std::vector<PackCell>>& rows,
                                                const Language& language) {
    std::vector<std::vector<std::string>> out;
    for (const auto& row : rows) {
        auto& words = out.emplace_back();
        for (const auto& cell : row) words.push_back(pack_text(cell, language));
    }
    return out;
}
std::string pack_note(const PackTable& table) {
    return table.always + (table.always.empty() || table.note.empty() ? "" : " ") + table.note;
}
PackCell pack_words(std::string text) {
    return {std::move(text), std::nullopt, {}};
}
PackCell pack_number(std::size_t count, std::string key) {
    return {{}, count, std::move(key)};
}
std::string pack_dated(const std::string& words, data::Period period) {
    return period.year == 0 ? words : words + ", " + data::to_string(period);
}
std::string status_key(data::Domain domain, data::Period period, data::Status status) {
    return std::string(data::to_string(domain)) + "/" + data::to_string(period) + "/" +
           std::string(data::to_string(status));
}

Pack make_pack(const PackRequest& request, std::shared_ptr<const Dataset> dataset,
               const Language& language, base::JobContext& ctx, const QuerySources* sources) {
    Pack pack;
    pack.request = request;
    pack.dataset = std::move(dataset);
    if (pack.dataset->cube->periods.empty() || pack.dataset->cube->indicators.empty())
        throw Error(ErrorKind::Usage, "error.pack.nothing", {{"file", pack.dataset->title}});
    PackAsking asking(pack, language, ctx, sources);
    const auto answers = asking.ask();
    add_pack_pages(pack, answers, asking.masked(), language, ctx);
    check_pack(pack, language);
    return pack;
}

PackReport run(const PackRequest& request, std::shared_ptr<const Dataset> dataset,
               const Language& language, base::JobContext& ctx, const QuerySources* sources) {
    check_pack_file(request);
    const auto pack = make_pack(request, std::move(dataset), language, ctx, sources);
    const bool deck = is_deck(request.out);
    ctx.stage("stage.draw");
    const auto size = map::parse_page_size(deck ? "slide" : request.size);
    const auto pages = on_sheets(pack, size, language, ctx);
    const auto bytes =
        deck ? pack_deck(pages, language, ctx) : pack_book(pages, size, language, ctx);
    note_output({request.data.store, "pack", pack.dataset.get()}, request.classification,
                {request.out}, ctx);
    base::write_file(request.out, bytes);
    write_masked_list(request.out, pack.masked);
    PackReport report;
    report.request = pack.request;
    for (const auto& page : pages) {
        report.pages.push_back({page.id, page.page.text.title, {}});
        for (const auto& other : page.with) report.pages.back().with.push_back(other.id);
    }
    report.left_out = pack.left_out;
    report.figures = figures_of(pack);
    report.masked = pack.masked.size();
    report.findings = pack.findings;
    report.files = {request.out};
    return report;
}

std::vector<std::string> pack_warnings(const PackReport& r, const Language& language) {
    constexpr std::size_t kMostSaid = 10;
    std::vector<std::string> out;
    for (const auto& finding : r.findings)
        if (finding.severity != base::Severity::Info && out.size() < kMostSaid)
            out.push_back(language.text(finding));
    return out;
}

std::string to_json(const PackReport& r, const Language& language) {
    auto files = Json::array();
    for (const auto& file : r.files) files.push_back(file.string());
    auto pages = Json::array();
    for (std::size_t p = 0; p < r.pages.size(); ++p)
        pages.push_back({{"page", p + 1},
                         {"id", r.pages[p].id},
                         {"title", r.pages[p].title},
                         {"with", r.pages[p].with}});
    auto left_out = Json::array();
    for (const auto& one : r.left_out)
        left_out.push_back({{"page", one.page}, {"reason", one.reason}});
    auto figures = Json::object();
    for (const auto& figure : r.figures) figures[figure.key] = figure.count;
    const Json out{{"files", std::move(files)},
                   {"period", data::to_string(r.request.period)},
                   {"compared_with", data::to_string(r.request.before)},
                   {"pages", std::move(pages)},
                   {"left_out", std::move(left_out)},
                   {"figures", std::move(figures)},
                   {"masked", r.masked},
                   {"findings", findings_json(r.findings, language)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const PackReport& r, const Language& language) {
    std::string out;
    for (std::size_t p = 0; p < r.pages.size(); ++p)
        out += language.count(p + 1) + ". " + r.pages[p].title + "\n";
    for (const auto& one : r.left_out)
        out +=
            language.text("finding.pack_left_out", {{"page", one.page}, {"reason", one.reason}}) +
            "\n";
    return out;
}

std::vector<std::string> to_flags(const PackRequest& request) {
    Flags flags{"pack"};
    add_flags(flags, request.data);
    add_flags(flags, request.across);
    add_flags(flags, request.statuses, request.domains);
    add_flag(flags, "--year", data::to_string(request.period));
    add_flag(flags, "--compare-year", data::to_string(request.before));
    add_flag(flags, "--plan", request.plan);
    add_flag(flags, "--rule", request.rule);
    add_flag(flags, "--indicator", request.indicator);
    if (request.top != PackRequest{}.top) add_flag(flags, "--top", std::to_string(request.top));
    for (const auto& kind : request.kinds) add_flag(flags, "--to", kind);
    add_flags(flags, request.lines, request.outline);
    if (request.within_m != PackRequest{}.within_m)
        add_flag(flags, "--within", distance_flag(request.within_m));
    add_flags(flags, request.layers);
    add_list(flags, "--hide-places", request.hidden_kinds);
    if (request.size != PackRequest{}.size) add_flag(flags, "--size", request.size);
    add_flag(flags, "--title", request.title);
    add_flag(flags, "--source", request.source);
    add_flags(flags, request.classification);
    add_flag(flags, "--out", request.out.string());
    return flags;
}

PackRequest pack_request(const Project& project) {
    PackRequest out;
    out.data = project.data;
    if (project.across == Across::Carried) out.across = project.across;
    out.plan = project.page.plan;
    out.rule = project.rule.name();
    out.lines = near_lines(project.lines);
    out.outline = project.outline;
    out.layers = project.lines;
    out.hidden_kinds = {project.hidden_kinds.begin(), project.hidden_kinds.end()};
    out.source = project.page.source;
    return out;
}

std::string pack_name(const Dataset& dataset, data::Period period, std::string_view extension,
                      const Language& language) {
    auto name = base::file_name_part(language.text("pack.file_name")) + "_" +
                base::file_name_part(area_name(dataset, language));
    if (period.year != 0) name += "_" + base::file_name_part(data::to_string(period));
    return name + "." + std::string(extension);
}

} // namespace diaban::app
