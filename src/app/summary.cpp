#include "app/summary.hpp"

#include "app/classified.hpp"
#include "app/commands/status.hpp"
#include "app/summary_areas.hpp"
#include "app/view.hpp"
#include "base/text.hpp"
#include "files/store_agency.hpp"
#include "files/store_catalogue.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;
using data::Status;

class Summarizer {
public:
    Summarizer(std::shared_ptr<const Dataset> dataset, const SummaryChoice& choice,
               const Language& language, base::JobContext& ctx)
        : dataset_(std::move(dataset)), choice_(choice), language_(language), ctx_(ctx),
          cube_(*dataset_->cube) {
        if (cube_.periods.empty())
            throw Error(ErrorKind::Usage, "error.status.none", {{"file", dataset_->title}});
        find_period();
        choose_units();
        public_ = choice_.classification == Classification::Public ? mask(dataset_, {}, ctx).dataset
                                                                   : dataset_;
        try {
            statuses_ = find_statuses(*dataset_, {}, ctx);
        } catch (const Error& error) {
            if (error.message.key != "error.status.none") throw;
        }
    }

    Summary make() {
        out_.period = cube_.periods[period_];
        out_.units = units_.size();
        auto& book = out_.book;
        const bool half = out_.period.half != 0;
        book.title = language_.text(half ? "summary.title_half" : "summary.title_year",
                                    {{"area", dataset_->title},
                                     {"year", std::to_string(out_.period.year)},
                                     {"half", std::int64_t{out_.period.half}}});
        book.language = language_.code();
        book.decimal = language_.numbers().decimal;
        const auto all = groupings(units_);
        std::vector<SummarySums> sums;
        for (const auto& grouped : all) sums.push_back(summary_sums(cube_, period_, grouped));
        const auto hidden = hidden_of(all, sums);
        for (std::size_t g = 0; g < all.size(); ++g) {
            if (!statuses_.drug_counts.empty() || !statuses_.prostitution_counts.empty())
                book.sheets.push_back(status_sheet(all[g]));
            book.sheets.push_back(sums_sheet(all[g], sums[g], hidden[g]));
        }
        add_reported();
        book.notes = status_notes(*dataset_, language_);
        book.notes.push_back(language_.text("summary.note_sums"));
        if (!choice_.agency.empty())
            book.notes.push_back(
                language_.text("summary.note_agency", {{"agency", choice_.agency}}));
        return std::move(out_);
    }

private:
    void find_period() {
        period_ = cube_.periods.size() - 1;
        if (choice_.period.year == 0) return;
        const auto found = cube_.find(choice_.period);
        if (!found) {
            std::vector<std::string> known;
            for (const auto p : cube_.periods) known.push_back(data::to_string(p));
            throw Error(
                ErrorKind::Usage, "error.period.unknown",
                {{"period", data::to_string(choice_.period)}, {"known", base::joined(known)}});
        }
        period_ = *found;
    }

    std::vector<geo::FaceId> all_units() const {
        std::vector<geo::FaceId> out(dataset_->vintage->units.size());
        std::iota(out.begin(), out.end(), geo::FaceId{0});
        return out;
    }

    void choose_units() {
        units_ = all_units();
        if (choice_.agency.empty()) return;
        const auto agency = cube_.find(files::kAgencyIndicator);
        const auto& names =
            agency ? cube_.indicators[*agency].categories : std::vector<std::string>();
        const auto at = std::find(names.begin(), names.end(), choice_.agency);
        if (at == names.end())
            throw Error(ErrorKind::Usage, "error.summary.agency",
                        {{"agency", choice_.agency},
                         {"known", names.empty() ? std::string("–") : base::joined(names)}});
        const auto wanted = static_cast<double>(at - names.begin());
        const auto slice = cube_.slice(*agency, period_);
        std::erase_if(units_, [&](geo::FaceId unit) {
            return !slice.has(unit) || slice.value[unit] != wanted;
        });
    }

    std::vector<SummaryGrouping> groupings(const std::vector<geo::FaceId>& communes) const {
        return summary_groupings(*dataset_, period_, communes, language_);
    }

    const std::vector<Status>* at(const data::StatusSeries& series, data::Period period) const {
        for (std::size_t p = 0; p < series.periods.size(); ++p)
            if (series.periods[p] == period) return &series.of[p];
        return nullptr;
    }

