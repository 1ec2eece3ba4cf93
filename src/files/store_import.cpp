#include "files/store_import.hpp"

#include "base/number.hpp"
#include "files/sqlite.hpp"
#include "files/store_cells.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

namespace diaban::files {
namespace {

using data::Cell;

constexpr std::size_t kLargeImport =
    300'000; // observations; a commit of fewer takes under a second

class Merger {
public:
    // `write` = false: only compares.
    Merger(const Database& database, const Delivery& delivery, bool write, base::JobContext& ctx)
        : database_(database), delivery_(delivery), write_(write), ctx_(ctx),
          version_(require_store(database)) {}

    ImportChanges run() {
        read_units();
        read_indicators();
        read_earlier();
        if (write_) begin_import();
        merge_units();
        merge_parts();
        if (write_) {
            units_->flush();
            recompute_rates();
            merge_recognitions();
            out_.names = put_name_decisions(database_, delivery_.names, delivery_.imported_at);
            refuse_older_file();
            end_import();
        }
        return std::move(out_);
    }

private:
    void read_units() {
        auto rows = database_.prepare("SELECT id, code, name FROM unit WHERE vintage = ?1 "
                                      "ORDER BY seq");
        rows.bind(1, std::string_view(delivery_.vintage));
        while (rows.step()) {
            if (names_.empty()) first_unit_ = rows.integer(0);
            names_.emplace_back(std::string(rows.text(1)), std::string(rows.text(2)));
        }
        if (names_.empty())
            throw base::Error(base::ErrorKind::Data, "error.store.unknown_vintage",
                              {{"vintage", delivery_.vintage}, {"known", vintage_list(database_)}});
    }

    void read_indicators() {
        auto rows = database_.prepare("SELECT code, id FROM indicator");
        while (rows.step()) indicator_.emplace(std::string(rows.text(0)), rows.integer(1));
    }

    // Sources of this file, or of the one it corrects, and whether these very bytes are known.
    void read_earlier() {
        if (version_ < 2) return;
        auto rows = database_.prepare("SELECT id FROM source WHERE file = ?1 OR file = ?2");
        rows.bind(1, std::string_view(delivery_.file));
        rows.bind(
            2, std::string_view(delivery_.replaces.empty() ? delivery_.file : delivery_.replaces));
        while (rows.step()) earlier_.insert(rows.integer(0));
        auto same = database_.prepare("SELECT imported_at FROM import_log WHERE digest = ?1 "
                                      "ORDER BY id DESC");
        same.bind(1, std::string_view(delivery_.digest));
        if (same.step()) out_.imported_before = same.text(0);
    }

    void begin_import() {
        database_
            .prepare("INSERT INTO import_log (imported_at, file, digest, profile, program, rows, "
                     "added, revised, removed, flipped, findings) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, 0, 0, ?6)")
            .bind_texts({delivery_.imported_at, delivery_.file, delivery_.digest, delivery_.profile,
                         delivery_.program, delivery_.findings})
            .run();
        import_ = database_.integer("SELECT last_insert_rowid()");
        auto source = database_.prepare("INSERT INTO source (import, file, sheet, agency, as_of, "
                                        "cumulative) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        for (const auto& sheet : delivery_.sheets) {
            source.bind(1, import_).bind(2, std::string_view(delivery_.file));
            source.bind(3, std::string_view(sheet.plan.sheet));
            source.bind(4, std::string_view(sheet.plan.agency));
            source.bind(5, std::string_view(sheet.plan.as_of));
            source.bind(6, sheet.plan.cumulative ? 1 : 0).run();
            sources_.push_back(database_.integer("SELECT last_insert_rowid()"));
        }
        units_.emplace(database_, kUnitCells, import_);
        areas_.emplace(database_, kAreaCells, import_);
    }

