// Numbers that are hidden but add up with others: how far each could be another, and which of the
// numbers that are public must be hidden as well so that it can.
//
// The linear programs of: Fischetti, M., Salazar-González, J.J. (2001): Solving the cell
// suppression problem on tabular data with linear constraints. Management Science 47(7), 1008–1027.
//
// Guarantees: exact for numbers that need not be whole (linear programs, COIN-OR Clp; its types
// stay in hidden_numbers.cpp). What holds a number is read from the program's dual answer: where
// none of the public numbers with a reduced cost is given up, the number goes no further. Where
// thousands hang together, a number is freed by those near it if it can be: never too little is
// hidden, at times more than the least. The same numbers, added in the same order, give the same
// answer. Where Clp fails everything that may be hidden of what hangs together is.
#pragma once

#include "base/job.hpp"

#include <cstddef>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace diaban::analysis {

class HiddenNumbers {
public:
    using Number = std::size_t;
    using Terms = std::vector<std::pair<Number, double>>;
    static constexpr double kNoMost = std::numeric_limits<double>::infinity();

    // Everybody knows that it lies between `least` and `most`; one that is public is both.
    // least <= value <= most.
    Number add(double value, double least, double most);
    // Everybody knows what the numbers times these factors are together. A number may not come
    // twice. `stated`: a sum of hidden numbers that itself is hidden, so that nothing but what is
    // stated of their ranges follows from it.
    void add_up(Terms terms, bool stated = false);
    double value(Number number) const { return numbers_[number].value; }
    bool is_public(Number number) const { return numbers_[number].least == numbers_[number].most; }
    // Is known to be no less than nothing from now on.
    void hide(Number number) { set_range(number, 0, kNoMost); }
    void set_range(Number number, double least, double most);

    // That it could be as little and as much as that, both within what is known of it; or only, if
    // `a_step`, that it could be one more or one less than it is.
    struct Wish {
        Number number;
        double least = 0, most = 0;
        bool a_step = false;
    };
    // A wish that is not, or not seen to be, all true. Nothing more can be done for it as long as
    // the ranges of these numbers stay.
    struct Open {
        std::size_t place; // of the wish
        std::shared_ptr<const std::vector<Number>> rests_on;
    };
    struct Answer {
        std::vector<Number> hidden; // in order
        std::vector<Open> open;
    };
    // Hides numbers, or what is known of their range, until every wish is true: as far as the
    // stated sums by themselves leave it, and as hiding all of `may_hide` would make it so. Rather
    // one that is enough by itself, rather an early one.
    Answer hide_for(const std::vector<Wish>& wishes, const std::vector<Number>& may_hide,
                    base::JobContext& ctx);

private:
    struct Known {
        double value, least, most;
    };
    struct Sum {
        Terms terms;
        bool stated;
    };
    class Web;
    struct Part;
    class Wishing;
    Part part(Web& web, std::vector<Number> numbers) const;

    std::vector<Known> numbers_;
    std::vector<Sum> sums_;
};

} // namespace diaban::analysis
