#include "data/crosswalk_table.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/code_index.hpp"
#include "data/column_names.hpp"
#include "data/join_values.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <set>

#include <fmt/ranges.h>

namespace diaban::data {
namespace {

struct Columns {
    const Column *from = nullptr, *to = nullptr, *share = nullptr;
};

// "old_commune_code", "ma_cu", "commune_code_2009": by a word for old or new and one for code, else
// the two code columns in their order.
Columns find_columns(const RawTable& table, const CrosswalkColumns& wanted) {
    Columns out;
    const auto named = [&](const std::string& name) { return &require_column(table, name); };
    if (!wanted.from.empty()) out.from = named(wanted.from);
    if (!wanted.to.empty()) out.to = named(wanted.to);
    if (!wanted.share.empty()) out.share = named(wanted.share);
    std::vector<const Column*> communes;
    for (const auto& column : table.columns) {
        const auto key = column_key(column.name);
        const auto has = [&](std::string_view word) { return key.find(word) != key.npos; };
        const bool commune_code =
            (has("commune") || has("ward") || has("xa")) && (has("code") || has("ma"));
        if (!out.from && (key == "macu" || key == "oldcode" || key == "fromcode" ||
                          (commune_code && has("old"))))
            out.from = &column;
        else if (!out.to && (key == "mamoi" || key == "newcode" || key == "tocode" ||
                             (commune_code && has("new"))))
            out.to = &column;
        else if (!out.share &&
                 (key == "share" || key == "weight" || key == "tyle" || key.starts_with("shareof")))
            out.share = &column;
        else if (commune_code)
            communes.push_back(&column);
    }
    if (!out.from && !communes.empty()) out.from = communes.front();
    if (!out.to && communes.size() > 1) out.to = communes[1];
    if (!out.from) out.from = named("old_code");
    if (!out.to) out.to = named("new_code");
    return out;
}

std::optional<double> number(const Column* column, std::size_t row) {
    if (!column || column->null[row]) return std::nullopt;
    if (column->type == ColumnType::Number) return column->number[row];
    return base::parse_number(column->cell(row), {});
}

void report(base::Findings& findings, const char* key, std::size_t count,
            const std::string& example) {
    if (count == 0) return;
    base::Finding finding{base::Severity::Warning, key, {}, "", {}, "units", {}};
    finding.args = {{"count", static_cast<std::int64_t>(count)}, {"example", example}};
    finding.amount = static_cast<double>(count);
    findings.push_back(std::move(finding));
}

// How a message calls a unit: some have no code, a few not even a name.
std::string called(const UnitTable& units, std::size_t unit) {
    if (!units.code[unit].empty()) return units.code[unit];
    if (!units.name[unit].empty()) return units.name[unit];
    return "#" + std::to_string(unit + 1);
}

struct Link {
    std::size_t to;
    std::optional<double> share;
};

class Builder {
public:
    Builder(const UnitTable& from, const UnitTable& to, const Shares& shares,
            base::Findings& findings)
        : from_(from), to_(to), shares_(shares), findings_(findings), links_(from.size()) {}

    void read(const RawTable& table, const Columns& columns) {
        const CodeIndex old_codes(from_, true, 0), new_codes(to_, true, 0);
        std::size_t strange = 0;
        std::string example;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const auto a = old_codes.find(base::trim(columns.from->cell(row)));
            const auto b = new_codes.find(base::trim(columns.to->cell(row)));
            if (!a || !b) {
                if (strange++ == 0)
                    example = columns.from->cell(row) + " → " + columns.to->cell(row);
                continue;
            }
            auto& links = links_[a->unit];
            const bool known = std::any_of(links.begin(), links.end(),
                                           [&](const Link& l) { return l.to == b->unit; });
            if (known) continue;
            auto share = number(columns.share, row);
            if (!share)
                if (const auto s = shares_.find({from_.code[a->unit], to_.code[b->unit]});
                    s != shares_.end())
                    share = s->second;
            // A table of shares that knows the old unit and not this pair has no ground for it.
            if (!share && shares_known(from_.code[a->unit])) {
                share = 0;
                if (without_ground_++ == 0)
                    ground_example_ = from_.code[a->unit] + " → " + to_.code[b->unit];
            }
            links.push_back({b->unit, share});
        }
        report(findings_, "crosswalk_strange", strange, example);
        used_rows_ = table.rows() - strange;
        keep_unchanged(new_codes);
    }
    std::size_t used_rows() const { return used_rows_; }

