// Names, codes and numbers of a cell.
#include "base/text.hpp"
#include "base/number.hpp"
#include "fuzz/input.hpp"

#include <cmath>

using namespace diaban;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto composed = base::nfc(text);
    fuzz::require(base::valid_utf8(composed));
    fuzz::require(base::nfc(composed) == composed);
    const auto key = base::search_key(text);
    fuzz::require(base::search_key(key) == key);
    fuzz::require(base::length(text) <= size);
    fuzz::require(base::trim(base::trim(text)) == base::trim(text));
    (void)base::file_name_part(text);
    (void)base::sort_key(text);
    if (size < 200) (void)base::nearest(text, {"check", "classes", "Xã Tân Thạnh"});
    for (const base::NumberStyle style : {base::NumberStyle{'.', '\0'}, {',', '.'}, {'.', ','}})
        if (const auto value = base::parse_number(text, style))
            fuzz::require(std::isfinite(*value));
    return 0;
}
