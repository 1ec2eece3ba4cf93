#include "files/store_public.hpp"

#include "files/sqlite.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"

namespace diaban::files {
namespace {

constexpr const char* kPublicColumn = R"sql(
CREATE TABLE IF NOT EXISTS public_column (   -- what public files told of counts of persons
    id        INTEGER PRIMARY KEY,
    made_at   TEXT NOT NULL,                 -- UTC, of the first file that told it
    verb      TEXT NOT NULL CHECK (verb <> ''),
    file      TEXT NOT NULL,                 -- its name, never a path
    program   TEXT NOT NULL,
    vintage   TEXT NOT NULL,
    indicator TEXT NOT NULL,
    year      INTEGER NOT NULL,
    half      INTEGER NOT NULL,
    marks     BLOB NOT NULL                  -- four bytes per unit in row order
);
)sql";
constexpr std::size_t kMarkBytes = 4;

std::vector<std::uint8_t> bytes_of_marks(const std::vector<std::uint32_t>& marks) {
    std::vector<std::uint8_t> out;
    out.reserve(marks.size() * kMarkBytes);
    for (const auto mark : marks)
        for (std::size_t b = 0; b < kMarkBytes; ++b)
            out.push_back(static_cast<std::uint8_t>(mark >> (8 * b)));
    return out;
}

std::vector<std::uint32_t> marks_of_bytes(std::span<const std::uint8_t> bytes) {
    std::vector<std::uint32_t> out(bytes.size() / kMarkBytes, 0);
    for (std::size_t i = 0; i < out.size() * kMarkBytes; ++i)
        out[i / kMarkBytes] |= std::uint32_t{bytes[i]} << (8 * (i % kMarkBytes));
    return out;
}

} // namespace

std::vector<PublicColumn> read_public_columns(const std::filesystem::path& store,
                                              const std::string& vintage) {
    const auto database = open_store(store);
    require_store(database);
    std::vector<PublicColumn> out;
    if (!database.has_table("public_column")) return out;
    auto rows = database.prepare("SELECT indicator, year, half, marks FROM public_column "
                                 "WHERE vintage = ?1 ORDER BY id");
    rows.bind_texts({vintage});
    while (rows.step())
        out.push_back({std::string(rows.text(0)),
                       {static_cast<int>(rows.integer(1)), static_cast<int>(rows.integer(2))},
                       marks_of_bytes(rows.blob(3))});
    return out;
}

void add_public_columns(const std::filesystem::path& store, const PublicFile& by,
                        const std::vector<PublicColumn>& columns, base::JobContext& ctx) {
    if (columns.empty()) return;
    if (require_store(open_store(store)) < kStoreVersion) return;
    update_store(
        store, ChangeSize::Small,
        [&](const Database& database) {
            database.execute(kPublicColumn);
            auto row = database.prepare(
                "INSERT INTO public_column (made_at, verb, file, program, vintage, indicator, "
                "year, half, marks) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
            for (const auto& column : columns)
                row.bind_texts({by.made_at, by.verb, by.file, by.program, by.vintage,
                                column.indicator})
                    .bind(7, column.period.year)
                    .bind(8, column.period.half)
                    .bind_blob(9, bytes_of_marks(column.marks))
                    .run();
            return true;
        },
        ctx);
}

} // namespace diaban::files
