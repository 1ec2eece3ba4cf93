#include "data/names.hpp"

#include "base/spelling.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>
#include <unordered_map>

namespace diaban::data {
namespace {

constexpr std::size_t kNoGroup = static_cast<std::size_t>(-1);

// Prefixes as tone_key leaves them: the tone stands behind the word.
std::vector<std::string> keys_of(const std::vector<std::string>& words) {
    std::vector<std::string> keys;
    for (const auto& word : words) keys.push_back(base::tone_key(word));
    return keys;
}

// Longest first. Those with a dot need no blank behind them.
const std::vector<std::string>& prefixes(Level level) {
    static const std::array<std::vector<std::string>, kLevels> kPrefixes{
        keys_of({"thị trấn", "townlet", "township", "commune", "đặc khu", "phường", "ward", "xã",
                 "tt.", "đk.", "tt", "đk", "x.", "p.", "x", "p"}),
        keys_of({"thành phố", "district", "thị xã", "huyện", "quận", "town", "city", "t.p.", "t.x.",
                 "tp.", "tx.", "tp", "tx", "q.", "h.", "q", "h"}),
        keys_of({"thành phố", "province", "tỉnh", "city", "t.p.", "tp.", "tp", "t.", "t"}),
    };
    return kPrefixes[static_cast<std::size_t>(level)];
}

// A key without the prefix it begins with, and without the zeros of "01".
std::string stripped(std::string_view key, const std::vector<std::string>& before) {
    for (const auto& prefix : before) {
        if (!key.starts_with(prefix)) continue;
        const auto rest = key.substr(prefix.size());
        const bool parted = !rest.empty() && (rest.front() == ' ' || base::is_digit(rest.front()));
        const auto bare = base::trim(rest);
        if (bare.empty() || (!parted && !prefix.ends_with('.'))) continue;
        key = bare;
        break;
    }
    if (std::all_of(key.begin(), key.end(), base::is_digit))
        while (key.size() > 1 && key.front() == '0') key.remove_prefix(1);
    return std::string(key);
}

// The keys of one name, one for each step of the ladder that compares whole keys.
struct Keys {
    std::string written, tone, letters, bare, plain;
};

// Without diacritics "Xa Tan Thanh" has a prefix and "Xa La" has none, and nothing tells them
// apart: here both lose it, on either side of a comparison.
std::string plain_key(const std::string& bare, Level level) {
    static const auto kPlain = [] {
        std::array<std::vector<std::string>, kLevels> out;
        for (const auto l : {Level::Commune, Level::District, Level::Province})
            for (const auto& prefix : prefixes(l))
                out[static_cast<std::size_t>(l)].push_back(base::search_key(prefix));
        return out;
    }();
    auto plain = base::search_key(bare);
    for (auto before = std::string(); before != plain;) {
        before = plain;
        plain = stripped(plain, kPlain[static_cast<std::size_t>(level)]);
    }
    return plain;
}

Keys keys_of(std::string_view name, Level level) {
    Keys k;
    k.written = base::written_key(name);
    k.tone = base::tone_key(name);
    k.letters = base::letter_key(k.tone);
    k.bare = base::letter_key(without_prefix(k.tone, level));
    k.plain = plain_key(k.bare, level);
    return k;
}

// What a row says about where it lies: groups of the units, kNoGroup where it says nothing or the
// units have no such level.
struct Scope {
    std::size_t district = kNoGroup, province = kNoGroup;
    bool lost = false;      // it names a district that the units do not have
    bool elsewhere = false; // it names a province that the units do not have
    bool sure = true;       // the parent is certain: a match may count by itself
    bool named = false;     // the row names a parent at all
};

// One level's groups by the ways to call them.
struct GroupNames {
    std::vector<Keys> keys;
    std::vector<std::vector<std::size_t>> units;
    std::vector<std::size_t> outer; // of a district: its province; kNoGroup
};

bool same_code(std::string_view a, std::string_view b) {
    const auto strip = [](std::string_view code) {
        while (code.size() > 1 && code.front() == '0') code.remove_prefix(1);
        return code;
    };
    return !a.empty() && std::all_of(a.begin(), a.end(), base::is_digit) && strip(a) == strip(b);
}

class Matcher {
public:
    Matcher(const UnitTable& units, const std::vector<Alias>& aliases,
            std::vector<std::uint8_t> taken)
        : units_(units), taken_(std::move(taken)) {
        taken_.resize(units.size(), 0);
        for (std::size_t u = 0; u < units.size(); ++u) {
            const auto& type = units.type.size() > u ? units.type[u] : std::string();
            const auto& name = units.name.size() > u ? units.name[u] : std::string();
            keys_.push_back(keys_of(name, Level::Commune));
            const bool typed = type.empty() || name.starts_with(type + " ");
            full_.push_back(typed ? Keys{} : keys_of(type + " " + name, Level::Commune));
            letter_sets_.push_back(letter_set(keys_.back().plain));
            all_.push_back(u);
        }
        index_units();
        districts_ = read_groups(Level::District);
        provinces_ = read_groups(Level::Province);
        std::unordered_map<std::string_view, std::size_t> by_code;
        for (std::size_t u = 0; u < units.size(); ++u) by_code.emplace(units.code[u], u);
        for (const auto& alias : aliases)
            if (const auto unit = by_code.find(alias.code); unit != by_code.end())
                aliases_[base::tone_key(alias.name)].emplace_back(&alias, unit->second);
    }

