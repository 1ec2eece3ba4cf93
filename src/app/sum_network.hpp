// Numbers that add up along two families of areas (districts in provinces, agencies), some of them
// public: whether one that is hidden could be another.
//
// Guarantees: exact for whole numbers. What flows from everything through a district into a commune
// and on through its agency back into everything is kept at every area, so the numbers are a flow;
// one of them can be another, with all the rest within what is known of them, if and only if there
// is a round trip along which every number may change by one (Cox, Network models for complementary
// cell suppression, JASA 90, 1995); how far it can go is the largest flow along such trips (Ford
// and Fulkerson 1956). Pure arithmetic; a question changes no number.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace diaban::app {

class SumNetwork {
public:
    using Node = std::size_t; // an area
    using Arc = std::size_t;  // a number: what one area gives to another
    Node add_node();
    // Everybody knows that it lies between `low` and `high`; one that is public is both.
    Arc add(Node from, Node to, double value, double low, double high);
    void set_range(Arc arc, double low, double high);
    double value(Arc arc) const { return arcs_[arc].value; }

    // It could be one more, or one less.
    bool open(Arc arc) const;
    // Of a number that is not open: those that hold it, so that nothing opens it but a wider range
    // of one of them at least. Ascending.
    std::vector<Arc> held_by(Arc arc) const;
    // It could be that much, which need not be in its own range.
    bool reaches(Arc arc, double target);
    // Of a number that does not reach it: those that hold it before, as above.
    std::vector<Arc> held_before(Arc arc, double target) const;

private:
    struct Edge {
        Node from, to;
        double value, low, high;
        bool may_rise() const { return high - value >= 1; }
        bool may_fall() const { return value - low >= 1; }
    };
    // Areas that one more can be passed on to from `start`, but along `without`.
    std::vector<char> reached(Node start, Arc without) const;
    // The way by which `end` was reached, as arcs from there back to `start`; empty: there is none.
    std::vector<Arc> way(Node start, Node end, Arc without) const;
    // Changes the others so that the number comes as near to the target as it can. `before`: what
    // was changed had that value, in order.
    using Changes = std::vector<std::pair<Arc, double>>;
    void push(Arc arc, double target, Changes& before);

    std::vector<Edge> arcs_;
    std::vector<std::vector<Arc>> at_; // by node: from it, or to it
};

} // namespace diaban::app