    // Beside the class, which is an observation: that it was recognised, and by which decision.
    void merge_recognitions() {
        auto put = database_.prepare(
            "INSERT INTO status (unit, year, half, domain, origin, status, recognised, decision, "
            "decided_on, reason, author, source, source_row, entered_at) "
            "SELECT o.unit, o.year, o.half, ?2, 'report', c.code, ?6, ?7, ?8, '', '', ?9, ?10, ?11 "
            "FROM indicator i JOIN observation o ON o.indicator = i.id AND o.year = ?3 AND "
            "o.half = ?4 AND o.unit = ?5 JOIN category c ON c.indicator = i.id AND c.value = "
            "o.value WHERE i.code = ?1 "
            "ON CONFLICT DO UPDATE SET status = excluded.status, recognised = excluded.recognised, "
            "decision = excluded.decision, decided_on = excluded.decided_on, source = "
            "excluded.source, source_row = excluded.source_row, entered_at = excluded.entered_at "
            "WHERE status IS NOT excluded.status OR recognised IS NOT excluded.recognised OR "
            "decision IS NOT excluded.decision OR decided_on IS NOT excluded.decided_on");
        constexpr std::array<std::pair<const char*, const char*>, 2> kDomains{
            {{"ST01", "drug"}, {"ST02", "prostitution"}}};
        for (std::size_t s = 0; s < delivery_.sheets.size(); ++s)
            for (const auto& said : delivery_.sheets[s].recognitions)
                for (const auto& [indicator, domain] : kDomains) {
                    put.bind(1, std::string_view(indicator)).bind(2, std::string_view(domain));
                    put.bind(3, said.period.year).bind(4, said.period.half);
                    put.bind(5, first_unit_ + static_cast<std::int64_t>(said.unit));
                    said.recognised ? put.bind(6, *said.recognised ? 1 : 0) : put.bind_null(6);
                    put.bind(7, std::string_view(said.decision));
                    put.bind(8, std::string_view(said.decided_on)).bind(9, sources_[s]);
                    put.bind(10, std::int64_t{said.row});
                    put.bind(11, std::string_view(delivery_.imported_at)).run();
                    out_.recognitions +=
                        static_cast<std::size_t>(database_.integer("SELECT changes()"));
                }
        // A class that this import revised or removed leaves no recognition of another behind.
        if (out_.revised + out_.removed > 0) forget_recognitions();
    }

    void forget_recognitions() {
        database_.execute(
            "DELETE FROM status WHERE origin = 'report' AND NOT EXISTS (SELECT 1 FROM indicator i "
            "JOIN observation o ON o.indicator = i.id AND o.unit = status.unit AND o.year = "
            "status.year AND o.half = status.half JOIN category c ON c.indicator = i.id AND "
            "c.value = o.value WHERE i.code = CASE status.domain WHEN 'drug' THEN 'ST01' ELSE "
            "'ST02' END AND c.code = status.status)");
    }

    // The same bytes once more would take back what was corrected since, unless a person says that
    // they are the correction.
    void refuse_older_file() const {
        if (out_.imported_before.empty() || delivery_.again || !delivery_.replaces.empty() ||
            out_.revised + out_.removed == 0)
            return;
        throw base::Error(base::ErrorKind::Usage, "error.import.older",
                          {{"file", delivery_.file},
                           {"time", out_.imported_before},
                           {"count", static_cast<std::int64_t>(out_.revised + out_.removed)}});
    }

    void end_import() {
        std::size_t rows = 0;
        for (const auto& sheet : delivery_.sheets) rows += sheet.rows;
        auto log = database_.prepare("UPDATE import_log SET rows = ?2, added = ?3, revised = ?4, "
                                     "removed = ?5, flipped = ?6 WHERE id = ?1");
        log.bind(1, import_);
        int parameter = 2;
        for (const auto count : {rows, out_.added, out_.revised, out_.removed, out_.flipped})
            log.bind(parameter++, static_cast<std::int64_t>(count));
        log.run();
        if (!delivery_.save_profile_as.empty())
            database_.prepare("INSERT OR REPLACE INTO profile VALUES (?1, ?2)")
                .bind(1, std::string_view(delivery_.save_profile_as))
                .bind(2, std::string_view(delivery_.profile))
                .run();
    }

