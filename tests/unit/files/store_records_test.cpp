// Names, rules, plans and statuses that a store keeps.
#include "files/store_status.hpp"

#include "base/paths.hpp"
#include "files/store.hpp"
#include "files/store_check.hpp"
#include "import_support.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

using namespace diaban;
using namespace diaban::files;
using data::Domain;
using data::Status;

namespace {

constexpr const char* kAt = "2025-07-01T08:00:00Z";
constexpr data::Period k2011{2011, 0};

struct Kept {
    test::TempFolder folder;
    std::filesystem::path store = folder / "store.sqlite";
    base::JobContext ctx;
    Kept() { write_store(store, test::empty_store(20), ctx); }
    bool clean() { return check_store(store, ctx).findings.empty(); }
};

data::StatusRecord said(std::size_t unit, Status status, const char* reason = "",
                        const char* author = "") {
    data::StatusRecord record;
    record.unit = unit;
    record.period = k2011;
    record.status = status;
    record.reason = reason;
    record.author = author;
    return record;
}

StoredRule rule(const char* version, const char* content) {
    return {"r", version, "drug", "Rule", "QĐ 1", "2010-01-01", "", content};
}

} // namespace

TEST_CASE("decisions about names are remembered, and a later one takes their place") {
    Kept f;
    const data::Alias alias{"Tân Thành", "Huyện A", "", "00001"};
    CHECK(add_name_decisions(f.store, {{alias, true}}, kAt, f.ctx) == 1);
    const auto bytes = base::read_file(f.store);
    CHECK(add_name_decisions(f.store, {{alias, true}}, kAt, f.ctx) == 0);
    CHECK(base::read_file(f.store) == bytes);
    auto other = alias;
    other.code = "00002";
    CHECK(add_name_decisions(f.store, {{other, false}}, kAt, f.ctx) == 1);
    CHECK(read_name_decisions(f.store) == std::vector<NameDecision>{{alias, true}, {other, false}});
    // Refused after all: the approval is gone.
    CHECK(add_name_decisions(f.store, {{alias, false}}, kAt, f.ctx) == 1);
    CHECK(read_name_decisions(f.store) ==
          std::vector<NameDecision>{{alias, false}, {other, false}});
    CHECK(add_name_decisions(f.store, {{other, true}}, kAt, f.ctx) == 1);
    CHECK(read_name_decisions(f.store) == std::vector<NameDecision>{{other, true}, {alias, false}});
    CHECK(remove_names(f.store, "Tân Thành", "Huyện B", "", f.ctx) == 0);
    CHECK(remove_names(f.store, "Tân Thành", "", "", f.ctx) == 2);
    CHECK(read_name_decisions(f.store).empty());
    CHECK(f.clean());
}

TEST_CASE("rules and plans are kept whole; a rule that was used stays as it was") {
    Kept f;
    CHECK(add_rule(f.store, rule("1", "{}"), f.ctx));
    CHECK_FALSE(add_rule(f.store, rule("1", "{}"), f.ctx));
    CHECK(add_rule(f.store, rule("1", R"({"a": 1})"), f.ctx)); // nothing was decided by it yet
    CHECK(read_rules(f.store) == std::vector<StoredRule>{rule("1", R"({"a": 1})")});
    put_rule_statuses(f.store, "2009", rule("1", R"({"a": 1})"), Domain::Drug, k2011,
                      {said(0, Status::Hot)}, kAt, f.ctx);
    CHECK(test::thrown_key([&] { add_rule(f.store, rule("1", "{}"), f.ctx); }) ==
          "error.store.rule_changed");
    CHECK(test::thrown_key([&] { remove_rule(f.store, "r", "", f.ctx); }) ==
          "error.store.rule_in_use");
    CHECK(add_rule(f.store, rule("2", "{}"), f.ctx));
    CHECK(remove_rule(f.store, "r", "2", f.ctx) == 1);

    StoredPlan plan{"p", "Plan", "An Giang", "KH 1", "2011", "2011", "{}", {}};
    plan.targets.push_back(
        {"AG-5a", "2011", "ST10", ">=", 120, "xã", "", {}, "2011", "absolute", "Xã lành mạnh", ""});
    CHECK(add_plan(f.store, plan, f.ctx));
    CHECK_FALSE(add_plan(f.store, plan, f.ctx));
    REQUIRE(read_plans(f.store).size() == 1);
    CHECK(read_plans(f.store)[0].area == "An Giang");
    CHECK(remove_plan(f.store, "p", f.ctx) == 1);
    CHECK(remove_plan(f.store, "p", f.ctx) == 0);
    CHECK(f.clean());
}

TEST_CASE("report, rule and person stand side by side in the store") {
    Kept f;
    const auto first = put_rule_statuses(f.store, "2009", rule("1", "{}"), Domain::Drug, k2011,
                                         {said(0, Status::Hot2), said(1, Status::None),
                                          said(2, Status::Unknown), said(3, Status::Present)},
                                         kAt, f.ctx);
    CHECK(first.added == 3); // unknown says nothing
    CHECK(put_overrides(f.store, "2009", {said(1, Status::Present, "Minutes 12", "Office")}, kAt,
                        f.ctx)
              .added == 1);
    auto claims = read_claims(f.store, "2009");
    REQUIRE(claims.size() == 3);
    CHECK(claims[0].claims.rule->rule == "r 1");
    CHECK(claims[1].claims.disagree());
    CHECK(claims[1].claims.effective()->status == Status::Present);
    CHECK(claims[1].claims.override_->reason == "Minutes 12");
    // Shown as values of the status: the classes and the period are there.
    const Store store(f.store);
    const auto cube = store.read_cube("2009", store.read_units("2009"), {"ST01"}, f.ctx);
    CHECK(cube.find(k2011));
    CHECK(std::count(cube.indicators[0].categories.begin(), cube.indicators[0].categories.end(),
                     "hot2") == 1);

    const auto bytes = base::read_file(f.store);
    const auto again = put_rule_statuses(
        f.store, "2009", rule("1", "{}"), Domain::Drug, k2011,
        {said(0, Status::Hot2), said(1, Status::None), said(3, Status::Present)}, kAt, f.ctx);
    CHECK_FALSE(again.any());
    CHECK(again.unchanged == 3);
    CHECK(base::read_file(f.store) == bytes);
    const auto next = put_rule_statuses(f.store, "2009", rule("2", "{}"), Domain::Drug, k2011,
                                        {said(0, Status::Hot2), said(1, Status::None)}, kAt, f.ctx);
    CHECK(next.revised == 2); // by another version
    CHECK(next.removed == 1);
    CHECK(remove_overrides(f.store, "2009", {said(1, Status::Unknown)}, kAt, f.ctx).removed == 1);
    CHECK(read_claims(f.store, "2009").size() == 2);
    CHECK(remove_rule(f.store, "r", "1", f.ctx) == 1);
    CHECK(test::thrown_key([&] {
              put_overrides(f.store, "2009", {said(1, Status::Hot, "", "x")}, kAt, f.ctx);
          }) == "error.override.reason");
    CHECK(test::thrown_key([&] { read_claims(f.store, "1999"); }) == "error.store.unknown_vintage");
    CHECK(f.clean());
}