    // The period that this one is compared with: the year before, or the same half of it.
    std::optional<data::Transitions> moves() const {
        const auto now = cube_.periods[period_];
        const data::Period before{now.year - 1, now.half};
        try {
            const auto history = history_of(statuses_, Domains::Both);
            if (!history.find(now) || !history.find(before)) return std::nullopt;
            return data::transitions(history, before, now);
        } catch (const Error&) {
            return std::nullopt; // one domain only
        }
    }

    files::Sheet status_sheet(const SummaryGrouping& grouped) const {
        files::Sheet sheet{
            language_.text("sheet.statuses_of", {{"by", language_.text(grouped.sheet)}}), {}, {}};
        for (const char* id :
             {"column.area", "column.units", "column.hot_drug", "column.present_drug",
              "column.none_drug", "column.unknown_drug", "column.hot_prostitution",
              "column.present_prostitution", "column.none_prostitution",
              "column.unknown_prostitution", "column.healthy", "column.healthy_share"})
            sheet.header.push_back(language_.text(id));
        const auto changed = moves();
        if (changed)
            for (std::size_t m = 0; m < data::kMoves; ++m)
                sheet.header.push_back(language_.text(
                    "category." + std::string(to_string(static_cast<data::Move>(m)))));
        for (const auto& area : grouped.areas) sheet.rows.push_back(status_row(area, changed));
        return sheet;
    }

    std::vector<files::SheetCell>
    status_row(const SummaryArea& area, const std::optional<data::Transitions>& changed) const {
        std::vector<files::SheetCell> row{area.name, static_cast<double>(area.units.size())};
        const auto now = cube_.periods[period_];
        const auto* drug = at(statuses_.drug_counts, now);
        const auto* other = at(statuses_.prostitution_counts, now);
        for (const auto* series : {drug, other}) {
            std::size_t hot = 0, present = 0, none = 0;
            if (series)
                for (const auto i : area.units) {
                    hot += data::hot((*series)[i]);
                    present += (*series)[i] == Status::Present;
                    none += (*series)[i] == Status::None;
                }
            for (const auto n : {hot, present, none, area.units.size() - hot - present - none})
                row.push_back(series ? files::SheetCell(static_cast<double>(n))
                                     : files::SheetCell());
        }
        std::size_t well = 0, known = 0;
        for (const auto i : area.units) {
            if (!drug || !other) break; // of one domain alone nobody is healthy in both
            const auto healthy = data::both(data::healthy((*drug)[i]), data::healthy((*other)[i]));
            well += healthy == data::Flag::Yes;
            known += healthy != data::Flag::Unknown;
        }
        add_healthy(row, well, known, area.units.size());
        if (changed)
            for (std::size_t m = 0; m < data::kMoves; ++m)
                row.emplace_back(static_cast<double>(
                    std::count_if(area.units.begin(), area.units.end(), [&](geo::FaceId i) {
                        return changed->of[i].has(static_cast<data::Move>(m));
                    })));
        return row;
    }

    // Per indicator what the areas have together, and how many communes that rests on.
    files::Sheet sums_sheet(const SummaryGrouping& grouped, const SummarySums& sums,
                            const HiddenSums& hidden) {
        files::Sheet sheet{language_.text("sheet.sums_of", {{"by", language_.text(grouped.sheet)}}),
                           {language_.text("column.area"), language_.text("column.units")},
                           {}};
        for (const auto& area : grouped.areas)
            sheet.rows.push_back({area.name, static_cast<double>(area.units.size())});
        for (std::size_t k = 0; k < sums.size(); ++k) {
            if (sums[k].empty() || sums[k].back().units == 0) continue; // nothing is known
            const auto& indicator = cube_.indicators[k];
            sheet.header.push_back(indicator_name(indicator, language_));
            sheet.header.push_back(language_.text("column.known_units"));
            for (std::size_t a = 0; a < sums[k].size(); ++a) {
                auto& row = sheet.rows[a];
                const auto& sum = sums[k][a];
                if (hidden[k][a])
                    row.emplace_back(language_.text("legend.suppressed"));
                else if (sum.value)
                    row.emplace_back(in_a_file(*sum.value));
                else if (sum.too_large)
                    row.emplace_back(language_.text("together.too_large"));
                else
                    row.emplace_back();
                row.emplace_back(static_cast<double>(sum.units));
                if (hidden[k][a])
                    out_.masked.push_back({grouped.areas[a].name, indicator.id, out_.period,
                                           !sum.value || !too_few(*sum.value)});
            }
        }
        return sheet;
    }

