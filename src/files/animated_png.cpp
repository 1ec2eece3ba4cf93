#include "files/animated_png.hpp"

#include <cassert>
#include <cstdint>
#include <libdeflate.h>
#include <string_view>

namespace diaban::files {
namespace {

constexpr std::size_t kSignatureSize = 8, kChunkFrame = 12; // length, name, checksum
constexpr std::string_view kImageData = "IDAT";

struct PngChunk {
    std::string_view name, content;
};

std::uint32_t network_number(std::string_view bytes) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(i)]);
    return value;
}

void put_network(std::string& out, std::uint32_t value, int bytes = 4) {
    for (int i = bytes; i-- > 0;) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

void put_chunk(std::string& out, std::string_view name, std::string_view content) {
    put_network(out, static_cast<std::uint32_t>(content.size()));
    const auto begin = out.size();
    out += name;
    out += content;
    put_network(out, libdeflate_crc32(0, out.data() + begin, out.size() - begin));
}

// Pictures that were painted a moment ago are whole.
std::vector<PngChunk> chunks_of(std::string_view png) {
    std::vector<PngChunk> out;
    for (std::size_t at = kSignatureSize; at + kChunkFrame <= png.size();) {
        const auto size = network_number(png.substr(at, 4));
        assert(size <= png.size() - at - kChunkFrame);
        out.push_back({png.substr(at + 4, 4), png.substr(at + 8, size)});
        at += size + kChunkFrame;
    }
    return out;
}

// The whole picture takes the place of the one before.
std::string frame_control(std::uint32_t sequence, std::string_view header, int frame_ms) {
    std::string out;
    put_network(out, sequence);
    out += header.substr(0, 8);               // width and height
    put_network(out, 0), put_network(out, 0); // its place
    put_network(out, static_cast<std::uint32_t>(frame_ms), 2), put_network(out, 1000, 2);
    out += '\0', out += '\0'; // leave it standing; paint over, not into
    return out;
}

} // namespace

std::string animated_png(const std::vector<std::string>& frames, int frame_ms) {
    assert(!frames.empty() && frame_ms >= kLeastFrame_ms && frame_ms <= kMostFrame_ms);
    const auto first = chunks_of(frames.front());
    const auto header = first.front().content;
    std::string out = frames.front().substr(0, kSignatureSize);
    put_chunk(out, first.front().name, header);
    std::string control;
    put_network(control, static_cast<std::uint32_t>(frames.size())),
        put_network(control, 0); // for ever
    put_chunk(out, "acTL", control);
    for (std::size_t c = 1; c < first.size() && first[c].name != kImageData; ++c)
        put_chunk(out, first[c].name, first[c].content);
    std::uint32_t sequence = 0;
    for (std::size_t f = 0; f < frames.size(); ++f) {
        const auto chunks = f == 0 ? first : chunks_of(frames[f]);
        assert(chunks.front().content == header);
        put_chunk(out, "fcTL", frame_control(sequence++, header, frame_ms));
        for (const auto& chunk : chunks) {
            if (chunk.name != kImageData) continue;
            if (f == 0) {
                put_chunk(out, kImageData, chunk.content);
                continue;
            }
            std::string data;
            put_network(data, sequence++);
            data += chunk.content;
            put_chunk(out, "fdAT", data);
        }
    }
    put_chunk(out, "IEND", {});
    return out;
}

} // namespace diaban::files
