// Which unit a row of a report speaks of.

#include "base/spelling.hpp"
#include "data/code_index.hpp"
#include "data/import_read.hpp"
#include "data/name_fit.hpp"

#include <algorithm>
#include <limits>

namespace diaban::data {

namespace {

// Empty parents of a refusal stand for any.
bool was_refused(const NameRow& row, const UnitCode& code, const std::vector<Alias>& refused) {
    const auto same = [](const std::string& a, const std::string& b) {
        return base::tone_key(a) == base::tone_key(b);
    };
    return std::any_of(refused.begin(), refused.end(), [&](const Alias& r) {
        return r.code == code && same(r.name, row.name) &&
               (r.district.empty() || same(r.district, row.district)) &&
               (r.province.empty() || same(r.province, row.province));
    });
}

void take_over(UnitAnswer& answer, NameMatch match, const NameRow& row, const UnitTable& units,
               const std::vector<Alias>& refused) {
    if (!refused.empty())
        std::erase_if(match.candidates, [&](const NameCandidate& candidate) {
            return was_refused(row, units.code[candidate.unit], refused);
        });
    answer.unit = match.unit;
    if (match.unit) return;
    for (const auto& candidate : match.candidates) answer.candidates.push_back(candidate.unit);
    answer.clear = match.clear();
}

} // namespace

FindUnits find_by_code_or_name(const UnitTable& units, std::vector<Alias> aliases,
                               std::vector<Alias> refused, std::vector<Alias> names) {
    names.insert(names.end(), aliases.begin(), aliases.end());
    return [&units, aliases = std::move(aliases), refused = std::move(refused),
            fit = NameFit(units, names)](const std::vector<UnitKey>& keys) {
        std::vector<std::string_view> codes;
        for (const auto& key : keys)
            if (!key.code.empty()) codes.emplace_back(key.code);
        const CodeIndex by_code(units, true, common_width(codes));
        std::vector<UnitAnswer> answers(keys.size());
        std::vector<std::uint8_t> taken(units.size(), 0);
        std::vector<NameRow> rows;
        std::vector<std::size_t> asked; // key of each row
        for (std::size_t k = 0; k < keys.size(); ++k) {
            if (const auto match = by_code.find(keys[k].code)) {
                answers[k].unit = match->unit;
                answers[k].restored = match->restored;
                answers[k].name_differs = fit.contradicts(match->unit, keys[k].name);
                taken[match->unit] = 1;
            } else if (!keys[k].name.empty()) {
                rows.push_back(
                    {keys[k].name, keys[k].district, keys[k].province, !keys[k].code.empty()});
                asked.push_back(k);
            }
        }
        auto matches = match_names(units, rows, aliases, std::move(taken));
        for (std::size_t i = 0; i < matches.size(); ++i)
            take_over(answers[asked[i]], std::move(matches[i]), rows[i], units, refused);
        return answers;
    };
}

namespace {

void settle(SheetImport& first, ImportSlice& a, SheetImport& later, ImportSlice& b,
            const Indicator& indicator, const UnitTable& units) {
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (a.state[i] == Cell::Missing || b.state[i] == Cell::Missing) continue;
        if (a.state[i] == b.state[i] && (a.state[i] != Cell::Observed || a.value[i] == b.value[i]))
            continue;
        base::Finding finding{
            base::Severity::Problem, "import_sheets_disagree", {}, "", {}, "", {}};
        finding.args = {
            {"first", first.plan.sheet}, {"first_row", static_cast<std::int64_t>(a.row[i])},
            {"sheet", later.plan.sheet}, {"row", static_cast<std::int64_t>(b.row[i])},
            {"name", units.name[i]},     {"indicator", indicator.id}};
        finding.unit = units.code[i];
        later.findings.push_back(std::move(finding));
        for (auto* slice : {&a, &b}) {
            slice->state[i] = Cell::Missing;
            slice->value[i] = std::numeric_limits<double>::quiet_NaN();
        }
    }
}

} // namespace

void reconcile(std::vector<SheetImport>& sheets, const UnitTable& units) {
    for (std::size_t later = 1; later < sheets.size(); ++later)
        for (std::size_t first = 0; first < later; ++first)
            for (auto& [key, slice] : sheets[first].slices)
                for (auto& [other, other_slice] : sheets[later].slices) {
                    const auto& indicator = sheets[first].indicators[key.first];
                    if (key.second == other.second &&
                        indicator.id == sheets[later].indicators[other.first].id)
                        settle(sheets[first], slice, sheets[later], other_slice, indicator, units);
                }
}

} // namespace diaban::data
