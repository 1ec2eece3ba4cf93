#include "app/sample_cubes.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace diaban::app::sample {
namespace {

constexpr std::size_t kDistrictLevel = static_cast<std::size_t>(data::Level::District);
constexpr std::size_t kProvinceLevel = static_cast<std::size_t>(data::Level::Province);
constexpr const char* kProvinceCode = "00";
constexpr const char* kProvinceName = "Tỉnh mẫu";

std::size_t digits(std::size_t count, std::size_t least) {
    return std::max(least, std::to_string(count).size());
}

void in_the_province(data::UnitTable& units) {
    units.groups[kProvinceLevel] = {{kProvinceCode, kProvinceName}};
    units.parent[kProvinceLevel].assign(units.size(), 0);
}

data::Indicator status(const char* id, const char* vi, const char* en) {
    data::Indicator i;
    i.id = id, i.kind = data::Kind::Category, i.name_vi = vi, i.name_en = en;
    i.categories = {"none", "present", "hot"};
    return i;
}

data::Indicator count(const char* id, const char* vi, const char* en, const char* unit,
                      bool persons = false) {
    data::Indicator i;
    i.id = id, i.name_vi = vi, i.name_en = en, i.unit = unit, i.counts_persons = persons;
    return i;
}

data::Indicator ratio(const char* id, const char* vi, const char* en, const char* unit,
                      const char* numerator, const char* denominator, double scale) {
    data::Indicator i = count(id, vi, en, unit);
    i.kind = data::Kind::Ratio;
    i.numerator = numerator, i.denominator = denominator, i.scale = scale;
    return i;
}

// Codes and names of the indicator catalogue, domain reference 4.
data::IndicatorCube empty_cube(const char* vintage, std::vector<data::Period> periods,
                               std::size_t units) {
    return {vintage,
            {status("ST01", "Trạng thái ma túy", "Drug status"),
             status("ST02", "Trạng thái mại dâm", "Prostitution status"),
             count("DR01", "Người nghiện có hồ sơ quản lý", "People with a drug-use file", "người",
                   true),
             count("IN01", "Số cuộc kiểm tra", "Inspections", "cuộc"),
             count("IN02", "Lượt cơ sở được kiểm tra", "Establishment visits", "lượt"),
             count("IN03", "Cơ sở vi phạm", "Establishments in violation", "cơ sở"),
             count("IN06", "Số cơ sở dễ bị lợi dụng", "Sensitive service establishments", "cơ sở"),
             count("CM01", "Số cuộc tuyên truyền", "Awareness sessions", "cuộc"),
             count("EN03", "Tụ điểm ma túy, mại dâm", "Gathering points", "điểm"),
             count("population", "Dân số", "Population", "người")},
            std::move(periods),
            units};
}

void add_ratios(data::IndicatorCube& cube) {
    cube.add_ratio(ratio("DR01_rate", "Người nghiện có hồ sơ trên 1.000 dân",
                         "People with a drug-use file per 1,000 residents", "‰", "DR01",
                         "population", 1000));
    cube.add_ratio(ratio("IN03_rate", "Tỷ lệ vi phạm trên lượt kiểm tra",
                         "Violations per establishment visit", "%", "IN03", "IN02", 100));
}

// Indicators in the order of empty_cube().
void fill(data::IndicatorCube& cube, std::size_t period, std::size_t unit, const Counts& c) {
    const double values[]{static_cast<double>(c.drug),
                          static_cast<double>(c.prostitution),
                          c.users,
                          c.inspections,
                          c.visits,
                          c.violations,
                          c.establishments,
                          c.sessions,
                          c.gatherings,
                          c.people};
    constexpr std::size_t kInspections = 3, kViolations = 5, kPeople = 9;
    for (std::size_t i = 0; i < std::size(values); ++i) {
        const bool inspection = i >= kInspections && i <= kViolations;
        const bool lost = i != kPeople && (c.no_report || (inspection && c.no_inspection_report));
        cube.set(i, period, unit, values[i], lost ? data::Cell::Missing : data::Cell::Observed);
    }
}

// The part of a commune's counts that its moved part has, in whole numbers; the rest stays.
Counts moved_part(const Counts& whole, double share) {
    const auto part = [&](double x) { return std::floor(x * share + 0.5); };
    Counts c = whole;
    for (auto field :
         {&Counts::people, &Counts::users, &Counts::inspections, &Counts::visits,
          &Counts::violations, &Counts::establishments, &Counts::sessions, &Counts::gatherings})
        c.*field = part(whole.*field);
    return c;
}

Counts minus(const Counts& whole, const Counts& part) {
    Counts c = whole;
    for (auto field :
         {&Counts::people, &Counts::users, &Counts::inspections, &Counts::visits,
          &Counts::violations, &Counts::establishments, &Counts::sessions, &Counts::gatherings})
        c.*field -= part.*field;
    return c;
}

void add(Counts& sum, const Counts& c) {
    for (auto field :
         {&Counts::people, &Counts::users, &Counts::inspections, &Counts::visits,
          &Counts::violations, &Counts::establishments, &Counts::sessions, &Counts::gatherings})
        sum.*field += c.*field;
    // A unit has the gravest status of its parts; a part without drug users brings none.
    if (c.users > 0) sum.drug = std::max(sum.drug, c.drug);
    sum.prostitution = std::max(sum.prostitution, c.prostitution);
}

} // namespace

