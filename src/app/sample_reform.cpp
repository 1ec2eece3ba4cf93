// The reform: small communes join their neighbours, a few are divided between two new units.
#include "app/sample_province.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <set>

namespace diaban::app::sample {
namespace {

// 156 communes became 102 units; other sizes in proportion.
std::uint32_t units_after(std::uint32_t communes) {
    return std::max(4u, static_cast<std::uint32_t>((std::uint64_t{communes} * 102 + 78) / 156));
}

// Joins the smallest group with a small neighbour until `wanted` groups are left.
class Merger {
public:
    Merger(const Province& province, std::uint32_t keep)
        : province_(province), group_(province.communes.size()), members_(group_.size()),
          links_(group_.size()), weight_(group_.size()) {
        std::iota(group_.begin(), group_.end(), 0u);
        for (std::uint32_t i = 0; i < group_.size(); ++i) {
            const auto& c = province.communes[i];
            members_[i] = {i};
            // Size in people, roughly, blurred: reforms do not follow a ruler.
            const double spread = 0.6 + 0.8 * province.lattice.dice().unit(Stream::Merge, i);
            weight_[i] = static_cast<double>(c.cells.size()) * c.crowd * spread;
            if (c.island || i == keep) continue;
            for (const auto n : province.links.row(i))
                if (!province.communes[n].island && n != keep) links_[i].insert(n);
        }
    }

    std::vector<std::vector<std::uint32_t>> run(std::uint32_t wanted, base::JobContext& ctx) {
        auto groups = static_cast<std::uint32_t>(group_.size());
        for (std::size_t most = 3; groups > wanted && most < 2 * group_.size(); most *= 2) {
            std::set<std::pair<double, std::uint32_t>> smallest;
            for (std::uint32_t i = 0; i < group_.size(); ++i)
                if (!members_[i].empty()) smallest.emplace(weight_[i], i);
            while (groups > wanted && !smallest.empty()) {
                ctx.check();
                const auto a = smallest.begin()->second;
                smallest.erase(smallest.begin());
                const auto b = partner(a, most);
                if (b == kNone) continue;
                smallest.erase({weight_[b], b});
                join(a, b);
                smallest.emplace(weight_[a], a);
                --groups;
            }
        }
        std::vector<std::vector<std::uint32_t>> result;
        for (auto& m : members_)
            if (!m.empty()) std::sort(m.begin(), m.end()), result.push_back(std::move(m));
        std::sort(result.begin(), result.end());
        return result;
    }

private:
    std::uint32_t partner(std::uint32_t a, std::size_t most) const {
        std::uint32_t best = kNone;
        double best_weight = 0;
        for (const auto b : links_[a]) {
            if (members_[a].size() + members_[b].size() > most) continue;
            const bool same = province_.communes[members_[a][0]].district ==
                              province_.communes[members_[b][0]].district;
            const double w = weight_[b] * (same ? 1 : 4);
            if (best == kNone || w < best_weight) best = b, best_weight = w;
        }
        return best;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
        members_[b].clear();
        weight_[a] += weight_[b];
        for (const auto n : links_[b]) {
            links_[n].erase(b);
            if (n == a) continue;
            links_[n].insert(a);
            links_[a].insert(n);
        }
        links_[b].clear();
    }

    const Province& province_;
    std::vector<std::uint32_t> group_;
    std::vector<std::vector<std::uint32_t>> members_;
    std::vector<std::set<std::uint32_t>> links_; // between groups, by lead member
    std::vector<double> weight_;
};

// A commune at the edge of its unit that also touches another unit can be divided between the two.
class Divider {
public:
    Divider(Province& province, std::vector<std::uint32_t>& unit_of_commune)
        : province_(province), unit_(unit_of_commune), busy_(province.units.size()),
          host_(province.communes.size()) {
        for (const auto& c : province.communes)
            if (c.around != kNone) host_[c.around] = 1;
    }

