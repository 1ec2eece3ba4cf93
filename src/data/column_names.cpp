#include "data/column_names.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace diaban::data {
namespace {

// Sources: GSO tables (ma_xa, MAXA), GADM (GID_3), OCHA common operational data sets (ADM3_PCODE),
// provincial land offices (MaPX, maDVHC).
constexpr std::array kCommuneCodes{
    "maxa",    "maxap",   "maphuongxa", "mapx",        "maphuong",    "maxp",      "maxaphuong",
    "maxpt",   "madvhc",  "madvhcxa",   "madonvi",     "macapxa",     "maphxa",    "maxagso",
    "comcode", "comid",   "xacode",     "communecode", "communeid",   "codexa",    "idxa",
    "xaid",    "wardid",  "wardcode",   "adm3pcode",   "adm3code",    "gid3",      "cc3",
    "magso",   "gsocode", "matk",       "masotk",      "mahanhchinh", "malienket", "madiaban"};
constexpr std::array kPlainCodes{"code",  "unitcode", "unitid", "ma",     "maso",    "geocode",
                                 "geoid", "pcode",    "fips",   "fipsno", "areakey", "dept"};
constexpr std::array kRowNumbers{"id", "gid", "cntyid", "polyid", "objectid", "fid"};
constexpr std::array kDistrictCodes{
    "mahuyen", "maquanhuyen", "maqh",      "maquan", "districtcode", "districtid", "distcode",
    "distid",  "huyenid",     "adm2pcode", "gid2",   "cc2",          "mahuyengso"};
constexpr std::array kProvinceCodes{"matinh",     "matinhtp", "matp",   "provincecode",
                                    "provinceid", "provcode", "provid", "tinhid",
                                    "adm1pcode",  "gid1",     "cc1",    "mattinh"};
constexpr std::array kOtherCodes{"mact", "macu", "mamoi"};
constexpr std::array kCommuneNames{"tenxa",       "tenphuongxa", "tenpx",   "tenphuong", "tenxp",
                                   "tenxaphuong", "tenxpt",      "tendvhc", "tencapxa",  "commune",
                                   "communename", "comname",     "xa",      "xaphuong",  "phuongxa",
                                   "wardname",    "ward",        "adm3vi",  "adm3name",  "adm3en",
                                   "name3",       "varname3"};
constexpr std::array kPlainNames{"ten",    "name",   "tengso",   "tendonvi", "tendiaban",
                                 "namevi", "nameen", "unitname", "areaname", "dprtmn",
                                 "county", "label",  "title"};
constexpr std::array kDistrictNames{
    "tenhuyen", "tenquanhuyen", "tenqh",  "tenquan",  "districtname", "district", "distname",
    "huyen",    "quanhuyen",    "adm2vi", "adm2name", "adm2en",       "name2"};
constexpr std::array kProvinceNames{"tentinh",  "tentinhtp", "provincename", "province",
                                    "provname", "tinh",      "tinhtp",       "tinhthanh",
                                    "adm1vi",   "adm1name",  "adm1en",       "name1"};
constexpr std::array kUnitTypes{"loai",  "loaidvhc", "loaixa",   "capxa",
                                "type3", "type",     "engtype3", "unittype"};
constexpr std::array kYears{"year",     "nam", "nambaocao", "namsolieu", "period",
                            "kybaocao", "ky",  "kysolieu",  "yr",        "namthongke"};

} // namespace

constinit const ColumnNames usual::kCommuneCode = kCommuneCodes;
constinit const ColumnNames usual::kPlainCode = kPlainCodes;
constinit const ColumnNames usual::kRowNumber = kRowNumbers;
constinit const ColumnNames usual::kDistrictCode = kDistrictCodes;
constinit const ColumnNames usual::kProvinceCode = kProvinceCodes;
constinit const ColumnNames usual::kOtherCode = kOtherCodes;
constinit const ColumnNames usual::kCommuneName = kCommuneNames;
constinit const ColumnNames usual::kPlainName = kPlainNames;
constinit const ColumnNames usual::kDistrictName = kDistrictNames;
constinit const ColumnNames usual::kProvinceName = kProvinceNames;
constinit const ColumnNames usual::kUnitType = kUnitTypes;
constinit const ColumnNames usual::kYear = kYears;

std::string column_key(std::string_view name) {
    std::string key;
    for (const char c : base::search_key(name))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
    return key;
}

std::optional<std::size_t> name_meant(std::span<const std::string> names, std::string_view wanted) {
    const auto index = [&](auto at) { return static_cast<std::size_t>(at - names.begin()); };
    if (const auto at = std::find(names.begin(), names.end(), wanted); at != names.end())
        return index(at);
    const auto plain = base::search_key(wanted);
    const auto same = [&](const std::string& name) { return base::search_key(name) == plain; };
    if (const auto at = std::find_if(names.begin(), names.end(), same); at != names.end())
        return index(at);
    const auto key = column_key(wanted);
    if (key.empty()) return std::nullopt;
    const auto alike = [&](const std::string& name) { return column_key(name) == key; };
    const auto at = std::find_if(names.begin(), names.end(), alike);
    if (at == names.end() || std::any_of(at + 1, names.end(), alike)) return std::nullopt;
    return index(at);
}

bool is_one_of(std::string_view key, ColumnNames names) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return key == name; });
}

std::optional<std::size_t> find_column(std::span<const std::string> keys, ColumnNames names) {
    for (const char* name : names) {
        const auto at = std::find(keys.begin(), keys.end(), name);
        if (at != keys.end()) return static_cast<std::size_t>(at - keys.begin());
    }
    return std::nullopt;
}

} // namespace diaban::data
