#include "geo/contiguity.hpp"

#include "geo/plane.hpp"

#include <numeric>

namespace diaban::geo {
namespace {

using Pairs = std::vector<std::pair<FaceId, FaceId>>;

// Rows from pairs given in both directions and perhaps repeatedly.
Csr rows_of(std::size_t rows, Pairs pairs) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    Csr csr;
    csr.offset.assign(rows + 1, 0);
    csr.index.reserve(pairs.size());
    for (const auto& [from, to] : pairs) {
        ++csr.offset[from + 1];
        csr.index.push_back(to);
    }
    std::partial_sum(csr.offset.begin(), csr.offset.end(), csr.offset.begin());
    return csr;
}

bool two_faces(const Arc& a) {
    return a.left != kOutside && a.right != kOutside && a.left != a.right;
}

double length_m(const Coverage& coverage, const Arc& arc) {
    const auto points = coverage.vertices_of(arc);
    double length = 0;
    for (std::size_t i = 1; i < points.size(); ++i) length += distance(points[i - 1], points[i]);
    return length;
}

} // namespace

Csr neighbours(const Coverage& coverage, Contiguity contiguity) {
    Pairs pairs;
    const auto add = [&](FaceId a, FaceId b) {
        pairs.emplace_back(a, b);
        pairs.emplace_back(b, a);
    };
    for (const Arc& a : coverage.arcs())
        if (two_faces(a)) add(a.left, a.right);
    if (contiguity == Contiguity::Queen) {
        std::vector<FaceId> around;
        auto contact = coverage.contacts().begin();
        const Csr& node_arcs = coverage.node_arcs();
        for (std::size_t n = 0; n < node_arcs.rows(); ++n) {
            around.clear();
            for (ArcId a : node_arcs.row(n))
                for (const FaceId f : {coverage.arcs()[a].left, coverage.arcs()[a].right})
                    if (f != kOutside) around.push_back(f);
            for (; contact != coverage.contacts().end() && contact->node == n; ++contact)
                if (contact->meets)
                    around.push_back(contact->face);
                else
                    std::erase(around, contact->face);
            std::sort(around.begin(), around.end());
            around.erase(std::unique(around.begin(), around.end()), around.end());
            for (std::size_t i = 0; i < around.size(); ++i)
                for (std::size_t j = i + 1; j < around.size(); ++j) add(around[i], around[j]);
        }
    }
    return rows_of(coverage.face_count(), std::move(pairs));
}

Csr shared_border_m(const Coverage& coverage) {
    Csr csr = neighbours(coverage, Contiguity::Rook);
    csr.weight.assign(csr.index.size(), 0);
    const auto add = [&](FaceId from, FaceId to, double length) {
        const auto row = csr.row(from);
        const auto at = std::lower_bound(row.begin(), row.end(), to) - row.begin();
        csr.weight[csr.offset[from] + static_cast<std::size_t>(at)] += length;
    };
    for (const Arc& a : coverage.arcs()) {
        if (!two_faces(a)) continue;
        const double length = length_m(coverage, a);
        add(a.left, a.right, length);
        add(a.right, a.left, length);
    }
    return csr;
}

std::vector<double> perimeter_m(const Coverage& coverage) {
    std::vector<double> perimeter(coverage.face_count(), 0);
    for (const Arc& a : coverage.arcs()) {
        const double length = length_m(coverage, a);
        if (a.left != kOutside) perimeter[a.left] += length;
        if (a.right != kOutside) perimeter[a.right] += length;
    }
    return perimeter;
}

Components components(const Csr& neighbours) {
    constexpr std::uint32_t kNone = 0xFFFFFFFFu;
    Components result;
    result.of.assign(neighbours.rows(), kNone);
    std::vector<std::uint32_t> todo;
    for (std::uint32_t start = 0; start < neighbours.rows(); ++start) {
        if (neighbours.row(start).empty()) result.islands.push_back(start);
        if (result.of[start] != kNone) continue;
        result.of[start] = result.count;
        todo.assign(1, start);
        while (!todo.empty()) {
            const std::uint32_t i = todo.back();
            todo.pop_back();
            for (std::uint32_t j : neighbours.row(i)) {
                if (result.of[j] != kNone) continue;
                result.of[j] = result.count;
                todo.push_back(j);
            }
        }
        ++result.count;
    }
    return result;
}

std::vector<std::uint8_t> arc_ranks(const Coverage& coverage,
                                    const std::vector<const std::vector<GroupIndex>*>& levels) {
    std::vector<std::uint8_t> ranks;
    ranks.reserve(coverage.arcs().size());
    for (const Arc& a : coverage.arcs()) {
        if (a.left == kOutside || a.right == kOutside) {
            ranks.push_back(static_cast<std::uint8_t>(levels.size()));
            continue;
        }
        std::uint8_t rank = 0;
        for (std::size_t level = 0; level < levels.size(); ++level)
            if ((*levels[level])[a.left] != (*levels[level])[a.right])
                rank = static_cast<std::uint8_t>(level);
        ranks.push_back(rank);
    }
    return ranks;
}

} // namespace diaban::geo