    // 0 while only comparing and the store does not have it yet.
    std::int64_t indicator_id(const data::Indicator& indicator) {
        auto found = indicator_.find(indicator.id);
        if (found == indicator_.end()) {
            if (!write_) return 0;
            database_
                .prepare("INSERT INTO indicator (code, kind, name_vi, name_en, unit, scale, "
                         "counts_persons) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                .bind(1, std::string_view(indicator.id))
                .bind(2, text_of(indicator.kind))
                .bind(3, std::string_view(indicator.name_vi))
                .bind(4, std::string_view(indicator.name_en))
                .bind(5, std::string_view(indicator.unit))
                .bind(6, indicator.scale)
                .bind(7, indicator.counts_persons ? 1 : 0)
                .run();
            found =
                indicator_.emplace(indicator.id, database_.integer("SELECT last_insert_rowid()"))
                    .first;
        }
        if (write_) {
            auto category = database_.prepare("INSERT OR IGNORE INTO category VALUES (?1, ?2, ?3)");
            for (std::size_t k = 0; k < indicator.categories.size(); ++k)
                category.bind(1, found->second)
                    .bind(2, static_cast<std::int64_t>(k))
                    .bind(3, std::string_view(indicator.categories[k]))
                    .run();
        }
        return found->second;
    }

    // A slice and the sheets that speak of it. Of several the first counts; data::reconcile() has
    // emptied the cells in which they disagree.
    struct Sliced {
        const data::Indicator* indicator = nullptr;
        std::vector<std::pair<std::size_t, const data::ImportSlice*>> sheets;
    };

    void merge_units() {
        std::map<std::pair<std::string, data::Period>, Sliced> slices;
        for (std::size_t s = 0; s < delivery_.sheets.size(); ++s)
            for (const auto& [key, slice] : delivery_.sheets[s].slices) {
                auto& all = slices[{delivery_.sheets[s].indicators[key.first].id, key.second}];
                all.indicator = &delivery_.sheets[s].indicators[key.first];
                all.sheets.emplace_back(s, &slice);
            }
        // In the order of the table's key, so that pages are filled one after the other.
        std::map<std::pair<std::int64_t, data::Period>, const Sliced*> in_order;
        std::vector<std::pair<data::Period, const Sliced*>> unknown;
        for (const auto& [key, slice] : slices) {
            const auto id = indicator_id(*slice.indicator);
            if (id == 0)
                unknown.emplace_back(key.second, &slice);
            else
                in_order[{id, key.second}] = &slice;
        }
        std::uint64_t done = 0;
        for (const auto& [key, slice] : in_order) {
            ctx_.step(done++, slices.size());
            merge_slice(key.first, key.second, *slice);
        }
        for (const auto& [period, slice] : unknown) merge_slice(0, period, *slice);
    }

    void merge_slice(std::int64_t indicator, data::Period period, const Sliced& slice) {
        if (write_)
            database_.prepare("INSERT OR IGNORE INTO period VALUES (?1, ?2, ?3)")
                .bind(1, std::string_view(delivery_.vintage))
                .bind(2, period.year)
                .bind(3, period.half)
                .run();
        const auto existing = existing_cells(indicator, period);
        for (std::size_t i = 0; i < names_.size(); ++i) {
            CellContent now;
            std::size_t sheet = slice.sheets.front().first;
            bool spoken_of = false;
            for (const auto& [s, cells] : slice.sheets) {
                spoken_of = spoken_of || cells->row[i] != 0;
                if (cells->row[i] == 0 || now.state != Cell::Missing) continue;
                now = {cells->value[i], cells->state[i], write_ ? sources_[s] : 0, cells->row[i]};
                sheet = s;
            }
            const CellContent before = existing.empty() ? CellContent{} : existing[i];
            // A blank, or a number that cannot be, takes nothing back that another file says.
            if (now.state == Cell::Missing && !earlier_.contains(before.source)) {
                if (spoken_of) keep(slice.indicator->id, period, names_[i], before);
                continue;
            }
            CellPlace place{indicator, first_unit_ + static_cast<std::int64_t>(i), period, ""};
            apply(*slice.indicator, place, names_[i], before, now, sheet, units_);
        }
        // Pages of the next slice lie elsewhere.
        if (write_) units_->flush();
    }

    // What is not said to stay looks as if it had been delivered.
    void keep(const std::string& indicator, data::Period period,
              const std::pair<std::string, std::string>& name, const CellContent& before) {
        if (before.state == Cell::Missing) return;
        auto at = std::find_if(out_.kept.begin(), out_.kept.end(), [&](const auto& one) {
            return one.indicator == indicator && one.period == period;
        });
        if (at == out_.kept.end())
            at = out_.kept.insert(out_.kept.end(), KeptValues{indicator, period, 0, {}});
        ++at->count;
        if (at->first.size() < kMostKept) at->first.push_back(name);
    }

    // Rates that the store keeps follow the numbers that they are made of, unless the report gives
    // them itself.
    void recompute_rates() {
        std::set<std::pair<std::string, data::Period>> delivered;
        std::set<data::Period> periods;
        for (const auto& sheet : delivery_.sheets)
            for (const auto& [key, slice] : sheet.slices) {
                delivered.insert({sheet.indicators[key.first].id, key.second});
                periods.insert(key.second);
            }
        auto rates =
            database_.prepare("SELECT code, id, numerator, denominator, scale FROM indicator WHERE "
                              "kind = 'ratio' AND "
                              "numerator IS NOT NULL AND denominator IS NOT NULL ORDER BY id");
        while (rates.step()) {
            const std::string rate(rates.text(0)), above(rates.text(2)), below(rates.text(3));
            for (const auto period : periods) {
                const bool touched =
                    delivered.contains({above, period}) || delivered.contains({below, period});
                if (!touched || delivered.contains({rate, period})) continue;
                recompute_rate(rates.integer(1), period,
                               existing_cells(indicator_.at(above), period),
                               existing_cells(indicator_.at(below), period), rates.real(4));
            }
        }
        units_->flush();
    }

    // As data::IndicatorCube::add_ratio.
    static CellContent rate_of(const CellContent& above, const CellContent& below, double scale) {
        const auto known = [](const CellContent& c) {
            return c.state == Cell::Observed || c.state == Cell::Estimated;
        };
        CellContent out{base::kNaN, Cell::Missing, above.source, 0};
        if (!known(above) || !known(below))
            out.state = known(above) ? below.state : above.state;
        else if (below.value == 0)
            out.state = Cell::NotApplicable;
        else
            out.value = above.value / below.value * scale,
            out.state = above.state == Cell::Estimated ? above.state : below.state;
        return out;
    }

    void recompute_rate(std::int64_t rate, data::Period period, std::vector<CellContent> above,
                        std::vector<CellContent> below, double scale) {
        auto before = existing_cells(rate, period);
        for (auto* cells : {&above, &below, &before}) cells->resize(names_.size());
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto now = rate_of(above[i], below[i], scale);
            if (now.same(before[i])) continue;
            const CellPlace place{rate, first_unit_ + static_cast<std::int64_t>(i), period, ""};
            if (now.state == Cell::Missing)
                units_->remove(place);
            else if (before[i].state == Cell::Missing)
                units_->add(place, {now.value, now.state, sources_.front(), 0});
            else
                units_->revise(place, {now.value, now.state, sources_.front(), 0});
        }
    }

