#include "app/sample_names.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

namespace diaban::app::sample {
namespace {

using namespace std::string_view_literals;

constexpr std::array kFirst{"Tân"sv,  "Phú"sv,   "An"sv,    "Bình"sv,  "Long"sv, "Mỹ"sv,
                            "Vĩnh"sv, "Hòa"sv,   "Thạnh"sv, "Định"sv,  "Hiệp"sv, "Phước"sv,
                            "Đông"sv, "Nhơn"sv,  "Khánh"sv, "Lương"sv, "Thới"sv, "Trường"sv,
                            "Đại"sv,  "Thuận"sv, "Hưng"sv,  "Lộc"sv,   "Quới"sv, "Giai"sv,
                            "Ngọc"sv, "Trung"sv, "Thanh"sv, "Xuân"sv,  "Kim"sv,  "Tường"sv};
constexpr std::array kSecond{"Thành"sv, "Lợi"sv,  "Phú"sv,  "Hưng"sv, "Thạnh"sv, "An"sv,
                             "Hòa"sv,   "Mỹ"sv,   "Bình"sv, "Long"sv, "Thuận"sv, "Phước"sv,
                             "Lộc"sv,   "Đức"sv,  "Hội"sv,  "Xuân"sv, "Trung"sv, "Kiên"sv,
                             "Nghĩa"sv, "Quới"sv, "Trị"sv,  "Tiến"sv, "Điền"sv,  "Hậu"sv,
                             "Khánh"sv, "Thới"sv, "Quý"sv,  "Hiệp"sv, "Tường"sv, "Ân"sv};
constexpr std::array kDistrictSecond{"Châu"sv, "Giang"sv, "Sơn"sv, "Hà"sv,    "Lâm"sv,
                                     "Thủy"sv, "Hải"sv,   "Khê"sv, "Phong"sv, "Điền"sv};
constexpr std::array kQualifier{"Đông"sv, "Tây"sv, "Nam"sv, "Bắc"sv, "Thượng"sv, "Hạ"sv, "Trung"sv};

// Remembers the names in use and bends new ones until they differ.
class Register {
public:
    explicit Register(const Dice& dice) : dice_(dice) {}

    // `base`, or base with a qualifier, a third syllable or a number.
    std::string take(const std::string& base, std::uint64_t salt) {
        if (used_.insert(base).second) return base;
        const auto turn = dice_.below(kQualifier.size(), Stream::Name, salt, 11);
        for (std::size_t i = 0; i < kQualifier.size(); ++i) {
            const auto word = kQualifier[(turn + i) % kQualifier.size()];
            if (base.ends_with(word)) continue;
            if (auto name = join(base, word); used_.insert(name).second) return name;
        }
        const auto start = dice_.below(kSecond.size(), Stream::Name, salt, 12);
        for (std::size_t i = 0; i < kSecond.size(); ++i) {
            const auto word = kSecond[(start + i) % kSecond.size()];
            if (base.find(word) != base.npos) continue;
            if (auto name = join(base, word); used_.insert(name).second) return name;
        }
        for (int number = 2;; ++number)
            if (auto name = base + " " + std::to_string(number); used_.insert(name).second)
                return name;
    }

private:
    static std::string join(const std::string& base, std::string_view word) {
        return base + " " + std::string(word);
    }
    const Dice& dice_;
    std::unordered_set<std::string> used_;
};

template <class Pool>
std::string two_syllables(const Dice& dice, const Pool& second, std::uint64_t a, std::uint64_t b) {
    for (std::uint64_t attempt = 0;; ++attempt) {
        const auto x = kFirst[dice.below(kFirst.size(), Stream::Name, a, b, 2 * attempt)];
        const auto y = second[dice.below(static_cast<std::uint32_t>(second.size()), Stream::Name, a,
                                         b, 2 * attempt + 1)];
        if (x != y) return std::string(x) + " " + std::string(y);
    }
}

std::vector<Named> name_districts(const Province& province) {
    const auto& dice = province.lattice.dice();
    Register used(dice);
    std::vector<Named> names;
    for (std::uint64_t d = 0; d < province.districts.size(); ++d) {
        const auto& district = province.districts[d];
        const auto wards =
            std::count_if(district.communes.begin(), district.communes.end(),
                          [&](auto c) { return province.communes[c].setting == Setting::Ward; });
        const char* type = !district.city ? "Huyện" : wards > 4 ? "Thành phố" : "Thị xã";
        names.push_back({type, used.take(two_syllables(dice, kDistrictSecond, 1, d), d)});
    }
    return names;
}

std::vector<Named> name_communes(const Province& province) {
    const auto& dice = province.lattice.dice();
    std::vector<Named> names(province.communes.size());
    for (std::uint64_t d = 0; d < province.districts.size(); ++d) {
        Register used(dice);
        int number = 0;
        bool repeated = d % 4 == 2; // every fourth district has its Xã Tân Thành
        for (const auto i : province.districts[d].communes) {
            const auto& commune = province.communes[i];
            auto& name = names[i];
            const char* const types[]{"Phường", "Thị trấn", "Xã"};
            name.type = types[static_cast<std::size_t>(commune.setting)];
            const bool plain = commune.setting == Setting::Rural && !commune.island;
            if (commune.setting == Setting::Ward && commune.crowd > 3.2)
                name.bare = std::to_string(++number);
            else if (plain && std::exchange(repeated, false))
                name.bare = used.take("Tân Thành", i);
            else
                name.bare = used.take(two_syllables(dice, kSecond, 2, i), i);
        }
    }
    return names;
}

} // namespace

std::uint32_t seat_of(const Province& province, const Unit& unit) {
    const auto people = [&](std::uint32_t i) {
        return static_cast<double>(province.communes[i].cells.size()) * province.communes[i].crowd;
    };
    return *std::max_element(unit.members.begin(), unit.members.end(),
                             [&](auto a, auto b) { return people(a) < people(b); });
}

Names make_names(const Province& province) {
    Names names{name_communes(province), name_districts(province), {}};
    Register used(province.lattice.dice());
    for (std::uint64_t u = 0; u < province.units.size(); ++u) {
        const auto seat = seat_of(province, province.units[u]);
        const auto& commune = province.communes[seat];
        const char* type = province.units[u].island           ? "Đặc khu"
                           : commune.setting == Setting::Ward ? "Phường"
                                                              : "Xã";
        // Numbered wards give way to the name of their city.
        const auto& old = names.communes[seat].bare;
        const bool numbered = old.front() >= '0' && old.front() <= '9';
        names.units.push_back(
            {type, used.take(numbered ? names.districts[commune.district].bare : old, u)});
    }
    return names;
}

} // namespace diaban::app::sample
