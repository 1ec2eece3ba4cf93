#include "app/sample_facts.hpp"

#include <algorithm>
#include <numeric>

namespace diaban::app::sample {
namespace {

// Yearly totals of the province for 156 communes. 2010: the sums of the report, less the provincial
// team's own 16 inspections, 18 visits and 9 violations.
constexpr std::array<double, kYears> kUsers{905,  941,  968,  1010, 1065, 1120, 1180, 1170, 1150,
                                            1130, 1085, 1040, 1010, 960,  915,  870,  840};
constexpr std::array<double, kYears> kInspections{241, 263, 270, 288, 301, 322, 340, 351, 346,
                                                  338, 330, 212, 188, 301, 322, 330, 318};
constexpr std::array<double, kYears> kExtraVisits{290, 322, 331, 345, 361, 380, 402, 410, 405,
                                                  396, 380, 240, 210, 345, 360, 371, 355};
constexpr std::array<double, kYears> kViolationShare{0.43, 0.4086, 0.40, 0.39, 0.38, 0.37,
                                                     0.36, 0.35,   0.33, 0.33, 0.32, 0.30,
                                                     0.29, 0.30,   0.28, 0.27, 0.26};
constexpr std::array<double, kYears> kSessions{760,  822,  850, 900, 930, 960,  1010, 1030, 1050,
                                               1060, 1080, 640, 590, 980, 1040, 1070, 1090};
constexpr double kViolations2010 = 239;
constexpr std::size_t k2010 = 1;
constexpr double kPeoplePerCell = 400;

double scaled(const Province& province, double of_156) {
    return std::floor(of_156 * static_cast<double>(province.communes.size()) / 156 + 0.5);
}

class Counting {
public:
    Counting(const Province& province, const std::vector<Sited>& places, Facts& facts)
        : province_(province), facts_(facts), dice_(province.lattice.dice()),
          near_place_(facts.communes.size()) {
        for (const auto& p : places) {
            near_place_[p.commune] = 1;
            for (const auto n : province.links.row(p.commune)) near_place_[n] = 1;
        }
    }

    // Recorded drug users: none where the status says so. Outside the clusters a known total is
    // shared out; inside, the expected rate is the cluster's risk times the rate outside.
    void users(std::size_t year) {
        std::vector<double> weight(size());
        std::vector<const Planted*> cluster(size());
        const auto date = kFirstYear + static_cast<int>(year);
        for (const auto& p : facts_.planted)
            if (p.runs(date))
                for (const auto c : p.communes) cluster[c] = &p;
        double outside = 0, people = 0;
        for (std::uint32_t i = 0; i < size(); ++i) {
            if (cluster[i]) continue;
            people += at(i, year).people;
            if (at(i, year).drug == kNoneSeen) continue;
            outside += 1;
            const double hot = at(i, year).drug == kHot ? 1.8 : 1;
            weight[i] = at(i, year).people * hot * growth(0.45 * leaning(province_, i, year, 0)) *
                        growth(0.25 * swing(i, year));
        }
        // Every commune with drugs has at least one; the rest follows the weights.
        const double total = std::max(scaled(province_, kUsers[year]), outside);
        const auto more = apportion(total - outside, weight);
        for (std::uint32_t i = 0; i < size(); ++i) {
            auto& c = at(i, year);
            if (cluster[i]) {
                const double mean = cluster[i]->risk * total / people * c.people;
                c.users = std::max(1.0, dice_.count(mean, Stream::Planted, i, year));
            } else if (c.drug != kNoneSeen) {
                c.users = 1 + more[i];
            }
        }
    }

