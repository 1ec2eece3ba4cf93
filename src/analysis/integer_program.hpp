// A linear program some of whose columns are whole numbers, and its exact solution (COIN-OR CBC).
//
// Guarantees: limits are counted in nodes of the search, never in seconds, and the search runs on
// one thread: the same program gives the same answer, however many threads the caller has. CBC's
// types stay in integer_program.cpp.
#pragma once

#include "base/job.hpp"
#include "geo/point.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace diaban::analysis {

class IntegerProgram {
public:
    static constexpr double kNoLimit = std::numeric_limits<double>::infinity();

    explicit IntegerProgram(bool maximise) : maximise_(maximise) {}
    // Returns the index of the column.
    std::size_t add_column(double cost, double lower, double upper, bool whole);
    // Terms of the row that ends next; a column may not come twice in a row.
    void add_term(std::size_t column, double factor);
    // lower <= the sum of the terms since the last row <= upper.
    void end_row(double lower, double upper);

    struct Column {
        double cost, lower, upper;
        bool whole;
    };
    struct Limits {
        double lower, upper;
    };
    bool maximise() const { return maximise_; }
    const std::vector<Column>& columns() const { return columns_; }
    const std::vector<Limits>& row_limits() const { return limits_; }
    const geo::Csr& rows() const { return rows_; }

private:
    bool maximise_;
    std::vector<Column> columns_;
    std::vector<Limits> limits_;
    geo::Csr rows_;
};

struct ProgramAnswer {
    bool found = false;      // x satisfies every row
    bool infeasible = false; // proven: nothing does
    bool proven = false;     // nothing is better than x
    bool stopped = false;    // by hand, before the limit
    std::vector<double> x;
    double objective = 0;
    double bound =
        0; // nothing is better than this; infinite (of the good side) if nothing is known
    std::uint64_t nodes = 0;
};

inline constexpr int kNodeLimit = 2000; // of one solution

// `start`: a value per column of a known answer, or empty. A cancelled context ends the search with
// the best answer found so far, marked `stopped`: at the next step of a linear program, round of
// cuts, heuristic or node, whichever comes first. Throws Error Usage "error.program.large" beyond
// what CBC can address.
ProgramAnswer solve(const IntegerProgram& program, const std::vector<double>& start, int node_limit,
                    base::JobContext& ctx);

// The program in CPLEX's LP format, which every solver reads. Columns are x0, x1 …
std::string to_lp(const IntegerProgram& program);

} // namespace diaban::analysis
