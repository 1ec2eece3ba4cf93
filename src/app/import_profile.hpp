// Import profiles as JSON: how the columns of a kind of report are read, by name.
//
// Guarantee: parse_profile(to_json(p)) is p; unknown keys and values are errors that name them.
#pragma once

#include "data/import_plan.hpp"

#include <filesystem>

namespace diaban::app {

std::string to_json(const data::ImportProfile& profile);
// `where` names the text in errors: a file or a profile. Throws Error Data "error.profile.bad".
data::ImportProfile parse_profile(const std::string& json, const std::string& where);
// A file if there is one of this name, else a profile that the store keeps. Throws Error Data
// "error.profile.unknown" with the names that the store has.
data::ImportProfile find_profile(const std::string& name, const std::filesystem::path& store);

// "dash=missing", "blank=not_applicable": false if it says nothing of the kind.
bool set_sign(data::EmptyRule& rule, std::string_view text);
// What differs from the usual rule, in the same words.
std::vector<std::string> sign_flags(const data::EmptyRule& rule);

// "TĐ=hot": false if there is no word or no status code ("none" ... "hot1", "unknown").
bool set_word(data::StatusWords& words, std::string_view text);
// The same, several of them: "TĐ=hot; LM=none". Nothing if one of them is not understood.
std::optional<data::StatusWords> parse_words(std::string_view text);
std::vector<std::string> word_flags(const data::StatusWords& words);

} // namespace diaban::app
