#include "data/name_join.hpp"

#include "base/csv.hpp"
#include "base/text.hpp"
#include "data/code_index.hpp"
#include "data/column_names.hpp"
#include "data/join.hpp"
#include "data/join_values.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <fmt/ranges.h>

namespace diaban::data {
namespace {

using base::Error;
using base::ErrorKind;

class NameJoiner {
public:
    NameJoiner(const UnitTable& units, const RawTable& table, const NameJoinSpec& spec)
        : units_(units), table_(table), spec_(spec) {}

    NamesJoined run() {
        find_columns();
        match_codes();
        collect_names();
        const auto matches = match_names(units_, names_, spec_.aliases, taken_);
        for (std::size_t n = 0; n < names_.size(); ++n) use(n, matches[n]);
        accept();
        return std::move(out_);
    }

private:
    std::optional<std::string> usual_column(ColumnNames best, ColumnNames second) const {
        auto at = find_column(keys_, best);
        if (!at) at = find_column(keys_, second);
        return at ? std::optional(table_.columns[*at].name) : std::nullopt;
    }

    const Column* column(const std::string& given, std::optional<std::string> found,
                         std::string& used) const {
        if (given.empty() && !found) return nullptr;
        const auto& column = require_column(table_, given.empty() ? *found : given);
        used = column.name;
        return &column;
    }

    void find_columns() {
        std::string used;
        for (const auto& one : table_.columns) keys_.push_back(column_key(one.name));
        name_ = column(spec_.name, usual_column(usual::kCommuneName, usual::kPlainName),
                       out_.report.name);
        if (!name_)
            throw Error(ErrorKind::Data, "error.table.no_name",
                        {{"file", table_.source},
                         {"columns", fmt::format("{}", fmt::join(table_.column_names(), ", "))}});
        code_ = column(spec_.code, find_code_column(table_), used);
        if (code_ == name_) code_ = nullptr;
        district_ = column(spec_.district, usual_column(usual::kDistrictName, usual::kDistrictCode),
                           out_.report.district);
        province_ = column(spec_.province, usual_column(usual::kProvinceName, usual::kProvinceCode),
                           out_.report.province);
    }

    std::string cell(const Column* column, std::size_t row) const {
        return column ? base::nfc(base::trim(column->cell(row))) : std::string();
    }

    void match_codes() {
        const auto rows = table_.rows();
        out_.codes.resize(rows);
        for (std::size_t row = 0; row < rows; ++row) out_.codes[row] = cell(code_, row);
        const CodeIndex index(units_, spec_.restore_zeros,
                              common_width({out_.codes.begin(), out_.codes.end()}));
        taken_.assign(units_.size(), 0);
        by_code_.assign(rows, 0);
        for (std::size_t row = 0; row < rows; ++row) {
            const auto match = index.find(out_.codes[row]);
            if (!match) continue;
            out_.codes[row] = units_.code[match->unit];
            taken_[match->unit] = by_code_[row] = 1;
            ++out_.report.rows_by_code;
        }
    }

    // Distinct names of the rows that no code has settled.
    void collect_names() {
        std::unordered_map<std::string, std::size_t> seen;
        for (std::size_t row = 0; row < table_.rows(); ++row) {
            if (by_code_[row]) continue;
            NameRow name{cell(name_, row), cell(district_, row), cell(province_, row),
                         !out_.codes[row].empty()};
            if (name.name.empty()) continue;
            const auto key = name.name + '\x01' + name.district + '\x01' + name.province + '\x01' +
                             out_.codes[row];
            const auto [at, added] = seen.emplace(key, names_.size());
            if (added) {
                names_.push_back(std::move(name));
                rows_.emplace_back();
            }
            rows_[at->second].push_back(row);
        }
    }

    void use(std::size_t n, const NameMatch& match) {
        const auto& rows = rows_[n];
        if (match.unit) {
            give(n, *match.unit);
            (match.step == NameStep::Alias ? out_.report.rows_by_alias
                                           : out_.report.rows_by_name) += rows.size();
            out_.report.names_by_tone += match.step == NameStep::Tone;
            return;
        }
        NameSuggestion open{0,         table_.first_row + rows.front(), rows.size(),
                            names_[n], out_.codes[rows.front()],        match.candidates};
        if (open.code.empty())
            for (const auto row : rows) out_.codes[row] = names_[n].name;
        if (open.candidates.empty()) {
            out_.report.unknown.push_back(std::move(open));
            return;
        }
        open.number = out_.report.suggestions.size() + 1;
        open_.push_back({n, match.clear()});
        out_.report.suggestions.push_back(std::move(open));
    }

