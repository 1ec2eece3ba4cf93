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
    if (!files.shares.empty()) shares = data::read_shares(read(files.shares), {});
    return data::crosswalk_from(read(files.pairs), files.columns, from, to, shares, findings);
}

} // namespace diaban::app
