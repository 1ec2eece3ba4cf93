// Queries: text and tree say the same, errors name column and expectation, and a thousand random
// queries agree with one written unit by unit.
#include "data/query.hpp"

#include "base/number.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace diaban;
using data::Comparison;
using data::Condition;
using data::Flag;
using data::Query;
using data::Status;
using data::Subject;

namespace {

base::Error query_refusal(const std::string& text) {
    try {
        data::parse_query(text);
    } catch (const base::Error& error) {
        return error;
    }
    FAIL("accepted: " << text);
    return {base::ErrorKind::Bug, ""};
}

template <class T> T query_arg(const base::Error& error, const std::string& name) {
    for (const auto& [key, value] : error.message.args)
        if (key == name) return std::get<T>(value);
    FAIL("no " << name);
    return {};
}

// "key@column".
std::string refused_at(const std::string& text) {
    const auto error = query_refusal(text);
    return error.message.key + "@" + std::to_string(query_arg<std::int64_t>(error, "column"));
}

constexpr std::size_t kRowUnits = 40;
constexpr data::Period kYear2014{2014, 0}, kYear2015{2015, 0};

// Forty units in a row, each beside the one before and the one after; three districts and some
// units without one; two indicators of two years with gaps.
struct QueryBench {
    data::UnitTable units;
    data::IndicatorCube cube{
        "2009", {{.id = "DR01"}, {.id = "dân số 2"}}, {kYear2014, kYear2015}, kRowUnits};
    geo::Csr row;
    data::QueryInputs in;

    QueryBench() {
        std::mt19937 dice(7);
        units.groups[1] = {{"311", "Huyện Một"}, {"312", "Huyện \"Hai\""}, {"", "Thị xã Ba"}};
        units.groups[2] = {{"94", "Tỉnh Thử"}};
        units.parent[2].assign(kRowUnits, 0);
        data::StatusSeries drug{{kYear2014, kYear2015}, {{}, {}}};
        std::vector<double> port, any;
        std::vector<std::string> classes;
        std::mt19937 shore(8);
        for (std::size_t u = 0; u < kRowUnits; ++u) {
            for (const char* kind : {"coast", "border"})
                in.outlines[kind].push_back(
                    std::array{Flag::No, Flag::Yes, Flag::No, Flag::Unknown}[shore() % 4]);
            units.code.push_back((u < 10 ? "0" : "") + std::to_string(u));
            units.name.push_back("Xã " + units.code.back());
            units.parent[1].push_back(u % 7 == 6 ? geo::kNoGroup
                                                 : static_cast<geo::GroupIndex>(u % 3));
            for (std::size_t p = 0; p < 2; ++p) {
                for (std::size_t i = 0; i < 2; ++i)
                    if (dice() % 5) cube.set(i, p, u, static_cast<double>(dice() % 12));
                drug.of[p].push_back(data::kAllStatuses[dice() % data::kStatuses]);
            }
            port.push_back(dice() % 9 ? static_cast<double>(dice() % 80) * 100 : base::kNaN);
            any.push_back(std::isnan(port.back()) ? base::kNaN : port.back() / 2);
            classes.emplace_back(
                std::array{"hot-99", "cold-99", "not-significant", ""}[dice() % 4]);
            if (u > 0) row.index.push_back(static_cast<std::uint32_t>(u - 1));
            if (u + 1 < kRowUnits) row.index.push_back(static_cast<std::uint32_t>(u + 1));
            row.offset.push_back(static_cast<std::uint32_t>(row.index.size()));
        }
        units.type.assign(kRowUnits, "");
        in.units = &units;
        in.cube = &cube;
        in.statuses[data::Domain::Drug] = std::move(drug);
        in.neighbours = &row;
        in.metres[{"port"}] = port;
        in.metres[{}] = any;
        in.results["Gi* 2015"] = classes;
        in.result_words["Gi* 2015"] = {"hot-99", "hot-95", "cold-99", "not-significant"};
        in.sets["thăm \"lại\""] = {"03", "17", "18", "99"};
    }
    QueryBench(const QueryBench&) = delete;