    // Prefers big rural communes; `any` takes what there is, for small provinces.
    bool divide(std::uint32_t s, bool any) {
        const auto& commune = province_.communes[s];
        const auto own = unit_[s];
        least_ = any ? 1 : 4;
        if (commune.island || commune.around != kNone || host_[s] || busy_[own] ||
            province_.units[own].members.size() < 2 || commune.cells.size() < 3 * least_)
            return false;
        if (!any && commune.setting != Setting::Rural) return false;
        if (!rest_connected(s)) return false;
        for (const auto n : province_.links.row(s)) {
            const auto other = unit_[n];
            if (other == own || province_.units[other].island || busy_[other]) continue;
            if (cut(s, own, other)) return true;
        }
        return false;
    }

private:
    bool rest_connected(std::uint32_t s) const {
        const auto& members = province_.units[unit_[s]].members;
        std::vector<std::uint32_t> reached{members[0] == s ? members[1] : members[0]};
        for (std::size_t next = 0; next < reached.size(); ++next)
            for (const auto n : province_.links.row(reached[next]))
                if (n != s && unit_[n] == unit_[s] &&
                    std::find(reached.begin(), reached.end(), n) == reached.end())
                    reached.push_back(n);
        return reached.size() + 1 == members.size();
    }
    // The cells of s that border unit u (without s itself).
    std::vector<CellId> frontier(std::uint32_t s, std::uint32_t u) const {
        std::vector<CellId> cells;
        for (const auto c : province_.communes[s].cells)
            for (int k = 0; k < 6; ++k) {
                const auto label = province_.commune_of[province_.lattice.neighbour(c, k)];
                if (label == kNone || label == s || unit_[label] != u) continue;
                cells.push_back(c);
                break;
            }
        return cells;
    }
    bool cut(std::uint32_t s, std::uint32_t own, std::uint32_t other) {
        const auto staying = frontier(s, own), moving = frontier(s, other);
        if (staying.empty() || moving.empty()) return false;
        // The pair of cells farthest apart; the two sides grow from them until they meet.
        CellId p = staying[0], q = moving[0];
        double farthest = -1;
        for (const auto a : staying)
            for (const auto b : moving) {
                const auto x = province_.lattice.regular(a), y = province_.lattice.regular(b);
                const double d = (x.x - y.x) * (x.x - y.x) + (x.y - y.y) * (x.y - y.y);
                if (d > farthest) farthest = d, p = a, q = b;
            }
        if (p == q) return false;
        std::vector<std::pair<CellId, std::uint8_t>> queue{{p, std::uint8_t{1}},
                                                           {q, std::uint8_t{2}}};
        std::vector<CellId> seen{p, q};
        Split split{s, own, other, {q}};
        for (std::size_t next = 0; next < queue.size(); ++next) {
            const auto [c, side] = queue[next];
            for (int k = 0; k < 6; ++k) {
                const auto n = province_.lattice.neighbour(c, k);
                if (province_.commune_of[n] != s ||
                    std::find(seen.begin(), seen.end(), n) != seen.end())
                    continue;
                seen.push_back(n);
                queue.emplace_back(n, side);
                if (side == 2) split.moved.push_back(n);
            }
        }
        // Islets of the commune are not reached and stay. Slivers are no split.
        if (split.moved.size() < least_ || split.moved.size() + least_ > seen.size()) return false;
        std::sort(split.moved.begin(), split.moved.end());
        auto& members = province_.units[own].members;
        members.erase(std::find(members.begin(), members.end(), s));
        province_.units[own].parts.push_back(s);
        province_.units[other].parts.push_back(s);
        busy_[own] = busy_[other] = 1;
        province_.splits.push_back(std::move(split));
        return true;
    }

    Province& province_;
    std::vector<std::uint32_t>& unit_;
    std::vector<std::uint8_t> busy_, host_;
    std::size_t least_ = 4; // cells of either part
};

} // namespace

void make_reform(Province& province, base::JobContext& ctx) {
    const auto communes = static_cast<std::uint32_t>(province.communes.size());
    // The first enclave stays as it is, so that both vintages have one.
    std::uint32_t keep = kNone;
    for (std::uint32_t i = 0; i < communes && keep == kNone; ++i)
        if (province.communes[i].around != kNone) keep = i;
    const auto groups = Merger(province, keep).run(units_after(communes), ctx);
    std::vector<std::uint32_t> unit(communes);
    for (std::uint32_t u = 0; u < groups.size(); ++u) {
        province.units.push_back({groups[u], {}, province.communes[groups[u][0]].island});
        for (const auto m : groups[u]) unit[m] = u;
    }
    const auto wanted = std::max(1u, communes / 156);
    Divider divider(province, unit);
    const auto start = province.lattice.dice().below(communes, Stream::Split, 0);
    // Long strides spread the splits over the province; a second round leaves none out.
    for (std::uint32_t i = 0; i < 2 * communes && province.splits.size() < wanted; ++i) {
        if (i < communes)
            divider.divide((start + i * 7919u % communes) % communes, false);
        else
            divider.divide(i - communes, true);
    }

    province.unit_of.assign(province.lattice.cells(), kNone);
    for (CellId c = 0; c < province.lattice.cells(); ++c)
        if (province.commune_of[c] != kNone) province.unit_of[c] = unit[province.commune_of[c]];
    for (const auto& split : province.splits)
        for (const auto c : split.moved) province.unit_of[c] = split.moves_to;
}

} // namespace diaban::app::sample
