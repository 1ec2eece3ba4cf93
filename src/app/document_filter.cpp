// The answer of the query that narrows the map of a document.
#include "app/document.hpp"
#include "app/query_ground.hpp"
#include "app/where_filter.hpp"

#include <algorithm>

namespace diaban::app {

// What was found, and for what. Datasets are not kept alive by it.
struct Narrowing {
    std::uint64_t revision = 0; // of the document, when the sources were read
    QuerySources sources;
    std::string where;
    using Known = std::pair<std::weak_ptr<const Dataset>, std::shared_ptr<const WhereFilter>>;
    std::vector<Known> known; // of each dataset; nullptr: on its way, or it failed
};

std::shared_ptr<const WhereFilter> Document::filter() {
    const auto& where = wanted_map().where;
    if (where.empty() || !dataset_ || !dataset_->vintage->coverage) return nullptr;
    if (!narrowing_) narrowing_ = std::make_shared<Narrowing>();
    auto& n = *narrowing_;
    if (n.revision != revision_ || n.where != where) {
        n.revision = revision_;
        auto sources = query_sources(project());
        if (sources != n.sources || where != n.where) n.known.clear();
        n.sources = std::move(sources);
        n.where = where;
    }
    std::erase_if(n.known, [](const Narrowing::Known& one) { return one.first.expired(); });
    for (const auto& [dataset, filter] : n.known)
        if (dataset.lock() == dataset_) return filter;
    // What is still on its way for other data gives way, and is asked for again when they come
    // back.
    std::erase_if(n.known, [](const Narrowing::Known& one) { return !one.second; });
    n.known.emplace_back(dataset_, nullptr);
    // Nothing leaves the program on the screen: true values (conventions 6).
    jobs_.run(
        {.key = "where", .replace = true},
        [dataset = dataset_, sources = n.sources, where,
         code = language_->code()](base::JobContext& ctx) {
            return where_filter(where, dataset, &sources, Classification::Internal,
                                *Language::load(code), ctx);
        },
        [to = narrowing_, of = dataset_, where](Document& document,
                                                std::shared_ptr<const WhereFilter> filter) {
            if (to->where != where) return; // another query meanwhile
            for (auto& [dataset, known] : to->known)
                if (dataset.lock() == of) known = filter;
            document.touch();
        });
    return nullptr;
}

} // namespace diaban::app