    std::vector<std::string> yes(const std::string& text) const {
        std::vector<std::string> out;
        const auto flags = data::evaluate(data::parse_query(text), in, kYear2015);
        for (std::size_t u = 0; u < flags.size(); ++u)
            if (flags[u] == Flag::Yes) out.push_back(units.code[u]);
        return out;
    }
    std::string evaluation_error(const std::string& text) const {
        try {
            data::evaluate(data::parse_query(text), in, kYear2015);
        } catch (const base::Error& error) {
            return error.message.key + "@" +
                   std::to_string(query_arg<std::int64_t>(error, "column"));
        }
        return "";
    }
};

// ---- Random queries
class QueryDice {
public:
    explicit QueryDice(unsigned seed) : dice_(seed) {}

    Query query(int depth) {
        const auto kind = depth == 0 ? 0 : below(6);
        switch (kind) {
        case 1:
        case 2: {
            Query out{kind == 1 ? Query::Kind::And : Query::Kind::Or, {}, {}};
            for (auto parts = 2 + below(2); parts > 0; --parts) out.of.push_back(query(depth - 1));
            return out;
        }
        case 3:
        case 4: {
            Query out{kind == 3 ? Query::Kind::Not : Query::Kind::NextTo, {}, {}};
            out.of.push_back(query(depth - 1));
            return out;
        }
        default:
            return {Query::Kind::Is, condition(), {}};
        }
    }

private:
    std::size_t below(std::size_t n) { return dice_() % n; }
    data::Period period() { return below(2) ? kYear2014 : kYear2015; }
    template <class T> T one(const std::vector<T>& of) { return of[below(of.size())]; }

    Condition condition() {
        Condition c;
        c.subject = static_cast<Subject>(below(data::kSubjects));
        const auto possible = data::compares_of(c);
        if (!possible.empty()) c.compare = one(possible);
        const bool ordered = c.compare != Comparison::Equal && c.compare != Comparison::NotEqual;
        switch (c.subject) {
        case Subject::Status:
            do c.word = one(data::words_of(c.subject));
            while (ordered && c.word == "unknown");
            if (below(2)) c.period = period();
            break;
        case Subject::Move:
            c.word = one(data::words_of(c.subject));
            c.from = period(), c.period = period();
            break;
        case Subject::Value:
        case Subject::Rank:
        case Subject::Rate:
            c.number = static_cast<double>(below(40)) / 4;
            if (c.subject == Subject::Rate) c.denominator = "dân số 2", c.scale = 12.5;
            [[fallthrough]];
        case Subject::Known:
            c.indicator = below(2) ? "DR01" : "dân số 2";
            if (below(2)) c.period = period();
            break;
        case Subject::Change:
            c.indicator = "DR01";
            c.from = period(), c.period = period();
            c.number = static_cast<double>(below(10)) - 5;
            break;
        case Subject::Result:
            c.name = "Gi* 2015";
            c.word = below(2) ? "hot-99" : "not-significant";
            break;
        case Subject::Near:
            if (below(2)) c.kinds = {"port"};
            c.number = static_cast<double>(below(9)) * 777.5;
            break;
        case Subject::District:
            c.word = one<std::string>({"Huyện Một", "huyen \"hai\"", "312", "thị xã ba"});
            break;
        case Subject::Province:
            c.word = "94";
            break;
        case Subject::Code:
            c.word = one<std::string>({"00", "07", "39"});
            break;
        case Subject::Set:
            c.word = "thăm \"lại\"";
            break;
        case Subject::On:
            c.word = below(2) ? "coast" : "border";
            break;
        }
        return c;
    }

