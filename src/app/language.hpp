// The words of the program: message ids to text, live in Vietnamese or English.
//
// Guarantees: catalogues are read from assets (locale/<code>.mo, made from the .po files by
// msgfmt), independent of system locales; an unknown id gives the id itself, so that a missing text
// is seen. A Language is immutable and safe to share between threads.
#pragma once

#include "base/error.hpp"
#include "base/number.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diaban::app {

class Language {
public:
    // Who reads: what to do next is a flag on the command line, and a control in the window.
    enum class Reader { CommandLine, Window };
    // "vi" or "en". For the window the text of "in_window.error.x", where there is one, stands in
    // place of that of "error.x". Throws Error Usage "error.language.unknown", Input if the
    // catalogue is damaged.
    static std::shared_ptr<const Language> load(std::string_view code,
                                                Reader reader = Reader::CommandLine);

    const std::string& code() const { return code_; }
    base::NumberStyle numbers() const { return numbers_; }
    bool has(std::string_view id) const;
    // The text with {name} replaced by the values: whole numbers grouped, others to 6 digits.
    // {name:row|rows} is the first form for one, the second for any other number.
    std::string text(std::string_view id, const base::Args& args = {}) const;
    std::string text(const base::Message& m) const { return text(m.key, m.args); }
    // A whole sentence for an error: context first, then what to do.
    std::string text(const base::Error& e) const;
    std::string text(const base::Finding& f) const;
    // One value as it is written in this language.
    std::string number(double value, int decimals) const;
    std::string count(std::size_t value) const;

private:
    Language() = default;
    void speak_to_window();
    std::string code_;
    base::NumberStyle numbers_;
    std::vector<std::pair<std::string, std::string>> texts_; // sorted by id
};

} // namespace diaban::app
