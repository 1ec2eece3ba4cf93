#include "app/sum_network.hpp"

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

} // namespace diaban::app
