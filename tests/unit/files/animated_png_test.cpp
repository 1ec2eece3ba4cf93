// Animated PNG, taken apart chunk by chunk and read by GDAL.
#include "files/animated_png.hpp"

#include "unit/files/pictures.hpp"

#include <cstdint>

using namespace diaban;
using namespace diaban::test;

namespace {

std::uint32_t number_at(const std::string& bytes, std::size_t at, int size = 4) {
    std::uint32_t value = 0;
    for (int i = 0; i < size; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

// CRC-32 bit by bit, as annex D of the PNG specification defines it.
std::uint32_t checksum(const std::string& bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : bytes) {
        crc ^= static_cast<std::uint8_t>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

struct ApngChunk {
    std::string name, content;
};

std::vector<ApngChunk> chunks(const std::string& png) {
    REQUIRE(png.starts_with("\x89PNG\r\n\x1A\n"));
    std::vector<ApngChunk> out;
    std::size_t at = 8;
    while (at < png.size()) {
        REQUIRE(at + 12 <= png.size());
        const auto size = number_at(png, at);
        REQUIRE(at + 12 + size <= png.size());
        out.push_back({png.substr(at + 4, 4), png.substr(at + 8, size)});
        CHECK(number_at(png, at + 8 + size) == checksum(png.substr(at + 4, size + 4)));
        at += 12 + size;
    }
    return out;
}

std::string image_data(const std::string& png) {
    std::string out;
    for (const auto& chunk : chunks(png))
        if (chunk.name == "IDAT") out += chunk.content;
    return out;
}

} // namespace

TEST_CASE("an animated PNG holds every picture, in order, with sound checksums") {
    std::vector<std::string> frames;
    for (int f = 0; f < 3; ++f) frames.push_back(png_by_gdal(40, 30, f * 11));
    const auto parts = chunks(files::animated_png(frames, 750));
    REQUIRE(parts.size() > 6);
    CHECK(parts.front().name == "IHDR");
    CHECK(parts.back().name == "IEND");
    std::uint32_t sequence = 0;
    std::vector<std::string> data;
    bool control = false;
    for (const auto& part : parts) {
        if (part.name == "acTL") {
            control = true;
            CHECK(data.empty()); // before the pictures
            CHECK(number_at(part.content, 0) == 3);
            CHECK(number_at(part.content, 4) == 0); // for ever
        } else if (part.name == "fcTL") {
            REQUIRE(part.content.size() == 26);
            CHECK(number_at(part.content, 0) == sequence++);
            CHECK(number_at(part.content, 4) == 40);
            CHECK(number_at(part.content, 8) == 30);
            CHECK(number_at(part.content, 12) == 0);
            CHECK(number_at(part.content, 16) == 0);
            CHECK(number_at(part.content, 20, 2) == 750); // of
            CHECK(number_at(part.content, 22, 2) == 1000);
            data.emplace_back();
        } else if (part.name == "IDAT") {
            REQUIRE(data.size() == 1); // the first picture is part of the animation
            data.back() += part.content;
        } else if (part.name == "fdAT") {
            REQUIRE(data.size() > 1);
            CHECK(number_at(part.content, 0) == sequence++);
            data.back() += part.content.substr(4);
        }
    }
    CHECK(control);
    REQUIRE(data.size() == frames.size());
    for (std::size_t f = 0; f < frames.size(); ++f) CHECK(data[f] == image_data(frames[f]));
}

TEST_CASE("an animated PNG opens elsewhere as its first picture, and has the same bytes again") {
    const TempFolder folder;
    const std::vector<std::string> frames{png_by_gdal(16, 9, 5), png_by_gdal(16, 9, 90)};
    const auto bytes = files::animated_png(frames, 20);
    CHECK(bytes == files::animated_png(frames, 20));
    base::write_file(folder / "a.png", bytes);
    base::write_file(folder / "first.png", frames[0]);
    CHECK(pixels_by_gdal((folder / "a.png").string()) ==
          pixels_by_gdal((folder / "first.png").string()));
    // One picture alone is an animation too.
    CHECK(chunks(files::animated_png({frames[0]}, 100)).size() == chunks(frames[0]).size() + 2);
}
