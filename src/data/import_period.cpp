// The periods and days that the words of reports name.

#include "data/import_period.hpp"

#include "base/text.hpp"
#include "data/dates.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace diaban::data {
namespace {

using Tokens = std::vector<std::string>;

// Words without signs; numbers of documents ("178/2004/NĐ-CP") hold no year.
Tokens tokens_of(std::string_view text) {
    auto key = base::search_key(text);
    for (std::size_t slash = key.find('/'); slash != key.npos; slash = key.find('/', slash + 1)) {
        auto first = slash;
        while (first > 0 && base::is_digit(key[first - 1])) --first;
        auto last = slash + 1;
        while (last < key.size() && base::is_digit(key[last])) ++last;
        const bool year = last - slash == 5;
        const bool date = first > 0 && key[first - 1] == '/';
        const bool letters =
            last + 1 < key.size() && key[last] == '/' && !base::is_digit(key[last + 1]);
        const bool large =
            slash - first > 2 ||
            (slash > first && std::stoi("0" + key.substr(first, slash - first)) > 12);
        if (year && slash > first && !date && (letters || large))
            std::fill(key.begin() + static_cast<std::ptrdiff_t>(first),
                      key.begin() + static_cast<std::ptrdiff_t>(last), ' ');
    }
    for (char& c : key)
        if (std::string_view("_-/(),;:.&\"'–—").find(c) != std::string_view::npos) c = ' ';
    Tokens out;
    const auto plain = base::search_key(key);
    for (std::size_t at = 0; at < plain.size();) {
        const auto end = std::min(plain.find(' ', at), plain.size());
        if (end > at) out.push_back(plain.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

// 0 if the token is no number of at most two digits, or no word for one.
int small_number(std::string_view token) {
    if (!token.empty() && token.size() <= 2 &&
        std::all_of(token.begin(), token.end(), base::is_digit))
        return std::stoi(std::string(token));
    constexpr std::array<std::string_view, 11> kWords{"",    "mot", "hai", "ba",   "bon", "",
                                                      "sau", "bay", "tam", "chin", "muoi"};
    for (std::size_t n = 1; n < kWords.size(); ++n)
        if (!kWords[n].empty() && kWords[n] == token) return static_cast<int>(n);
    return 0;
}

int year_of(std::string_view token) {
    if (token.size() != 4 || !std::all_of(token.begin(), token.end(), base::is_digit)) return 0;
    const int year = std::stoi(std::string(token));
    return year >= 1900 && year <= 2099 ? year : 0;
}

class PeriodWords {
public:
    explicit PeriodWords(Tokens tokens) : tokens_(std::move(tokens)), used_(tokens_.size(), 0) {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (used_[i]) continue;
            if (!read_date(i) && !read_months(i)) read_rest(i);
        }
        settle();
    }

    ReadPeriod take() {
        ReadPeriod out;
        out.other = other_;
        out.of_date = year_ == 0 && date_year_ != 0;
        if (const int year = year_ ? year_ : date_year_; year && other_.empty())
            out.period = Period{year, half_};
        std::string rest;
        for (std::size_t i = 0; i < tokens_.size(); ++i)
            if (!used_[i]) rest += (rest.empty() ? "" : " ") + tokens_[i];
        out.rest = rest;
        return out;
    }

private:
    std::string_view at(std::size_t i) const {
        return i < tokens_.size() ? std::string_view(tokens_[i]) : std::string_view();
    }
    void use(std::size_t first, std::size_t count) {
        for (std::size_t i = first; i < std::min(first + count, used_.size()); ++i) used_[i] = 1;
    }
    void other(std::size_t first, std::size_t count) {
        const auto end = std::min(first + count, tokens_.size());
        if (other_.empty())
            other_ = fmt::format(
                "{}", fmt::join(tokens_.begin() + static_cast<std::ptrdiff_t>(first),
                                tokens_.begin() + static_cast<std::ptrdiff_t>(end), " "));
        use(first, count);
    }

    // "10 thang 12 nam 2010", "ngay 10 12 2010", "10 12 2010", "2010 12 10".
    bool read_date(std::size_t i) {
        const auto day = small_number(at(i));
        if (!base::is_digit(at(i).front())) return false;
        std::size_t next = i + 1;
        if (const int year = year_of(at(i));
            year && base::is_digit(at(next).empty() ? 'x' : at(next)[0]) && at(next).size() == 2 &&
            at(next + 1).size() == 2 && small_number(at(next)) && small_number(at(next + 1))) {
            return take_date(i, 3, year);
        }
        if (day < 1 || day > 31) return false;
        if (at(next) == "thang") ++next;
        const auto month = small_number(at(next));
        if (month < 1 || month > 12 || !base::is_digit(at(next).front())) return false;
        ++next;
        if (at(next) == "nam") ++next;
        const int year = year_of(at(next));
        return year ? take_date(i, next + 1 - i, year) : false;
    }
    bool take_date(std::size_t i, std::size_t count, int year) {
        use(i, count);
        if (i > 0 && at(i - 1) == "ngay") use(i - 1, 1);
        if (!date_year_) date_year_ = year;
        return true;
    }

    // "6 thang dau nam", "9 thang", "12 thang"; "9t", "6tdn".
    bool read_months(std::size_t i) {
        int months = 0;
        std::size_t next = i;
        bool second = false;
        if (const auto token = at(i); token.size() >= 2 && base::is_digit(token.front())) {
            const auto letters = token.find_first_not_of("0123456789");
            const auto tail = letters == token.npos ? std::string_view() : token.substr(letters);
            if (tail == "t" || tail == "tdn" || tail == "tcn") {
                months = small_number(token.substr(0, letters));
                second = tail == "tcn";
                ++next;
            }
        }
        if (months == 0) {
            months = small_number(at(i));
            next = i + 1;
            if (at(i) == "muoi" && (at(next) == "mot" || at(next) == "hai"))
                months = at(next) == "mot" ? 11 : 12, ++next;
            if (months == 0 || at(next) != "thang") return false;
            ++next;
        }
        if (at(next) == "dau" || at(next) == "cuoi") {
            second = at(next) == "cuoi";
            ++next;
        }
        if (at(next) == "nam" && next > i + 1) ++next;
        take_months(i, next - i, months, second);
        return true;
    }
    void take_months(std::size_t i, std::size_t count, int months, bool second) {
        if (months == 6) {
            use(i, count);
            half_ = second ? 2 : 1;
        } else if (months == 12) {
            use(i, count);
        } else {
            other(i, count);
        }
    }

    void read_rest(std::size_t i) {
        const auto token = at(i);
        constexpr std::array<std::string_view, 8> kQuarters{"1", "2",  "3",   "4",
                                                            "i", "ii", "iii", "iv"};
        const auto numbered = [&](std::string_view letter) {
            return token.size() == 2 && token.starts_with(letter) && base::is_digit(token[1]);
        };
        if (const int year = year_of(token)) {
            use(i, 1);
            if (i > 0 && at(i - 1) == "nam") use(i - 1, 1);
            years_.push_back(i);
            if (!year_) year_ = year;
        } else if (token == "quy" &&
                   std::find(kQuarters.begin(), kQuarters.end(), at(i + 1)) != kQuarters.end()) {
            other(i, 2);
        } else if (token == "thang" && small_number(at(i + 1)) &&
                   base::is_digit(at(i + 1).front()) && (i == 0 || at(i - 1) != "den")) {
            other(i, 2);
        } else if (token == "h1" || token == "h2") {
            use(i, 1);
            half_ = token[1] - '0';
        } else if (token == "nua" && (at(i + 1) == "dau" || at(i + 1) == "cuoi") &&
                   at(i + 2) == "nam") {
            use(i, 3);
            half_ = at(i + 1) == "dau" ? 1 : 2;
        } else if (numbered("q") && token[1] >= '1' && token[1] <= '4') {
            maybe_.push_back(i); // also "Quận 1"
        } else if (numbered("t")) {
            maybe_.push_back(i);
        }
    }

    void settle() {
        // "Q1/2013", "T6-2013": with a year beside them.
        for (const auto i : maybe_)
            if (year_of(at(i + 1)) || (i > 0 && year_of(at(i - 1)))) other(i, 1);
        for (const auto i : years_)
            if (year_of(at(i)) != year_) {
                if (other_.empty()) other_ = fmt::format("{}-{}", year_, at(years_.back()));
                break;
            }
    }

    Tokens tokens_;
    std::vector<std::uint8_t> used_;
    std::vector<std::size_t> years_, maybe_;
    int year_ = 0, date_year_ = 0, half_ = 0;
    std::string other_;
};

} // namespace

ReadPeriod read_period(std::string_view text) {
    return PeriodWords(tokens_of(text)).take();
}

ReadPeriod read_title_period(std::string_view text) {
    auto tokens = tokens_of(text);
    // "Kết quả năm 2013 và phương hướng năm 2014": the first part is what the numbers are of.
    bool year = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        year = year || year_of(tokens[i]) != 0;
        const auto two = tokens[i] + " " + (i + 1 < tokens.size() ? tokens[i + 1] : "");
        for (const std::string_view later :
             {"phuong huong", "nhiem vu", "ke hoach", "du kien", "so voi", "chi tieu"})
            if (year && two == later) {
                tokens.resize(i);
                break;
            }
    }
    return PeriodWords(std::move(tokens)).take();
}

std::optional<Period> find_period(std::string_view text, std::string* rest) {
    auto read = read_period(text);
    if (rest) *rest = read.rest;
    return read.period;
}

std::string find_day(std::string_view text) {
    const auto key = base::search_key(text);
    std::size_t at = 0;
    while (at < key.size() && !base::is_digit(key[at])) ++at;
    std::array<int, 3> number{};
    for (std::size_t k = 0; k < 3; ++k) {
        std::size_t n = 0;
        while (at < key.size() && base::is_digit(key[at]) && n < 4)
            number[k] = number[k] * 10 + (key[at++] - '0'), ++n;
        if (n == 0) return "";
        while (k < 2 && at < key.size() && !base::is_digit(key[at]) &&
               std::string_view("/-. thangnm").find(key[at]) != std::string_view::npos)
            ++at;
    }
    auto [day, month, year] = number;
    if (day > 1900) std::swap(day, year);
    if (month < 1 || month > 12 || year < 1900 || year > 2099) return "";
    if (day < 1 || day > days_in_month(year, month)) return "";
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string find_as_of(std::string_view text) {
    const auto key = base::search_key(text);
    for (const std::string_view words : {"den ngay", "tinh den", "as of"})
        if (const auto at = key.find(words); at != key.npos)
            return find_day(std::string_view(key).substr(at));
    return "";
}

} // namespace diaban::data
