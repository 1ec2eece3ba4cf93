// What every fuzz target starts from: bytes, and the promise that only our own errors come out.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace diaban::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Stops the fuzzer: an input broke a guarantee.
inline void require(bool holds) {
    if (!holds) std::abort();
}

// Anything else that is thrown ends the process, which is a finding.
template <class Action> void only_our_errors(Action&& action) {
    try {
        action();
    } catch (const base::Error& error) {
        require(error.kind != base::ErrorKind::Bug);
        require(!error.message.key.empty());
    }
}

} // namespace diaban::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
