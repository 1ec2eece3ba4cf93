// Counter-based random numbers: a number is a pure function of (seed, unit, permutation, draw), so
// any number of threads, in any order, draws the same.
//
// Guarantees: bounded draws are unbiased (Lemire 2019, "Fast random integer generation in an
// interval": a number in the short first part of its range is drawn again). For a given stream the
// 32 bit numbers of all permutations are distinct; streams have keys of 64 bits.
#pragma once

#include <cstdint>

namespace diaban::analysis {

// The finalizer of SplitMix64 (Steele, Lea & Flood 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

// One stream: the key of (seed, unit, draw, attempt).
struct StreamKey {
    std::uint32_t first, second;
};
constexpr StreamKey stream_key(std::uint64_t seed, std::uint64_t unit, std::uint64_t draw,
                               std::uint64_t attempt = 0) {
    const auto key = mix64(mix64(mix64(seed) ^ unit) ^ (draw << 32 | attempt));
    return {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
}

// The number of one permutation: two rounds of multiply and shift (constants of C. Wellons'
// "lowbias32" search) with the second half of the key between them. Five cheap operations that a
// compiler does for eight permutations at a time.
constexpr std::uint32_t random32(StreamKey key, std::uint32_t permutation) {
    std::uint32_t h = permutation * 0x9E3779B9u + key.first;
    h = (h ^ (h >> 16)) * 0x21F0AAADu;
    h = ((h ^ (h >> 15)) + key.second) * 0x735A2D97u;
    return h ^ (h >> 15);
}

// Numbers whose low word lies below this are drawn again; what remains falls evenly on the range.
constexpr std::uint32_t rejected_below(std::uint32_t range) {
    return (0u - range) % range;
}

// An even number of [0, range), range > 0.
constexpr std::uint32_t bounded(std::uint64_t seed, std::uint64_t unit, std::uint32_t permutation,
                                std::uint64_t draw, std::uint32_t range) {
    for (std::uint64_t attempt = 0;; ++attempt) {
        const std::uint64_t product =
            std::uint64_t{random32(stream_key(seed, unit, draw, attempt), permutation)} * range;
        if (static_cast<std::uint32_t>(product) >= rejected_below(range))
            return static_cast<std::uint32_t>(product >> 32);
    }
}

} // namespace diaban::analysis
