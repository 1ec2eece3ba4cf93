#include "app/history.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <random>
#include <set>

using namespace diaban;
using app::History;
using app::Project;

namespace {

Project with_k(int k) {
    Project p;
    p.map.k = k;
    return p;
}

// A change of one part of a project at random, the same for the same seed on every machine.
class AnyEdit {
public:
    explicit AnyEdit(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t n) { return random_() % n; }
    static std::size_t kinds() { return 21; }

    // Changes the part of that number. It may come out as it was.
    void change(Project& p, std::size_t kind) {
        // One name for each part, so that a part added to the project is missed here.
        auto& [title, data, map, page, links, results, plans, moves, sets, queries, lines,
               hidden_kinds, outline, views, rule, compare_rule, across, unknown] = p;
        switch (kind) {
        case 0:
            title = words();
            break;
        case 1:
            change_data(data);
            break;
        case 2:
            change_map(map);
            break;
        case 3:
            map.legends = {{words(), {{"class:1/5", words()}}, {"zero"}, {"class:2/5"}}};
            break;
        case 4:
            page.size = flip() ? "A3 portrait" : "slide";
            break;
        case 5:
            page.title = words(), page.subtitle = words(), page.source = words();
            break;
        case 6:
            page.district_labels = flip(), page.place_labels = flip();
            break;
        case 7:
            change_list(links, [&] { return std::pair{code(), code()}; });
            break;
        case 8:
            results = stored();
            break;
        case 9:
            plans = stored();
            break;
        case 10:
            moves.plan = words();
            change_list(moves.steps, [&] {
                return app::PlanMoves::Step{{code(), below(9)}, {code(), below(9)}};
            });
            if (moves.steps.empty()) moves = {};
            break;
        case 11:
            change_list(sets, [&] { return app::NamedSet{name(), {code(), code()}}; });
            break;
        case 12:
            change_list(queries, [&] { return app::NamedQuery{name(), words()}; });
            break;
        case 13:
            change_list(lines, [&] { return line(); });
            break;
        case 14:
            change_list(outline, [&] {
                return app::OutlineWord{flip() ? "coast" : "border", code(), flip()};
            });
            break;
        case 15:
            change_list(views, [&] { return view(); });
            break;
        case 16:
            rule = {words(), flip() ? "/du lieu/quy tac.json" : ""};
            break;
        case 17:
            compare_rule = {words(), {}};
            break;
        case 18:
            across = static_cast<app::Across>(below(app::kAcross.size()));
            break;
        case 19:
            unknown = R"({"later":)" + std::to_string(below(9)) + "}";
            break;
        case 20:
            hidden_kinds =
                flip() ? std::set<std::string>{} : std::set<std::string>{"port", words()};
            break;
        default:
            FAIL("no such part of a project: " << kind);
        }
    }

private:
    bool flip() { return below(2) == 0; }
    double number() { return static_cast<double>(below(100'000)) / 7; }
    std::string code() { return std::to_string(10'000 + below(90'000)); }
    std::string name() { return "tên " + std::to_string(++named_); } // no two alike
    std::string words() {
        const char* some[] = {"",        "Tỉnh mẫu",          "một \"tiêu đề\"",
                              "a\\b\nc", "near(port) <= 5km", "{}[],:"};
        return some[below(std::size(some))] + std::to_string(below(100));
    }
    std::string stored() {
        return flip() ? "" : R"([{"id":)" + std::to_string(below(99)) + R"(,"made":null}])";
    }
    // Most lists grow, some of what is there goes or changes places.
    template <class T, class Make> void change_list(std::vector<T>& list, Make make) {
        constexpr std::size_t kMost = 12;
        const std::size_t at = below(list.size() + 1);
        if (at == list.size() || (list.size() < kMost && below(3) > 0))
            list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), make());
        else if (flip())
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
        else
            std::swap(list[at], list[below(list.size())]);
    }
    void change_data(app::DataRequest& data) {
        switch (below(5)) {
        case 0:
            data.boundaries = "/du lieu/xa " + std::to_string(below(99)) + ".shp";
            break;
        case 1:
            data.db = "/du lieu/so.xlsx", data.key = words(), data.by_name = flip();
            break;
        case 2:
            change_list(data.values, [&] { return words(); });
            break;
        case 3:
            data.scale = number(), data.store = "/du lieu/kho.sqlite";
            break;
        case 4:
            change_list(data.places, [&] {
                return files::PlacesSource{"/du lieu/" + code() + ".shp", words(),
                                           flip() ? "" : "EPSG:9209"};
            });
            break;
        }
    }
    void change_map(app::MapChoice& map) {
        switch (below(6)) {
        case 0:
            map.indicator = words(), map.where = words();
            break;
        case 5:
            map.kind = static_cast<map::MapKind>(below(map::kMapKinds.size()));
            map.second = words(), map.dot_value = number(), map.largest_mm = number();
            change_list(map.second_breaks, [&] { return number(); });
            break;
        case 1:
            map.period = {static_cast<int>(2000 + below(40)), static_cast<int>(below(3))};
            break;
        case 2:
            map.method = flip() ? map::Method::Equal : map::Method::Quantile;
            break;
        case 3:
            map.k = static_cast<int>(2 + below(11)), map.palette = words();
            break;
        case 4:
            change_list(map.manual, [&] { return number(); }), map.reversed = flip();
            break;
        }
    }
    app::LineLayer line() {
        app::LineLayer layer;
        layer.file = "/du lieu/song " + code() + ".gpkg";
        layer.name = words();
        layer.width = 0.5 + static_cast<double>(below(40)) / 10;
        layer.shown = flip();
        return layer;
    }
    app::SavedView view() {
        app::SavedView made;
        made.name = name();
        change_map(made.map);
        made.mode = static_cast<app::MapMode>(below(app::kMapModes.size()));
        made.swipe = flip();
        made.years = {{2010, 0}, {2015, 2}};
        if (flip()) made.extent = {0, 0, 1 + number(), 1 + number(), "EPSG:9209"};
        made.hidden_kinds = {words()};
        made.selection = {code(), code()};
        made.spotlight = words();
        return made;
    }