    geo::Csr weights() {
        report(findings_, "crosswalk_no_ground", without_ground_, ground_example_);
        geo::Csr out;
        out.offset.assign(1, 0);
        std::size_t undivided = 0, lost = 0, cut = 0;
        std::string undivided_example, lost_example, cut_example;
        for (std::size_t i = 0; i < links_.size(); ++i) {
            auto& links = links_[i];
            if (links.empty() && lost++ == 0) lost_example = called(from_, i);
            if (links.size() == 1) links.front().share = 1;
            const bool shared = std::all_of(links.begin(), links.end(),
                                            [](const Link& l) { return l.share && *l.share >= 0; });
            double sum = 0;
            for (const auto& l : links) sum += l.share.value_or(0);
            if (!shared || (sum <= 0 && !links.empty())) {
                if (undivided++ == 0) undivided_example = called(from_, i);
                for (const auto& l : links) incomplete_.push_back(l.to);
                links.clear();
            } else if (!links.empty() && std::fabs(sum - 1) > 0.01 && cut++ == 0) {
                cut_example = called(from_, i);
            }
            std::erase_if(links, [](const Link& l) { return l.share == 0.0; });
            std::sort(links.begin(), links.end(),
                      [](const Link& a, const Link& b) { return a.to < b.to; });
            for (const auto& l : links) {
                out.index.push_back(static_cast<std::uint32_t>(l.to));
                out.weight.push_back(*l.share / sum);
            }
            out.offset.push_back(static_cast<std::uint32_t>(out.index.size()));
        }
        report(findings_, "crosswalk_no_share", undivided, undivided_example);
        report(findings_, "crosswalk_no_successor", lost, lost_example);
        report(findings_, "crosswalk_normalised", cut, cut_example);
        return out;
    }

    std::vector<std::size_t> incomplete() {
        std::sort(incomplete_.begin(), incomplete_.end());
        incomplete_.erase(std::unique(incomplete_.begin(), incomplete_.end()), incomplete_.end());
        return std::move(incomplete_);
    }

private:
    bool shares_known(const std::string& from) const {
        const auto at = shares_.lower_bound({from, ""});
        return at != shares_.end() && at->first.first == from;
    }

    void keep_unchanged(const CodeIndex& new_codes) {
        for (std::size_t i = 0; i < links_.size(); ++i)
            if (links_[i].empty())
                if (const auto same = new_codes.find(from_.code[i]))
                    links_[i].push_back({same->unit, 1.0});
    }

    const UnitTable& from_;
    const UnitTable& to_;
    const Shares& shares_;
    base::Findings& findings_;
    std::vector<std::vector<Link>> links_; // of each old unit
    std::vector<std::size_t> incomplete_;
    std::size_t without_ground_ = 0, used_rows_ = 0;
    std::string ground_example_;
};

// What the units of `from` are after a table: the codes that it leads them to, and the codes of
// those that it does not name.
UnitTable codes_after(const CrosswalkTable& step, const UnitTable& from) {
    const auto columns = find_columns(step.table, step.columns);
    const CodeIndex old_codes(from, true, 0);
    std::vector<bool> named(from.size(), false);
    std::set<std::string> codes;
    for (std::size_t row = 0; row < step.table.rows(); ++row) {
        const auto unit = old_codes.find(base::trim(columns.from->cell(row)));
        std::string code(base::trim(columns.to->cell(row)));
        if (!unit || code.empty()) continue;
        named[unit->unit] = true;
        codes.insert(std::move(code));
    }
    for (std::size_t i = 0; i < from.size(); ++i)
        if (!named[i] && !from.code[i].empty()) codes.insert(from.code[i]);
    UnitTable out;
    out.code.assign(codes.begin(), codes.end());
    out.name = out.code;
    return out;
}

} // namespace

