// Statuses of communes by year: ranks of a latent leaning that changes slowly.
#include "app/sample_facts.hpp"

#include <algorithm>
#include <numeric>

namespace diaban::app::sample {
namespace {

// Counts of the report of 156 communes for 2010, in proportion.
std::size_t share(const Province& province, double of_156) {
    const auto n = static_cast<double>(province.communes.size());
    return static_cast<std::size_t>(of_156 * n / 156 + 0.5);
}

// Communes with drugs and with prostitution by year, for 156 communes: rising to 2015, then
// falling.
constexpr std::array<double, kYears> kDrug{50, 43, 44, 46, 49, 52, 54, 53, 51,
                                           50, 48, 45, 44, 41, 39, 36, 35};
constexpr std::array<double, kYears> kProstitution{9,  9,  10, 10, 11, 13, 14, 14, 13,
                                                   13, 12, 10, 9,  9,  8,  7,  7};
constexpr std::size_t kYear2010 = 1;

std::vector<std::uint32_t> ranked(std::vector<std::uint32_t> communes,
                                  const std::vector<double>& score) {
    std::sort(communes.begin(), communes.end(),
              [&](auto a, auto b) { return std::pair(-score[a], a) < std::pair(-score[b], b); });
    return communes;
}

class Chronicle {
public:
    Chronicle(const Province& province, Facts& facts)
        : province_(province), facts_(facts), all_(province.communes.size()) {
        std::iota(all_.begin(), all_.end(), 0u);
    }

    // The year of the report: prostitution only where there are drugs.
    void write_2010() {
        const auto drug = score(kYear2010, 0), other = score(kYear2010, 1);
        const auto by_drug = ranked(all_, drug);
        const auto with_drugs = share(province_, 43);
        for (std::size_t i = 0; i < with_drugs; ++i) at(by_drug[i], kYear2010).drug = kPresent;
        const auto by_other = ranked({by_drug.begin(), by_drug.begin() + diff(with_drugs)}, other);
        for (std::size_t i = 0; i < std::min(share(province_, 9), by_other.size()); ++i)
            at(by_other[i], kYear2010).prostitution = kPresent;
    }

    // The year before: 12 that became healthy in 2010 were not yet; five fell back in 2010.
    void write_2009() {
        const auto drug = score(kYear2010, 0);
        std::vector<std::uint32_t> healthy, ill;
        for (const auto i : all_) (at(i, kYear2010).drug == kNoneSeen ? healthy : ill).push_back(i);
        for (const auto i : ill) {
            at(i, 0).drug = at(i, kYear2010).drug;
            at(i, 0).prostitution = at(i, kYear2010).prostitution;
        }
        healthy = ranked(std::move(healthy), drug);
        for (std::size_t i = 0; i < share(province_, 12) && i < healthy.size(); ++i) {
            at(healthy[i], 0).drug = kPresent;
            if (i % 4 == 1) at(healthy[i], 0).prostitution = kPresent;
        }
        ill = ranked(std::move(ill), drug);
        for (std::size_t i = 0; i < share(province_, 5) && i < ill.size(); ++i)
            at(ill[ill.size() - 1 - i], 0).drug = at(ill[ill.size() - 1 - i], 0).prostitution =
                kNoneSeen;
    }

    // Later years: those that lean most, with a bonus for what they were the year before.
    void write(std::size_t year) {
        auto drug = score(year, 0), other = score(year, 1);
        for (const auto i : all_) {
            if (at(i, year - 1).drug != kNoneSeen) drug[i] += 0.7;
            if (at(i, year - 1).prostitution != kNoneSeen) other[i] += 0.7;
        }
        const auto by_drug = ranked(all_, drug);
        for (std::size_t i = 0; i < share(province_, kDrug[year]); ++i)
            at(by_drug[i], year).drug = kPresent;
        for (const auto i : all_)
            if (at(i, year).drug != kNoneSeen) other[i] += 1.2;
        const auto by_other = ranked(all_, other);
        for (std::size_t i = 0; i < share(province_, kProstitution[year]); ++i)
            at(by_other[i], year).prostitution = kPresent;
        plant(year);
        scatter(year);
    }

private:
    static std::ptrdiff_t diff(std::size_t n) { return static_cast<std::ptrdiff_t>(n); }
    Counts& at(std::uint32_t commune, std::size_t year) { return facts_.communes[commune][year]; }
    std::vector<double> score(std::size_t year, int domain) const {
        std::vector<double> s(all_.size());
        for (const auto i : all_) s[i] = leaning(province_, i, year, domain);
        return s;
    }
    // Inside a planted cluster all communes have drugs; its heart is hot but for the first and last
    // year.
    void plant(std::size_t year) {
        const auto date = kFirstYear + static_cast<int>(year);
        for (const auto& cluster : facts_.planted) {
            if (!cluster.runs(date)) continue;
            const auto middle = std::min(date - cluster.from_year, cluster.until_year - date);
            const auto heart = std::min<std::size_t>(cluster.communes.size(),
                                                     static_cast<std::size_t>(middle) + 1);
            for (std::size_t i = 0; i < cluster.communes.size(); ++i) {
                auto& c = at(cluster.communes[i], year);
                c.drug = middle > 0 && i < heart ? kHot : kPresent;
                if (cluster.prostitution && i < heart)
                    c.prostitution = middle > 1 && i < (heart + 1) / 2 ? kHot : kPresent;
            }
        }
    }
    // A hotspot elsewhere now and then.
    void scatter(std::size_t year) {
        if (year < 3) return;
        for (const auto i : all_) {
            auto& c = at(i, year);
            const auto& before = at(i, year - 1);
            const double chance = before.drug == kHot ? 0.45 : 0.012;
            if (c.drug == kPresent &&
                province_.lattice.dice().unit(Stream::Status, i, year) < chance &&
                !in_cluster(i, year))
                c.drug = kHot;
        }
    }
    bool in_cluster(std::uint32_t commune, std::size_t year) const {
        const auto date = kFirstYear + static_cast<int>(year);
        return std::any_of(facts_.planted.begin(), facts_.planted.end(),
                           [&](const Planted& p) { return p.runs(date) && p.contains(commune); });
    }

    const Province& province_;
    Facts& facts_;
    std::vector<std::uint32_t> all_;
};

} // namespace

double leaning(const Province& province, std::uint32_t commune, std::size_t year, int domain) {
    const auto& dice = province.lattice.dice();
    const auto& c = province.communes[commune];
    const auto layer = static_cast<std::uint64_t>(domain);
    double x = 1.6 * dice.noise(Stream::Latent, c.centre.x / 13 + 100.0 * domain, c.centre.y / 13);
    x += 0.55 * dice.bell(Stream::Latent, commune, 50 + layer);
    x += c.setting == Setting::Ward ? 0.7 : c.setting == Setting::Town ? 0.4 : 0;
    if (c.island) x -= 0.8;
    // A slow walk: yesterday's weather counts three quarters today.
    double drift = 0;
    for (std::size_t y = 0; y <= year; ++y)
        drift = 0.75 * drift + 0.32 * dice.bell(Stream::Latent, commune, 100 + y, layer);
    return x + drift;
}

void make_statuses(const Province& province, Facts& facts, base::JobContext& ctx) {
    Chronicle chronicle(province, facts);
    chronicle.write_2010();
    chronicle.write_2009();
    for (std::size_t year = kYear2010 + 1; year < kYears; ++year) {
        ctx.check();
        chronicle.write(year);
    }
}

} // namespace diaban::app::sample
