// Every expectation follows by hand from the sums.
#include "analysis/hidden_numbers.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using diaban::analysis::HiddenNumbers;

namespace {

diaban::base::JobContext unhurried;

// Numbers from 1 to 9, and their sum, which is public.
struct Small {
    HiddenNumbers numbers;
    std::vector<HiddenNumbers::Number> parts;
    std::vector<HiddenNumbers::Wish> wishes;
    HiddenNumbers::Number sum = 0;

    explicit Small(const std::vector<double>& values) {
        HiddenNumbers::Terms terms;
        double total = 0;
        for (const double value : values) {
            parts.push_back(numbers.add(value, 1, 9));
            wishes.push_back({parts.back(), 1, 9});
            terms.emplace_back(parts.back(), 1);
            total += value;
        }
        sum = numbers.add(total, total, total);
        terms.emplace_back(sum, -1);
        numbers.add_up(terms);
    }
};

} // namespace

TEST_CASE("a sum that is public is hidden where it narrows its parts") {
    Small seven({3, 4}); // neither can be more than 6
    CHECK(seven.numbers.hide_for(seven.wishes, {seven.sum}, unhurried).hidden ==
          std::vector{seven.sum});
    CHECK_FALSE(seven.numbers.is_public(seven.sum));
    Small ten({4, 6}); // 1 and 9, 9 and 1
    CHECK(ten.numbers.hide_for(ten.wishes, {ten.sum}, unhurried).hidden.empty());
    Small three({9, 4, 1});
    CHECK(three.numbers.hide_for(three.wishes, {three.sum}, unhurried).hidden.empty());
    Small kept({3, 4}); // in vain: it may not be hidden
    CHECK(kept.numbers.hide_for(kept.wishes, {}, unhurried).hidden.empty());
    CHECK(kept.numbers.is_public(kept.sum));
}

TEST_CASE("whoever waits for hidden numbers can stop it") {
    diaban::base::JobContext stopped;
    stopped.cancel();
    Small seven({3, 4});
    CHECK_THROWS_AS(seven.numbers.hide_for(seven.wishes, {seven.sum}, stopped),
                    diaban::base::Cancelled);
}

TEST_CASE("what is open stays so as long as the ranges it rests on") {
    HiddenNumbers numbers;
    const auto three = numbers.add(3, 1, 9), four = numbers.add(4, 1, 9);
    const auto seven = numbers.add(7, 1, 9); // said to be small, so neither can be 9
    numbers.add_up({{three, 1}, {four, 1}, {seven, -1}}, true);
    const auto ten = numbers.add(10, 10, 10), other = numbers.add(10, 0, HiddenNumbers::kNoMost);
    numbers.add_up({{ten, 1}, {other, -1}});
    const std::vector<HiddenNumbers::Wish> wishes{{three, 1, 9}, {four, 1, 9}};
    const auto answer = numbers.hide_for(wishes, {ten}, unhurried);
    CHECK(answer.hidden.empty());
    REQUIRE(answer.open.size() == 2);
    for (const auto& open : answer.open) {
        const auto& on = *open.rests_on;
        CHECK(std::find(on.begin(), on.end(), seven) != on.end());
        CHECK(std::find(on.begin(), on.end(), other) == on.end());
    }
    numbers.hide(seven);
    CHECK(numbers.hide_for(wishes, {ten}, unhurried).open.empty());
}

TEST_CASE("of several numbers that hold one the first that is enough by itself is hidden") {
    HiddenNumbers numbers;
    // Known only together with others: 3 and 20 are 23, and 3 and 12 and 30 are 45.
    const auto three = numbers.add(3, 1, 9), twenty = numbers.add(20, 20, 20),
               twelve = numbers.add(12, 12, 12), thirty = numbers.add(30, 30, 30);
    const auto one = numbers.add(23, 23, 23), other = numbers.add(45, 45, 45);
    numbers.add_up({{three, 1}, {twenty, 1}, {one, -1}});
    numbers.add_up({{three, 1}, {twelve, 1}, {thirty, 1}, {other, -1}});
    // Each of the two sums has to give up a number; the first of each is taken.
    const auto hidden =
        numbers.hide_for({{three, 1, 9}}, {twelve, twenty, thirty, one, other}, unhurried).hidden;
    CHECK(hidden.size() == 2);
    CHECK_FALSE(numbers.is_public(twelve));
    CHECK_FALSE(numbers.is_public(twenty));
    CHECK(numbers.is_public(thirty));
}

