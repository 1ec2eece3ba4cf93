#include "app/crosswalk_files.hpp"

#include "data/join_values.hpp"
#include "files/tables.hpp"

#include <algorithm>
#include <optional>

namespace diaban::app {

data::CrosswalkRead read_crosswalk_files(const CrosswalkFiles& files, const data::UnitTable& from,
                                         const data::UnitTable& to, base::Findings& findings,
                                         base::JobContext& ctx) {
    const auto read = [&](const std::filesystem::path& file) {
        return files::read_table(
                   {.file = file, .text_columns = {files.columns.from, files.columns.to}}, ctx)
            .table;
    };
    // A column that was named stands in one of the files, not in each.
    const auto in = [&](const data::RawTable& table, data::CrosswalkColumns columns) {
        for (auto* name : {&columns.from, &columns.to, &columns.share})
            if (!table.find(*name)) name->clear();
        return columns;
    };
    std::vector<data::CrosswalkTable> tables{{read(files.pairs), {}}};
    for (const auto& file : files.then) tables.push_back({read(file), {}});
    data::Shares shares;
    std::optional<data::RawTable> of_shares;
    if (!files.shares.empty()) {
        of_shares = read(files.shares);
        shares = data::read_shares(*of_shares, in(*of_shares, files.columns));
    }
    for (const auto& name : {files.columns.from, files.columns.to, files.columns.share}) {
        const auto has = [&](const data::RawTable& table) { return table.find(name) != nullptr; };
        const bool known = (of_shares && has(*of_shares)) ||
                           std::any_of(tables.begin(), tables.end(),
                                       [&](const auto& step) { return has(step.table); });
        // Said by the first table, which then lists what it has.
        if (!name.empty() && !known) data::require_column(tables.front().table, name);
    }
    for (auto& step : tables) step.columns = in(step.table, files.columns);
    return data::crosswalk_over(tables, from, to, shares, findings);
}

} // namespace diaban::app
