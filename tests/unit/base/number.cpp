#include "base/number.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

using namespace diaban::base;

namespace {
constexpr NumberStyle kPlain{'.', '\0'}, kVietnamese{',', '.'}, kEnglish{'.', ','};
} // namespace

TEST_CASE("numbers are read in the style of their column") {
    CHECK(parse_number("1.234,5", kVietnamese) == 1234.5);
    CHECK(parse_number("1,234.5", kEnglish) == 1234.5);
    CHECK(parse_number("1234,5", kVietnamese) == 1234.5);
    CHECK(parse_number("1.234", kPlain) == 1.234);
    CHECK(parse_number("1.234", kVietnamese) == 1234);
    CHECK(parse_number("12.345.678", kVietnamese) == 12345678);
    CHECK(parse_number("-0,5", kVietnamese) == -0.5);
    CHECK(parse_number("+7", kPlain) == 7);
    CHECK(parse_number(" 8 ", kPlain) == 8);
    CHECK(parse_number("\xC2\xA0"
                       "9",
                       kPlain) == 9);
    CHECK(parse_number(".5", kPlain) == 0.5);
    CHECK(parse_number("5.", kPlain) == 5);
    CHECK(parse_number("1e3", kPlain) == 1000);
    CHECK(parse_number("1,5E-2", kVietnamese) == 0.015);
    CHECK(parse_number("1.5e+2", kPlain) == 150);
    CHECK(parse_number("−3,5", kVietnamese) == -3.5); // the minus that we print
    CHECK(parse_number("1e-400", kPlain) == 0);       // too small for a double, yet a number
}

TEST_CASE("blanks group digits where the column says so") {
    constexpr NumberStyle kBlank{',', ' '};
    CHECK(parse_number("12 345", kBlank) == 12345);
    CHECK(parse_number("1 234 567,5", kBlank) == 1234567.5);
    CHECK(parse_number("-12\xC2\xA0"
                       "345",
                       kBlank) == -12345); // does not break the line
    CHECK(parse_number("12\xE2\x80\xAF"
                       "345",
                       kBlank) == 12345); // the same, narrow
    CHECK(parse_number("12\xE2\x80\x89"
                       "345",
                       kBlank) == 12345); // thin
    CHECK(parse_number("12\xE2\x80\x87"
                       "345",
                       kBlank) == 12345); // as wide as a digit
    CHECK(parse_number("0", kBlank) == 0);
    for (const char* cell : {"12 34", "1234 567", "12  345", "12 345 6", "090 123 456", "12 345.5",
                             "1 234,567 8", "12 345 người",
                             "12 "
                             "- 345"})
        CHECK_FALSE(parse_number(cell, kBlank).has_value());
    CHECK_FALSE(parse_number("12 345", kVietnamese).has_value());

    CHECK(guess_number_style({"12 345", "7", "1 234 567"}).style == kBlank);
    CHECK(guess_number_style({"12\xC2\xA0"
                              "345",
                              "6"})
              .not_numbers == 0);
    CHECK(guess_number_style({"12 345,5", "1,5"}).style == kBlank);
    CHECK(guess_number_style({"12 345", "1.5"}).style == NumberStyle{'.', ' '});
    // A thousand beside it in another writing: nobody can tell what "1.234" is.
    CHECK(guess_number_style({"12 345", "1.234"}).style.group != ' ');
    CHECK(guess_number_style({"12 345", "1,234"}).style.group != ' ');
    CHECK(guess_number_style({"12 34", "56"}).not_numbers == 1);
    CHECK(guess_number_style({"1.234.567", "8"}).style == kVietnamese); // no blanks, no change
}

TEST_CASE("what is no number is refused") {
    for (const char* cell :
         {"",    " ",    "-",   "+",    ".",     ",",     "e5",   "1e",    "1e+", "abc",
          "12a", "0x10", "inf", "-inf", "nan",   "NaN",   "1..2", "1.2.3", "--1", "+-1",
          "-+1", "1-",   "1+1", "1 2",  "1e5.5", "1e400", "5%",   "−−1",   "1−"})
        CHECK_FALSE(parse_number(cell, kPlain).has_value());
    for (const char* cell : {"1.23", "1.2345", "1234.567", ".123", "1..234", "1.234.", "1.23e5",
                             "1.234.56", "1,5.000", "1.23,4", "0.12.345"})
        CHECK_FALSE(parse_number(cell, kVietnamese).has_value());
}

TEST_CASE("no cell whatever breaks the parser", "[property]") {
    std::mt19937 random(11);
    const std::string letters = "0123456789.,+-eE \xE2\x88\x92";
    for (int round = 0; round < 100000; ++round) {
        std::string cell(random() % 8, ' ');
        for (auto& c : cell) c = letters[random() % letters.size()];
        for (const auto style : {kPlain, kVietnamese, kEnglish})
            if (const auto value = parse_number(cell, style)) CHECK(std::isfinite(*value));
    }
}

