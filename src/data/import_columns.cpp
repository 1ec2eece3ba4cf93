#include "data/import_columns.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/column_names.hpp"
#include "data/personal.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace diaban::data {
namespace {

struct RoleWords {
    Role role;
    std::string_view words; // separated by '|', as search_key leaves them
};
// Beside the usual names of columns (column_names.hpp): what only reports call them.
constexpr auto kRoleWords = std::to_array<RoleWords>({
    {Role::Code, "ma xa phuong thi tran|ma xa phuong tt"},
    {Role::Name, "xa phuong thi tran|xa phuong dac khu|dia phuong|phuong|don vi|don vi hanh chinh|"
                 "ten xa phuong thi tran|dia ban|dia ban xa|ten dia phuong"},
    {Role::District, "huyen thi xa thanh pho|huyen thi thanh pho|thuoc huyen|quan huyen thi xa"},
    {Role::Province, "tinh thanh pho|thanh pho"},
    {Role::Period, "thoi gian|thoi ky"},
    {Role::Indicator,
     "chi tieu|indicator|ten chi tieu|noi dung|noi dung chi tieu|ma chi tieu|cac chi tieu|"
     "indicator code|tieu chi"},
    {Role::Value, "gia tri|value|so lieu|ket qua|thuc hien|ket qua thuc hien|so luong|tong so|tong|"
                  "tong cong|cong|sl|so nguoi|trong ky"},
    {Role::Recognised,
     "cong nhan|duoc cong nhan|da cong nhan|da duoc cong nhan|cong nhan lanh manh|"
     "duoc cong nhan lanh manh|dat chuan|recognised|recognized"},
    {Role::Decision, "so quyet dinh|quyet dinh|quyet dinh cong nhan|so quyet dinh cong nhan|"
                     "quyet dinh so|decision|decision number"},
    {Role::DecidedOn, "ngay quyet dinh|ngay cong nhan|ngay ky|ngay ban hanh|decision date"},
    {Role::Measure, "don vi tinh|dvt|dv tinh|unit"},
    {Role::Ignored, "stt|tt|so tt|no|ghi chu|note|notes|loai hinh"},
});

bool among(std::string_view word, std::string_view list) {
    for (std::size_t at = 0; at < list.size();) {
        const auto end = std::min(list.find('|', at), list.size());
        if (list.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

// search_key without the signs between words: "Xã, phường" and "Xã/Phường" are one name.
std::string role_key(std::string_view header) {
    auto key = base::search_key(header);
    for (char& c : key)
        if (c == ',' || c == '/' || c == '_' || c == '-' || c == '.' || c == ':') c = ' ';
    return base::search_key(key);
}

} // namespace

std::optional<Role> role_named(std::string_view header) {
    const auto usual_key = column_key(header);
    const auto is = [&](ColumnNames names) { return is_one_of(usual_key, names); };
    if (is(usual::kCommuneCode) || is(usual::kPlainCode)) return Role::Code;
    if (is(usual::kCommuneName) || is(usual::kPlainName)) return Role::Name;
    if (is(usual::kDistrictName)) return Role::District;
    if (is(usual::kProvinceName)) return Role::Province;
    if (is(usual::kYear)) return Role::Period;
    if (is(usual::kRowNumber) || is(usual::kUnitType)) return Role::Ignored;
    const auto key = role_key(header);
    for (const auto& [role, words] : kRoleWords)
        if (among(key, words)) return role;
    return std::nullopt;
}

namespace {

// "Trong đó: nữ" -> "nữ"; nothing if it is no part.
std::optional<std::string> part_words(std::string_view text) {
    const auto plain = without_numbering(text);
    if (!base::search_key(plain).starts_with("trong do")) return std::nullopt;
    const auto colon = plain.find(':');
    if (colon != plain.npos) return std::string(base::trim(plain.substr(colon + 1)));
    // "trong đó" is two words; what follows is the part.
    auto rest = plain;
    for (int word = 0; word < 2; ++word) {
        const auto blank = rest.find(' ');
        rest = blank == rest.npos ? std::string_view() : base::trim(rest.substr(blank));
    }
    return std::string(rest);
}

} // namespace

std::vector<std::string_view> parts_of_header(std::string_view header) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0;;) {
        const auto end = header.find(kHeaderJoin, at);
        parts.push_back(header.substr(at, end == header.npos ? end : end - at));
        if (end == header.npos) return parts;
        at = end + kHeaderJoin.size();
    }
}

GivenIndicator given_indicator(std::string_view meaning) {
    GivenIndicator out;
    if (const auto star = meaning.rfind('*'); star != meaning.npos) {
        out.factor = base::parse_number(meaning.substr(star + 1), {});
        meaning = meaning.substr(0, star);
    }
    if (const auto at = meaning.find('@'); at != meaning.npos) {
        out.period = parse_period(meaning.substr(at + 1));
        meaning = meaning.substr(0, at);
    }
    out.code = meaning;
    return out;
}

ColumnReader::ColumnReader(const ImportProfile& profile, const std::vector<Indicator>& own)
    : own_(own) {
    for (const auto& [header, meaning] : profile.columns)
        given_.emplace(base::search_key(header), meaning);
}

PlannedColumn ColumnReader::read(std::uint32_t column, const std::string& header) const {
    PlannedColumn out;
    out.column = column;
    out.header = header;
    if (header.empty() || read_given(out)) return out;
    const auto parts = parts_of_header(header);
    if (std::any_of(parts.begin(), parts.end(), personal_column_name)) {
        out.role = Role::Refused;
        return out;
    }
    if (const auto role = role_named(parts.back()); role && parts.size() == 1) {
        out.role = *role;
        return out;
    }
    read_parts(parts, out);
    return out;
}

// What a person said, with what the header says about period and measure beside it.
bool ColumnReader::read_given(PlannedColumn& out) const {
    const auto found = given_.find(base::search_key(out.header));
    if (found == given_.end()) return false;
    if (personal_column_name(out.header)) {
        out.role = Role::Refused;
        return true;
    }
    if (const auto role = parse_role(found->second)) {
        out.role = *role;
        return true;
    }
    const auto given = given_indicator(found->second);
    out.role = Role::Value;
    out.indicator = given.code;
    out.period = given.period;
    if (given.factor) {
        out.factor = *given.factor;
        out.factor_given = true;
    }
    std::string rest = out.header;
    out.measure = take_measure(out.header, &rest);
    if (out.period) return true;
    const auto said = read_period(rest);
    out.period = said.period;
    out.other_period = said.other;
    return true;
}

void ColumnReader::read_parts(const std::vector<std::string_view>& parts,
                              PlannedColumn& out) const {
    std::string rest_of_all;
    bool total_word = false, measured = false, qualified = false;
    for (const auto text : parts) {
        if (const auto words = part_words(text)) {
            out.part = words->empty() ? std::string(parts.back()) : *words;
            continue;
        }
        if (!out.part.empty() && parts.size() > 1) {
            out.part = std::string(text); // under the group "trong đó"
            continue;
        }
        std::string bare(text);
        if (text.data() != parts.front().data())
            if (auto whole = parse_measure(text)) { // a row of the header for it
                out.measure = std::move(whole);
                continue;
            }
        if (auto measure = take_measure(text, &bare)) out.measure = std::move(measure);
        const auto said = read_period(bare);
        if (said.period) out.period = said.period;
        if (!said.other.empty()) out.other_period = said.other;
        if (said.rest.empty()) continue;
        const auto code =
            indicator_named(said.period || !said.other.empty() ? said.rest : bare, own_);
        if (!code.empty())
            out.indicator = code;
        else if (role_named(text) == Role::Value)
            total_word = true;
        else
            measured = true, qualified = qualified || !out.indicator.empty(),
            rest_of_all += " " + std::string(text);
    }
    if (!out.part.empty())
        out.role = Role::Part;
    else if (!out.indicator.empty() && !qualified)
        out.role = Role::Value;
    else if (!out.indicator.empty()) // "Người nghiện · Kế hoạch": another number
        out.nearest = {std::exchange(out.indicator, "")};
    else if ((out.period || !out.other_period.empty() || total_word) && !measured)
        out.role = Role::Value; // of the row's indicator
    else if (const auto role = role_named(parts.front()))
        out.role = *role; // a name that stands over two rows of a merged header
    else
        out.nearest = nearest_indicators(rest_of_all);
}

} // namespace diaban::data
