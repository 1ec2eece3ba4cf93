#include "data/personal.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace diaban::data {
namespace {

// The whole name must be one of these: within a longer name they may well describe an aggregate
// ("phone_coverage", "thue bao dien thoai").
constexpr std::array kWholeNames = {
    "phone",    "mobile",  "telephone", "tel",      "sdt",      "dt",           "dien thoai",
    "email",    "e mail",  "zalo",      "facebook", "address",  "identity",     "passport",
    "ho chieu", "cmt",     "cmnd",      "cccd",     "can cuoc", "the can cuoc", "can cuoc cong dan",
    "nam sinh", "namsinh",
};

// Whole words anywhere in the name.
constexpr std::array kPhrases = {
    "ho ten",
    "ho va ten",
    "hoten",
    "hovaten",
    "ten nguoi",
    "nguoi lien he",
    "nguoi phu trach",
    "can bo phu trach",
    "nguoi dai dien",
    "nguoi lap",
    "chu co so",
    "contact person",
    "ho dem",
    "ten doi tuong",
    "full name",
    "fullname",
    "first name",
    "last name",
    "firstname",
    "lastname",
    "surname",
    "person name",
    "bi danh",
    "so cmnd",
    "so cmt",
    "so cccd",
    "so can cuoc",
    "chung minh nhan dan",
    "so dinh danh",
    "dinh danh ca nhan",
    "id card",
    "identity number",
    "passport number",
    "so ho chieu",
    "so dien thoai",
    "so dt",
    "sodienthoai",
    "phone number",
    "phone no",
    "mobile number",
    "ngay sinh",
    "ngaysinh",
    "ngay thang nam sinh",
    "birthday",
    "birth date",
    "birthdate",
    "date of birth",
    "year of birth",
    "birth year",
    "dob",
    "dia chi",
    "diachi",
    "noi o",
    "cho o",
    "so nha",
    "thuong tru",
    "tam tru",
    "que quan",
    "home address",
};

std::string spaced_words(std::string_view name) {
    std::string spaced;
    for (const char c : base::search_key(name)) {
        const bool separator = c == '_' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')';
        spaced += separator ? ' ' : c;
    }
    return " " + spaced + " ";
}

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool identity_or_mobile(std::string_view cell) {
    if (!all_digits(cell)) return false;
    // Citizen identity numbers have 12 digits and begin with a province code 001..096.
    if (cell.size() == 12) return cell[0] == '0' && cell[1] <= '9';
    // Mobile numbers: ten digits, 03x 05x 07x 08x 09x.
    return cell.size() == 10 && cell[0] == '0' &&
           std::string_view("35789").find(cell[1]) != std::string_view::npos;
}

// The same numbers after a spreadsheet took their zeros: 89099012345 of 089099012345, 1099012345 of
// 001099012345, 912345678 of 0912345678. Amounts of money are round; areas and other large numbers
// meet what follows the province, sex with century and year of birth, by chance only.
bool lost_zeros(std::string_view cell) {
    if (!all_digits(cell) || cell.front() == '0' || cell.ends_with("000")) return false;
    const auto two = [&](std::size_t i) { return (cell[i] - '0') * 10 + (cell[i + 1] - '0'); };
    const auto born = [&](std::size_t i) { // 0, 1: 19..; 2, 3: 20..
        return cell[i] <= '1' ? two(i + 1) >= 25 : cell[i] <= '3' && two(i + 1) <= 40;
    };
    if (cell.size() == 11) return two(0) <= 96 && born(2);
    if (cell.size() == 10) return born(1);
    static constexpr std::array kMobile{32, 33, 34, 35, 36, 37, 38, 39, 52, 55, 56, 58,
                                        59, 70, 76, 77, 78, 79, 81, 82, 83, 84, 85, 86,
                                        87, 88, 89, 90, 91, 92, 93, 94, 96, 97, 98, 99};
    return cell.size() == 9 && std::find(kMobile.begin(), kMobile.end(), two(0)) != kMobile.end();
}

bool e_mail(std::string_view cell) {
    const auto at = cell.find('@');
    return at != cell.npos && at > 0 && cell.find('.', at) != cell.npos &&
           cell.find(' ') == cell.npos;
}

// A surname that most Vietnamese carry, followed by two or three words.
bool full_name(std::string_view cell) {
    static constexpr std::array kSurnames = {"nguyen", "tran", "le",    "pham", "hoang", "huynh",
                                             "phan",   "vu",   "vo",    "dang", "bui",   "do",
                                             "ho",     "ngo",  "duong", "ly",   "dinh",  "mai"};
    const auto key = base::search_key(cell);
    if (key.find_first_of("0123456789,;") != key.npos) return false;
    const auto spaces = std::count(key.begin(), key.end(), ' ');
    if (spaces < 2 || spaces > 3) return false;
    const auto first = key.substr(0, key.find(' '));
    return std::find(kSurnames.begin(), kSurnames.end(), first) != kSurnames.end();
}

// Every word begins with a capital letter: "Đỗ Thị Kim Phí", not "do thiếu kinh phí".
bool capitalised(std::string_view cell) {
    while (!cell.empty()) {
        const auto lead = static_cast<unsigned char>(cell.front());
        const auto first = cell.substr(0, lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
        if (base::lower(first) == first) return false;
        cell.remove_prefix(std::min(cell.find(' '), cell.size()));
        cell = base::trim(cell);
    }
    return true;
}

} // namespace

bool personal_column_name(std::string_view name) {
    const auto words = spaced_words(name);
    const auto whole = base::trim(words);
    if (std::find(kWholeNames.begin(), kWholeNames.end(), whole) != kWholeNames.end()) return true;
    return std::any_of(kPhrases.begin(), kPhrases.end(), [&](const char* phrase) {
        return words.find(" " + std::string(phrase) + " ") != words.npos;
    });
}

bool personal_number(std::string_view cell) {
    return identity_or_mobile(cell) || e_mail(cell);
}

bool person_name(std::string_view cell) {
    return full_name(cell) && capitalised(base::trim(cell));
}

bool personal_cells(std::size_t rows, const std::function<std::string_view(std::size_t)>& cell) {
    constexpr std::size_t kEnough = 5;
    constexpr std::size_t kLookAt = 400; // spread over the column
    const auto stride = std::max<std::size_t>(1, rows / kLookAt);
    std::size_t filled = 0, numbers = 0, names = 0;
    for (std::size_t i = 0; i < rows; i += stride) {
        const auto text = base::trim(cell(i));
        if (text.empty()) continue;
        ++filled;
        if (personal_number(text) || lost_zeros(text)) ++numbers;
        if (full_name(text)) ++names;
    }
    return filled >= kEnough && (numbers * 10 >= filled * 8 || names * 10 >= filled * 7);
}

} // namespace diaban::data
