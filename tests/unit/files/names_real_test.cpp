// The ladder of names on real lists whose rows are linked by code: what matches by itself is never
// wrong, and the first suggestion is nearly always right.

#include "base/spelling.hpp"
#include "base/text.hpp"
#include "data/names.hpp"
#include "files/tables.hpp"
#include "support/geodata.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <ctime>
#include <iostream>
#include <map>
#include <unordered_map>

using namespace diaban;
using namespace diaban::data;

namespace {

struct Entry {
    std::string code, name, district, province;
};
using List = std::vector<Entry>;

RawTable read(const std::filesystem::path& file) {
    base::JobContext ctx;
    files::TableSource source;
    source.file = file;
    source.text_columns = {"commune_code", "valid_from", "valid_to", "Com_ID", "Dist_ID", "ma_xa"};
    return files::read_table(source, ctx).table;
}

List list_of(const RawTable& table, const char* code, const char* name, const char* district,
             const char* province) {
    List list;
    for (std::size_t row = 0; row < table.rows(); ++row)
        list.push_back({table.find(code)->cell(row), table.find(name)->cell(row),
                        table.find(district)->cell(row),
                        province ? table.find(province)->cell(row) : std::string()});
    std::erase_if(list, [](const Entry& e) { return e.code.empty(); });
    return list;
}

// The list in force on a day, from the spells of names.
List list_at(const RawTable& spells, const std::string& day) {
    auto all = list_of(spells, "commune_code", "commune", "district", "province");
    List list;
    for (std::size_t row = 0; row < spells.rows(); ++row) {
        const auto until = spells.find("valid_to")->cell(row);
        if (spells.find("valid_from")->cell(row) <= day && (until.empty() || day < until))
            list.push_back(all[row]);
    }
    return list;
}

UnitTable units_of(const List& list) {
    UnitTable units;
    std::array<std::map<std::string, geo::GroupIndex>, kLevels> groups;
    const auto group = [&](Level level, const std::string& key, const std::string& name) {
        const auto l = static_cast<std::size_t>(level);
        const auto [at, added] =
            groups[l].emplace(key, static_cast<geo::GroupIndex>(units.groups[l].size()));
        if (added) units.groups[l].push_back({"", name});
        units.parent[l].push_back(at->second);
    };
    for (const auto& e : list) {
        units.code.push_back(e.code);
        units.name.push_back(e.name);
        group(Level::District, e.province + "/" + e.district, e.district);
        group(Level::Province, e.province, e.province);
    }
    return units;
}

// True if a commune that kept its code got another name, not another spelling: mergers hand names
// on to neighbours, and no ladder of names can know.
bool renamed(const std::string& a, const std::string& b) {
    const auto key = [](const std::string& name) {
        return base::search_key(without_prefix(base::tone_key(name), Level::Commune));
    };
    const auto x = key(a), y = key(b);
    return base::edit_distance(x, y) * 3 > std::max(x.size(), y.size());
}

// Mergers whose commune kept one code and took the other's name: of the newer list, and the code
// that had this very name in the older ones. Looked up backwards, the name is written the same,
// lies in the same district and stands there once; only the decree of the merger knows better.
const std::map<std::string, std::string> kTookName{
    {"05851", "05764"}, // Xã Quân Chu -> Thị trấn Quân Chu, Đại Từ, Thái Nguyên
    {"07294", "07237"}, // Xã Bố Hạ -> Thị trấn Bố Hạ, Yên Thế, Bắc Giang
    {"07306", "07300"}, // Xã Nhã Nam -> Thị trấn Nhã Nam, Tân Yên, Bắc Giang
    {"07339", "07297"}, // Xã Cao Thượng -> Thị trấn Cao Thượng, Tân Yên, Bắc Giang
    {"07777", "07753"}, // Xã Bích Sơn -> Thị trấn Bích Động, Việt Yên, Bắc Giang
    {"14248", "14239"}, // Xã Hải Thanh -> Xã Hải Hưng, Hải Hậu, Nam Định
    {"15877", "15874"}, // Xã Hoằng Khánh -> Xã Hoằng Xuân, Hoằng Hóa, Thanh Hóa
    {"15901", "15898"}, // Xã Hoằng Lương -> Xã Hoằng Sơn, Hoằng Hóa, Thanh Hóa
    {"16048", "16051"}, // Xã Văn Lộc -> Xã Thuần Lộc, Hậu Lộc, Thanh Hóa
    {"29791", "29800"}, // Xã Thành Đông -> Xã Thành Lợi, Bình Tân, Vĩnh Long
};

struct Measured {
    std::size_t rows = 0, renamed = 0, took_name = 0, exact = 0, wrong = 0, suggested = 0,
                first_right = 0, none = 0;
    double seconds = 0;
};

// Joins by name alone and looks at the codes afterwards.
Measured measure(const char* what, const List& table, const List& list) {
    const auto units = units_of(list);
    std::unordered_map<std::string, std::size_t> unit_of;
    for (std::size_t u = 0; u < units.size(); ++u) unit_of.emplace(units.code[u], u);
    std::vector<NameRow> rows;
    std::vector<std::size_t> truth;
    for (const auto& e : table) {
        const auto found = unit_of.find(e.code);
        if (found == unit_of.end()) continue;
        rows.push_back({e.name, e.district, e.province});
        truth.push_back(found->second);
    }
    const auto begin = std::clock();
    const auto matches = match_names(units, rows, {});
    Measured m;
    m.seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    m.rows = rows.size();
    const bool verbose = std::getenv("DIABAN_NAMES_VERBOSE") != nullptr;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto& match = matches[r];
        if (renamed(rows[r].name, units.name[truth[r]])) {
            ++m.renamed;
            continue;
        }
        const auto say = [&](const char* kind, std::size_t unit) {
            if (verbose)
                std::cout << kind << ": " << rows[r].name << " (" << rows[r].district << ", "
                          << rows[r].province << ") -> " << units.name[unit] << "; code says "
                          << units.name[truth[r]] << " ("
                          << units.group_of(Level::District, truth[r])->name << ")\n";
        };
        const auto taken = kTookName.find(units.code[truth[r]]);
        if (match.unit && taken != kTookName.end() && units.code[*match.unit] == taken->second) {
            ++m.took_name;
            CHECK(base::tone_key(rows[r].name) == base::tone_key(units.name[*match.unit]));
            continue;
        }
        if (match.unit) {
            ++(*match.unit == truth[r] ? m.exact : m.wrong);
            if (*match.unit != truth[r]) say("WRONG", *match.unit);
        } else if (match.candidates.empty()) {
            ++m.none;
        } else {
            ++m.suggested;
            const auto first = match.candidates.front();
            m.first_right += first.unit == truth[r];
            if (first.unit != truth[r]) say(std::string(to_string(first.step)).c_str(), first.unit);
        }
    }
    std::cout << what << ": " << m.rows << " rows linked by code, " << m.renamed << " renamed, "
              << m.took_name << " with another's old name, " << m.exact << " exact, " << m.wrong
              << " wrong, " << m.suggested << " suggested (" << m.first_right << " first right), "
              << m.none << " without suggestion, " << m.seconds << " s\n";
    return m;
}

} // namespace

