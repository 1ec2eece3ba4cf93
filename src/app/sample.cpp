#include "app/sample.hpp"

#include "app/sample_cubes.hpp"

namespace diaban::app {
namespace {

using namespace sample;

void name_places(std::vector<Sited>& sited, const Province& province, const Names& names) {
    for (auto& s : sited) {
        // After its commune, or the city where the commune has only a number.
        const auto& commune = names.communes[s.commune];
        const bool numbered = commune.bare.front() >= '0' && commune.bare.front() <= '9';
        const auto& after =
            numbered ? names.districts[province.communes[s.commune].district].bare : commune.bare;
        const char* what = s.place.kind == "industrial_zone" ? "Khu công nghiệp "
                           : s.place.kind == "port"          ? "Cảng "
                                                             : "Cửa khẩu ";
        s.place.name = what + after + " (mẫu)";
    }
}

std::vector<PlantedCluster> truth_of(const Facts& facts, const std::vector<Sited>& places,
                                     const data::UnitTable& units) {
    std::vector<PlantedCluster> truth;
    for (const auto& p : facts.planted) {
        PlantedCluster cluster{.indicator = "DR01",
                               .denominator = "population",
                               .vintage = "2009",
                               .place = places[p.place].place.code,
                               .units = {},
                               .from_year = p.from_year,
                               .until_year = p.until_year,
                               .relative_risk = p.risk};
        for (const auto c : p.communes) {
            cluster.units.push_back(units.code[c]);
            for (int year = p.from_year; year <= p.until_year; ++year) {
                const auto& counts = facts.communes[c][static_cast<std::size_t>(year - kFirstYear)];
                cluster.cases += counts.users;
                cluster.population += counts.people;
            }
        }
        truth.push_back(std::move(cluster));
    }
    return truth;
}

} // namespace

Sample make_sample(const SampleSpec& spec, base::JobContext& ctx) {
    if (spec.communes < kFewestCommunes || spec.communes > kMostCommunes)
        throw base::Error(base::ErrorKind::Usage, "error.sample.communes",
                          {{"communes", std::int64_t{spec.communes}},
                           {"fewest", std::int64_t{kFewestCommunes}},
                           {"most", std::int64_t{kMostCommunes}}});
    ctx.stage("stage.sample");
    const auto province = make_province(spec.communes, Dice(spec.seed), ctx);
    const Outline outline(province);
    const auto names = make_names(province);
    auto places = make_places(province, outline);
    name_places(places, province, names);
    const auto facts = make_facts(province, places, ctx);

    Sample sample;
    sample.spec = spec;
    auto& content = sample.content;
    content.title = "Tỉnh mẫu – dữ liệu hư cấu (sample data)";
    content.sample = true;
    const auto count = province.communes.size();
    const data::Date reform{2025, 7, 1};
    content.vintages.push_back({"2009",
                                {2009, 1, 1},
                                reform,
                                units_before(province, names),
                                outline.trace(province.commune_of, count, ctx)});
    content.vintages.push_back({"2025",
                                reform,
                                {},
                                units_after(province, names, content.vintages[0].units),
                                outline.trace(province.unit_of, province.units.size(), ctx)});
    content.cubes = {cube_before(province, facts), cube_after(province, facts)};
    content.crosswalks = {make_crosswalk(province)};
    for (const auto& s : places) content.places.push_back(s.place);
    sample.truth = truth_of(facts, places, content.vintages[0].units);
    return sample;
}

} // namespace diaban::app
