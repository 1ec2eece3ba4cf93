// What an action refuses.
#pragma once

#include "base/error.hpp"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

namespace diaban::test {

// The key of the error that an action throws, "" if it throws none; of this kind, if one is given.
template <class Action>
std::string thrown_key(const Action& action, std::optional<base::ErrorKind> kind = {}) {
    try {
        action();
    } catch (const base::Error& error) {
        if (kind) CHECK(error.kind == *kind);
        return error.message.key;
    }
    return "";
}

} // namespace diaban::test
