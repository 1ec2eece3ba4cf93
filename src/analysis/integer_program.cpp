#include "analysis/integer_program.hpp"

#include "base/error.hpp"

#include <cmath>
#include <coin/Cbc_C_Interface.h>
#include <fmt/format.h>
#include <memory>
#include <mutex>

namespace diaban::analysis {
namespace {

// Nodes of the first stretch of a search; the next is ten times as long.
constexpr int kFirstStretch = 100;
constexpr double kCbcInfinity = 1e300, kNoCbcBound = 1e49;
constexpr double kSameObjective = 1e-7; // relative, as CBC's own tolerance of the reduced costs

struct CbcDeleter {
    void operator()(Cbc_Model* model) const { Cbc_deleteModel(model); }
};
using CbcHandle = std::unique_ptr<Cbc_Model, CbcDeleter>;

double cbc_limit(double value) {
    return std::isinf(value) ? std::copysign(kCbcInfinity, value) : value;
}

CbcHandle loaded(const IntegerProgram& program) {
    const auto& rows = program.rows();
    const auto columns = program.columns().size();
    // CBC wants the matrix column by column.
    std::vector<CoinBigIndex> begin(columns + 1, 0);
    for (const auto column : rows.index) ++begin[column + 1];
    for (std::size_t c = 0; c < columns; ++c) begin[c + 1] += begin[c];
    std::vector<int> index(rows.index.size());
    std::vector<double> factor(rows.index.size());
    auto next = begin;
    for (std::size_t r = 0; r < rows.rows(); ++r)
        for (std::size_t k = rows.offset[r]; k < rows.offset[r + 1]; ++k) {
            const auto at = static_cast<std::size_t>(next[rows.index[k]]++);
            index[at] = static_cast<int>(r);
            factor[at] = rows.weight[k];
        }
    std::vector<double> lower, upper, cost, row_lower, row_upper;
    for (const auto& column : program.columns()) {
        cost.push_back(column.cost);
        lower.push_back(cbc_limit(column.lower));
        upper.push_back(cbc_limit(column.upper));
    }
    for (const auto& limits : program.row_limits()) {
        row_lower.push_back(cbc_limit(limits.lower));
        row_upper.push_back(cbc_limit(limits.upper));
    }
    CbcHandle model(Cbc_newModel());
    Cbc_setLogLevel(model.get(), 0);
    Cbc_loadProblem(model.get(), static_cast<int>(columns), static_cast<int>(rows.rows()),
                    begin.data(), index.data(), factor.data(), lower.data(), upper.data(),
                    cost.data(), row_lower.data(), row_upper.data());
    Cbc_setObjSense(model.get(), program.maximise() ? -1 : 1);
    for (std::size_t c = 0; c < columns; ++c)
        if (program.columns()[c].whole) Cbc_setInteger(model.get(), static_cast<int>(c));
    return model;
}

void give_start(Cbc_Model* model, const std::vector<double>& start) {
    if (start.empty()) return;
    std::vector<int> index(start.size());
    for (std::size_t i = 0; i < start.size(); ++i) index[i] = static_cast<int>(i);
    Cbc_setMIPStartI(model, static_cast<int>(start.size()), index.data(), start.data());
}

double value_of(const IntegerProgram& program, const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += program.columns()[i].cost * x[i];
    return sum;
}

// One stretch of the search. CBC keeps values of its own between calls, so it runs once at a time.
ProgramAnswer search(const IntegerProgram& program, const std::vector<double>& start, int nodes) {
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    const double nothing_known =
        program.maximise() ? IntegerProgram::kNoLimit : -IntegerProgram::kNoLimit;
    ProgramAnswer out;
    const auto model = loaded(program);
    give_start(model.get(), start);
    Cbc_setMaximumNodes(model.get(), nodes);
    Cbc_solve(model.get());
    out.nodes = static_cast<std::uint64_t>(std::max(0, Cbc_getNodeCount(model.get())));
    out.bound = nothing_known;
    if (Cbc_isProvenInfeasible(model.get())) {
        out.infeasible = start.empty();
        return out;
    }
    if (const double* best = Cbc_bestSolution(model.get())) {
        out.found = true;
        out.x.assign(best, best + program.columns().size());
        for (std::size_t i = 0; i < out.x.size(); ++i)
            if (program.columns()[i].whole) out.x[i] = std::round(out.x[i]);
        out.objective = value_of(program, out.x);
    }
    const double bound = Cbc_getBestPossibleObjValue(model.get());
    if (std::fabs(bound) < kNoCbcBound) out.bound = bound;
    const bool ended = Cbc_status(model.get()) == 0 && Cbc_isProvenOptimal(model.get());
    out.proven = out.found && (ended || std::fabs(out.bound - out.objective) <=
                                            kSameObjective * std::max(1.0, std::fabs(out.bound)));
    if (out.proven) out.bound = out.objective;
    return out;
}

} // namespace

std::size_t IntegerProgram::add_column(double cost, double lower, double upper, bool whole) {
    columns_.push_back({cost, lower, upper, whole});
    return columns_.size() - 1;
}

void IntegerProgram::add_term(std::size_t column, double factor) {
    rows_.index.push_back(static_cast<std::uint32_t>(column));
    rows_.weight.push_back(factor);
}

void IntegerProgram::end_row(double lower, double upper) {
    rows_.offset.push_back(static_cast<std::uint32_t>(rows_.index.size()));
    limits_.push_back({lower, upper});
}

ProgramAnswer solve(const IntegerProgram& program, const std::vector<double>& start, int node_limit,
                    base::JobContext& ctx) {
    constexpr std::size_t kMost = std::numeric_limits<int>::max();
    if (program.rows().index.size() > kMost || program.columns().size() > kMost)
        throw base::Error(base::ErrorKind::Usage, "error.program.large");
    ProgramAnswer best;
    best.bound = program.maximise() ? IntegerProgram::kNoLimit : -IntegerProgram::kNoLimit;
    if (!start.empty()) {
        best.found = true;
        best.x = start;
        best.objective = value_of(program, start);
    }
    for (int nodes = std::min(kFirstStretch, node_limit);;
         nodes = nodes > node_limit / 10 ? node_limit : nodes * 10) {
        if (ctx.cancelled()) {
            best.stopped = true;
            return best;
        }
        auto next = search(program, best.x, nodes);
        // What an earlier stretch proved or found holds.
        if (program.maximise() ? next.bound > best.bound : next.bound < best.bound)
            next.bound = best.bound;
        if (best.found && (!next.found || (program.maximise() ? best.objective > next.objective
                                                              : best.objective < next.objective))) {
            next.found = true;
            next.x = best.x;
            next.objective = best.objective;
        }
        best = std::move(next);
        if (best.proven || best.infeasible || nodes >= node_limit) return best;
    }
}

std::string to_lp(const IntegerProgram& program) {
    constexpr std::size_t kTermsPerLine = 8; // readers refuse long lines
    std::string out = program.maximise() ? "Maximize\n obj:" : "Minimize\n obj:";
    std::size_t on_line = 0;
    const auto term = [&](double factor, std::size_t column) {
        if (on_line++ % kTermsPerLine == kTermsPerLine - 1) out += "\n ";
        out += fmt::format(" {} {:.17g} x{}", factor < 0 ? '-' : '+', std::fabs(factor), column);
    };
    const auto& columns = program.columns();
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].cost != 0) term(columns[c].cost, c);
    out += "\nSubject To\n";
    const auto& rows = program.rows();
    // Names of rows: same, at least, at most. One that begins with e could be read as a number.
    const auto row = [&](std::size_t r, char side, const char* sign, double limit) {
        out += fmt::format(" {}{}:", side, r);
        on_line = 0;
        for (std::size_t k = rows.offset[r]; k < rows.offset[r + 1]; ++k)
            term(rows.weight[k], rows.index[k]);
        out += fmt::format(" {} {:.17g}\n", sign, limit);
    };
    for (std::size_t r = 0; r < rows.rows(); ++r) {
        const auto& limits = program.row_limits()[r];
        if (limits.lower == limits.upper) {
            row(r, 's', "=", limits.lower);
            continue;
        }
        if (!std::isinf(limits.lower)) row(r, 'a', ">=", limits.lower);
        if (!std::isinf(limits.upper)) row(r, 'm', "<=", limits.upper);
    }
    out += "Bounds\n";
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto& column = columns[c];
        out += fmt::format(" {:.17g} <= x{}", column.lower, c);
        if (!std::isinf(column.upper)) out += fmt::format(" <= {:.17g}", column.upper);
        out += "\n";
    }
    out += "Generals\n";
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].whole) out += fmt::format(" x{}\n", c);
    return out + "End\n";
}

} // namespace diaban::analysis
