#include "app/commands/transitions.hpp"

#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "app/commands/status.hpp"
#include "app/view.hpp"
#include "data/dates.hpp"
#include "files/sheets.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using data::Move;

constexpr std::array<Move, data::kMoves> kMovesInOrder{Move::Maintained,  Move::NewlyBuilt,
                                                       Move::Lost,        Move::NewHotspot,
                                                       Move::Transformed, Move::Relapsed};

std::string move_text(Move move, const Language& language) {
    return language.text("category." + std::string(data::to_string(move)));
}

std::size_t count(const TransitionsReport& r, Move move) {
    return r.moves.counts[static_cast<std::size_t>(move)];
}

std::vector<std::string> moves_of(const data::UnitMoves& moves) {
    std::vector<std::string> out;
    for (const auto move : kMovesInOrder)
        if (moves.has(move)) out.emplace_back(data::to_string(move));
    return out;
}

// Units with a move, by district, and all together; then the units one by one; then the matrices.
files::Workbook workbook_of(const TransitionsReport& r, const Language& language) {
    const auto& d = *r.dataset;
    const auto span = data::to_string(r.moves.from) + " – " + data::to_string(r.moves.to);
    files::Workbook book;
    book.title = language.text("transitions.title", {{"span", span}, {"area", d.title}});
    book.language = language.code();
    book.decimal = language.numbers().decimal;
    book.notes = status_notes(d, language);
    files::Sheet units{language.text("sheet.units"),
                       {language.text("column.code"), language.text("column.name"),
                        language.text("column.district")},
                       {}};
    for (const auto move : kMovesInOrder) units.header.push_back(move_text(move, language));
    for (std::size_t i = 0; i < r.moves.of.size(); ++i) {
        const auto& moves = r.moves.of[i];
        std::vector<files::SheetCell> row{d.vintage->units.code[i], d.vintage->units.name[i],
                                          district_name(d, i)};
        for (const auto move : kMovesInOrder)
            row.push_back(moves.known || moves.has(move)
                              ? files::SheetCell(moves.has(move) ? 1.0 : 0.0)
                              : files::SheetCell());
        units.rows.push_back(std::move(row));
    }
    files::Sheet districts{
        language.text("sheet.districts"), {language.text("column.district")}, {}};
    for (const auto move : kMovesInOrder) districts.header.push_back(move_text(move, language));
    for (const auto& [name, members] : regions_of(d, language)) {
        std::vector<files::SheetCell> row{name};
        for (const auto move : kMovesInOrder)
            row.push_back(static_cast<double>(
                std::count_if(members.begin(), members.end(),
                              [&](std::size_t i) { return r.moves.of[i].has(move); })));
        districts.rows.push_back(std::move(row));
    }
    book.sheets = {std::move(districts), std::move(units)};
    for (const auto& [domain, matrix] : r.matrices) {
        files::Sheet sheet{domain_text(domain, language), {language.text("column.from_to")}, {}};
        for (std::size_t b = 0; b < data::kStatuses; ++b)
            sheet.header.push_back(category_text(
                std::string(data::to_string(static_cast<data::Status>(b))), language));
        for (std::size_t a = 0; a < data::kStatuses; ++a) {
            std::vector<files::SheetCell> row{sheet.header[a + 1]};
            for (const auto n : matrix.count[a]) row.emplace_back(static_cast<double>(n));
            sheet.rows.push_back(std::move(row));
        }
        book.sheets.push_back(std::move(sheet));
    }
    return book;
}

} // namespace

TransitionsReport run(const TransitionsRequest& request, std::shared_ptr<const Dataset> dataset,
                      const Language& language, base::JobContext& ctx) {
    const auto statuses = find_statuses(*dataset, request.statuses, ctx);
    const auto history = history_of(statuses, request.domains);
    TransitionsReport r{dataset, request};
    if (r.request.to.year == 0) r.request.to = history.periods.back();
    if (r.request.from.year == 0) {
        const auto to = history.find(r.request.to);
        if (!to || *to == 0)
            throw Error(ErrorKind::Usage, "error.transitions.one_period",
                        {{"period", data::to_string(r.request.to)}});
        r.request.from = history.periods[*to - 1];
    }
    // Of a period and itself every unit would have kept its status.
    if (r.request.from == r.request.to)
        throw Error(ErrorKind::Usage, "error.transitions.same_year",
                    {{"period", data::to_string(r.request.to)}});
    // "Newly built" backwards would be what was lost.
    if (data::days_of(r.request.to).second < data::days_of(r.request.from).second)
        throw Error(
            ErrorKind::Usage, "error.transitions.order",
            {{"from", data::to_string(r.request.from)}, {"to", data::to_string(r.request.to)}});
    r.moves = data::transitions(history, r.request.from, r.request.to);
    for (const auto domain : {data::Domain::Drug, data::Domain::Prostitution}) {
        const auto* before = data::find_period(statuses.of(domain), r.request.from);
        const auto* after = data::find_period(statuses.of(domain), r.request.to);
        if (before && after) r.matrices.emplace_back(domain, data::status_matrix(*before, *after));
    }
    r.findings = statuses.findings;
    if (!request.out.empty())
        r.files = files::write_workbook(request.out, workbook_of(r, language));
    return r;
}

