#include "cli/help.hpp"

#include "base/text.hpp"

namespace diaban::cli {
namespace {

class HelpFormatter : public CLI::Formatter {
public:
    explicit HelpFormatter(const app::Language& language) : language_(language) {}

    // "  --k              number of classes (default: 5)". CLI11 pads by bytes, and prints types.
    std::string make_option(const CLI::Option* option, bool positional) const override {
        auto name = "  " + make_option_name(option, positional);
        if (positional && option->get_expected_max() == CLI::detail::expected_max_vector_size)
            name += " …";
        if (option->get_required()) name += " (" + get_label("REQUIRED") + ")";
        auto text = option->get_description();
        if (const auto& value = option->get_default_str(); !value.empty())
            text += " (" + language_.text("help.default", {{"value", value}}) + ")";
        const auto width = base::length(name), column = get_column_width();
        const auto gap =
            width < column ? std::string(column - width, ' ') : "\n" + std::string(column, ' ');
        return name + (text.empty() ? std::string() : gap + text) + "\n";
    }

private:
    const app::Language& language_;
};

} // namespace

std::shared_ptr<CLI::Formatter> help_formatter(const app::Language& language) {
    auto formatter = std::make_shared<HelpFormatter>(language);
    formatter->label("Usage", language.text("help.usage"));
    formatter->label("OPTIONS", language.text("help.options_word"));
    formatter->label("SUBCOMMAND", language.text("help.verb_word"));
    formatter->label("SUBCOMMANDS", language.text("help.verbs_word"));
    formatter->label("Positionals", language.text("help.arguments"));
    formatter->label("REQUIRED", language.text("help.required"));
    formatter->column_width(34);
    return formatter;
}

std::string tidy_help(std::string help) {
    for (auto at = help.find("\n\n\n"); at != std::string::npos; at = help.find("\n\n\n", at))
        help.erase(at, 1);
    return help;
}

} // namespace diaban::cli