    std::mt19937 dice_;
};

// ---- The same, naively: one unit at a time, three values as yes, no and nothing
using NaiveAnswer = std::optional<bool>;

bool naively_holds(double a, Comparison how, double b) {
    const bool less = a<b, more = a> b;
    switch (how) {
    case Comparison::Equal:
        return !less && !more;
    case Comparison::NotEqual:
        return less || more;
    case Comparison::Less:
        return less;
    case Comparison::AtMost:
        return !more;
    case Comparison::More:
        return more;
    default:
        return !less;
    }
}

class NaiveQuery {
public:
    explicit NaiveQuery(const QueryBench& bench) : b_(bench) {}

    NaiveAnswer of(const Query& q, std::size_t u) const {
        switch (q.kind) {
        case Query::Kind::Is:
            return of(q.is, u);
        case Query::Kind::Not:
            if (const auto inner = of(q.of[0], u)) return !*inner;
            return {};
        case Query::Kind::NextTo: {
            std::vector<NaiveAnswer> around;
            if (u > 0) around.push_back(of(q.of[0], u - 1));
            if (u + 1 < kRowUnits) around.push_back(of(q.of[0], u + 1));
            return decided(around, true);
        }
        default:
            std::vector<NaiveAnswer> parts;
            for (const auto& part : q.of) parts.push_back(of(part, u));
            return decided(parts, q.kind == Query::Kind::Or);
        }
    }

private:
    // One part that says `by` decides; otherwise one that is not known leaves it open.
    static NaiveAnswer decided(const std::vector<NaiveAnswer>& parts, bool by) {
        bool open = false;
        for (const auto& part : parts) {
            if (part == by) return by;
            open = open || !part;
        }
        return open ? NaiveAnswer() : NaiveAnswer(!by);
    }
    std::optional<double> value(const std::string& id, data::Period p, std::size_t u) const {
        const std::size_t i = id == "DR01" ? 0 : 1, at = p == kYear2014 ? 0 : 1; // undated is 2015
        const double v = b_.cube.value(i, at, u);
        return std::isnan(v) ? std::nullopt : std::optional(v);
    }
    Status status(data::Period p, std::size_t u) const {
        return b_.in.statuses.at(data::Domain::Drug).of[p == kYear2014 ? 0 : 1][u];
    }
    static int order(Status s) { // none, present, hot and III, II, I
        constexpr int kOrder[] = {0, 1, 2, 2, 3, 4};
        return kOrder[static_cast<int>(s)];
    }
    static NaiveAnswer equal(NaiveAnswer same, const Condition& c) {
        if (!same) return {};
        return *same == (c.compare == Comparison::Equal);
    }

    NaiveAnswer of_status(const Condition& c, std::size_t u) const {
        const auto s = status(c.period, u), asked = *data::parse_status(c.word);
        const bool any =
            s == Status::Hot || s == Status::Hot3 || s == Status::Hot2 || s == Status::Hot1;
        if (c.compare != Comparison::Equal && c.compare != Comparison::NotEqual) {
            if (s == Status::Unknown) return {};
            return naively_holds(order(s), c.compare, order(asked));
        }
        if (asked == Status::Unknown) return equal(s == Status::Unknown, c);
        if (s == Status::Unknown) return {};
        if (asked == Status::Hot) return equal(any, c);
        const bool with_class =
            asked == Status::Hot1 || asked == Status::Hot2 || asked == Status::Hot3;
        if (s == Status::Hot && with_class) return {};
        return equal(s == asked, c);
    }

    NaiveAnswer of_move(const Condition& c, std::size_t u) const {
        const auto a = status(c.from, u), b = status(c.period, u);
        if (a == Status::Unknown || b == Status::Unknown) return {};
        const bool was = a == Status::None, is = b == Status::None;
        const bool was_hot = a >= Status::Hot, is_hot = b >= Status::Hot;
        // Nothing comes back within two years: what is asked about begins with the first, or looks
        // from the second to itself or to the first.
        bool relapsed = false;
        if (c.from == kYear2015) {
            const auto first = status(kYear2014, u);
            relapsed = (is_hot && !was_hot && first != Status::Unknown && first >= Status::Hot) ||
                       (was && !is && first != Status::Unknown && first != Status::None);
        }
        if (c.word == "maintained") return equal(was && is, c);
        if (c.word == "newly_built") return equal(!was && is, c);
        if (c.word == "lost") return equal(was && !is, c);
        if (c.word == "new_hotspot") return equal(!was_hot && is_hot, c);
        if (c.word == "transformed") return equal(was_hot && !is_hot, c);
        return equal(relapsed, c);
    }