TEST_CASE("names of real lists: no automatic match is wrong, suggestions are right") {
    const auto file = test::geodata("codes/communes_gso_spells_2004_2025.csv");
    if (!file) return;
    const auto spells = read(*file);
    const std::vector<std::string> days{"2010-12-31", "2015-12-31", "2019-12-31", "2020-12-31",
                                        "2024-12-31"};
    std::map<std::string, List> lists;
    for (const auto& day : days) lists[day] = list_at(spells, day);
    std::size_t suggested = 0, right = 0;
    const auto add = [&](const Measured& m) {
        suggested += m.suggested;
        right += m.first_right;
        CHECK(m.wrong == 0);
    };
    for (std::size_t a = 0; a < days.size(); ++a)
        for (std::size_t b = 0; b < days.size(); ++b) {
            if (a == b) continue;
            const auto m =
                measure((days[a] + " onto " + days[b]).c_str(), lists[days[a]], lists[days[b]]);
            add(m);
            if (a < b) CHECK(m.took_name == 0);
        }
    if (const auto census = test::geodata("indicators/population_commune_census_2019.csv")) {
        const auto table =
            list_of(read(*census), "commune_code", "commune", "district", "province");
        for (std::size_t b = 1; b < days.size(); ++b) {
            const auto m = measure(("census 2019 onto " + days[b]).c_str(), table, lists[days[b]]);
            add(m);
        }
    }
    if (const auto wards = test::geodata("samples/hcmc_wards.dbf")) {
        const auto table = list_of(read(*wards), "Com_ID", "Com_Name", "Dist_Name", nullptr);
        auto list = lists["2019-12-31"];
        std::erase_if(list, [](const Entry& e) { return !e.province.ends_with("Hồ Chí Minh"); });
        add(measure("hcmc_wards onto 2019", table, list));
    }
    CHECK(static_cast<double>(right) >= 0.95 * static_cast<double>(suggested));
}