    void inspections(std::size_t year) {
        std::vector<double> weight(size());
        for (std::uint32_t i = 0; i < size(); ++i) {
            auto& c = at(i, year);
            const auto setting = province_.communes[i].setting;
            const double busy = setting == Setting::Ward ? 2.6 : setting == Setting::Town ? 2 : 0.7;
            const double mean = c.people / 9000 * busy * (near_place_[i] ? 1.7 : 1) *
                                (1 + 0.03 * static_cast<double>(year)) *
                                growth(0.35 * dice_.bell(Stream::Count, i, 1000));
            c.establishments =
                std::floor(std::max(0.0, mean + 0.4 * std::sqrt(mean) * swing(i, year)) + 0.5);
            weight[i] = (0.4 + 0.25 * c.establishments) * (c.drug != kNoneSeen ? 1.8 : 1) *
                        (c.prostitution != kNoneSeen ? 2 : 1) * growth(0.4 * bell(i, year, 1));
        }
        const auto inspections = apportion(scaled(province_, kInspections[year]), weight);
        for (std::uint32_t i = 0; i < size(); ++i)
            weight[i] = inspections[i] * (1 + at(i, year).establishments);
        const auto extra = apportion(scaled(province_, kExtraVisits[year]), weight);
        double visits = 0;
        for (std::uint32_t i = 0; i < size(); ++i) {
            auto& c = at(i, year);
            c.inspections = inspections[i];
            c.visits = inspections[i] + extra[i];
            visits += c.visits;
            // Between half and one and a half times the usual share of visits.
            weight[i] = c.visits * (1 + 0.14 * bell(i, year, 2));
        }
        const double total = year == k2010 ? scaled(province_, kViolations2010)
                                           : std::floor(visits * kViolationShare[year]);
        const auto violations = apportion(total, weight);
        for (std::uint32_t i = 0; i < size(); ++i)
            at(i, year).violations = std::min(violations[i], at(i, year).visits);
    }

    void sessions_and_gatherings(std::size_t year) {
        std::vector<double> weight(size());
        for (std::uint32_t i = 0; i < size(); ++i) {
            auto& c = at(i, year);
            weight[i] = std::sqrt(c.people) * growth(0.35 * bell(i, year, 3));
            const int level = std::max(c.drug, c.prostitution);
            const double chance = level == kHot ? 0.9 : level == kPresent ? 0.18 : 0;
            const double u = dice_.unit(Stream::Count, i, year, 4);
            c.gatherings = u < chance * 0.25 ? 2 : u < chance ? 1 : 0;
            if (c.drug == kHot && c.prostitution == kHot) c.gatherings += 1;
        }
        const auto sessions = apportion(scaled(province_, kSessions[year]), weight);
        for (std::uint32_t i = 0; i < size(); ++i) at(i, year).sessions = sessions[i];
    }

private:
    std::uint32_t size() const { return static_cast<std::uint32_t>(facts_.communes.size()); }
    Counts& at(std::uint32_t i, std::size_t year) { return facts_.communes[i][year]; }
    double bell(std::uint32_t i, std::size_t year, std::uint64_t what) const {
        return dice_.bell(Stream::Count, i, year, what);
    }
    // A slow walk of variance about 1, so that counts do not jump from year to year.
    double swing(std::uint32_t i, std::size_t year) const {
        double x = bell(i, 0, 9);
        for (std::size_t y = 1; y <= year; ++y) x = 0.85 * x + 0.5268 * bell(i, y, 9);
        return x;
    }

    const Province& province_;
    Facts& facts_;
    const Dice& dice_;
    std::vector<std::uint8_t> near_place_;
};

} // namespace

bool Planted::contains(std::uint32_t commune) const {
    return std::find(communes.begin(), communes.end(), commune) != communes.end();
}

std::vector<double> apportion(double total, const std::vector<double>& weights) {
    std::vector<double> parts(weights.size());
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(sum > 0) || !(total > 0)) return parts;
    std::vector<std::pair<double, std::size_t>> rest;
    double given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double quota = total * weights[i] / sum;
        parts[i] = std::floor(quota);
        given += parts[i];
        if (weights[i] > 0) rest.emplace_back(parts[i] - quota, i);
    }
    std::sort(rest.begin(), rest.end());
    for (std::size_t i = 0; given < total; i = (i + 1) % rest.size(), ++given)
        ++parts[rest[i].second];
    return parts;
}

