// A hash map from directed edges (pairs of vertex ids) to 32-bit values.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace diaban::geo {

class EdgeMap {
public:
    explicit EdgeMap(std::size_t expected = 64) { slots_.resize(std::bit_ceil(2 * expected + 16)); }

    std::size_t size() const { return size_; }
    // The value of edge a -> b, or nullptr. Valid until the next insertion.
    std::int32_t* find(std::uint32_t a, std::uint32_t b) {
        Slot& slot = slots_[slot_of(key(a, b))];
        return slot.key == kFree ? nullptr : &slot.value;
    }
    // Adds the edge, or returns the value it has already.
    std::int32_t& emplace(std::uint32_t a, std::uint32_t b, std::int32_t value) {
        if (2 * (size_ + 1) > slots_.size()) grow();
        Slot& slot = slots_[slot_of(key(a, b))];
        if (slot.key == kFree) {
            slot = {key(a, b), value};
            ++size_;
        }
        return slot.value;
    }

private:
    static constexpr std::uint64_t kFree = 0xFFFFFFFFFFFFFFFFull;
    struct Slot {
        std::uint64_t key = kFree;
        std::int32_t value = 0;
    };
    static std::uint64_t key(std::uint32_t a, std::uint32_t b) {
        return static_cast<std::uint64_t>(a) << 32 | b;
    }
    std::size_t slot_of(std::uint64_t k) const {
        std::uint64_t h = k * 0x9E3779B97F4A7C15ull;
        h ^= h >> 32;
        h *= 0xBF58476D1CE4E5B9ull;
        std::size_t i = (h ^ (h >> 29)) & (slots_.size() - 1);
        while (slots_[i].key != kFree && slots_[i].key != k) i = (i + 1) & (slots_.size() - 1);
        return i;
    }
    void grow() {
        std::vector<Slot> old(slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& s : old)
            if (s.key != kFree) slots_[slot_of(s.key)] = s;
    }
    std::vector<Slot> slots_;
    std::size_t size_ = 0;
};

} // namespace diaban::geo