    std::vector<HiddenSums> hidden_of(const std::vector<SummaryGrouping>& grouped,
                                      const std::vector<SummarySums>& sums) const {
        if (choice_.classification == Classification::Public)
            return choice_.agency.empty()
                       ? sums_to_hide(*dataset_, *public_, period_, grouped, sums, ctx_)
                       : agency_sums_to_hide(*dataset_, *public_, period_, groupings(all_units()),
                                             grouped, sums, ctx_);
        std::vector<HiddenSums> nothing;
        for (const auto& one : grouped)
            nothing.emplace_back(cube_.indicators.size(), std::vector<bool>(one.areas.size()));
        return nothing;
    }

    // A number that a report states of an area whose sum is hidden stands for that sum; and less
    // the sum of communes it is what these themselves withhold.
    bool reported_tells(const files::StoredArea& stated,
                        const std::vector<MaskedCell>& sums) const {
        const auto k = cube_.find(stated.indicator);
        if (choice_.classification == Classification::Internal || !k ||
            !counts_persons(cube_.indicators[*k]))
            return false;
        const bool as_sum = std::any_of(sums.begin(), sums.end(), [&](const MaskedCell& cell) {
            return cell.unit == stated.name && cell.indicator == stated.indicator;
        });
        return as_sum || withheld_in(stated, *k) == 1;
    }
    std::size_t withheld_in(const files::StoredArea& stated, std::size_t k) const {
        const auto raw = cube_.slice(k, period_);
        std::size_t withheld = 0;
        for (const auto& grouped : groupings(units_))
            for (const auto& area : grouped.areas)
                if (area.name == stated.name)
                    withheld = static_cast<std::size_t>(
                        std::count_if(area.units.begin(), area.units.end(), [&](geo::FaceId i) {
                            return raw.state[i] == data::Cell::Suppressed;
                        }));
        return withheld;
    }

    // What reports say of whole districts and provinces, beside the sums of communes.
    void add_reported() {
        if (dataset_->request.store.empty() || !choice_.agency.empty()) return;
        files::Sheet sheet{language_.text("sheet.reported_totals"), {}, {}};
        for (const char* id : {"column.area", "column.indicator", "column.text", "column.part",
                               "column.value", "column.agency", "column.as_of", "column.source"})
            sheet.header.push_back(language_.text(id));
        const auto list =
            published(files::list_store(dataset_->request.store), choice_.classification);
        const auto sums = out_.masked;
        for (const auto& a : list.areas) {
            if (a.period != cube_.periods[period_] || a.level == "commune") continue;
            const auto known =
                std::find_if(list.indicators.begin(), list.indicators.end(),
                             [&](const auto& i) { return i.indicator == a.indicator; });
            const auto name = known == list.indicators.end() ? std::string()
                              : language_.code() == "vi"     ? known->name_vi
                                                             : known->name_en;
            const bool small = a.state == data::Cell::Suppressed || reported_tells(a, sums);
            if (small) out_.masked.push_back({a.name, a.indicator, a.period, false});
            files::SheetCell value;
            if (small)
                value = language_.text("legend.suppressed");
            else if (!std::isnan(a.value))
                value = a.value;
            sheet.rows.push_back({a.name, a.indicator, name, a.part, std::move(value), a.agency,
                                  a.as_of, a.file + (a.sheet.empty() ? "" : ", " + a.sheet)});
        }
        if (!sheet.rows.empty()) out_.book.sheets.push_back(std::move(sheet));
    }

    std::shared_ptr<const Dataset> dataset_;
    const SummaryChoice& choice_;
    const Language& language_;
    base::JobContext& ctx_;
    const data::IndicatorCube& cube_;
    std::shared_ptr<const Dataset> public_; // as the table of communes shows it
    std::size_t period_ = 0;
    std::vector<geo::FaceId> units_;
    Statuses statuses_;
    Summary out_;
};

} // namespace

Summary make_summary(std::shared_ptr<const Dataset> dataset, const SummaryChoice& choice,
                     const Language& language, base::JobContext& ctx) {
    return Summarizer(std::move(dataset), choice, language, ctx).make();
}

} // namespace diaban::app
