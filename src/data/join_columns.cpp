// Which column is the code, the year, the name: recognised by their usual names.

#include "data/join.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace diaban::data {
namespace {

// Spelled as squeeze() leaves them; the order is the order of preference: names that can only mean
// a commune come before those that may mean anything.
constexpr std::array kCodeNames = {
    "maxa",      "maxap",    "maxaphuong", "maphuong", "maphuongxa", "mapx",        "maxp",
    "maxpt",     "madvhc",   "madvhcxa",   "madonvi",  "macapxa",    "maphxa",      "communecode",
    "communeid", "wardcode", "wardid",     "gid3",     "adm3pcode",  "adm3code",    "cc3",
    "gsocode",   "magso",    "maxagso",    "matk",     "masotk",     "mahanhchinh", "madiaban",
    "codexa",    "xacode",   "xaid",       "idxa",     "comid",      "comcode",     "malienket",
    "code",      "unitcode", "unitid",     "ma",       "maso",       "geocode",     "geoid",
    "pcode",     "fips",     "fipsno",     "areakey",  "gid2",       "adm2pcode",
};
constexpr std::array kYearNames = {"year",     "nam", "nambaocao", "namsolieu", "period",
                                   "kybaocao", "ky",  "kysolieu",  "yr",        "namthongke"};
constexpr std::array kNameNames = {
    "tenxa",    "tenphuong", "tenxaphuong", "tenphuongxa", "tenpx",    "tenxp",     "tenxpt",
    "tendvhc",  "tencapxa",  "communename", "commune",     "wardname", "ward",      "xa",
    "xaphuong", "phuongxa",  "adm3vi",      "adm3name",    "adm3en",   "name3",     "varname3",
    "comname",  "name",      "ten",         "tengso",      "tendonvi", "tendiaban", "unitname",
    "namevi",   "name2",     "adm2vi",      "adm2en",
};

// "Mã xã", "MA_XA", "ma-xa" -> "maxa".
std::string squeeze(std::string_view name) {
    std::string out;
    for (const char c : base::search_key(name))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    return out;
}

template <typename Names, typename Accept>
std::optional<std::string> find_named(const RawTable& table, const Names& names, Accept accept) {
    std::vector<std::string> squeezed;
    for (const auto& column : table.columns) squeezed.push_back(squeeze(column.name));
    for (const char* name : names)
        for (std::size_t c = 0; c < squeezed.size(); ++c)
            if (squeezed[c] == name && accept(table.columns[c])) return table.columns[c].name;
    return std::nullopt;
}

bool any(const Column&) {
    return true;
}

// "nam" is a year and also "male": only a column that holds years is a year column.
bool holds_periods(const Column& column) {
    constexpr std::size_t kLookAt = 1000;
    const auto stride = std::max<std::size_t>(1, column.rows() / kLookAt);
    std::size_t filled = 0, periods = 0;
    for (std::size_t i = 0; i < column.rows(); i += stride) {
        if (column.null[i]) continue;
        ++filled;
        if (parse_year_cell(column.cell(i))) ++periods;
    }
    return filled > 0 && periods * 10 >= filled * 9;
}

} // namespace

bool usual_code_name(std::string_view column) {
    const auto squeezed = squeeze(column);
    // Codes of higher levels are codes as well, though they do not identify a commune.
    static constexpr std::array kParents = {"mahuyen",      "matinh", "maqh",   "provincecode",
                                            "districtcode", "distid", "provid", "gid1",
                                            "adm1pcode",    "mact",   "macu",   "mamoi"};
    return std::find(kCodeNames.begin(), kCodeNames.end(), squeezed) != kCodeNames.end() ||
           std::find(kParents.begin(), kParents.end(), squeezed) != kParents.end();
}

std::optional<std::string> find_code_column(const RawTable& table) {
    return find_named(table, kCodeNames, any);
}
std::optional<std::string> find_year_column(const RawTable& table) {
    return find_named(table, kYearNames, holds_periods);
}
std::optional<std::string> find_name_column(const RawTable& table) {
    return find_named(table, kNameNames, any);
}

std::optional<Period> parse_year_cell(std::string_view cell) {
    const auto plausible = [](std::optional<Period> period) {
        return period && period->year <= 2200 ? period : std::nullopt;
    };
    if (const auto period = parse_period(base::trim(cell))) return plausible(period);
    const auto key = base::search_key(cell); // '-' has become a blank
    std::string_view text = key;
    if (text.starts_with("nam ")) text.remove_prefix(4);
    int half = 0;
    if (text.ends_with(" h1") || text.ends_with(" h2")) {
        half = text.back() - '0';
        text.remove_suffix(3);
    } else if (text.size() >= 10 && text[4] == ' ' && text[7] == ' ') {
        text = text.substr(0, 4); // a date stands for its year
    }
    auto period = plausible(parse_period(text));
    if (period && half) period->half = half;
    return period;
}

IndicatorId ratio_id(const IndicatorId& value, const IndicatorId& denominator) {
    return value + "/" + denominator;
}

} // namespace diaban::data