data::UnitTable units_before(const Province& province, const Names& names) {
    data::UnitTable units;
    const auto count = province.communes.size();
    for (std::size_t i = 0; i < count; ++i) {
        units.code.push_back(fmt::format("{}{:0{}}", kProvinceCode, i + 1, digits(count, 4)));
        units.name.push_back(names.communes[i].full());
        units.type.push_back(names.communes[i].type);
        units.parent[kDistrictLevel].push_back(province.communes[i].district);
    }
    const auto districts = province.districts.size();
    for (std::size_t d = 0; d < districts; ++d)
        units.groups[kDistrictLevel].push_back(
            {fmt::format("{}{:0{}}", kProvinceCode, d + 1, digits(districts, 2)),
             names.districts[d].full()});
    in_the_province(units);
    return units;
}

data::UnitTable units_after(const Province& province, const Names& names,
                            const data::UnitTable& before) {
    data::UnitTable units;
    for (std::size_t u = 0; u < province.units.size(); ++u) {
        units.code.push_back(before.code[seat_of(province, province.units[u])]);
        units.name.push_back(names.units[u].full());
        units.type.push_back(names.units[u].type);
    }
    units.parent[kDistrictLevel].assign(units.size(), geo::kNoGroup);
    in_the_province(units);
    return units;
}

double moved_share(const Province& province, const Split& split) {
    double moved = 0, whole = 0;
    for (const auto c : split.moved) moved += province.crowd[c];
    for (const auto c : province.communes[split.commune].cells) whole += province.crowd[c];
    return std::floor(moved / whole * 10000 + 0.5) / 10000;
}

data::Crosswalk make_crosswalk(const Province& province) {
    data::Crosswalk crosswalk{"2009", "2025", data::Basis::Declared, {}, province.units.size()};
    std::vector<std::vector<std::pair<std::uint32_t, double>>> rows(province.communes.size());
    for (std::uint32_t u = 0; u < province.units.size(); ++u)
        for (const auto m : province.units[u].members) rows[m].emplace_back(u, 1.0);
    for (const auto& split : province.splits) {
        const double share = moved_share(province, split);
        rows[split.commune] = {{split.stays_in, 1 - share}, {split.moves_to, share}};
    }
    for (auto& row : rows) {
        std::sort(row.begin(), row.end());
        for (const auto& [unit, weight] : row) {
            crosswalk.weight.index.push_back(unit);
            crosswalk.weight.weight.push_back(weight);
        }
        crosswalk.weight.offset.push_back(
            static_cast<std::uint32_t>(crosswalk.weight.index.size()));
    }
    return crosswalk;
}

data::IndicatorCube cube_before(const Province& province, const Facts& facts) {
    std::vector<data::Period> years;
    for (int year = kFirstYear; year < kReformYear; ++year) years.push_back({year});
    auto cube = empty_cube("2009", years, province.communes.size());
    for (std::size_t y = 0; y < years.size(); ++y)
        for (std::size_t i = 0; i < facts.communes.size(); ++i)
            fill(cube, y, i, facts.communes[i][y]);
    add_ratios(cube);
    return cube;
}

data::IndicatorCube cube_after(const Province& province, const Facts& facts) {
    auto cube = empty_cube("2025", {{kReformYear}}, province.units.size());
    std::vector<Counts> sums(province.units.size());
    const auto last = [&](std::uint32_t i) -> const Counts& {
        return facts.communes[i][kYears - 1];
    };
    for (std::size_t u = 0; u < sums.size(); ++u)
        for (const auto m : province.units[u].members) add(sums[u], last(m));
    for (const auto& split : province.splits) {
        const auto moved = moved_part(last(split.commune), moved_share(province, split));
        add(sums[split.moves_to], moved);
        add(sums[split.stays_in], minus(last(split.commune), moved));
    }
    for (std::size_t u = 0; u < sums.size(); ++u) {
        sums[u].violations = std::min(sums[u].violations, sums[u].visits);
        sums[u].no_report = province.lattice.dice().unit(Stream::Missing, u, 0, 5) < 0.02;
        fill(cube, 0, u, sums[u]);
    }
    add_ratios(cube);
    return cube;
}

} // namespace diaban::app::sample