    std::vector<NameMatch> run(const std::vector<NameRow>& rows) {
        std::vector<NameMatch> out(rows.size());
        std::vector<Keys> keys;
        for (const auto& row : rows) keys.push_back(keys_of(row.name, Level::Commune));
        auto taken = taken_;
        // Sure ones first: what they take is no longer offered to those that are not.
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const auto found = sure_match(rows[r], keys[r]);
            if (!found) continue;
            out[r].unit = found->unit;
            out[r].step = found->step;
            taken[found->unit] = 1;
        }
        taken_ = std::move(taken);
        for (std::size_t r = 0; r < rows.size(); ++r)
            if (!out[r].unit && !keys[r].plain.empty())
                out[r].candidates = candidates(rows[r], keys[r]);
        return out;
    }

private:
    GroupNames read_groups(Level level) const {
        const auto l = static_cast<std::size_t>(level);
        GroupNames out;
        for (const auto& group : units_.groups[l]) out.keys.push_back(keys_of(group.name, level));
        out.units.resize(units_.groups[l].size());
        out.outer.assign(units_.groups[l].size(), kNoGroup);
        for (std::size_t u = 0; u < units_.parent[l].size(); ++u) {
            const auto g = units_.parent[l][u];
            if (g >= out.units.size()) continue;
            out.units[g].push_back(u);
            const auto& provinces = units_.parent[static_cast<std::size_t>(Level::Province)];
            if (level == Level::District && u < provinces.size() &&
                provinces[u] < units_.groups[static_cast<std::size_t>(Level::Province)].size())
                out.outer[g] = provinces[u];
        }
        return out;
    }

    struct Parent {
        std::size_t group = kNoGroup;
        bool sure = false;
    };

    // The one group that is called so, among those of a province (kNoGroup: all).
    Parent find_group(const GroupNames& groups, Level level, const std::string& name,
                      std::size_t province) const {
        const auto& list = units_.groups[static_cast<std::size_t>(level)];
        const auto keys = keys_of(name, level);
        const auto only = [&](auto same) {
            std::size_t found = kNoGroup;
            for (std::size_t g = 0; g < list.size(); ++g) {
                if (province != kNoGroup && groups.outer[g] != province) continue;
                if (!same(g)) continue;
                if (found != kNoGroup) return kNoGroup;
                found = g;
            }
            return found;
        };
        const auto code = only([&](std::size_t g) { return same_code(name, list[g].code); });
        if (code != kNoGroup) return {code, true};
        const auto tone = only([&](std::size_t g) { return groups.keys[g].tone == keys.tone; });
        if (tone != kNoGroup) return {tone, true};
        const auto bare = only([&](std::size_t g) { return groups.keys[g].bare == keys.bare; });
        if (bare != kNoGroup) return {bare, true};
        const auto plain = only([&](std::size_t g) { return groups.keys[g].plain == keys.plain; });
        if (plain != kNoGroup) return {plain, false};
        const auto near = only([&](std::size_t g) {
            return keys.plain.size() >= 5 &&
                   base::edit_distance(groups.keys[g].plain, keys.plain) <= 1;
        });
        return {near, false};
    }

