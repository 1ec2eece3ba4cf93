#include "cli/words.hpp"

#include "base/paths.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace diaban::cli {
namespace {

using base::Error;
using base::ErrorKind;

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

const CLI::App* subcommand(const CLI::App& app, const std::string& name) {
    for (const auto* sub : app.get_subcommands({}))
        if (sub->get_name() == name) return sub;
    return nullptr;
}

const CLI::Option* flag_of(const CLI::App& verb, const std::string& flag) {
    for (const auto* option : verb.get_options())
        for (const auto& name : option->get_lnames())
            if ("--" + name == flag) return option;
    return nullptr;
}

// "store check": `check` alone is another verb.
std::string full_name(const CLI::App& verb) {
    auto name = verb.get_name();
    for (const auto* above = verb.get_parent(); above && above->get_parent();
         above = above->get_parent())
        name = above->get_name() + " " + name;
    return name;
}

// The flag after which a file of this name stands, or "".
std::string flag_for_file(const CLI::App& verb, const std::string& word) {
    static const std::map<std::string, const char*> kFlags{{".shp", "--boundaries"},
                                                           {".zip", "--boundaries"},
                                                           {".gpkg", "--boundaries"},
                                                           {".fgb", "--boundaries"},
                                                           {".geojson", "--boundaries"},
                                                           {".tab", "--boundaries"},
                                                           {".csv", "--db"},
                                                           {".xlsx", "--db"},
                                                           {".xls", "--db"},
                                                           {".ods", "--db"},
                                                           {".sqlite", "--store"},
                                                           {".diaban", "--project"}};
    const auto flag = kFlags.find(base::lower_extension(word));
    return flag != kFlags.end() && flag_of(verb, flag->second) ? flag->second : "";
}

Error unknown_flag(const CLI::App& verb, const std::string& flag) {
    std::vector<std::string> known;
    for (const auto* option : verb.get_options())
        if (!option->get_lnames().empty()) known.push_back("--" + option->get_lnames().front());
    const auto near = base::nearest(flag, known);
    return {ErrorKind::Usage,
            near.empty() ? "error.flag.unknown" : "error.flag.unknown_near",
            {{"flag", flag}, {"verb", full_name(verb)}, {"near", joined(near)}}};
}

} // namespace

void check_flags(const CLI::App& app, const std::vector<std::string>& arguments) {
    const CLI::App* verb = &app;
    std::set<const CLI::Option*> seen;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& word = arguments[i];
        if (word == "--") return;
        if (!word.starts_with("--")) {
            if (const auto* sub = subcommand(*verb, word)) verb = sub;
            continue;
        }
        const auto equals = word.find('=');
        const auto flag = word.substr(0, equals);
        const auto* option = flag_of(*verb, flag);
        if (!option && verb == &app) return; // there is no verb yet to know it
        if (!option) throw unknown_flag(*verb, flag);
        const bool takes_value = option->get_expected_max() > 0;
        const bool repeats = option->get_expected_max() == CLI::detail::expected_max_vector_size;
        if (takes_value && !repeats && !seen.insert(option).second)
            throw Error(ErrorKind::Usage, "error.flag.twice", {{"flag", flag}});
        if (takes_value && equals == word.npos) {
            const bool last = i + 1 == arguments.size();
            const auto next = last ? std::string() : arguments[i + 1];
            if (last || next == "--" || flag_of(*verb, next.substr(0, next.find('='))))
                throw Error(ErrorKind::Usage, "error.flag.no_value", {{"flag", flag}});
            ++i;
        } else if (!takes_value && equals != word.npos) {
            throw Error(ErrorKind::Usage, "error.flag.bad", {{"flag", flag}});
        }
    }
}

Error missing_flag(const CLI::App& app) {
    const CLI::App* verb = &app;
    for (auto given = app.get_subcommands(); !given.empty(); given = verb->get_subcommands())
        verb = given.front();
    for (const auto* option : verb->get_options())
        if (option->get_required() && option->count() == 0)
            return {ErrorKind::Usage, "error.flag.required", {{"flag", option->get_name()}}};
    return {ErrorKind::Usage, "error.flag.required", {{"flag", verb->get_name()}}};
}

Error unknown_word(const CLI::App& app, const std::vector<std::string>& arguments) {
    const CLI::App* verb = nullptr;
    for (auto given = app.get_subcommands(); !given.empty();
         given = given.front()->get_subcommands())
        verb = given.front();
    std::vector<std::string> known;
    // "store impor": the word after a verb that has verbs below it.
    if (verb && !verb->get_subcommands({}).empty()) {
        for (const auto* sub : verb->get_subcommands({})) known.push_back(sub->get_name());
        const auto left = verb->remaining();
        const auto& word = left.empty() ? arguments.back() : left.front();
        const auto near = base::nearest(word, known);
        return {ErrorKind::Usage,
                near.empty() ? "error.verb.unknown" : "error.verb.unknown_near",
                {{"verb", word}, {"near", joined(near)}, {"known", joined(known)}}};
    }
    if (verb) {
        const auto extra = verb->remaining();
        const auto& word = extra.empty() ? arguments.back() : extra.front();
        if (const auto flag = flag_for_file(*verb, word); !flag.empty())
            return {ErrorKind::Usage, "error.argument.file", {{"argument", word}, {"flag", flag}}};
        return {ErrorKind::Usage,
                "error.argument.extra",
                {{"argument", word}, {"verb", full_name(*verb)}}};
    }
    for (const auto* sub : app.get_subcommands({})) known.push_back(sub->get_name());
    const auto& word = arguments.front();
    const auto near = base::nearest(word, known);
    return {ErrorKind::Usage,
            near.empty() ? "error.verb.unknown" : "error.verb.unknown_near",
            {{"verb", word}, {"near", joined(near)}, {"known", joined(known)}}};
}

} // namespace diaban::cli