    std::optional<double> number(const Condition& c, std::size_t u) const {
        const auto v = value(c.indicator, c.period, u);
        if (!v) return {};
        if (c.subject == Subject::Rate) {
            const auto per = value(c.denominator, c.period, u);
            if (!per || *per <= 0) return {};
            return *v / *per * c.scale;
        }
        if (c.subject == Subject::Change) {
            const auto before = value(c.indicator, c.from, u);
            if (!before) return {};
            return *v - *before;
        }
        if (c.subject == Subject::Value) return v;
        double rank = 1;
        for (std::size_t other = 0; other < kRowUnits; ++other)
            if (const auto w = value(c.indicator, c.period, other)) rank += *w > *v;
        return rank;
    }

    NaiveAnswer of(const Condition& c, std::size_t u) const {
        switch (c.subject) {
        case Subject::Status:
            return of_status(c, u);
        case Subject::Move:
            return of_move(c, u);
        case Subject::Known:
            return value(c.indicator, c.period, u).has_value();
        case Subject::Result: {
            const auto& word = b_.in.results.at(c.name)[u];
            if (word.empty()) return {};
            return equal(word == c.word, c);
        }
        case Subject::Near: {
            const double metres = b_.in.metres.at(c.kinds)[u];
            if (std::isnan(metres)) return {};
            return naively_holds(metres, c.compare, c.number);
        }
        case Subject::District: {
            if (u % 7 == 6) return {};
            const std::size_t asked = c.word == "Huyện Một" ? 0 : c.word == "thị xã ba" ? 2 : 1;
            return equal(u % 3 == asked, c);
        }
        case Subject::Province:
            return equal(true, c);
        case Subject::Code:
            return equal(std::stoul(c.word) == u, c);
        case Subject::Set:
            return equal(u == 3 || u == 17 || u == 18, c);
        case Subject::On: {
            const auto flag = b_.in.outlines.at(c.word)[u];
            if (flag == Flag::Unknown) return {};
            return flag == Flag::Yes;
        }
        default:
            break;
        }
        if (const auto v = number(c, u)) return naively_holds(*v, c.compare, c.number);
        return {};
    }

    const QueryBench& b_;
};

} // namespace

TEST_CASE("a query is the same as text and as a tree") {
    const std::string text =
        "(status = hot or status(prostitution, 2015-H1) >= present) and "
        "rate(DR01 / population * 1000, 2015) > 2.5 and not near(port, border_gate) <= 5.3km and "
        "next_to(rank(\"số người\") <= 20) and district = \"Huyện \"\"Một\"\"\"";
    const auto query = data::parse_query(text);
    REQUIRE(query.kind == Query::Kind::And);
    REQUIRE(query.of.size() == 5);
    CHECK(query.of[0].kind == Query::Kind::Or);
    CHECK(query.of[0].of[1].is.period == data::Period{2015, 1});
    CHECK(query.of[0].of[1].is.domain == data::Domain::Prostitution);
    CHECK(query.of[1].is.scale == 1000);
    CHECK(query.of[2].kind == Query::Kind::Not);
    CHECK(query.of[2].of[0].is.kinds == std::vector<std::string>{"port", "border_gate"});
    CHECK(query.of[2].of[0].is.number == 5300);
    CHECK(query.of[3].of[0].is.indicator == "số người");
    CHECK(query.of[4].is.word == "Huyện \"Một\"");
    CHECK(data::to_text(query) == text);
    CHECK(data::is_complete(query));
    // However it is written: capitals, blanks, "and" before "or".
    CHECK(data::to_text(
              data::parse_query("STATUS(drug)=HOT1  Or known( DR01,2015 )and NOT code=01")) ==
          "status = hot1 or (known(DR01, 2015) and not code = 01)");
    CHECK(data::to_text(data::parse_query("near() > 800 m")) == "near() > 800m");
    CHECK(data::to_text(data::parse_query("change(DR01, 2010, 2015) < -1.5e-3")) ==
          "change(DR01, 2010, 2015) < -0.0015");
    CHECK(data::to_text(data::parse_query("ON( Coast )and not(on(border))")) ==
          "on(coast) and not on(border)");
    CHECK(data::needs_of(data::parse_query("on(coast) or next_to(on(border))")).outlines ==
          std::set<std::string>{"border", "coast"});
    // A group within a group of the same kind stays one.
    const std::string nested = "(code = 1 and code = 2) and code = 3";
    CHECK(data::to_text(data::parse_query(nested)) == nested);
    CHECK(data::parse_query(nested).of.size() == 2);
}