    const Scope& scope_of(const NameRow& row) {
        const auto [at, added] = scopes_.try_emplace(row.province + '\x01' + row.district);
        if (!added) return at->second;
        auto& scope = at->second;
        scope.named = !row.province.empty() || !row.district.empty();
        if (!row.province.empty() && !provinces_.units.empty()) {
            const auto parent = find_group(provinces_, Level::Province, row.province, kNoGroup);
            scope.province = parent.group;
            scope.sure = parent.sure;
            scope.elsewhere = parent.group == kNoGroup;
        }
        if (row.district.empty()) return scope;
        const auto parent = districts_.units.empty() ? Parent{}
                                                     : find_group(districts_, Level::District,
                                                                  row.district, scope.province);
        scope.district = parent.group;
        scope.sure = scope.sure && parent.sure;
        scope.lost = parent.group == kNoGroup && !districts_.units.empty();
        if (parent.group != kNoGroup && scope.province == kNoGroup && !scope.elsewhere)
            scope.province = districts_.outer[parent.group];
        return scope;
    }

    bool in_province(std::size_t unit, const Scope& scope) const {
        return !scope.elsewhere &&
               (scope.province == kNoGroup || parent(Level::Province, unit) == scope.province);
    }
    bool inside(std::size_t unit, const Scope& scope) const {
        return !scope.lost && in_province(unit, scope) &&
               (scope.district == kNoGroup || parent(Level::District, unit) == scope.district);
    }
    std::size_t parent(Level level, std::size_t unit) const {
        const auto& parents = units_.parent[static_cast<std::size_t>(level)];
        return unit < parents.size() ? static_cast<std::size_t>(parents[unit]) : kNoGroup;
    }

    using Index = std::unordered_map<std::string, std::vector<std::size_t>>;
    struct Step {
        const std::string Keys::*key;
        NameStep step;
    };
    static constexpr std::array<Step, 5> kSteps{{{&Keys::written, NameStep::Written},
                                                 {&Keys::tone, NameStep::Tone},
                                                 {&Keys::letters, NameStep::Letters},
                                                 {&Keys::bare, NameStep::Prefix},
                                                 {&Keys::plain, NameStep::Diacritics}}};

    void index_units() {
        for (std::size_t s = 0; s < kSteps.size(); ++s)
            for (std::size_t u = 0; u < units_.size(); ++u) {
                const auto& own = keys_[u].*kSteps[s].key;
                const auto& full = full_[u].*kSteps[s].key;
                if (!own.empty()) index_[s][own].push_back(u);
                if (!full.empty() && full != own) index_[s][full].push_back(u);
            }
    }

    const std::vector<std::size_t>& named(std::size_t step, const Keys& keys) const {
        static const std::vector<std::size_t> kNobody;
        const auto found = index_[step].find(keys.*kSteps[step].key);
        return found == index_[step].end() ? kNobody : found->second;
    }

    std::optional<NameCandidate> sure_match(const NameRow& row, const Keys& keys) {
        if (const auto unit = alias_of(row)) return NameCandidate{*unit, NameStep::Alias};
        const auto& scope = scope_of(row);
        if (!scope.sure || (row.coded && !scope.named)) return std::nullopt;
        for (std::size_t step = 0; step < 2; ++step) {
            std::size_t found = kNoGroup, count = 0;
            for (const auto u : named(step, keys))
                if (inside(u, scope)) found = u, ++count;
            if (count == 1 && !taken_[found]) return NameCandidate{found, kSteps[step].step};
            if (count > 0) return std::nullopt;
        }
        return std::nullopt;
    }

    std::optional<std::size_t> alias_of(const NameRow& row) const {
        const auto found = aliases_.find(base::tone_key(row.name));
        if (found == aliases_.end()) return std::nullopt;
        const auto fits = [](const std::string& alias, const std::string& given) {
            return alias.empty() || base::tone_key(alias) == base::tone_key(given);
        };
        for (const auto& [alias, unit] : found->second)
            if (fits(alias->district, row.district) && fits(alias->province, row.province))
                return unit;
        return std::nullopt;
    }

    std::vector<NameCandidate> candidates(const NameRow& row, const Keys& keys) {
        const auto& scope = scope_of(row);
        std::vector<NameCandidate> found;
        std::vector<std::size_t> seen;
        const auto add = [&](NameCandidate candidate) {
            if (std::find(seen.begin(), seen.end(), candidate.unit) != seen.end()) return;
            seen.push_back(candidate.unit);
            found.push_back(candidate);
        };
        for (std::size_t s = 0; s < kSteps.size(); ++s)
            for (const auto u : named(s, keys))
                if (inside(u, scope)) add({u, kSteps[s].step, 0, taken_[u] != 0});
        // Who names a district that has such a commune means that one.
        const bool at_home = scope.sure && scope.named && !found.empty() && !found[0].taken;
        constexpr std::size_t kPrefixStep = 3;
        for (const auto u : named(kPrefixStep, keys))
            if (!at_home && !taken_[u] && in_province(u, scope))
                add({u, NameStep::OtherParent, 0, false});
        add_near(scope, keys, add);
        return ranked(std::move(found), keys);
    }