TEST_CASE("what the ranges of hidden numbers state by themselves is no reason to hide") {
    HiddenNumbers numbers;
    // 2 and 3 and their 5 are all known to be small: neither part can be a 9.
    const auto two = numbers.add(2, 1, 9), three = numbers.add(3, 1, 9),
               five = numbers.add(5, 1, 9);
    numbers.add_up({{two, 1}, {three, 1}, {five, -1}}, true);
    CHECK(numbers.hide_for({{two, 1, 9}, {three, 1, 9}, {five, 1, 9}}, {five}, unhurried)
              .hidden.empty());
    // With a public 14 of the two and a nine, the nine could be no 4: then it is.
    const auto nine = numbers.add(9, 1, 9), sum = numbers.add(14, 14, 14);
    numbers.add_up({{two, 1}, {three, 1}, {nine, 1}, {sum, -1}});
    CHECK(numbers.hide_for({{nine, 1, 9}}, {five}, unhurried).hidden == std::vector{five});
}

TEST_CASE("a number that hides another keeps a step") {
    HiddenNumbers numbers;
    const auto four = numbers.add(4, 1, 9), beside = numbers.add(12, 0, HiddenNumbers::kNoMost),
               sum = numbers.add(16, 16, 16), same = numbers.add(12, 12, 12);
    numbers.add_up({{four, 1}, {beside, 1}, {sum, -1}});
    CHECK(numbers.hide_for({{beside, 12, 12, true}}, {sum, same}, unhurried).hidden.empty());
    numbers.add_up({{beside, 1}, {same, -1}});
    CHECK(numbers.hide_for({{beside, 12, 12, true}}, {sum, same}, unhurried).hidden ==
          std::vector{same});
}

TEST_CASE("among thousands of numbers in one sum each district gives up one number if it must") {
    HiddenNumbers numbers;
    std::vector<HiddenNumbers::Wish> wishes;
    std::vector<HiddenNumbers::Number> may_hide;
    HiddenNumbers::Terms country;
    struct District {
        std::vector<HiddenNumbers::Number> small, shown;
    };
    std::vector<District> districts(150);
    std::minstd_rand chance(7);
    for (auto& district : districts) {
        HiddenNumbers::Terms terms;
        const auto few = chance() % 4;
        for (std::size_t cell = 0; cell < 20; ++cell) {
            const bool small = cell < few;
            const auto value = static_cast<double>(small ? 1 + chance() % 9 : 10 + chance() % 30);
            const auto number = small ? numbers.add(value, 1, 9) : numbers.add(value, value, value);
            (small ? district.small : district.shown).push_back(number);
            if (small) wishes.push_back({number, 1, 9});
            if (!small) may_hide.push_back(number);
            terms.emplace_back(number, 1);
        }
        country.insert(country.end(), terms.begin(), terms.end());
        numbers.add_up(terms);
    }
    REQUIRE(country.size() > 2000);
    numbers.add_up(country);

    // How far the others of its district let a number go down and up.
    const auto is_free = [&](const District& district, HiddenNumbers::Number number, bool beside) {
        double down = 0, up = 0; // for the number
        for (const auto other : district.small)
            if (other != number) down += 9 - numbers.value(other), up += numbers.value(other) - 1;
        const double value = numbers.value(number);
        return beside || (down >= value - 1 && up >= 9 - value);
    };
    std::size_t needed = 0;
    for (const auto& district : districts)
        needed += std::any_of(district.small.begin(), district.small.end(),
                              [&](auto one) { return !is_free(district, one, false); });
    REQUIRE(needed > 30);
    REQUIRE(needed < districts.size());
    const auto answer = numbers.hide_for(wishes, may_hide, unhurried);
    CHECK(answer.hidden.size() == needed);
    CHECK(answer.open.empty());
    for (const auto& district : districts) {
        const bool beside = std::any_of(district.shown.begin(), district.shown.end(),
                                        [&](auto one) { return !numbers.is_public(one); });
        for (const auto one : district.small) CHECK(is_free(district, one, beside));
    }
}
