// Pieces of the p-centre problem. Private to src/analysis.
//
// The least radius at which p bases reach every place is one of the distances between a place and a
// candidate (Minieka 1970). Whether they do within a radius is a set covering; most are answered
// without a program of whole numbers.
#pragma once

#include "analysis/cover_parts.hpp"

namespace diaban::analysis {

enum class Within : std::uint8_t { Reached, Impossible, Undecided };

// Whether p bases reach every needy place within the distance.
class ReachQuestion {
public:
    ReachQuestion(const LocationProblem& problem, double metres, base::JobContext& ctx);
    // By what is left when everything was taken away that decides nothing, by places no two of
    // which one base reaches, by a choice, by a relaxation: in this order, until one answers.
    // Throws Cancelled.
    Within answer(base::JobContext& ctx);
    // By CBC, if what is left is small. A cancelled context leaves it undecided.
    Within prove(int node_limit, base::JobContext& ctx);
    // p places of the problem, once it is reached.
    const std::vector<std::uint32_t>& chosen() const { return chosen_; }
    std::uint64_t nodes() const { return nodes_; }

private:
    bool tidy();
    bool too_many_apart() const;
    bool take_if_all(const CoverChoice& choice);

    const LocationProblem& problem_;
    CoverQuestion left_;
    bool impossible_ = false;
    std::vector<std::uint32_t> chosen_;
    std::uint64_t nodes_ = 0;
};

} // namespace diaban::analysis