TEST_CASE("what is printed reads back", "[property]") {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> draw(-1e9, 1e9);
    for (int round = 0; round < 2000; ++round) {
        const double value = draw(random);
        for (const auto style : {kPlain, kVietnamese, kEnglish}) {
            const auto back = parse_number(format_number(value, 3, style), style);
            REQUIRE(back);
            CHECK(std::fabs(*back - value) <= 0.00051);
        }
        CHECK(parse_number(format_exact(value), kPlain) == value);
    }
}

TEST_CASE("a column has one style") {
    CHECK(guess_number_style({"1.234,5", "7"}).style == kVietnamese);
    CHECK(guess_number_style({"1,234.5", "7"}).style == kEnglish);
    CHECK(guess_number_style({"1.5", "2.25"}).style == kPlain);
    CHECK(guess_number_style({"1,5", "2,25"}).style.decimal == ',');
    CHECK_FALSE(guess_number_style({"1.5", "2.25"}).ambiguous);
    CHECK(guess_number_style({"1.234", "5.678"}).ambiguous);
    CHECK(guess_number_style({"0.208", "1.125"}).style == kPlain); // no group begins with zero
    CHECK_FALSE(guess_number_style({"0.208", "1.125"}).ambiguous);
    // One cell that can only be read one way decides for the column.
    const auto decided = guess_number_style({"1.234", "1.234.567"});
    CHECK(decided.style == kVietnamese);
    CHECK_FALSE(decided.ambiguous);
    CHECK(decided.not_numbers == 0);

    const auto text = guess_number_style({"12", "", "n/a", "7,5"});
    CHECK(text.not_numbers == 1);
    CHECK(text.style.decimal == ',');
    CHECK(guess_number_style({}).not_numbers == 0);
    CHECK_FALSE(guess_number_style({"1", "2"}).ambiguous); // the same in every style
}

TEST_CASE("numbers are printed per language") {
    CHECK(format_number(1234.5, 1, kVietnamese) == "1.234,5");
    CHECK(format_number(1234.5, 1, kEnglish) == "1,234.5");
    CHECK(format_number(1234.5, 1, kPlain) == "1234.5");
    CHECK(format_number(999.999, 2, kVietnamese) == "1.000,00");
    CHECK(format_number(-1234567, 0, kVietnamese) == "−1.234.567");
    CHECK(format_number(-0.04, 1, kVietnamese) == "0,0"); // no minus zero
    CHECK(format_number(100, 0, kVietnamese) == "100");
    CHECK(format_number(std::nan(""), 2, kPlain) == "–");
    CHECK(format_number(std::numeric_limits<double>::infinity(), 2, kPlain) == "–");
    CHECK(format_number(2.5, -3, kPlain) == "2");
}

TEST_CASE("counts are exact beyond what a double holds") {
    CHECK(format_count(0, kVietnamese) == "0");
    CHECK(format_count(11047, kVietnamese) == "11.047");
    CHECK(format_count(-1000, kEnglish) == "−1,000");
    CHECK(format_count(9007199254740993, kPlain) == "9007199254740993");
    CHECK(format_count(std::numeric_limits<std::int64_t>::min(), kPlain) == "−9223372036854775808");
}

TEST_CASE("decimals tell class breaks apart") {
    CHECK(decimals_for({}) == 0);
    CHECK(decimals_for({1, 2, 1000}) == 0);
    CHECK(decimals_for({0.5, 1.0, 1.5}) == 2);
    CHECK(decimals_for({1234.5, 1234.5}) == 1); // no gap, and yet decimals
    CHECK(decimals_for({0.25}) == 2);
    CHECK(decimals_for({0.001, 0.002}) >= 3);
    CHECK(decimals_for({1e-12, 2e-12}) <= 8);
    CHECK(decimals_for({std::nan(""), 3}) == 0);
    std::mt19937 random(5);
    std::uniform_real_distribution<double> draw(0, 50);
    for (int round = 0; round < 200; ++round) {
        const std::vector<double> values{draw(random), draw(random), draw(random), draw(random)};
        const int decimals = decimals_for(values);
        for (std::size_t i = 0; i < values.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                CHECK(format_number(values[i], decimals, kPlain) !=
                      format_number(values[j], decimals, kPlain));
    }
}

TEST_CASE("numbers beyond what decimals can show keep their exponent") {
    CHECK(format_number(1e300, 0, kEnglish) == "1.00e+300");
    CHECK(format_number(-2.5e20, 2, kVietnamese) == "−2,50e+20");
    CHECK(format_number(1e-9, 8, kVietnamese) == "1,00e-09");
    CHECK(format_number(0, 8, kEnglish) == "0.00000000");
    CHECK(format_number(1e-9, 2, kEnglish) == "0.00");
    CHECK(format_number(999'999'999'999, 0, kEnglish) == "999,999,999,999");
}
