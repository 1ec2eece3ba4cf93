#include "app/transition_view.hpp"

#include "app/commands/status.hpp"
#include "app/view.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace diaban::app {
namespace {

using data::Move;

constexpr std::array<Move, data::kMoves> kInOrder{Move::Maintained,  Move::NewlyBuilt,
                                                  Move::Lost,        Move::NewHotspot,
                                                  Move::Transformed, Move::Relapsed};

std::int64_t number(std::size_t n) {
    return static_cast<std::int64_t>(n);
}

std::vector<std::string> identities_of(const data::Transitions& t, const Language& language) {
    const auto count = [&](Move move) { return number(t.counts[static_cast<std::size_t>(move)]); };
    return {
        language.text("transitions.healthy", {{"after", number(t.healthy_after)},
                                              {"kept", count(Move::Maintained)},
                                              {"new", count(Move::NewlyBuilt)},
                                              {"from_unknown", number(t.healthy_from_unknown)}}),
        language.text("transitions.lost", {{"before", number(t.healthy_before)},
                                           {"kept", count(Move::Maintained)},
                                           {"lost", count(Move::Lost)},
                                           {"to_unknown", number(t.healthy_to_unknown)}})};
}

// Of two domains the one that was a hotspot longer.
std::vector<data::StatusSpan> spans_of(const Statuses& statuses, Domains domains) {
    std::vector<data::StatusSpan> out;
    for (const auto* series : {&statuses.drug_counts, &statuses.prostitution_counts}) {
        const bool drug = series == &statuses.drug_counts;
        if (series->empty() || (domains == Domains::Drug && !drug) ||
            (domains == Domains::Prostitution && drug))
            continue;
        auto spans = data::status_spans(*series);
        if (out.empty())
            out = std::move(spans);
        else
            for (std::size_t i = 0; i < out.size(); ++i)
                if (spans[i].hot > out[i].hot) out[i] = spans[i];
    }
    return out;
}

} // namespace

std::string span_text(const data::StatusSpan& span, const Language& language) {
    std::string text;
    if (span.since)
        text = language.text("span.since", {{"status", status_text(span.last, language)},
                                            {"since", data::to_string(*span.since)},
                                            {"run", number(span.run)}}) +
               "; ";
    return text + language.text("span.counts", {{"healthy", number(span.healthy)},
                                                {"hot", number(span.hot)},
                                                {"known", number(span.known)}});
}

TransitionView transition_view(const Dataset& dataset, const StatusChoice& choice, Domains domains,
                               data::Period from, data::Period to, const Language& language,
                               base::JobContext& ctx) {
    const auto statuses = find_statuses(dataset, choice, ctx);
    const auto moves = data::transitions(history_of(statuses, domains), from, to);
    TransitionView out{.from = from, .to = to};
    for (const auto move : kInOrder) {
        MoveLine line;
        line.code = data::to_string(move);
        line.text = category_text(line.code, language);
        for (std::size_t i = 0; i < moves.of.size(); ++i)
            if (moves.of[i].has(move)) line.units.push_back(static_cast<geo::FaceId>(i));
        out.moves.push_back(std::move(line));
    }
    MoveLine unknown{"unknown", language.text("change.not_compared"), {}};
    for (std::size_t i = 0; i < moves.of.size(); ++i)
        if (!moves.of[i].known) unknown.units.push_back(static_cast<geo::FaceId>(i));
    out.moves.push_back(std::move(unknown));
    out.identities = identities_of(moves, language);

    const auto spans = spans_of(statuses, domains);
    std::vector<std::size_t> order(spans.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t i) { return spans[i].hot == 0; });
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return spans[a].hot > spans[b].hot; });
    if (order.size() > kMostStreaks) order.resize(kMostStreaks);
    for (const auto unit : order)
        out.longest_hot.push_back({unit, span_text(spans[unit], language)});
    return out;
}

std::vector<std::string> checked_totals(std::shared_ptr<const Dataset> dataset,
                                        const StatusChoice& choice, data::Period period,
                                        const std::filesystem::path& reported,
                                        const Language& language, base::JobContext& ctx) {
    StatusRequest request;
    request.data = dataset->request;
    request.statuses = choice;
    request.period = period;
    request.reported = reported;
    const auto report = run(request, std::move(dataset), language, ctx);
    std::vector<std::string> out;
    for (const auto& finding : report.findings)
        if (finding.key != "status_disagrees" && finding.key != "status_claims_differ")
            out.push_back(language.text(finding));
    return out;
}

} // namespace diaban::app
