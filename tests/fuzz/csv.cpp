// Delimited text.
#include "files/csv.hpp"
#include "fuzz/input.hpp"

using namespace diaban;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto records = files::parse_csv(text, files::guess_delimiter(text));
    std::size_t total = 0;
    for (std::size_t r = 0; r < records.size(); ++r) {
        fuzz::require(records.line[r] >= 1);
        for (std::size_t c = 0; c < records.cell_count(r); ++c) total += records.cell(r, c).size();
    }
    fuzz::require(total <= size); // nothing is invented
    return 0;
}
