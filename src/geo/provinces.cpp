// The 63 provinces (before 1 July 2025): GSO code, VN-2000 zone, and where they lie.
//
// Zones: Thông tư 25/2014/TT-BTNMT, as EPSG codes (EPSG dataset v10.076). Boxes: from the commune
// boundaries of 2009 (docs name their origin), WGS 84 degrees rounded to 0.001, made once with
//   ogr2ogr -f CSV /vsistdout/ -dialect sqlite -sql "select ma_tinh, max(ten_tinh),
//     round(min(ST_MinX(geometry)),3), round(min(ST_MinY(geometry)),3),
//     round(max(ST_MaxX(geometry)),3), round(max(ST_MaxY(geometry)),3)
//     from communes_2009 group by ma_tinh order by ma_tinh" communes_2009.shp.zip
//
// The 34 provinces of 2025 keep the code and mostly the name of one of their parts, so they are
// found here as that part. Zones for them (Thông tư 24/2025/TT-BNNMT) are not known to us: a file
// of a merged province does not fit the box of its part, which is how a reader notices.
#include "base/text.hpp"
#include "geo/crs.hpp"

#include <array>

namespace diaban::geo {
namespace {

struct Province {
    std::string_view code, key; // key: base::search_key of the name without "Tỉnh", "Thành phố"
    int zone;
    Box box;
};

constexpr std::array<Province, 63> kProvinces{{
    // clang-format off
    {"01", "ha noi", 5897, {105.283, 20.566, 106.018, 21.386}},
    {"02", "ha giang", 9209, {104.333, 22.167, 105.589, 23.393}},
    {"04", "cao bang", 9210, {105.27, 22.358, 106.839, 23.119}},
    {"06", "bac kan", 9213, {105.429, 21.805, 106.245, 22.741}},
    {"08", "tuyen quang", 9211, {104.847, 21.499, 105.596, 22.697}},
    {"10", "lao cai", 9208, {103.529, 21.876, 104.627, 22.846}},
    {"11", "dien bien", 9205, {102.142, 20.894, 103.597, 22.549}},
    {"12", "lai chau", 9205, {102.319, 21.685, 103.983, 22.817}},
    {"14", "son la", 9206, {103.21, 20.574, 105.023, 22.029}},
    {"15", "yen bai", 9208, {103.884, 21.327, 105.098, 22.293}},
    {"17", "hoa binh", 9211, {104.835, 20.306, 105.855, 21.114}},
    {"19", "thai nguyen", 9213, {105.476, 21.326, 106.236, 22.049}},
    {"20", "lang son", 9215, {106.093, 21.326, 107.362, 22.462}},
    {"22", "quang ninh", 5899, {106.437, 20.638, 108.109, 21.666}},
    {"24", "bac giang", 9214, {105.879, 21.123, 107.032, 21.627}},
    {"25", "phu tho", 9208, {104.814, 20.918, 105.455, 21.721}},
    {"26", "vinh phuc", 5897, {105.321, 21.157, 105.785, 21.575}},
    {"27", "bac ninh", 9209, {105.902, 20.97, 106.31, 21.265}},
    {"30", "hai duong", 9209, {106.122, 20.685, 106.61, 21.238}},
    {"31", "hai phong", 9210, {106.399, 20.124, 107.741, 21.022}},
    {"33", "hung yen", 9209, {105.893, 20.604, 106.268, 21.008}},
    {"34", "thai binh", 9209, {106.108, 20.225, 106.657, 20.73}},
    {"35", "ha nam", 5897, {105.767, 20.364, 106.181, 20.705}},
    {"36", "nam dinh", 9209, {105.922, 19.956, 106.605, 20.5}},
    {"37", "ninh binh", 5897, {105.541, 19.936, 106.166, 20.456}},
    {"38", "thanh hoa", 5897, {104.374, 19.288, 106.074, 20.672}},
    {"40", "nghe an", 9208, {103.871, 18.553, 105.805, 19.999}},
    {"42", "ha tinh", 9209, {105.102, 17.909, 106.514, 18.768}},
    {"44", "quang binh", 9211, {105.606, 16.922, 106.992, 18.091}},
    {"45", "quang tri", 9212, {106.512, 16.303, 107.387, 17.169}},
    {"46", "thua thien hue", 9214, {107.014, 15.995, 108.195, 16.743}},
    {"48", "da nang", 5899, {107.817, 15.919, 108.337, 16.217}},
    {"49", "quang nam", 5899, {107.209, 14.952, 108.739, 16.068}},
    {"51", "quang ngai", 5898, {108.234, 14.534, 109.14, 15.432}},
    {"52", "binh dinh", 9217, {108.599, 13.516, 109.362, 14.704}},
    {"54", "phu yen", 9218, {108.671, 12.708, 109.458, 13.696}},
    {"56", "khanh hoa", 9217, {108.669, 11.769, 109.469, 12.87}},
    {"58", "ninh thuan", 9217, {108.55, 11.307, 109.233, 12.166}},
    {"60", "binh thuan", 9218, {107.392, 10.474, 109.013, 11.557}},
    {"62", "kon tum", 9216, {107.331, 13.921, 108.545, 15.419}},
    {"64", "gia lai", 9218, {107.451, 12.997, 108.872, 14.604}},
    {"66", "dak lak", 9218, {107.482, 12.162, 108.994, 13.418}},
    {"67", "dak nong", 9218, {107.205, 11.75, 108.115, 12.813}},
    {"68", "lam dong", 5899, {107.264, 11.216, 108.73, 12.318}},
    {"70", "binh phuoc", 9212, {106.411, 11.302, 107.426, 12.298}},
    {"72", "tay ninh", 9209, {105.808, 10.964, 106.491, 11.781}},
    {"74", "binh duong", 9210, {106.325, 10.865, 106.965, 11.502}},
    {"75", "dong nai", 5899, {106.749, 10.58, 107.576, 11.583}},
    {"77", "ba ria vung tau", 5899, {106.089, 8.575, 107.571, 10.805}},
    {"79", "ho chi minh", 9210, {106.355, 10.349, 107.012, 11.161}},
    {"80", "long an", 9210, {105.496, 10.396, 106.747, 11.033}},
    {"82", "tien giang", 9210, {105.814, 10.191, 106.848, 10.588}},
    {"83", "ben tre", 9210, {106.026, 9.791, 106.822, 10.341}},
    {"84", "tra vinh", 9209, {105.953, 9.524, 106.605, 10.083}},
    {"86", "vinh long", 9209, {105.681, 9.884, 106.288, 10.332}},
    {"87", "dong thap", 5897, {105.186, 10.135, 105.94, 10.975}},
    {"89", "an giang", 9208, {104.776, 10.185, 105.574, 10.962}},
    {"91", "kien giang", 9207, {103.185, 9.256, 105.538, 10.542}},
    {"92", "can tho", 5897, {105.224, 9.92, 105.844, 10.326}},
    {"93", "hau giang", 5897, {105.327, 9.583, 105.895, 9.995}},
    {"94", "soc trang", 9209, {105.542, 9.241, 106.341, 9.939}},
    {"95", "bac lieu", 5897, {105.231, 9.013, 105.858, 9.638}},
    {"96", "ca mau", 9207, {104.711, 8.41, 105.417, 9.563}},
    // clang-format on
}};

// Spellings that differ by more than diacritics and blanks.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kAliases{{
    {"bac can", "06"},
    {"brvt", "77"},
    {"ba ria", "77"},
    {"vung tau", "77"},
    {"dac lac", "66"},
    {"dak lac", "66"},
    {"dac nong", "67"},
    {"hcm", "79"},
    {"hcmc", "79"},
    {"sai gon", "79"},
    {"hue", "46"},
    {"dac nong", "67"},
}};