    std::vector<CellContent> existing_cells(std::int64_t indicator, data::Period period) {
        std::vector<CellContent> cells;
        if (indicator == 0) return cells;
        if (!existing_)
            existing_.emplace(database_.prepare(fmt::format(
                "SELECT unit, value, state, {} FROM observation WHERE indicator = ?1 AND year = ?2 "
                "AND half = ?3 AND unit BETWEEN ?4 AND ?5",
                version_ < 2 ? "NULL" : "source")));
        existing_->reset();
        existing_->bind(1, indicator).bind(2, period.year).bind(3, period.half);
        existing_->bind(4, first_unit_);
        existing_->bind(5, first_unit_ + static_cast<std::int64_t>(names_.size()) - 1);
        while (existing_->step()) {
            cells.resize(names_.size());
            auto& cell = cells[static_cast<std::size_t>(existing_->integer(0) - first_unit_)];
            if (existing_->type(1) != Statement::Type::Null) cell.value = existing_->real(1);
            cell.state = cell_of(existing_->integer(2), database_.file().filename().string());
            cell.source = existing_->integer(3);
        }
        existing_->reset();
        return cells;
    }

    void apply(const data::Indicator& indicator, const CellPlace& place,
               const std::pair<std::string, std::string>& name, const CellContent& before,
               const CellContent& now, std::size_t sheet, std::optional<CellWriter>& writer) {
        const bool had = before.state != Cell::Missing, has = now.state != Cell::Missing;
        if (!had && !has) return;
        if (had && has && before.same(now)) {
            ++out_.unchanged;
            return;
        }
        CellChange change;
        if (!had) {
            ++out_.added;
            if (write_) writer->add(place, now);
            return;
        }
        change.kind = has ? CellChange::Kind::Revised : CellChange::Kind::Removed;
        ++(has ? out_.revised : out_.removed);
        if (has && indicator.kind == data::Kind::Category) ++out_.flipped;
        if (write_) has ? writer->revise(place, now) : writer->remove(place);
        if (out_.changes.size() == kMostChanges) return;
        change.indicator = indicator.id;
        change.period = place.period;
        change.unit = name.first;
        change.name = name.second;
        change.part = place.part;
        change.before = before.value;
        change.after = now.value;
        change.before_state = before.state;
        change.after_state = now.state;
        change.sheet = delivery_.sheets[sheet].plan.sheet;
        change.row = now.row;
        out_.changes.push_back(std::move(change));
    }

    // ------------------------------------------------------------------ areas and parts