TEST_CASE("an error in a query says where and what was expected") {
    const auto error = query_refusal("status = hot adn code = 1");
    CHECK(error.kind == base::ErrorKind::Usage);
    CHECK(error.message.key == "error.query.expected");
    CHECK(query_arg<std::int64_t>(error, "column") == 14);
    CHECK(query_arg<std::string>(error, "found") == "adn");
    CHECK(query_arg<std::string>(error, "expected") == "and, or");
    CHECK(refused_at("") == "error.query.ends@1");
    CHECK(refused_at("status = ") == "error.query.ends@10");
    CHECK(refused_at("(code = 1") == "error.query.ends@10");
    CHECK(refused_at("status = warm") == "error.query.expected@10");
    CHECK(refused_at("status > unknown") == "error.query.expected@10");
    CHECK(refused_at("status(1) = hot") == "error.query.expected@8");
    CHECK(refused_at("stauts = hot") == "error.query.expected@1");
    CHECK(refused_at("value(DR01) = many") == "error.query.expected@15");
    CHECK(refused_at("value(DR01, then) > 1") == "error.query.expected@13");
    CHECK(refused_at("near(port) <= 5") == "error.query.expected@15");
    CHECK(refused_at("near(port) = 5km") == "error.query.expected@12");
    CHECK(refused_at("near(port) <= -5km") == "error.query.expected@15");
    CHECK(refused_at("district < \"A\"") == "error.query.expected@10");
    CHECK(refused_at("rate(a, b) > 1") == "error.query.expected@7");
    CHECK(refused_at("on(river)") == "error.query.expected@4");
    CHECK(refused_at("on coast") == "error.query.expected@4");
    CHECK(refused_at("on(coast) = 1") == "error.query.expected@11");
    CHECK(query_arg<std::string>(query_refusal("on(river)"), "expected") == "coast, border");
    CHECK(refused_at("code = 1 or") == "error.query.ends@12");
    // Characters are counted, not bytes.
    CHECK(refused_at("district = \"Huyện Mỹ Tú\" ? 1") == "error.query.expected@26");
    CHECK(refused_at("set = \"open") == "error.query.quote@7");
    CHECK(refused_at(std::string(5000, '(')) == "error.query.deep@201");
    std::string nots;
    for (int i = 0; i < 5000; ++i) nots += "not ";
    // However it is written, it can be written again.
    std::string groups = "code = 1";
    for (int i = 0; i < 49; ++i) groups = "(" + groups + ") and code = 2 or code = 3";
    const auto deep = data::parse_query(groups);
    CHECK(data::is_complete(deep));
    CHECK(data::parse_query(data::to_text(deep)) == deep);
    CHECK(refused_at("(" + groups + ") and code = 2 or code = 3") == "error.query.deep@1");
    CHECK(refused_at(nots + "code = 1") == "error.query.deep@801");
}

