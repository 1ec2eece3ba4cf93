#include "app/import_names.hpp"

#include "base/csv.hpp"
#include "base/spelling.hpp"
#include "base/text.hpp"
#include "data/name_join.hpp"
#include "files/tables.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace diaban::app {
namespace {

using base::Error;
using base::ErrorKind;

// "yes", "có", "1" and the like; nothing for a blank.
std::optional<bool> decision_of(std::string_view text) {
    const auto key = base::search_key(text);
    if (key.empty()) return std::nullopt;
    for (const std::string_view yes : {"yes", "y", "co", "dung", "dong y", "x", "1", "true"})
        if (key == yes) return true;
    for (const std::string_view no : {"no", "n", "khong", "sai", "0", "false"})
        if (key == no) return false;
    return std::nullopt;
}

data::Acceptance acceptance_of(const char* flag, const std::string& text) {
    if (text.empty()) return {};
    if (const auto parsed = data::parse_acceptance(text)) return *parsed;
    throw Error(ErrorKind::Usage, "error.flag.bad_value",
                {{"flag", std::string(flag)}, {"value", text}, {"expected", "all | 3 | 1,4-6"}});
}

bool is_file(const std::string& text) {
    std::error_code failed;
    return !text.empty() && std::filesystem::is_regular_file(text, failed);
}

bool same_row(const data::Alias& alias, const data::UnitKey& key) {
    return base::tone_key(alias.name) == base::tone_key(key.name) &&
           (alias.district.empty() || alias.district == key.district) &&
           (alias.province.empty() || alias.province == key.province);
}

} // namespace

data::Alias ImportSuggestion::alias(const std::vector<std::string>& unit_codes) const {
    return {key.name, key.district, key.province, unit_codes.at(candidates.front())};
}

std::vector<ImportSuggestion> suggestions_of(const std::vector<data::SheetImport>& sheets) {
    std::vector<ImportSuggestion> out;
    std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known;
    for (const auto& sheet : sheets)
        for (const auto& row : sheet.unmatched) {
            if (row.key.name.empty() || row.candidates.empty()) continue;
            const auto [at, added] =
                known.try_emplace({row.key.name, row.key.district, row.key.province}, out.size());
            if (added)
                out.push_back({out.size() + 1, sheet.plan.sheet, row.row, 0, row.key,
                               row.candidates, row.clear, std::nullopt});
            ++out[at->second].rows;
        }
    return out;
}

std::vector<files::NameDecision> decide(std::vector<ImportSuggestion>& suggestions,
                                        const ImportRequest& request,
                                        const std::vector<std::string>& unit_codes,
                                        std::vector<std::size_t>& unknown_numbers,
                                        base::JobContext& ctx) {
    auto decisions = request.decisions;
    if (is_file(request.accept_names)) {
        const auto read = read_decisions(request.accept_names, ctx);
        decisions.insert(decisions.end(), read.begin(), read.end());
    }
    const auto yes = is_file(request.accept_names)
                         ? data::Acceptance{}
                         : acceptance_of("--accept-names", request.accept_names);
    const auto no = acceptance_of("--refuse-names", request.refuse_names);
    for (auto& s : suggestions) {
        const bool refused = no.all || no.numbers.contains(s.number);
        const bool accepted = !refused && (yes.numbers.contains(s.number) || (yes.all && s.clear));
        if (accepted || refused) decisions.push_back({s.alias(unit_codes), accepted});
        for (const auto& decision : decisions)
            if (same_row(decision.alias, s.key)) s.decision = decision.approved;
    }
    for (const auto* asked : {&yes, &no})
        for (const auto number : asked->numbers)
            if (number == 0 || number > suggestions.size()) unknown_numbers.push_back(number);
    return decisions;
}

std::string suggestions_csv(const ImportReport& report) {
    auto out = std::string(base::kByteOrderMark) +
               base::csv_line(
                   {"number", "name", "district", "province", "rows", "code", "unit", "decision"});
    for (const auto& s : report.suggestions) {
        const auto unit = s.candidates.front();
        out += base::csv_line({std::to_string(s.number), s.key.name, s.key.district, s.key.province,
                               std::to_string(s.rows), report.unit_codes[unit],
                               report.unit_names[unit],
                               !s.decision   ? std::string()
                               : *s.decision ? std::string("yes")
                                             : std::string("no")});
    }
    return out;
}

std::vector<files::NameDecision> read_decisions(const std::filesystem::path& file,
                                                base::JobContext& ctx) {
    const auto table = files::read_table({.file = file, .text_columns = {"code"}}, ctx).table;
    std::vector<files::NameDecision> out;
    const auto aliases = data::read_aliases(table);
    const auto* decision = table.find("decision");
    // Without the column it is a list of approved names, as the join by name writes it.
    std::size_t next = 0;
    const auto *name = table.find("name"), *code = table.find("code");
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (name->cell(row).empty() || code->cell(row).empty()) continue;
        const auto& alias = aliases[next++];
        const auto said = decision ? decision_of(decision->cell(row)) : std::optional(true);
        if (said) out.push_back({alias, *said});
    }
    return out;
}

} // namespace diaban::app
