#include "analysis/integer_program.hpp"

#include "base/error.hpp"

#include <chrono>
#include <cmath>
#include <coin/CbcEventHandler.hpp>
#include <coin/CbcModel.hpp>
#include <coin/CbcSolver.hpp>
#include <coin/ClpEventHandler.hpp>
#include <coin/ClpSimplex.hpp>
#include <coin/OsiClpSolverInterface.hpp>
#include <fmt/format.h>
#include <mutex>
#include <thread>

namespace diaban::analysis {
namespace {

// Nodes of the first stretch of a search; the next is ten times as long.
constexpr int kFirstStretch = 100;
constexpr double kCbcInfinity = 1e300, kNoCbcBound = 1e49;
constexpr double kSameObjective = 1e-7; // relative, as CBC's own tolerance of the reduced costs

// Both are asked while CBC works: between nodes, cuts and heuristics, and at every step of a linear
// program. CBC copies them.
class StopSearch : public CbcEventHandler {
public:
    explicit StopSearch(const base::JobContext& ctx) : ctx_(&ctx) {}
    CbcAction event(CbcEvent) override { return ctx_->cancelled() ? stop : noAction; }
    CbcAction event(CbcEvent which, void*) override { return event(which); }
    CbcEventHandler* clone() const override { return new StopSearch(*this); }

private:
    const base::JobContext* ctx_;
};
class StopSteps : public ClpEventHandler {
public:
    explicit StopSteps(const base::JobContext& ctx) : ctx_(&ctx) {}
    int event(Event) override { return ctx_->cancelled() ? 0 : -1; }
    ClpEventHandler* clone() const override { return new StopSteps(*this); }

private:
    const base::JobContext* ctx_;
};

double cbc_limit(double value) {
    return std::isinf(value) ? std::copysign(kCbcInfinity, value) : value;
}

void load_program(OsiClpSolverInterface& solver, const IntegerProgram& program) {
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
    solver.loadProblem(static_cast<int>(columns), static_cast<int>(rows.rows()), begin.data(),
                       index.data(), factor.data(), lower.data(), upper.data(), cost.data(),
                       row_lower.data(), row_upper.data());
    solver.setObjSense(program.maximise() ? -1 : 1);
    for (std::size_t c = 0; c < columns; ++c)
        if (program.columns()[c].whole) solver.setInteger(static_cast<int>(c));
}

// Columns of a start are found by their names.
void give_start(CbcModel& model, OsiClpSolverInterface& solver, const std::vector<double>& start) {
    if (start.empty()) return;
    std::vector<std::pair<std::string, double>> named;
    for (std::size_t i = 0; i < start.size(); ++i) {
        named.emplace_back(fmt::format("x{}", i), start[i]);
        solver.setColName(static_cast<int>(i), named.back().first);
    }
    model.setMIPStart(named);
}

double value_of(const IntegerProgram& program, const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += program.columns()[i].cost * x[i];
    return sum;
}

bool satisfies(const IntegerProgram& program, const std::vector<double>& x) {
    constexpr double kAlmost = 1e-6;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const auto& column = program.columns()[i];
        if (x[i] < column.lower - kAlmost || x[i] > column.upper + kAlmost) return false;
    }
    const auto& rows = program.rows();
    for (std::size_t r = 0; r < rows.rows(); ++r) {
        double sum = 0;
        for (std::size_t k = rows.offset[r]; k < rows.offset[r + 1]; ++k)
            sum += rows.weight[k] * x[rows.index[k]];
        const auto& limits = program.row_limits()[r];
        if (sum < limits.lower - kAlmost || sum > limits.upper + kAlmost) return false;
    }
    return true;
}

int no_wish(CbcModel*, int) {
    return 0;
}

// CBC keeps values of its own between calls, so it runs once at a time.
class CbcTurn {
public:
    // Waits until it may run, or the caller is cancelled.
    explicit CbcTurn(const base::JobContext& ctx) : lock_(mutex(), std::defer_lock) {
        while (!ctx.cancelled() && !lock_.try_lock()) std::this_thread::sleep_for(kLook);
    }
    bool mine() const { return lock_.owns_lock(); }

private:
    static constexpr std::chrono::milliseconds kLook{20};
    static std::mutex& mutex() {
        static std::mutex one_at_a_time;
        return one_at_a_time;
    }
    std::unique_lock<std::mutex> lock_;
};

// One stretch of the search. Cancelled, it may know of an answer, and of no bound.
ProgramAnswer search_stretch(const IntegerProgram& program, const std::vector<double>& start,
                             int nodes, base::JobContext& ctx) {
    ProgramAnswer out;
    out.bound = program.maximise() ? IntegerProgram::kNoLimit : -IntegerProgram::kNoLimit;
    const CbcTurn turn(ctx);
    if (!turn.mine()) return out;
    OsiClpSolverInterface solver;
    solver.setIntParam(OsiNameDiscipline, 2);
    solver.messageHandler()->setLogLevel(0);
    load_program(solver, program);
    const StopSteps stop_steps(ctx);
    solver.getModelPtr()->passInEventHandler(&stop_steps);
    CbcModel model(solver);
    CbcSolverUsefulData settings;
    CbcMain0(model, settings);
    settings.noPrinting_ = true;
    model.setLogLevel(0);
    const StopSearch stop_search(ctx);
    model.passInEventHandler(&stop_search);
    give_start(model, dynamic_cast<OsiClpSolverInterface&>(*model.solver()), start);
    model.setMaximumNodes(nodes);
    const char* arguments[] = {"diaban", "-log", "0", "-solve", "-quit"};
    CbcMain1(static_cast<int>(std::size(arguments)), arguments, model, no_wish, settings);
    out.nodes = static_cast<std::uint64_t>(std::max(0, model.getNodeCount()));
    const bool cancelled = ctx.cancelled();
    if (!cancelled && model.isProvenInfeasible()) {
        out.infeasible = start.empty();
        return out;
    }
    if (const double* best = model.bestSolution()) {
        out.x.assign(best, best + program.columns().size());
        for (std::size_t i = 0; i < out.x.size(); ++i)
            if (program.columns()[i].whole) out.x[i] = std::round(out.x[i]);
        out.objective = value_of(program, out.x);
        // Where it was stopped in the middle of a linear program, it may be none.
        out.found = !cancelled || satisfies(program, out.x);
    }
    if (cancelled) return out;
    const double bound = model.getBestPossibleObjValue();
    if (std::fabs(bound) < kNoCbcBound) out.bound = bound;
    const bool ended = model.status() == 0 && model.isProvenOptimal();
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
        auto next = search_stretch(program, best.x, nodes, ctx);
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
        if (ctx.cancelled() && !best.proven && !best.infeasible) best.stopped = true;
        if (best.proven || best.infeasible || best.stopped || nodes >= node_limit) return best;
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
