// A number that changes when one of the texts or numbers it was given changes: FNV-1a over their
// bytes, the same on every machine. No defence against anybody who wants two inputs to be alike.
#pragma once

#include <bit>
#include <cstdint>
#include <string>

namespace diaban::app {

class InputsHash {
public:
    void add(const std::string& text) {
        for (const char c : text) byte(static_cast<unsigned char>(c));
        byte(0);
    }
    void add(std::uint64_t number) {
        for (int i = 0; i < 8; ++i) byte(static_cast<unsigned char>(number >> (8 * i)));
    }
    // Every NaN is the same: no value.
    void add(double number) {
        add(number != number ? ~std::uint64_t{0} : std::bit_cast<std::uint64_t>(number));
    }
    std::string text() const { // 16 hexadecimal digits
        std::string out;
        for (int shift = 60; shift >= 0; shift -= 4)
            out += "0123456789abcdef"[(hash_ >> shift) & 15U];
        return out;
    }

private:
    void byte(unsigned char b) { hash_ = (hash_ ^ b) * 0x100000001B3u; }
    std::uint64_t hash_ = 0xCBF29CE484222325u;
};

} // namespace diaban::app
