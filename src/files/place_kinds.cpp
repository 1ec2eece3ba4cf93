#include "files/place_kinds.hpp"

#include "data/column_names.hpp"

#include <array>

namespace diaban::files {
namespace {

struct KindWord {
    std::string_view begins, kind; // of column_key(text)
};
// How people and gazetteers write the kinds. GeoNames feature codes: INDS, PRT, PSTB, GATE, SCH,
// MKT.
constexpr std::array<KindWord, 39> kKindWords{{{"industrial", "industrial_zone"},
                                               {"tuyentuantra", "patrol_route"},
                                               {"patrol", "patrol_route"},
                                               {"duong", "road"},
                                               {"quoclo", "road"},
                                               {"road", "road"},
                                               {"song", "river"},
                                               {"kenh", "river"},
                                               {"river", "river"},
                                               {"khucongnghiep", "industrial_zone"},
                                               {"khuchexuat", "industrial_zone"},
                                               {"cumcongnghiep", "industrial_zone"},
                                               {"kcn", "industrial_zone"},
                                               {"kcx", "industrial_zone"},
                                               {"ccn", "industrial_zone"},
                                               {"inds", "industrial_zone"},
                                               {"port", "port"},
                                               {"seaport", "port"},
                                               {"harbo", "port"},
                                               {"cang", "port"},
                                               {"prt", "port"},
                                               {"borde", "border_gate"},
                                               {"cuakhau", "border_gate"},
                                               {"pstb", "border_gate"},
                                               {"gate", "border_gate"},
                                               {"support", "support"},
                                               {"cosocainghien", "support"},
                                               {"trungtamcainghien", "support"},
                                               {"diemtuvan", "support"},
                                               {"hotro", "support"},
                                               {"market", "market"},
                                               {"cho", "market"},
                                               {"mkt", "market"},
                                               {"school", "school"},
                                               {"truong", "school"},
                                               {"sch", "school"},
                                               {"other", "other"},
                                               {"khac", "other"},
                                               {"diadiemkhac", "other"}}};

} // namespace

std::string place_kind(std::string_view text) {
    const auto key = data::column_key(text);
    for (const auto& [begins, kind] : kKindWords)
        if (!key.empty() && key.starts_with(begins)) return std::string(kind);
    return {};
}

} // namespace diaban::files