Shares read_shares(const RawTable& table, const CrosswalkColumns& wanted) {
    const auto columns = find_columns(table, wanted);
    if (!columns.share) require_column(table, "share");
    Shares out;
    for (std::size_t row = 0; row < table.rows(); ++row)
        if (const auto share = number(columns.share, row))
            out[{std::string(base::trim(columns.from->cell(row))),
                 std::string(base::trim(columns.to->cell(row)))}] = *share;
    return out;
}

CrosswalkRead crosswalk_from(const RawTable& table, const CrosswalkColumns& wanted,
                             const UnitTable& from, const UnitTable& to, const Shares& shares,
                             base::Findings& findings) {
    Builder builder(from, to, shares, findings);
    const auto columns = find_columns(table, wanted);
    builder.read(table, columns);
    CrosswalkRead out;
    out.crosswalk.basis = columns.share ? Basis::Area : Basis::Declared;
    out.crosswalk.to_units = to.size();
    out.crosswalk.weight = builder.weights();
    out.incomplete = builder.incomplete();
    out.used_rows = builder.used_rows();
    return out;
}

CrosswalkRead chained(const CrosswalkRead& first, const CrosswalkRead& second) {
    CrosswalkRead out{compose(first.crosswalk, second.crosswalk), second.incomplete};
    for (const auto between : first.incomplete) {
        const auto after = second.crosswalk.weight.row(between);
        out.incomplete.insert(out.incomplete.end(), after.begin(), after.end());
    }
    std::sort(out.incomplete.begin(), out.incomplete.end());
    out.incomplete.erase(std::unique(out.incomplete.begin(), out.incomplete.end()),
                         out.incomplete.end());
    return out;
}

CrosswalkRead crosswalk_over(std::span<const CrosswalkTable> tables, const UnitTable& from,
                             const UnitTable& to, const Shares& shares, base::Findings& findings) {
    assert(!tables.empty());
    std::optional<CrosswalkRead> so_far;
    UnitTable units = from;
    for (std::size_t t = 0; t < tables.size(); ++t) {
        const bool last = t + 1 == tables.size();
        auto after = last ? to : codes_after(tables[t], units);
        auto step = crosswalk_from(tables[t].table, tables[t].columns, units, after,
                                   last ? shares : Shares(), findings);
        step.crosswalk.from = std::to_string(t);
        step.crosswalk.to = std::to_string(t + 1);
        so_far = so_far ? chained(*so_far, step) : std::move(step);
        units = std::move(after);
    }
    if (tables.size() == 1 && so_far->used_rows == 0) {
        const auto& table = tables.front().table;
        const auto columns = find_columns(table, tables.front().columns);
        throw base::Error(
            base::ErrorKind::Data, "error.crosswalk.no_row",
            {{"file", table.source},
             {"count", static_cast<std::int64_t>(table.rows())},
             {"example", table.rows() == 0 ? std::string("–")
                                           : columns.from->cell(0) + " → " + columns.to->cell(0)}});
    }
    so_far->crosswalk.from.clear();
    so_far->crosswalk.to.clear();
    return std::move(*so_far);
}

void withhold(IndicatorCube& cube, const std::vector<std::size_t>& units) {
    for (std::size_t k = 0; k < cube.indicators.size(); ++k)
        for (std::size_t p = 0; p < cube.periods.size(); ++p)
            for (const auto unit : units) cube.set(k, p, unit, 0, Cell::Missing);
}

} // namespace diaban::data
