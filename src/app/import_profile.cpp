#include "app/import_profile.hpp"

#include "base/paths.hpp"
#include "base/text.hpp"
#include "data/import_present.hpp"
#include "data/status.hpp"
#include "files/store_catalogue.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace diaban::app {
namespace {

using nlohmann::ordered_json;
constexpr std::array kEmpty = {"zero", "missing", "not_applicable"};

[[noreturn]] void bad(const std::string& where, const std::string& key) {
    throw base::Error(base::ErrorKind::Data, "error.profile.bad", {{"file", where}, {"key", key}});
}

data::Empty empty_of(const ordered_json& value, const std::string& where, const std::string& key) {
    if (value.is_string())
        for (std::size_t i = 0; i < kEmpty.size(); ++i)
            if (value.get<std::string>() == kEmpty[i]) return static_cast<data::Empty>(i);
    bad(where, key);
}

data::Empty* sign_of(data::EmptyRule& rule, std::string_view sign) {
    return sign == "dash"    ? &rule.dash
           : sign == "none"  ? &rule.none
           : sign == "dots"  ? &rule.dots
           : sign == "blank" ? &rule.blank
                             : nullptr;
}

// Anything but a whole number that a sheet can have is refused, not rounded into one.
std::uint32_t rows_of(const ordered_json& value, const std::string& where, const std::string& key) {
    constexpr std::uint64_t kMostRows = 1'048'576; // of a sheet
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kMostRows) bad(where, key);
    return value.get<std::uint32_t>();
}

void read_key(data::ImportProfile& p, const std::string& key, const ordered_json& value,
              const std::string& where) {
    if (key == "name") {
        p.name = value.get<std::string>();
    } else if (key == "sheets") {
        p.sheets = value.get<std::vector<std::string>>();
    } else if (key == "header_row") {
        p.header_row = rows_of(value, where, key);
    } else if (key == "header_rows") {
        p.header_rows = rows_of(value, where, key);
    } else if (key == "period") {
        p.period = data::parse_period(value.get<std::string>());
        if (!p.period) bad(where, key);
    } else if (key == "as_of") {
        p.as_of = value.get<std::string>();
    } else if (key == "cumulative") {
        p.cumulative = value.get<bool>();
    } else if (key == "agency") {
        p.agency = value.get<std::string>();
    } else if (key == "area") {
        p.area = value.get<std::string>();
    } else if (key == "present") {
        p.present = value.get<std::string>();
        if (!data::parse_present(p.present)) bad(where, key);
    } else if (key == "columns") {
        p.columns = value.get<std::map<std::string, std::string>>();
    } else if (key == "words") {
        if (!value.is_object()) bad(where, key);
        for (const auto& [word, code] : value.items())
            if (!set_word(p.words, word + "=" + code.get<std::string>()))
                bad(where, key + "." + word);
    } else if (key == "empty") {
        for (const auto& [sign, meaning] : value.items()) {
            auto* const target = sign_of(p.empty, sign);
            if (!target) bad(where, key + "." + sign);
            *target = empty_of(meaning, where, key + "." + sign);
        }
    } else {
        bad(where, key);
    }
}

} // namespace

bool set_sign(data::EmptyRule& rule, std::string_view text) {
    const auto equals = text.find('=');
    if (equals == text.npos) return false;
    auto* const target = sign_of(rule, text.substr(0, equals));
    for (std::size_t i = 0; i < kEmpty.size(); ++i)
        if (target && text.substr(equals + 1) == kEmpty[i]) {
            *target = static_cast<data::Empty>(i);
            return true;
        }
    return false;
}

std::vector<std::string> sign_flags(const data::EmptyRule& rule) {
    std::vector<std::string> out;
    auto own = rule;
    data::EmptyRule usual;
    for (const auto* sign : {"dash", "none", "dots", "blank"})
        if (*sign_of(own, sign) != *sign_of(usual, sign))
            out.push_back(std::string(sign) + "=" +
                          kEmpty[static_cast<std::size_t>(*sign_of(own, sign))]);
    return out;
}

bool set_word(data::StatusWords& words, std::string_view text) {
    const auto equals = text.rfind('=');
    if (equals == text.npos) return false;
    const auto word = base::trim(text.substr(0, equals));
    const auto code = base::trim(text.substr(equals + 1));
    if (word.empty() || !data::parse_status(code)) return false;
    words[std::string(word)] = code;
    return true;
}

std::optional<data::StatusWords> parse_words(std::string_view text) {
    data::StatusWords out;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        const auto one = base::trim(text.substr(0, end));
        if (!one.empty() && !set_word(out, one)) return std::nullopt;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::vector<std::string> word_flags(const data::StatusWords& words) {
    std::vector<std::string> out;
    for (const auto& [word, code] : words) out.push_back(fmt::format("{}={}", word, code));
    return out;
}

std::string to_json(const data::ImportProfile& p) {
    ordered_json out = ordered_json::object();
    const auto put = [&](const char* key, const std::string& value) {
        if (!value.empty()) out[key] = value;
    };
    put("name", p.name);
    if (!p.sheets.empty()) out["sheets"] = p.sheets;
    if (p.header_row) out["header_row"] = p.header_row;
    if (p.header_rows) out["header_rows"] = p.header_rows;
    if (p.period) out["period"] = data::to_string(*p.period);
    put("as_of", p.as_of);
    if (p.cumulative) out["cumulative"] = *p.cumulative;
    put("agency", p.agency);
    put("area", p.area);
    put("present", p.present);
    const auto name = [](data::Empty e) { return kEmpty[static_cast<std::size_t>(e)]; };
    if (p.empty != data::EmptyRule{})
        out["empty"] = {{"dash", name(p.empty.dash)},
                        {"none", name(p.empty.none)},
                        {"dots", name(p.empty.dots)},
                        {"blank", name(p.empty.blank)}};
    if (!p.columns.empty()) out["columns"] = p.columns;
    if (!p.words.empty()) out["words"] = p.words;
    return out.dump(2);
}

data::ImportProfile parse_profile(const std::string& json, const std::string& where) {
    const auto object = ordered_json::parse(json, nullptr, false);
    if (!object.is_object()) bad(where, "{");
    data::ImportProfile profile;
    for (const auto& [key, value] : object.items()) {
        try {
            read_key(profile, key, value, where);
        } catch (const ordered_json::exception&) {
            bad(where, key);
        }
    }
    return profile;
}

data::ImportProfile find_profile(const std::string& name, const std::filesystem::path& store) {
    std::error_code failed;
    if (std::filesystem::is_regular_file(name, failed))
        return parse_profile(base::read_file(name), name);
    const auto saved = files::read_profiles(store);
    if (const auto found = saved.find(name); found != saved.end())
        return parse_profile(found->second, name);
    std::vector<std::string> known;
    for (const auto& [saved_name, content] : saved) known.push_back(saved_name);
    throw base::Error(
        base::ErrorKind::Data, "error.profile.unknown",
        {{"profile", name},
         {"known", known.empty() ? std::string("–") : fmt::format("{}", fmt::join(known, ", "))}});
}

} // namespace diaban::app
