// The census of 2019 on the communes of 2009, by code and by name, and carried over the reform of
// 2025: every person is in a new commune, or counted among those that could not be placed.
#include "base/spelling.hpp"
#include "data/crosswalk_table.hpp"
#include "data/join.hpp"
#include "data/name_join.hpp"
#include "files/boundaries.hpp"
#include "files/tables.hpp"
#include "support/archive.hpp"
#include "support/geodata.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

using namespace diaban;
using namespace diaban::data;
namespace fs = std::filesystem;

namespace {

constexpr double kCountry = 96'208'984; // people, as published
constexpr double kRounding = 1e-9;      // of a total, by which it may differ

RawTable table_of(const fs::path& file) {
    base::JobContext ctx(2);
    files::TableSource source;
    source.file = file;
    source.text_columns = {"commune_code",     "commune_code_2009", "commune_code_2025",
                           "old_commune_code", "new_commune_code",  "district_code",
                           "province_code"};
    return files::read_table(source, ctx).table;
}

// One file out of an archive of the real data.
RawTable zipped(const test::TempFolder& folder, const fs::path& zip, const std::string& name) {
    std::ofstream(folder / name, std::ios::binary) << test::text_in_zip(zip, name);
    return table_of(folder / name);
}

files::RawUnits communes_2009(const fs::path& file) {
    base::JobContext ctx(2);
    files::BoundarySource source;
    source.file = file;
    return files::read_boundaries(source, ctx);
}

// The list of a day as units without boundaries.
UnitTable units_of(const RawTable& list) {
    UnitTable out;
    for (std::size_t row = 0; row < list.rows(); ++row) {
        out.code.push_back(list.find("commune_code")->cell(row));
        out.name.push_back(list.find("commune")->cell(row));
    }
    return out;
}

IndicatorCube people_on(const UnitTable& units, const RawTable& table) {
    JoinSpec spec;
    spec.key = "commune_code";
    spec.values = {"pop_total"};
    return join(units, "before", table, spec).cube;
}

double total(const IndicatorCube& cube) {
    double sum = 0;
    const auto slice = cube.slice(0, 0);
    for (std::size_t i = 0; i < slice.size(); ++i)
        if (slice.has(i)) sum += slice.value[i];
    return sum;
}

void check_nobody_lost(const Balance& sums) {
    CHECK(std::fabs((sums.after + sums.withheld + sums.lost) / sums.before - 1) < kRounding);
}

const base::Finding* finding_of(const base::Findings& findings, std::string_view key) {
    for (const auto& finding : findings)
        if (finding.key == key) return &finding;
    return nullptr;
}

void say(const std::string& line) {
    std::cout << "census: " << line << '\n';
}

struct Census {
    std::optional<fs::path> boundaries = test::geodata("communes_2009/communes_2009.shp.zip");
    std::optional<fs::path> table = test::geodata("indicators/population_commune_census_2019.csv");
    std::optional<fs::path> shares = test::geodata("crosswalk/area_share_2009_to_2025.zip");
    std::optional<fs::path> after = test::geodata("communes_2025/communes_2025_attributes.csv");
    std::optional<fs::path> lists = test::geodata("codes/communes_gso_year_end_lists.zip");
    std::optional<fs::path> to_2024 = test::geodata("crosswalk/gso_2019-01-01_to_2024-11-10.zip");
    std::optional<fs::path> to_2025 = test::geodata("crosswalk/gso_2025-03-01_to_2025-07-01.csv");
    bool whole() const {
        return boundaries && table && shares && after && lists && to_2024 && to_2025;
    }
};

// What names alone say of the rows whose code is known, and who disagrees.
struct ByName {
    std::size_t right = 0, wrong = 0;
    std::size_t renamed = 0; // the commune of that code is called otherwise in the boundaries
};
ByName compare(const RawTable& table, const std::vector<std::string>& given,
               const files::RawUnits& raw) {
    // Some polygons were coded by likeness or by guess; they are no truth.
    std::set<std::string> doubtful;
    const auto* how = raw.attributes.find("khop");
    REQUIRE(how);
    std::map<std::string, std::string> name_of;
    for (std::size_t i = 0; i < raw.units.size(); ++i) {
        name_of.emplace(raw.units.code[i], base::tone_key(raw.units.name[i]));
        const auto text = how->cell(i);
        if (text.starts_with("fuzzy") || text.starts_with("guess"))
            doubtful.insert(raw.units.code[i]);
    }
    ByName out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto truth = table.find("commune_code")->cell(row);
        if (!name_of.contains(truth) || !name_of.contains(given[row]) || doubtful.contains(truth) ||
            doubtful.contains(given[row]))
            continue;
        const bool same = name_of[truth] == base::tone_key(table.find("commune")->cell(row));
        out.right += given[row] == truth;
        out.wrong += given[row] != truth && same;
        out.renamed += given[row] != truth && !same;
    }
    return out;
}

} // namespace

