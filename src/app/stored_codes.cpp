#include "app/stored_codes.hpp"

#include "base/text.hpp"
#include "files/store.hpp"

#include <algorithm>
#include <string_view>

namespace diaban::app {
namespace {

std::string_view without_zeros(std::string_view code) {
    return code.substr(std::min(code.find_first_not_of('0'), code.size()));
}

bool only_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), base::is_digit);
}

} // namespace

std::map<std::string, std::string> stored_codes(const std::filesystem::path& file) {
    const files::Store store(file);
    std::map<std::string, std::string> out;
    for (const auto& vintage : store.info().vintages) { // oldest first
        const auto units = store.read_units(vintage);
        for (std::size_t i = 0; i < units.size(); ++i) out[units.code[i]] = units.name[i];
    }
    return out;
}

std::vector<std::string> near_units(const std::string& word,
                                    const std::map<std::string, std::string>& names) {
    std::vector<std::string> found;
    const auto add = [&](const std::string& code) {
        if (std::find(found.begin(), found.end(), code) == found.end()) found.push_back(code);
    };
    std::vector<std::string> codes, called;
    const auto key = base::search_key(word);
    const bool number = only_digits(word);
    for (const auto& [code, name] : names) {
        codes.push_back(code);
        called.push_back(name);
        if (number ? without_zeros(code) == without_zeros(word)
                   : base::search_matches(base::search_key(name), key))
            add(code);
    }
    for (const auto& code : base::nearest(word, codes)) add(code);
    if (!number)
        for (const auto& near : base::nearest(word, called))
            for (const auto& [code, name] : names)
                if (name == near) add(code);
    constexpr std::size_t kMostNamed = 3;
    if (found.size() > kMostNamed) found.resize(kMostNamed);
    for (auto& code : found) code += " " + names.at(code);
    return found;
}

void require_stored_code(const std::filesystem::path& store, const std::string& code,
                         const std::map<std::string, std::string>& names) {
    if (names.contains(code)) return;
    const auto near = near_units(code, names);
    base::Args args{{"code", code}, {"file", store.filename().string()}};
    if (near.empty())
        throw base::Error(base::ErrorKind::Data, "error.store.unknown_unit", std::move(args));
    args.emplace_back("known", base::joined(near));
    throw base::Error(base::ErrorKind::Data, "error.store.unknown_unit_near", std::move(args));
}

void require_removed(std::size_t removed, const std::string& what,
                     const std::filesystem::path& store) {
    if (removed > 0) return;
    throw base::Error(base::ErrorKind::Usage, "error.store.no_such",
                      {{"what", what}, {"file", store.filename().string()}});
}

} // namespace diaban::app
