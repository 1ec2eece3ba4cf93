// The text of queries: what is understood is complete, and its own text means the same.
#include "data/query.hpp"
#include "fuzz/input.hpp"

using namespace diaban;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::optional<data::Query> query;
    fuzz::only_our_errors([&] { query = data::parse_query(fuzz::text_of(data, size)); });
    if (!query) return 0;
    fuzz::require(data::is_complete(*query));
    // Nothing may be thrown here: what was understood once is understood again.
    fuzz::require(data::parse_query(data::to_text(*query)) == *query);
    for (const auto* condition : data::conditions_of(*query))
        fuzz::require(condition->column.at >= 1 && condition->column.at <= size);
    return 0;
}
