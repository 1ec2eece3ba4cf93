// The store at national size: import, preview, slice, check, names, rules, in time and memory.
//
//   bench_store PROGRAM [--check] [--small]
//
// 11,000 communes, 50 indicators, 32 half-years: 17.6 million observations (--small: 4 half-years).
// One line per measurement, with its budget. --check makes a number over its budget an error.
#include "files/store.hpp"
#include "bench/program_run.hpp"
#include "data/catalogue.hpp"
#include "data/import_read.hpp"
#include "data/rule.hpp"
#include "support/temp.hpp"

#include <fstream>

using namespace diaban;
using bench::median_seconds;
using bench::run_once;
using bench::Table;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kCommunes = 11'000, kIndicators = 50;
constexpr double kPeak_mb = 400;

std::string name_of(std::size_t i) {
    static constexpr std::array kFirst = {"Tân", "Phú", "Bình", "Long", "Vĩnh", "Hòa", "Mỹ", "An"};
    static constexpr std::array kSecond = {"Thạnh", "Phước", "Quý", "Khánh", "Xuyên",
                                           "Hậu",   "Hưng",  "Lộc", "Châu",  "Tây"};
    return fmt::format("Xã {} {} {}", kFirst[i % 8], kSecond[(i / 8) % 10], i / 80 % 20);
}

files::StoreContent empty_country() {
    files::StoreContent content;
    auto& vintage = content.vintages.emplace_back();
    vintage.id = "2009";
    constexpr std::size_t kPerDistrict = 16;
    for (std::size_t i = 0; i < kCommunes; ++i) {
        vintage.units.code.push_back(fmt::format("{:05}", i + 1));
        vintage.units.name.push_back(name_of(i));
        vintage.units.type.emplace_back("Xã");
        vintage.units.parent[1].push_back(static_cast<geo::GroupIndex>(i / kPerDistrict));
        if (i % kPerDistrict == 0)
            vintage.units.groups[1].push_back({fmt::format("{:03}", i / kPerDistrict),
                                               fmt::format("Huyện {}", i / kPerDistrict)});
        const double x = 102 + static_cast<double>(i % 110) * 0.05;
        const double y = 9 + static_cast<double>(i / 110) * 0.05;
        vintage.soup.points.insert(vintage.soup.points.end(),
                                   {{x, y}, {x + 0.05, y}, {x + 0.05, y + 0.05}, {x, y + 0.05}});
        vintage.soup.end_ring();
        vintage.soup.end_face();
    }
    return content;
}

// A row per commune, indicator and half-year, as a long table.
std::size_t write_long(const fs::path& file, std::size_t halves) {
    std::vector<std::string> codes;
    for (const auto& entry : data::catalogue())
        if (entry.reading != data::Accrual::Class && codes.size() < kIndicators)
            codes.emplace_back(entry.code);
    std::ofstream out(file, std::ios::binary);
    std::string text = "code,indicator,period,value\n";
    std::size_t rows = 0;
    for (const auto& code : codes)
        for (std::size_t h = 0; h < halves; ++h) {
            const auto period = fmt::format("{}-H{}", 2010 + h / 2, 1 + h % 2);
            for (std::size_t i = 0; i < kCommunes; ++i, ++rows)
                fmt::format_to(std::back_inserter(text), "{:05},{},{},{}\n", i + 1, code, period,
                               (i * 7919 + h * 104729) % 997);
            out << text;
            text.clear();
        }
    return rows;
}

void measure_import(Table& table, const std::string& program, const fs::path& store,
                    const fs::path& folder, std::size_t halves) {
    const auto rows = write_long(folder / "long.csv", halves);
    const auto once = run_once({program, "store", "import", (folder / "long.csv").string(),
                                "--into", store.string(), "--quiet"});
    constexpr double kRowsPerSecond = 150'000;
    table.line(fmt::format("import {:.1f} M rows of CSV", static_cast<double>(rows) / 1e6),
               once.seconds, static_cast<double>(rows) / kRowsPerSecond, once.cpu_seconds,
               once.peak_mb);
    table.memory("import: peak memory", once.peak_mb, kPeak_mb);
}

void measure_preview(Table& table, const std::string& program, const fs::path& store,
                     const fs::path& folder) {
    std::ofstream(folder / "wide.csv") << [] {
        std::string text = "Mã xã,Tên xã,Số cuộc kiểm tra,Người nghiện có hồ sơ quản lý\n";
        for (std::size_t i = 0; i < 5'000; ++i)
            text += fmt::format("{:05},{},{},{}\n", i + 1, name_of(i), i % 7, i % 31);
        return text;
    }();
    const auto once =
        run_once({program, "store", "import", (folder / "wide.csv").string(), "--into",
                  store.string(), "--period", "2011", "--dry-run", "--quiet"});
    table.line("preview of 5,000 rows", once.seconds, 1, once.cpu_seconds, once.peak_mb);
}

void measure_reading(Table& table, const fs::path& file) {
    base::JobContext ctx;
    const files::Store store(file);
    const auto units = store.read_units("2009");
    const auto id = store.info().indicators.front().id;
    const auto all = store.read_cube("2009", units, {id}, ctx);
    const auto periods = static_cast<double>(all.periods.size());
    table.line("one indicator and period of it",
               median_seconds([&] { store.read_cube("2009", units, {id}, ctx); }) / periods, 0.02);

    data::RuleInputs inputs;
    inputs.cube = &all;
    inputs.period = all.periods.front();
    data::Rule rule;
    data::Criterion criterion;
    criterion.indicators = {id};
    criterion.at_least = 500;
    rule.classes.push_back({data::Status::Hot, 1, {criterion}});
    rule.otherwise = data::Status::None;
    table.line("a rule on one period", median_seconds([&] { data::evaluate(rule, inputs); }), 0.1);

    std::vector<data::UnitKey> keys;
    for (std::size_t i = 0; i < units.size(); ++i)
        keys.push_back({"", units.name[i], units.group_of(data::Level::District, i)->name, ""});
    const auto find = data::find_by_code_or_name(units);
    table.line("11,000 names joined", median_seconds([&] { find(keys); }), 1);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "usage: {} PROGRAM [--check] [--small]\n", argv[0]);
        return 2;
    }
    bool check = false, small = false;
    for (int i = 2; i < argc; ++i) {
        check = check || std::string_view(argv[i]) == "--check";
        small = small || std::string_view(argv[i]) == "--small";
    }
    const std::string program = argv[1];
    const test::TempFolder folder;
    setenv("XDG_CACHE_HOME", (folder / "cache").c_str(), 1);
    const auto store = folder / "store.sqlite";
    base::JobContext ctx;
    files::write_store(store, empty_country(), ctx);

    Table table;
    table.header();
    measure_import(table, program, store, folder.path(), small ? 4 : 32);
    measure_preview(table, program, store, folder.path());
    measure_reading(table, store);
    const auto checked = run_once({program, "store", "check", store.string(), "--quiet"});
    table.line("full validation", checked.seconds, 10, checked.cpu_seconds, checked.peak_mb);
    table.memory("full validation: peak memory", checked.peak_mb, kPeak_mb);
    const auto map =
        run_once({program, "map", "--store", store.string(), "--indicator", "DR01", "--year",
                  "2010-H1", "--size", "slide", "--out", (folder / "a.png").string(), "--quiet"});
    table.line("opened, and the first map drawn", map.seconds, 1.5, map.cpu_seconds, map.peak_mb);
    return check && table.over() > 0 ? 1 : 0;
}
