// Random numbers of the sample province: hashes of (seed, stream, indices), no hidden state.
//
// Guarantee: the same numbers on every machine and for any number of threads. Only + - * / and
// sqrt are used, which IEEE 754 rounds exactly; nothing comes from libm or <random>.
#pragma once

#include <cmath>
#include <cstdint>

namespace diaban::app::sample {

// Finaliser of SplitMix64 (Steele, Lea, Flood 2014): every input bit reaches every output bit.
inline std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

// One independent stream per use, so that a change in one leaves the others as they were.
enum class Stream : std::uint64_t {
    Jitter,
    Crossing,
    Fractal,
    Shape,
    Coast,
    Texture,
    River,
    Centre,
    Seed,
    Island,
    Enclave,
    Merge,
    Split,
    Corner,
    Name,
    Population,
    Growth,
    Latent,
    Status,
    Count,
    Planted,
    Missing,
    Place,
};

class Dice {
public:
    explicit Dice(std::uint64_t seed) : seed_(mix(seed)) {}

    std::uint64_t bits(Stream stream, std::uint64_t a, std::uint64_t b = 0,
                       std::uint64_t c = 0) const {
        return mix(mix(mix(mix(seed_ ^ static_cast<std::uint64_t>(stream)) + a) + b) + c);
    }
    // In [0, 1).
    double unit(Stream stream, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) const {
        return static_cast<double>(bits(stream, a, b, c) >> 11) * 0x1p-53;
    }
    // In [-1, 1).
    double sign(Stream stream, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) const {
        return 2 * unit(stream, a, b, c) - 1;
    }
    // Bell-shaped, mean 0, variance 1, within 3.5: the sum of four uniform numbers.
    double bell(Stream stream, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) const {
        const auto x = bits(stream, a, b, c);
        double sum = -2;
        for (int part = 0; part < 4; ++part)
            sum += static_cast<double>((x >> (16 * part)) & 0xFFFFu) * 0x1p-16;
        return sum * 1.7320508075688772;
    }
    // In [0, count), count > 0; multiplication of the high bits, bias below 2^-32.
    std::uint32_t below(std::uint32_t count, Stream stream, std::uint64_t a, std::uint64_t b = 0,
                        std::uint64_t c = 0) const {
        return static_cast<std::uint32_t>(((bits(stream, a, b, c) >> 32) * count) >> 32);
    }
    // A whole number spread around `mean` as a Poisson count is (mean = variance), never negative.
    double count(double mean, Stream stream, std::uint64_t a, std::uint64_t b = 0,
                 std::uint64_t c = 0) const {
        const double x = std::floor(mean + std::sqrt(mean) * bell(stream, a, b, c) + 0.5);
        return x > 0 ? x : 0;
    }

    // Smooth noise with features about 1 wide, in (-1, 1): lattice values, quintic blend.
    double noise(Stream stream, double x, double y, std::uint64_t layer = 0) const {
        const double fx = std::floor(x), fy = std::floor(y);
        const auto ix = static_cast<std::int64_t>(fx), iy = static_cast<std::int64_t>(fy);
        const auto corner = [&](std::int64_t dx, std::int64_t dy) {
            return sign(stream, static_cast<std::uint64_t>(ix + dx),
                        static_cast<std::uint64_t>(iy + dy), layer);
        };
        const auto blend = [](double t) { return t * t * t * (t * (t * 6 - 15) + 10); };
        const double u = blend(x - fx), v = blend(y - fy);
        const double low = corner(0, 0) + u * (corner(1, 0) - corner(0, 0));
        const double high = corner(0, 1) + u * (corner(1, 1) - corner(0, 1));
        return low + v * (high - low);
    }
    // Octaves of noise, each half as wide and half as high; in about (-1, 1).
    double fractal(Stream stream, double x, double y, int octaves) const {
        double sum = 0, height = 1, total = 0;
        for (int octave = 0; octave < octaves; ++octave) {
            sum += height * noise(stream, x, y, static_cast<std::uint64_t>(octave));
            total += height;
            height /= 2;
            x = 2 * x + 17.31;
            y = 2 * y - 9.77;
        }
        return sum / total;
    }

private:
    std::uint64_t seed_;
};

// e^x to about 1 % for |x| <= 3, the same bits everywhere: (1 + x/256)^256 by squaring.
inline double growth(double x) {
    double y = 1 + x / 256;
    for (int doubling = 0; doubling < 8; ++doubling) y *= y;
    return y;
}

} // namespace diaban::app::sample