std::vector<Planted> plant_clusters(const Province& province, const std::vector<Sited>& places) {
    struct Kind {
        const char* kind;
        int from, until;
        double risk;
        bool prostitution;
    };
    constexpr Kind kKinds[]{{"industrial_zone", 2012, 2018, 7, false},
                            {"port", 2014, 2021, 5, true},
                            {"border_gate", 2019, 2024, 6, false}};
    const auto wanted = std::clamp<std::size_t>(province.communes.size() / 25, 2, 6);
    std::vector<Planted> planted;
    std::vector<std::uint8_t> used(province.communes.size());
    for (const auto& kind : kKinds) {
        bool turn = false; // every second place of a kind, beginning with the first
        for (std::size_t p = 0; p < places.size(); ++p) {
            if (places[p].place.kind != kind.kind || !(turn = !turn)) continue;
            // The commune of the place and those around it, nearest first.
            std::vector<std::uint32_t> cluster{places[p].commune};
            const auto middle = province.communes[places[p].commune].centre;
            for (std::size_t next = 0; next < cluster.size() && cluster.size() < wanted; ++next) {
                std::vector<std::pair<double, std::uint32_t>> ring;
                for (const auto n : province.links.row(cluster[next])) {
                    if (std::find(cluster.begin(), cluster.end(), n) != cluster.end()) continue;
                    const auto c = province.communes[n].centre;
                    ring.emplace_back((c.x - middle.x) * (c.x - middle.x) +
                                          (c.y - middle.y) * (c.y - middle.y),
                                      n);
                }
                std::sort(ring.begin(), ring.end());
                for (const auto& [away, n] : ring)
                    if (cluster.size() < wanted) cluster.push_back(n);
            }
            if (std::any_of(cluster.begin(), cluster.end(), [&](auto c) { return used[c] != 0; }))
                continue;
            for (const auto c : cluster) used[c] = 1;
            planted.push_back(
                {p, std::move(cluster), kind.from, kind.until, kind.risk, kind.prostitution});
        }
    }
    return planted;
}

void make_population(const Province& province, Facts& facts) {
    const auto& dice = province.lattice.dice();
    for (std::uint32_t i = 0; i < facts.communes.size(); ++i) {
        const auto& c = province.communes[i];
        double people = kPeoplePerCell * static_cast<double>(c.cells.size()) * c.crowd * c.crowd /
                        (0.5 + 0.5 * c.crowd) * growth(0.22 * dice.bell(Stream::Population, i)) *
                        (c.island ? 0.6 : 1);
        people = std::max(people, 900.0);
        const double pace =
            (c.setting == Setting::Ward ? 0.012 : 0.004) + 0.006 * dice.bell(Stream::Growth, i);
        for (std::size_t year = 0; year < kYears; ++year) {
            facts.communes[i][year].people = std::floor(people);
            people *= 1 + pace + 0.003 * dice.bell(Stream::Growth, i, year + 1);
        }
    }
}

void make_counts(const Province& province, const std::vector<Sited>& places, Facts& facts,
                 base::JobContext& ctx) {
    Counting counting(province, places, facts);
    for (std::size_t year = 0; year < kYears; ++year) {
        ctx.check();
        counting.users(year);
        counting.inspections(year);
        counting.sessions_and_gatherings(year);
    }
}

void lose_reports(const Province& province, Facts& facts) {
    const auto& dice = province.lattice.dice();
    for (std::uint32_t i = 0; i < facts.communes.size(); ++i)
        for (std::size_t year = k2010 + 1; year < kYears; ++year) {
            auto& c = facts.communes[i][year];
            // A missed report often stays missed for a second year.
            const bool before = facts.communes[i][year - 1].no_report;
            c.no_report = dice.unit(Stream::Missing, i, year) < (before ? 0.35 : 0.018);
            c.no_inspection_report = c.no_report || dice.unit(Stream::Missing, i, year, 1) < 0.02;
        }
    // Now and then a whole district keeps no record of its inspections for a year.
    for (std::uint64_t d = 0; d < province.districts.size(); ++d) {
        if (dice.unit(Stream::Missing, d, 0, 2) >= 0.15) continue;
        const auto year = k2010 + 1 + dice.below(kYears - k2010 - 2, Stream::Missing, d, 0, 3);
        for (const auto i : province.districts[d].communes)
            facts.communes[i][year].no_inspection_report = true;
    }
    // The planted clusters stay whole: they are a truth to be found.
    for (const auto& p : facts.planted)
        for (const auto i : p.communes)
            for (std::size_t year = 0; year < kYears; ++year)
                if (p.runs(kFirstYear + static_cast<int>(year)))
                    facts.communes[i][year].no_report = false;
}

Facts make_facts(const Province& province, const std::vector<Sited>& places,
                 base::JobContext& ctx) {
    Facts facts;
    facts.communes.resize(province.communes.size());
    facts.planted = plant_clusters(province, places);
    make_population(province, facts);
    make_statuses(province, facts, ctx);
    make_counts(province, places, facts, ctx);
    lose_reports(province, facts);
    return facts;
}

} // namespace diaban::app::sample
