// Private to the import: the findings of one sheet, at most so many of a kind.
#pragma once

#include "base/error.hpp"

#include <map>
#include <string>

namespace diaban::data {

class FindingList {
public:
    explicit FindingList(base::Findings findings) : findings_(std::move(findings)) {}

    void add(base::Severity severity, const char* key, base::Args args, std::string unit = "") {
        if (++count_[key] > kMostOfAKind) return;
        args.shrink_to_fit(); // built one by one they hold room for half as many again
        findings_.push_back({severity, key, std::move(args), std::move(unit), {}, "", {}});
    }
    // With how many more there were of each kind.
    base::Findings take() {
        for (const auto& [key, count] : count_) {
            if (count <= kMostOfAKind) continue;
            base::Finding more{base::Severity::Warning, "import_more", {}, "", {}, "rows", {}};
            more.args = {{"kind", key}, {"count", static_cast<std::int64_t>(count - kMostOfAKind)}};
            more.amount = static_cast<double>(count - kMostOfAKind);
            findings_.push_back(std::move(more));
        }
        return std::move(findings_);
    }
    base::Findings& all() { return findings_; }

private:
    static constexpr std::size_t kMostOfAKind =
        100'000; // all of a country, and no heap of millions
    base::Findings findings_;
    std::map<std::string, std::size_t> count_;
};

} // namespace diaban::data