std::string to_json(const TransitionsReport& r, const Language& language) {
    const auto& units = r.dataset->vintage->units;
    Json out{{"from", data::to_string(r.moves.from)},
             {"to", data::to_string(r.moves.to)},
             {"domain", to_string(r.request.domains)},
             {"units", r.moves.of.size()}};
    for (const auto move : kMovesInOrder)
        out["counts"][std::string(data::to_string(move))] = count(r, move);
    out["healthy_before"] = r.moves.healthy_before;
    out["healthy_after"] = r.moves.healthy_after;
    out["hot_before"] = r.moves.hot_before;
    out["hot_after"] = r.moves.hot_after;
    out["unknown"] = r.moves.unknown;
    out["healthy_from_unknown"] = r.moves.healthy_from_unknown;
    out["healthy_to_unknown"] = r.moves.healthy_to_unknown;
    for (const auto& [domain, matrix] : r.matrices) {
        auto cells = Json::array();
        for (std::size_t a = 0; a < data::kStatuses; ++a)
            for (std::size_t b = 0; b < data::kStatuses; ++b) {
                if (matrix.count[a][b] == 0) continue;
                auto codes = Json::array();
                for (const auto i : matrix.units[a][b]) codes.push_back(units.code[i]);
                cells.push_back({{"from", data::to_string(static_cast<data::Status>(a))},
                                 {"to", data::to_string(static_cast<data::Status>(b))},
                                 {"count", matrix.count[a][b]},
                                 {"units", std::move(codes)}});
            }
        out["matrix"][std::string(data::to_string(domain))] = std::move(cells);
    }
    out["moves"] = Json::array();
    for (std::size_t i = 0; i < r.moves.of.size(); ++i)
        if (auto moves = moves_of(r.moves.of[i]); !moves.empty())
            out["moves"].push_back({{"code", units.code[i]},
                                    {"name", units.name[i]},
                                    {"district", district_name(*r.dataset, i)},
                                    {"moves", std::move(moves)}});
    out["files"] = Json::array();
    for (const auto& file : r.files) out["files"].push_back(file.string());
    out["findings"] = findings_json(r.findings, language);
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const TransitionsReport& r, const Language& language) {
    Lines lines(language);
    lines.raw(language.text("transitions.title", {{"span", data::to_string(r.moves.from) + " – " +
                                                               data::to_string(r.moves.to)},
                                                  {"area", r.dataset->title}}) +
              "\n");
    for (const auto move : kMovesInOrder)
        lines.raw("  " + move_text(move, language) + ": " + language.count(count(r, move)) + "\n");
    lines.raw("  " +
              language.text("transitions.healthy",
                            {{"after", as_count(r.moves.healthy_after)},
                             {"kept", as_count(count(r, Move::Maintained))},
                             {"new", as_count(count(r, Move::NewlyBuilt))},
                             {"from_unknown", as_count(r.moves.healthy_from_unknown)}}) +
              "\n");
    lines.raw(
        "  " +
        language.text("transitions.lost", {{"before", as_count(r.moves.healthy_before)},
                                           {"kept", as_count(count(r, Move::Maintained))},
                                           {"lost", as_count(count(r, Move::Lost))},
                                           {"to_unknown", as_count(r.moves.healthy_to_unknown)}}) +
        "\n");
    if (r.moves.unknown > 0)
        lines.raw("  " +
                  language.text("transitions.unknown", {{"count", as_count(r.moves.unknown)}}) +
                  "\n");
    for (const auto& [domain, matrix] : r.matrices) {
        lines.raw(domain_text(domain, language) + "\n");
        for (std::size_t a = 0; a < data::kStatuses; ++a)
            for (std::size_t b = 0; b < data::kStatuses; ++b)
                if (matrix.count[a][b] > 0)
                    lines.raw(
                        "  " +
                        category_text(std::string(data::to_string(static_cast<data::Status>(a))),
                                      language) +
                        " → " +
                        category_text(std::string(data::to_string(static_cast<data::Status>(b))),
                                      language) +
                        ": " + language.count(matrix.count[a][b]) + "\n");
    }
    lines.raw(findings_text(r.findings, language));
    return lines.take();
}

std::vector<std::string> to_flags(const TransitionsRequest& request) {
    Flags flags{"transitions"};
    add_flags(flags, request.data);
    add_flags(flags, request.across);
    add_flags(flags, request.statuses, request.domains);
    const auto text = [&](const char* flag, const std::string& value) {
        if (!value.empty()) flags.insert(flags.end(), {flag, value});
    };
    text("--from", data::to_string(request.from));
    text("--to", data::to_string(request.to));
    text("--out", request.out.string());
    return flags;
}

} // namespace diaban::app