TEST_CASE("the census joins the communes of 2009 by code, and by name to the same ones") {
    const Census files;
    if (!files.whole()) return;
    const auto raw = communes_2009(*files.boundaries);
    auto table = table_of(*files.table);
    // Three island districts have no commune, hence no code: 624 + 8,827 + 346 people.
    CHECK(total(people_on(units_of(table), table)) == kCountry - 9'797);
    const auto by_code = people_on(raw.units, table);
    const auto slice = by_code.slice(0, 0);
    std::size_t matched = 0;
    for (std::size_t i = 0; i < slice.size(); ++i) matched += slice.has(i);
    say(fmt::format("by code {} of {} communes, {:.0f} people", matched, slice.size(),
                    total(by_code)));
    CHECK(matched == 11'028);
    CHECK(total(by_code) == 95'250'104);

    // The same without codes: names within their district and province.
    auto names_only = table;
    std::erase_if(names_only.columns, [](const Column& c) { return c.name == "commune_code"; });
    NameJoinSpec spec;
    spec.name = "commune";
    spec.district = "district";
    spec.province = "province";
    const auto joined = join_names(raw.units, names_only, spec);
    const auto found = compare(table, joined.codes, raw);
    say(fmt::format("by name {} right, {} wrong, {} where the boundaries call the code otherwise, "
                    "{} suggested, {} unknown",
                    found.right, found.wrong, found.renamed, joined.report.suggestions.size(),
                    joined.report.unknown.size()));
    CHECK(found.wrong == 0);
    CHECK(found.right > 10'200);
    // Cam Thanh and Cam Thành (Cam Lộ), whose codes the two sources exchange, and Tân Hòa (Châu
    // Thành A), whose name another commune had in 2009: written alike, and in the same district.
    CHECK(found.renamed == 3);
}

TEST_CASE("carried to 2025 everybody of the census is placed, or named as not placed") {
    const Census files;
    if (!files.whole()) return;
    const test::TempFolder folder;
    const auto raw = communes_2009(*files.boundaries);
    const auto before = people_on(raw.units, table_of(*files.table));
    const auto list = table_of(*files.after);
    const auto units = units_of(list);
    base::Findings findings;
    const auto read = crosswalk_from(zipped(folder, *files.shares, "area_share_2009_to_2025.csv"),
                                     {}, raw.units, units, {}, findings);
    CHECK(read.incomplete.empty());
    // Six polygons without a code and Long Hải of Phú Quý, which the table of areas lacks.
    const auto* nowhere = finding_of(findings, "crosswalk_no_successor");
    REQUIRE(nowhere);
    CHECK(nowhere->amount == 7.0);
    CHECK(finding_of(findings, "crosswalk_strange"));
    CHECK(finding_of(findings, "crosswalk_normalised"));

    const auto after = carry(before, read.crosswalk, findings);
    const auto sums = balance(before.slice(0, 0), after.slice(0, 0), read.crosswalk);
    check_nobody_lost(sums);
    CHECK(sums.before == 95'250'104);
    CHECK(sums.lost == 9'819); // Long Hải
    // 13 old communes have no number in the census: their 28 successors have none, not too small
    // a one, and what others gave to these 28 is told.
    const auto* missing = finding_of(findings, "missing_source");
    REQUIRE(missing);
    CHECK(missing->amount == 28.0);
    CHECK(sums.withheld == Approx(577'137.75).margin(0.01));
    say(fmt::format("carried {:.0f} of {:.0f} people; {:.0f} to communes that stay without a "
                    "number, {:.0f} nowhere",
                    sums.after, sums.before, sums.withheld, sums.lost));

    // The registers of 2025 hold slips; they stand out against what was carried.
    const auto* registered = list.find("population");
    std::set<std::string> strange;
    std::size_t unknown = 0, compared = 0;
    const auto slice = after.slice(0, 0);
    for (std::size_t i = 0; i < units.size(); ++i) {
        unknown += registered->null[i];
        if (registered->null[i] || !slice.has(i) || slice.value[i] <= 0) continue;
        ++compared;
        const double ratio = registered->number[i] / slice.value[i];
        if (ratio < 1.0 / 3 || ratio > 3) strange.insert(units.name[i]);
    }
    say(fmt::format("2025: {} communes without a register, {} of {} whose register is less than a "
                    "third of what the census gives, or more than three times",
                    unknown, strange.size(), compared));
    CHECK(unknown == 66);
    for (const auto* slip :
         {"Xã Yên Bình", "Xã Cam Hiệp", "Xã Đồng Bằng", "Xã An Ninh", "Xã Ngọc Tố"}) {
        INFO(slip);
        CHECK(strange.contains(slip));
    }
    CHECK(strange.size() < units.size() / 10);
}

TEST_CASE("over the official tables of 2024 and 2025 everybody is placed, or counted as not") {
    const Census files;
    if (!files.whole()) return;
    const test::TempFolder folder;
    const auto list = [&](const char* day) {
        return units_of(zipped(folder, *files.lists, fmt::format("communes_gso_{}.csv", day)));
    };
    const auto in_2019 = list("2019-12-31"), in_2024 = list("2024-12-31"),
               in_2025 = list("2025-12-31");
    const auto before = people_on(in_2019, table_of(*files.table));
    base::Findings findings;
    auto first = crosswalk_from(zipped(folder, *files.to_2024, "gso_2019-01-01_to_2024-11-10.csv"),
                                {}, in_2019, in_2024, {}, findings);
    // Divided communes are shared out by the area of their old polygons, where there is one.
    const auto shares =
        read_shares(zipped(folder, *files.shares, "area_share_2009_to_2025.csv"), {});
    auto second = crosswalk_from(table_of(*files.to_2025), {}, in_2024, in_2025, shares, findings);
    first.crosswalk.to = second.crosswalk.from = "2024";
    const auto chain = compose(first.crosswalk, second.crosswalk);
    const auto after = carry(before, chain, findings);
    const auto sums = balance(before.slice(0, 0), after.slice(0, 0), chain);
    check_nobody_lost(sums);
    say(fmt::format("over 2024: carried {:.0f} of {:.0f} people; {:.0f} to communes that stay "
                    "without a number, {:.0f} without shares or successor",
                    sums.after, sums.before, sums.withheld, sums.lost));
    CHECK(sums.before > 0.99 * kCountry);
    CHECK(sums.after > 0.8 * sums.before);
    // Those that nobody can divide or find again are named.
    CHECK(sums.lost > 0);
    CHECK((finding_of(findings, "crosswalk_no_share") ||
           finding_of(findings, "crosswalk_no_successor")));
    CHECK(finding_of(findings, "no_successor"));
}
