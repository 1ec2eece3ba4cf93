// A row of four communes to make plans of, shared by the tests of plans.
#pragma once

#include "app/commands/patrol.hpp"

#include "support/coverage_from.hpp"

namespace diaban::test {

// Four units of a kilometre in a row, in a plane of metres, each with ten pieces of work.
inline std::shared_ptr<app::Dataset> patrolled_row() {
    auto cube = std::make_shared<data::IndicatorCube>(
        "2009",
        std::vector<data::Indicator>{
            {.id = "WORK", .name_vi = "việc", .name_en = "work", .unit = "việc"}},
        std::vector<data::Period>{{2014, 0}, {2015, 0}}, 4);
    for (std::size_t p = 0; p < 2; ++p)
        for (std::size_t u = 0; u < 4; ++u) cube->set(0, p, u, 10);
    auto out = std::make_shared<app::Dataset>();
    out->vintage = vintage_from("ABCD", 4);
    out->cube = cube;
    out->decimals = {0};
    return out;
}

inline app::PatrolReport planned(const app::PatrolRequest& request, const char* language = "en") {
    base::JobContext ctx(1);
    return app::run(request, patrolled_row(), *app::Language::load(language), ctx);
}

// "AB CD": the communes of each team.
inline std::string teams_of(const app::PatrolReport& plan) {
    std::string out;
    for (std::size_t g = 0; g < plan.groups.size(); ++g) {
        out += g > 0 ? " " : "";
        for (const auto& row : plan.rows)
            if (row.group == g) out += plan.codes[row.unit];
    }
    return out;
}

inline app::PatrolRequest two_teams(std::vector<std::string> bases) {
    app::PatrolRequest request;
    request.kind = app::PatrolKind::Sectors;
    request.teams = 2;
    request.at = std::move(bases);
    return request;
}

} // namespace diaban::test