    // Units whose name differs in a few letters. Not in a whole country at once: there everything
    // resembles something.
    template <class Add> void add_near(const Scope& scope, const Keys& keys, Add add) const {
        constexpr std::size_t kMostUnits = 1500;
        if (scope.elsewhere || scope.lost || keys.plain.empty()) return;
        const auto& list = scope.district != kNoGroup   ? districts_.units[scope.district]
                           : scope.province != kNoGroup ? provinces_.units[scope.province]
                                                        : all_;
        if (list.size() > kMostUnits) return;
        const auto letters = letter_set(keys.plain);
        for (const auto u : list) {
            const auto& plain = keys_[u].plain;
            // Numbers that differ in a digit are other wards, not misspelt ones.
            if (taken_[u] || plain.empty() || base::is_digit(plain.back()) ||
                base::is_digit(keys.plain.back()))
                continue;
            const auto longest = std::max(plain.size(), keys.plain.size());
            const auto most = longest / 3;
            if (longest - std::min(plain.size(), keys.plain.size()) > most) continue;
            // One edit changes the set of letters by two at most.
            const auto differ = std::popcount(letters ^ letter_sets_[u]);
            if (static_cast<std::size_t>(differ) > 2 * most) continue;
            const auto distance = base::edit_distance(plain, keys.plain);
            if (distance <= most) add({u, NameStep::Edit, distance, false});
        }
    }

    static std::uint32_t letter_set(std::string_view plain) {
        std::uint32_t set = 0;
        for (const char c : plain) set |= 1u << (static_cast<unsigned char>(c) % 32);
        return set;
    }

    std::vector<NameCandidate> ranked(std::vector<NameCandidate> found, const Keys& keys) const {
        // The last but one tells candidates of one step apart: letters with their diacritics.
        using Rank = std::tuple<bool, NameStep, std::size_t, std::size_t, std::size_t>;
        std::vector<std::pair<Rank, NameCandidate>> order;
        for (const auto& c : found)
            order.emplace_back(Rank{c.taken, c.step, c.distance,
                                    base::edit_distance(keys_[c.unit].tone, keys.tone), c.unit},
                               c);
        std::sort(order.begin(), order.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        found.clear();
        for (std::size_t i = 0; i < std::min(order.size(), kMostCandidates); ++i)
            found.push_back(order[i].second);
        return found;
    }

    const UnitTable& units_;
    std::vector<Keys> keys_, full_; // per unit; full: with its type before the name
    std::vector<std::uint32_t> letter_sets_;
    std::array<Index, kSteps.size()> index_;
    std::vector<std::size_t> all_;
    GroupNames districts_, provinces_;
    std::unordered_map<std::string, std::vector<std::pair<const Alias*, std::size_t>>> aliases_;
    std::unordered_map<std::string, Scope> scopes_;
    std::vector<std::uint8_t> taken_;
};

} // namespace

std::string_view to_string(NameStep step) {
    constexpr std::array<std::string_view, 8> kNames{
        "alias", "written", "tone", "letters", "prefix", "diacritics", "other_parent", "edit"};
    return kNames[static_cast<std::size_t>(step)];
}

bool NameMatch::clear() const {
    if (candidates.empty()) return false;
    if (candidates.size() == 1) return !candidates[0].taken;
    const auto& a = candidates[0];
    const auto& b = candidates[1];
    return !a.taken &&
           std::tuple(a.taken, a.step, a.distance) < std::tuple(b.taken, b.step, b.distance);
}

std::string without_prefix(std::string_view key, Level level) {
    return stripped(key, prefixes(level));
}

std::vector<NameMatch> match_names(const UnitTable& units, const std::vector<NameRow>& rows,
                                   const std::vector<Alias>& aliases,
                                   std::vector<std::uint8_t> taken) {
    return Matcher(units, aliases, std::move(taken)).run(rows);
}

} // namespace diaban::data