    void give(std::size_t name, std::size_t unit) {
        for (const auto row : rows_[name]) out_.codes[row] = units_.code[unit];
    }

    // Of two names that want one unit, "all" takes the likelier one.
    void accept() {
        auto& suggestions = out_.report.suggestions;
        std::vector<std::size_t> order;
        for (std::size_t s = 0; s < suggestions.size(); ++s) order.push_back(s);
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const auto& x = suggestions[a].candidates.front();
            const auto& y = suggestions[b].candidates.front();
            return std::pair(x.step, x.distance) < std::pair(y.step, y.distance);
        });
        std::set<std::size_t> given;
        for (const auto s : order) {
            auto& suggestion = suggestions[s];
            const auto unit = suggestion.candidates.front().unit;
            const bool asked = spec_.accept.numbers.contains(suggestion.number);
            const bool wanted = asked || (spec_.accept.all && open_[s].clear);
            if (!wanted || !(given.insert(unit).second || asked)) continue;
            suggestion.accepted = true;
            give(open_[s].name, unit);
            out_.report.rows_accepted += suggestion.rows;
        }
        for (const auto& s : suggestions)
            if (s.accepted)
                out_.report.approved.push_back({s.name.name, s.name.district, s.name.province,
                                                units_.code[s.candidates.front().unit]});
        for (const auto number : spec_.accept.numbers)
            if (number == 0 || number > suggestions.size()) out_.report.refused.push_back(number);
    }

    struct Open {
        std::size_t name;
        bool clear;
    };
    const UnitTable& units_;
    const RawTable& table_;
    const NameJoinSpec& spec_;
    const Column *name_ = nullptr, *code_ = nullptr, *district_ = nullptr, *province_ = nullptr;
    std::vector<std::string> keys_; // of the columns' names
    std::vector<NameRow> names_;
    std::vector<std::vector<std::size_t>> rows_; // of each name
    std::vector<Open> open_;                     // of each suggestion
    std::vector<std::uint8_t> taken_, by_code_;
    NamesJoined out_;
};

} // namespace

std::optional<Acceptance> parse_acceptance(std::string_view text) {
    Acceptance out;
    if (text == "all") {
        out.all = true;
        return out;
    }
    const auto number = [](std::string_view digits) -> std::optional<std::size_t> {
        std::size_t value = 0;
        const auto [end, status] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (digits.empty() || status != std::errc{} || end != digits.data() + digits.size())
            return std::nullopt;
        return value;
    };
    constexpr std::size_t kMost = 1'000'000;
    while (!text.empty()) {
        const auto part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        const auto dash = part.find('-');
        const auto first = number(part.substr(0, dash));
        const auto last = dash == part.npos ? first : number(part.substr(dash + 1));
        if (!first || !last || *last < *first || *last > kMost) return std::nullopt;
        for (auto n = *first; n <= *last; ++n) out.numbers.insert(n);
    }
    if (out.numbers.empty()) return std::nullopt;
    return out;
}

NamesJoined join_names(const UnitTable& units, const RawTable& table, const NameJoinSpec& spec) {
    return NameJoiner(units, table, spec).run();
}

std::vector<Alias> read_aliases(const RawTable& table) {
    const auto& name = require_column(table, "name");
    const auto& code = require_column(table, "code");
    const auto* district = table.find("district");
    const auto* province = table.find("province");
    std::vector<Alias> aliases;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (name.cell(row).empty() || code.cell(row).empty()) continue;
        aliases.push_back({name.cell(row), district ? district->cell(row) : std::string(),
                           province ? province->cell(row) : std::string(), code.cell(row)});
    }
    return aliases;
}

std::string aliases_csv(const std::vector<Alias>& aliases) {
    auto out = std::string(base::kByteOrderMark) +
               base::csv_line({"name", "district", "province", "code"});
    for (const auto& a : aliases) out += base::csv_line({a.name, a.district, a.province, a.code});
    return out;
}

std::vector<Alias> merged(std::vector<Alias> known, const std::vector<Alias>& more) {
    for (const auto& alias : more) {
        const auto same = std::find_if(known.begin(), known.end(), [&](const Alias& a) {
            return a.name == alias.name && a.district == alias.district &&
                   a.province == alias.province;
        });
        if (same == known.end())
            known.push_back(alias);
        else
            same->code = alias.code;
    }
    return known;
}

} // namespace diaban::data
