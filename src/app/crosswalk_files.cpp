#include "app/crosswalk_files.hpp"

#include "files/tables.hpp"

namespace diaban::app {

data::CrosswalkRead read_crosswalk_files(const CrosswalkFiles& files, const data::UnitTable& from,
                                         const data::UnitTable& to, base::Findings& findings,
                                         base::JobContext& ctx) {
    const auto read = [&](const std::filesystem::path& file) {
        return files::read_table(
                   {.file = file, .text_columns = {files.columns.from, files.columns.to}}, ctx)
            .table;
    };
    data::Shares shares;
    auto columns = files.columns;
    const auto pairs = read(files.pairs);
    if (!files.shares.empty()) {
        // A column that was named stands in either file.
        const auto table = read(files.shares);
        const auto of_shares = [&](const std::string& name) {
            return table.find(name) ? name : std::string();
        };
        shares = data::read_shares(
            table, {of_shares(columns.from), of_shares(columns.to), of_shares(columns.share)});
        for (auto* name : {&columns.from, &columns.to, &columns.share})
            if (!pairs.find(*name) && table.find(*name)) name->clear();
    }
    return data::crosswalk_from(pairs, columns, from, to, shares, findings);
}

} // namespace diaban::app
