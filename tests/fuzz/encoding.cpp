// Text of unknown encoding: the content of .cpg files and of .dbf cells.
#include "files/encoding.hpp"
#include "base/text.hpp"
#include "fuzz/input.hpp"

using namespace diaban;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    // The first line is a name as a .cpg may hold it, the rest are cells.
    const auto line = std::min(text.find('\n'), text.size());
    const auto name = text.substr(0, line);
    const auto rest = text.substr(std::min(line + 1, text.size()));
    fuzz::only_our_errors([&] {
        if (files::encoding_known(name)) fuzz::require(base::is_nfc(files::decode(rest, name)));
    });
    fuzz::only_our_errors([&] {
        for (const auto& [encoding, score] : files::score_encodings({rest, name})) {
            fuzz::require(score >= 0 && score <= 1);
            std::size_t bad = 0;
            const auto decoded = files::decode(rest, encoding, &bad);
            fuzz::require(base::valid_utf8(decoded));
            fuzz::require(bad <= rest.size());
        }
    });
    return 0;
}
