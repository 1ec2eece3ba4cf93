#include "app/sum_network.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

namespace diaban::app {

SumNetwork::Node SumNetwork::add_node() {
    at_.emplace_back();
    return at_.size() - 1;
}

SumNetwork::Arc SumNetwork::add(Node from, Node to, double value, double low, double high) {
    const Arc arc = arcs_.size();
    arcs_.push_back({from, to, value, low, high});
    at_[from].push_back(arc);
    if (to != from) at_[to].push_back(arc);
    return arc;
}

void SumNetwork::set_range(Arc arc, double low, double high) {
    arcs_[arc].low = low;
    arcs_[arc].high = high;
}

std::vector<char> SumNetwork::reached(Node start, Arc without) const {
    std::vector<char> seen(at_.size(), 0);
    std::vector<Node> open{start};
    seen[start] = 1;
    while (!open.empty()) {
        const auto node = open.back();
        open.pop_back();
        for (const auto arc : at_[node]) {
            const auto& edge = arcs_[arc];
            const bool along = edge.from == node;
            const auto next = along ? edge.to : edge.from;
            if (arc == without || seen[next] || !(along ? edge.may_rise() : edge.may_fall()))
                continue;
            seen[next] = 1;
            open.push_back(next);
        }
    }
    return seen;
}

bool SumNetwork::open(Arc arc) const {
    const auto& edge = arcs_[arc];
    return (edge.may_rise() && reached(edge.to, arc)[edge.from]) ||
           (edge.may_fall() && reached(edge.from, arc)[edge.to]);
}

std::vector<SumNetwork::Arc> SumNetwork::held_by(Arc arc) const {
    const auto up = reached(arcs_[arc].to, arc), down = reached(arcs_[arc].from, arc);
    std::vector<Arc> out;
    for (Arc other = 0; other < arcs_.size(); ++other) {
        const auto from = arcs_[other].from, to = arcs_[other].to;
        if (other != arc && (up[from] != up[to] || down[from] != down[to])) out.push_back(other);
    }
    return out;
}

std::vector<SumNetwork::Arc> SumNetwork::way(Node start, Node end, Arc without) const {
    constexpr auto kNone = static_cast<Arc>(-1);
    std::vector<Arc> by(at_.size(), kNone);
    std::vector<char> seen(at_.size(), 0);
    std::deque<Node> open{start};
    seen[start] = 1;
    while (!open.empty() && !seen[end]) {
        const auto node = open.front();
        open.pop_front();
        for (const auto arc : at_[node]) {
            const auto& edge = arcs_[arc];
            const bool along = edge.from == node;
            const auto next = along ? edge.to : edge.from;
            if (arc == without || seen[next] || !(along ? edge.may_rise() : edge.may_fall()))
                continue;
            seen[next] = 1;
            by[next] = arc;
            open.push_back(next);
        }
    }
    std::vector<Arc> out;
    if (!seen[end]) return out;
    for (auto node = end; node != start;) {
        const auto arc = by[node];
        out.push_back(arc);
        node = arcs_[arc].from == node ? arcs_[arc].to : arcs_[arc].from;
    }
    return out;
}

void SumNetwork::push(Arc arc, double target, Changes& before) {
    auto& edge = arcs_[arc];
    while (std::abs(target - edge.value) >= 1) {
        const bool up = target > edge.value;
        // What it gives more has to come back to where it is from.
        const auto start = up ? edge.to : edge.from, end = up ? edge.from : edge.to;
        if (start == end) {
            before.emplace_back(arc, edge.value);
            edge.value = target;
            return;
        }
        auto step = std::floor(std::abs(target - edge.value));
        const auto back = way(start, end, arc);
        if (back.empty()) return;
        auto node = end;
        for (const auto one : back) {
            const auto& other = arcs_[one];
            const bool along = other.to == node;
            step = std::min(step,
                            std::floor(along ? other.high - other.value : other.value - other.low));
            node = along ? other.from : other.to;
        }
        node = end;
        for (const auto one : back) {
            auto& other = arcs_[one];
            const bool along = other.to == node;
            before.emplace_back(one, other.value);
            other.value += along ? step : -step;
            node = along ? other.from : other.to;
        }
        before.emplace_back(arc, edge.value);
        edge.value += up ? step : -step;
    }
}

bool SumNetwork::reaches(Arc arc, double target) {
    Changes before;
    push(arc, target, before);
    const bool there = std::abs(arcs_[arc].value - target) < 1;
    for (auto change = before.rbegin(); change != before.rend(); ++change)
        arcs_[change->first].value = change->second;
    return there;
}

std::vector<SumNetwork::Arc> SumNetwork::held_before(Arc arc, double target) const {
    auto pushed = *this;
    Changes before;
    pushed.push(arc, target, before);
    return pushed.held_by(arc);
}

} // namespace diaban::app
