// The drawing in docs/store.md against a store: the same tables with the same columns.
#include "files/store.hpp"

#include "base/paths.hpp"
#include "files/sqlite.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <sstream>

using namespace diaban;

namespace {

using Columns = std::map<std::string, std::vector<std::string>>; // by table

// "  place            { int id PK" and the lines after it, up to "}".
Columns drawn_columns(const std::string& page) {
    const auto begin = page.find("erDiagram");
    std::istringstream lines(page.substr(begin, page.find("```", begin) - begin));
    Columns out;
    std::string table;
    for (std::string line; std::getline(lines, line);) {
        if (line.find("--") != line.npos && line.find('{') == line.find_last_of('{') &&
            line.find(':') != line.npos)
            continue; // a relation
        if (const auto open = line.find('{'); open != line.npos) {
            std::istringstream(line) >> table;
            line.erase(0, open + 1);
        }
        std::string type, name;
        if (!table.empty() && std::istringstream(line) >> type >> name) out[table].push_back(name);
        if (line.find('}') != line.npos) table.clear();
    }
    return out;
}

} // namespace

TEST_CASE("the drawing of the store has the columns that a store has") {
    const test::TempFolder folder;
    base::JobContext ctx;
    files::write_store(folder / "kho.sqlite", {}, ctx);
    const auto database = files::Database::open_read_only(folder / "kho.sqlite");
    const auto drawn = drawn_columns(base::read_file(base::asset("docs/store.md")));
    CHECK(drawn.size() > 20);
    REQUIRE(drawn.contains("place"));
    for (const auto& [table, columns] : drawn) {
        INFO(table);
        std::vector<std::string> there;
        auto rows = database.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid");
        rows.bind(1, std::string_view(table));
        while (rows.step()) there.emplace_back(rows.text(0));
        CHECK(columns == there);
    }
}