TEST_CASE("what a query names and is not there is refused with what there is") {
    const QueryBench bench;
    CHECK(bench.evaluation_error("code = 01 and value(DR02) > 1") == "error.query.indicator@15");
    CHECK(bench.evaluation_error("value(DR01, 2001) > 1") == "error.query.period@1");
    CHECK(bench.evaluation_error("status(2001) = hot") == "error.query.period@1");
    CHECK(bench.evaluation_error("move(drug, 2001, 2015) = lost") == "error.query.period@1");
    CHECK(bench.evaluation_error("status(prostitution) = hot") == "error.query.domain@1");
    CHECK(bench.evaluation_error("district = Bốn") == "error.query.district@1");
    CHECK(bench.evaluation_error("province = 95") == "error.query.province@1");
    CHECK(bench.evaluation_error("code = 77") == "error.query.code@1");
    CHECK(bench.evaluation_error("not set = x") == "error.query.set@5");
    CHECK(bench.evaluation_error("result(x) = hot-99") == "error.query.result@1");
    CHECK(bench.evaluation_error("code = 01 or result(\"Gi* 2015\") = hot99") ==
          "error.query.class@14");
    // A class that the method has and no unit is no error.
    CHECK(bench.evaluation_error("result(\"Gi* 2015\") != hot-95") == "");
    CHECK(bench.yes("result(\"Gi* 2015\") = hot-95").empty());
    CHECK(bench.evaluation_error("code = 01") == "");
    CHECK(bench.yes("code = 01") == std::vector<std::string>{"01"});
    CHECK(bench.yes("next_to(code = 01)") == std::vector<std::string>{"00", "02"});
    CHECK(bench.yes("set = \"thăm \"\"lại\"\"\" and not code = 17") ==
          std::vector<std::string>{"03", "18"});
}

TEST_CASE("what is not known of a unit never makes a query true") {
    const QueryBench bench;
    const auto no_value = bench.yes("not known(DR01)");
    REQUIRE(!no_value.empty());
    for (const auto* text : {"value(DR01) >= 0", "not value(DR01) >= 0", "rank(DR01) >= 1"}) {
        const auto yes = bench.yes(text);
        for (const auto& code : no_value)
            CHECK(std::find(yes.begin(), yes.end(), code) == yes.end());
    }
    const auto unknown = bench.yes("status = unknown");
    REQUIRE(!unknown.empty());
    const auto known = bench.yes("status = none or not status = none");
    CHECK(unknown.size() + known.size() == kRowUnits);
    // Of a unit without a shape nobody knows where it lies.
    const auto shore = bench.yes("on(coast) or not on(coast)");
    CHECK(shore.size() < kRowUnits);
    for (std::size_t u = 0; u < kRowUnits; ++u) {
        const bool told = bench.in.outlines.at("coast")[u] != Flag::Unknown;
        CHECK(told == (std::find(shore.begin(), shore.end(), bench.units.code[u]) != shore.end()));
    }
}

TEST_CASE("a thousand random queries round-trip and agree with a naive evaluation") {
    const QueryBench bench;
    const NaiveQuery naive(bench);
    QueryDice dice(20261122);
    std::size_t yes = 0, no = 0, open = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto query = dice.query(i % 4);
        const auto text = data::to_text(query);
        INFO(text);
        REQUIRE(data::is_complete(query));
        REQUIRE(data::parse_query(text) == query);
        const auto flags = data::evaluate(query, bench.in, kYear2015);
        REQUIRE(flags.size() == kRowUnits);
        for (std::size_t u = 0; u < kRowUnits; ++u) {
            const auto expected = naive.of(query, u);
            INFO("unit " << u);
            REQUIRE(flags[u] == (!expected ? Flag::Unknown : *expected ? Flag::Yes : Flag::No));
            ++(!expected ? open : *expected ? yes : no);
        }
    }
    // All three answers occur, each in a fair share of the cases.
    CHECK(std::min({yes, no, open}) > 2000);
}
