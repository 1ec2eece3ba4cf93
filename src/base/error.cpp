#include "base/error.hpp"

#include <fmt/format.h>

namespace diaban::base {

Error::Error(ErrorKind kind_, std::string key, Args args)
    : kind(kind_), message{std::move(key), std::move(args)} {
    what_ = message.key;
    for (const auto& [name, value] : message.args) {
        what_ += fmt::format(" {}=", name);
        std::visit([&](const auto& v) { what_ += fmt::format("{}", v); }, value);
    }
}

Error& Error::in(Message where) {
    context.push_back(std::move(where));
    return *this;
}

Finding finding(Severity severity, std::string key, Args args, std::string unit) {
    Finding out;
    out.severity = severity;
    out.key = std::move(key);
    out.args = std::move(args);
    out.unit = std::move(unit);
    return out;
}

} // namespace diaban::base
