// Published data sets, whose neighbours were found by spdep: read, built and compared.

#include "files/boundaries.hpp"
#include "files/tables.hpp"
#include "geo/contiguity.hpp"
#include "support/geodata.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <set>

using namespace diaban;
using namespace diaban::files;

namespace {

using Links = std::set<std::pair<std::string, std::string>>;

// Neighbours as pairs of ids: the values of `id_column`, or row numbers from 1 if it is empty.
Links links_of(const std::filesystem::path& shapefile, const std::string& id_column,
               geo::Contiguity contiguity) {
    base::JobContext ctx;
    BoundarySource source;
    source.file = shapefile;
    source.code_column = id_column;
    const auto raw = read_boundaries(source, ctx);
    geo::CoverageSpec spec;
    spec.source = raw.crs;
    spec.thresholds = false;
    const auto coverage = geo::build_coverage(raw.soup, spec, ctx).coverage;
    const auto csr = geo::neighbours(*coverage, contiguity);
    const auto id = [&](std::size_t row) {
        if (id_column.empty()) return std::to_string(row + 1);
        // Numbers of départements: this test is about neighbours, not about leading zeros.
        const auto& code = raw.units.code[row];
        return code.substr(std::min(code.find_first_not_of('0'), code.size()));
    };
    Links links;
    for (std::size_t i = 0; i < csr.rows(); ++i)
        for (const auto j : csr.row(i)) links.emplace(id(i), id(j));
    return links;
}

Links links_of_csv(const std::filesystem::path& csv) {
    base::JobContext ctx;
    TableSource source;
    source.file = csv;
    const auto table = read_table(source, ctx).table;
    Links links;
    for (std::size_t row = 0; row < table.rows(); ++row)
        links.emplace(table.find("from")->cell(row), table.find("to")->cell(row));
    return links;
}

} // namespace

TEST_CASE("neighbours of published data sets equal those that spdep found") {
    struct Case {
        std::string folder, shapefile, id_column, csv;
        geo::Contiguity contiguity;
    };
    using geo::Contiguity;
    for (const Case& c :
         {Case{"sids", "nc.shp", "FIPS", "neighbours_sids_queen.csv", Contiguity::Queen},
          Case{"sids", "nc.shp", "FIPS", "neighbours_sids_rook.csv", Contiguity::Rook},
          Case{"columbus", "columbus.shp", "", "neighbours_columbus_queen.csv", Contiguity::Queen},
          Case{"columbus", "columbus.shp", "", "neighbours_columbus_rook.csv", Contiguity::Rook},
          Case{"guerry", "guerry.shp", "dept", "neighbours_guerry_queen.csv", Contiguity::Queen}}) {
        const auto shapefile = test::geodata("benchmarks/" + c.folder + "/" + c.shapefile);
        const auto csv = test::geodata("benchmarks/" + c.folder + "/" + c.csv);
        if (!shapefile || !csv) continue;
        INFO(c.csv);
        const auto expected = links_of_csv(*csv);
        CHECK(expected.size() > 100);
        const auto found = links_of(*shapefile, c.id_column, c.contiguity);
        std::vector<std::pair<std::string, std::string>> different;
        std::ranges::set_symmetric_difference(found, expected, std::back_inserter(different));
        for (const auto& [from, to] : different) UNSCOPED_INFO(from << " - " << to);
        CHECK(different.empty());
    }
}
