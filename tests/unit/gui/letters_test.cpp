#include "base/paths.hpp"
#include "gui/theme.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

TEST_CASE("the fonts have every letter and sign of the guides") {
    for (const char* file : {"docs/guide.vi.md", "docs/guide.en.md"}) {
        const std::string text = base::read_file(base::asset(file));
        std::string strange;
        for (std::size_t i = 0; i < text.size();) {
            // Valid UTF-8: a first byte says how many follow, six bits each.
            const auto first = static_cast<unsigned char>(text[i]);
            const std::size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            char32_t letter = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
            for (std::size_t b = 1; b < bytes; ++b)
                letter = letter << 6 | (static_cast<unsigned char>(text.at(i + b)) & 0x3FU);
            if (letter >= 0x20 && !gui::can_write(letter)) strange += text.substr(i, bytes);
            i += bytes;
        }
        INFO(file);
        CHECK(strange.empty());
    }
    CHECK(gui::can_write(U'ễ'));
    CHECK_FALSE(gui::can_write(0x25B8)); // a small triangle
}