    std::int64_t area_id(const AreaRef& area, std::optional<std::int64_t> unit) {
        if (version_ < 2 && !write_) return 0;
        auto find = database_.prepare("SELECT id FROM area WHERE level = ?1 AND code = ?2 AND "
                                      "name = ?3");
        find.bind_texts({area.level, area.code, area.name});
        if (find.step()) return find.integer(0);
        if (!write_) return 0;
        auto insert = database_.prepare("INSERT INTO area (level, code, name, unit) "
                                        "VALUES (?1, ?2, ?3, ?4)");
        insert.bind_texts({area.level, area.code, area.name});
        if (unit)
            insert.bind(4, *unit);
        else
            insert.bind_null(4);
        insert.run();
        return database_.integer("SELECT last_insert_rowid()");
    }

    CellContent existing_part(const CellPlace& place) {
        CellContent content;
        if (place.indicator == 0 || place.id == 0) return content;
        auto row = database_.prepare("SELECT value, state, source FROM area_observation WHERE "
                                     "indicator = ?1 AND year = ?2 AND half = ?3 AND area = ?4 "
                                     "AND part = ?5");
        row.bind(1, place.indicator).bind(2, place.period.year).bind(3, place.period.half);
        row.bind(4, place.id).bind(5, std::string_view(place.part));
        if (!row.step()) return content;
        if (row.type(0) != Statement::Type::Null) content.value = row.real(0);
        content.state = cell_of(row.integer(1), database_.file().filename().string());
        content.source = row.integer(2);
        return content;
    }

    static AreaRef area_ref(const data::SheetArea& area) {
        return {area.level == data::Level::District ? "district" : "province", area.code,
                area.name};
    }

    void merge_parts() {
        for (std::size_t s = 0; s < delivery_.sheets.size(); ++s) {
            const auto& sheet = delivery_.sheets[s];
            std::set<std::tuple<std::int64_t, std::int64_t, data::Period, std::string>> seen;
            for (const auto& part : sheet.parts) {
                auto area = delivery_.areas[s];
                if (part.area) area = area_ref(sheet.areas[*part.area]);
                std::optional<std::int64_t> unit;
                if (part.unit) {
                    area = {"commune", names_[*part.unit].first, names_[*part.unit].second};
                    unit = first_unit_ + static_cast<std::int64_t>(*part.unit);
                }
                const auto& indicator = sheet.indicators[part.indicator];
                const CellPlace place{indicator_id(indicator), area_id(area, unit), part.period,
                                      part.part};
                // The first of equal rows counts.
                if (place.id != 0 && place.indicator != 0 &&
                    !seen.insert({place.indicator, place.id, place.period, place.part}).second)
                    continue;
                const std::pair name(area.code, area.name);
                const auto before = existing_part(place);
                // Rows that disagree are no number either.
                if (part.state == Cell::Missing && !earlier_.contains(before.source)) {
                    keep(indicator.id, part.period, name, before);
                    continue;
                }
                apply(indicator, place, name, before,
                      {part.value, part.state, write_ ? sources_[s] : 0, part.row}, s, areas_);
            }
        }
    }

    const Database& database_;
    const Delivery& delivery_;
    bool write_;
    base::JobContext& ctx_;
    std::int64_t version_;
    ImportChanges out_;
    std::vector<std::pair<std::string, std::string>> names_; // code and name of the units
    std::int64_t first_unit_ = 0, import_ = 0;
    std::map<std::string, std::int64_t> indicator_; // id by code
    std::set<std::int64_t> earlier_;                // sources that this delivery corrects
    std::vector<std::int64_t> sources_;             // one per sheet
    std::optional<CellWriter> units_, areas_;
    std::optional<Statement> existing_;
};

} // namespace

std::size_t ImportChanges::kept_values() const {
    std::size_t out = 0;
    for (const auto& one : kept) out += one.count;
    return out;
}

ImportChanges preview_import(const std::filesystem::path& store, const Delivery& delivery,
                             base::JobContext& ctx) {
    const auto database = open_store(store, &ctx);
    return Merger(database, delivery, false, ctx).run();
}

ImportChanges merge_import(const std::filesystem::path& store, const Delivery& delivery,
                           base::JobContext& ctx) {
    ctx.stage("stage.import");
    std::size_t observations = 0;
    for (const auto& sheet : delivery.sheets) observations += sheet.observations();
    ImportChanges changes;
    auto update = update_store(
        store, observations > kLargeImport ? ChangeSize::Large : ChangeSize::Small,
        [&](const Database& database) {
            changes = Merger(database, delivery, true, ctx).run();
            return changes.any() || !delivery.save_profile_as.empty();
        },
        ctx);
    changes.backup = std::move(update.backup);
    return changes;
}

} // namespace diaban::files