std::string without_blanks(std::string_view key) {
    std::string out;
    for (const char c : key)
        if (c != ' ') out += c;
    return out;
}

std::string name_key(std::string_view name) {
    std::string key = base::search_key(name);
    for (const std::string_view prefix : {"tinh ", "thanh pho ", "tp. ", "tp.", "tp ", "t. "})
        if (key.starts_with(prefix)) {
            key.erase(0, prefix.size());
            break;
        }
    return without_blanks(key);
}

const Province* by_code(std::string_view code) {
    for (const auto& province : kProvinces)
        if (province.code == code) return &province;
    return nullptr;
}

const Province* find_province(std::string_view code_or_name) {
    const auto text = base::trim(code_or_name);
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    if (digits) return by_code(text.size() == 1 ? "0" + std::string(text) : std::string(text));
    const auto key = name_key(text);
    if (key.empty()) return nullptr;
    for (const auto& province : kProvinces)
        if (without_blanks(province.key) == key) return &province;
    for (const auto& [alias, code] : kAliases)
        if (without_blanks(alias) == key) return by_code(code);
    return nullptr;
}

} // namespace

std::optional<int> vn2000_zone(std::string_view province_code_or_name) {
    const auto* province = find_province(province_code_or_name);
    return province ? std::optional(province->zone) : std::nullopt;
}

std::optional<Box> province_box(std::string_view province_code_or_name) {
    const auto* province = find_province(province_code_or_name);
    return province ? std::optional(province->box) : std::nullopt;
}

} // namespace diaban::geo