    std::mt19937 random_;
    int named_ = 0;
};

// What a history should be, kept in the plainest way: every project of it, and its text.
struct PlainHistory {
    std::vector<Project> projects;
    std::vector<std::string> texts;
    std::size_t at = 0;

    explicit PlainHistory(const Project& initial) { add(initial); }
    void add(const Project& next) {
        projects.resize(std::min(projects.size(), at + 1));
        texts.resize(projects.size());
        projects.push_back(next);
        texts.push_back(app::project_json(next, "/du lieu"));
        at = projects.size() - 1;
    }
    void replace(const Project& next) {
        projects.pop_back(), texts.pop_back();
        at = projects.size() - 1;
        add(next);
    }
};

void same(const History& history, const PlainHistory& plain) {
    REQUIRE(history.size() == plain.projects.size());
    REQUIRE(history.at() == plain.at);
    REQUIRE(history.can_undo() == (plain.at > 0));
    REQUIRE(history.can_redo() == (plain.at + 1 < plain.projects.size()));
    REQUIRE(app::project_json(history.now(), "/du lieu") == plain.texts[plain.at]);
    REQUIRE(history.now() == plain.projects[plain.at]);
}

} // namespace

TEST_CASE("undo to the start and redo to the end gives the same projects") {
    History h(with_k(2));
    for (int k = 3; k <= 9; ++k) h.edit(with_k(k), "edit.k");
    for (int k = 8; k >= 2; --k) {
        REQUIRE(h.can_undo());
        h.undo();
        CHECK(h.now() == with_k(k));
    }
    CHECK_FALSE(h.can_undo());
    for (int k = 3; k <= 9; ++k) {
        CHECK(h.redo_label() == "edit.k");
        h.redo();
        CHECK(h.now() == with_k(k));
    }
    CHECK_FALSE(h.can_redo());
}

