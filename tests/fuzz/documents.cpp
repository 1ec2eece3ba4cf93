// Rules, plans and import profiles: what loads also saves, and loads again as the same.
#include "app/import_profile.hpp"
#include "app/plan_file.hpp"
#include "app/rule_file.hpp"
#include "fuzz/input.hpp"

using namespace diaban;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
    std::optional<data::Rule> rule;
    fuzz::only_our_errors([&] { rule = app::parse_rule(text, "rule"); });
    if (rule) {
        const auto saved = app::rule_json(*rule);
        fuzz::require(app::rule_json(app::parse_rule(saved, "rule")) == saved);
    }
    std::optional<data::ImportProfile> profile;
    fuzz::only_our_errors([&] { profile = app::parse_profile(text, "profile"); });
    if (profile) fuzz::require(app::parse_profile(app::to_json(*profile), "profile") == *profile);
    fuzz::only_our_errors([&] { (void)app::parse_plan(text, "plan"); });
    return 0;
}
