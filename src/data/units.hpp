// Administrative units of one vintage: row i is face i of its coverage.
#pragma once

#include "geo/coverage.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace diaban::data {

enum class Level : std::uint8_t { Commune, District, Province };
inline constexpr std::size_t kLevels = 3;

using UnitCode = std::string; // text: leading zeros matter

// A district or province that groups units; `code` may be empty if the file has only names.
struct Group {
    std::string code, name;
};

struct UnitTable {
    std::vector<UnitCode> code;    // one per unit; unique unless findings say otherwise
    std::vector<std::string> name; // NFC; may be empty
    std::vector<std::string> type; // "Xã", "Phường", "Thị trấn", "Đặc khu" or empty
    // parent[District][i] indexes groups[District]; kNoGroup if unknown. parent[Commune] is unused.
    std::array<std::vector<geo::GroupIndex>, kLevels> parent;
    std::array<std::vector<Group>, kLevels> groups;

    std::size_t size() const { return code.size(); }
    bool has_level(Level level) const { return !groups[static_cast<std::size_t>(level)].empty(); }
    const Group* group_of(Level level, std::size_t unit) const; // nullptr if unknown
};

// A day; {0,0,0} = open.
struct Date {
    int year = 0, month = 0, day = 0;
    friend auto operator<=>(const Date&, const Date&) = default;
};

struct Vintage {
    std::string id;   // "2009", "2025"
    Date from, until; // until is exclusive
    UnitTable units;
    std::shared_ptr<const geo::Coverage> coverage;
};

} // namespace diaban::data