TEST_CASE("a drag becomes one step, two drags two") {
    History h(with_k(2));
    for (int k = 3; k <= 6; ++k) h.edit(with_k(k), "edit.k", "k");
    h.settle();
    for (int k = 7; k <= 9; ++k) h.edit(with_k(k), "edit.k", "k");
    h.undo();
    CHECK(h.now().map.k == 6);
    h.undo();
    CHECK(h.now().map.k == 2);
}

TEST_CASE("an edit after undo drops what was ahead; an edit that changes nothing is none") {
    History h(with_k(2));
    h.edit(with_k(3), "a");
    h.undo();
    h.edit(with_k(4), "b");
    CHECK_FALSE(h.can_redo());
    h.edit(with_k(4), "c");
    CHECK(h.undo_label() == "b");
}

TEST_CASE("unsaved means different from what was saved") {
    History h(with_k(2));
    CHECK_FALSE(h.unsaved());
    h.edit(with_k(3), "a", "k");
    CHECK(h.unsaved());
    h.mark_saved();
    CHECK_FALSE(h.unsaved());
    h.edit(with_k(4), "a", "k"); // must not merge into the saved state
    CHECK(h.unsaved());
    h.undo();
    CHECK(h.now().map.k == 3);
    CHECK_FALSE(h.unsaved());
}

TEST_CASE("undo to the start and redo to the end gives the same projects after random edits") {
    constexpr int kSteps = 400;
    std::set<std::size_t> edited;
    for (const std::uint32_t seed : {1U, 2U, 3U, 4U, 5U}) {
        CAPTURE(seed);
        AnyEdit any(seed);
        Project initial;
        for (std::size_t kind = 0; kind < AnyEdit::kinds(); ++kind) any.change(initial, kind);
        History history(initial);
        PlainHistory plain(initial);
        for (int step = 0; step < kSteps; ++step) {
            CAPTURE(step);
            const auto what = any.below(20);
            if (what < 12) {
                const auto kind = any.below(AnyEdit::kinds());
                Project next = history.now();
                any.change(next, kind);
                if (next != plain.projects[plain.at]) plain.add(next), edited.insert(kind);
                history.edit(std::move(next), "edit.any");
            } else if (what < 14) { // a slider is dragged: one step, however many edits
                Project next = history.now();
                for (int pixel = 0; pixel < 4; ++pixel) {
                    next.map.k = 100 * (step + 1) + pixel;
                    if (pixel == 0)
                        plain.add(next);
                    else
                        plain.replace(next);
                    history.edit(next, "edit.k", "k");
                }
                history.settle();
            } else if (what < 17) {
                history.undo();
                if (plain.at > 0) --plain.at;
            } else if (what < 19) {
                history.redo();
                if (plain.at + 1 < plain.projects.size()) ++plain.at;
            } else {
                plain.at = any.below(plain.projects.size());
                history.go_to(plain.at);
            }
            same(history, plain);
        }
        CHECK(plain.projects.size() > 5); // steps that were taken back are gone
        while (history.can_redo()) history.redo();
        plain.at = plain.projects.size() - 1;
        const std::string end = app::project_json(history.now(), "/du lieu");
        same(history, plain);
        while (history.can_undo()) {
            history.undo(), --plain.at;
            same(history, plain);
        }
        CHECK(history.now() == initial);
        while (history.can_redo()) {
            history.redo(), ++plain.at;
            same(history, plain);
        }
        CHECK(app::project_json(history.now(), "/du lieu") == end);
        // The file of the project says all of it, so equal texts are equal projects.
        CHECK(app::parse_project(end, "/du lieu") == history.now());
    }
    CHECK(edited.size() == AnyEdit::kinds());
}
