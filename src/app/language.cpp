#include "app/language.hpp"

#include "base/paths.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>

namespace diaban::app {
namespace {

// GNU .mo file: a header of seven 32-bit numbers, then two tables of (length, offset).
class MoFile {
public:
    explicit MoFile(std::string bytes) : bytes_(std::move(bytes)) {
        const auto magic = word(0);
        swapped_ = magic == 0xde120495u;
        if (!swapped_ && magic != 0x950412deu) damaged();
    }
    std::vector<std::pair<std::string, std::string>> texts() const {
        const auto count = word(8);
        const auto ids = word(12);
        const auto translations = word(16);
        std::vector<std::pair<std::string, std::string>> out;
        for (std::uint32_t i = 0; i < count; ++i)
            out.emplace_back(text(ids + 8 * i), text(translations + 8 * i));
        return out;
    }

private:
    [[noreturn]] static void damaged() {
        throw base::Error(base::ErrorKind::Input, "error.catalogue.damaged");
    }
    std::uint32_t word(std::size_t at) const {
        if (at + 4 > bytes_.size()) damaged();
        std::uint32_t value = 0;
        std::memcpy(&value, bytes_.data() + at, 4);
        return swapped_ ? __builtin_bswap32(value) : value;
    }
    std::string text(std::size_t entry) const {
        const std::size_t length = word(entry);
        const std::size_t offset = word(entry + 4);
        if (offset + length > bytes_.size()) damaged();
        return bytes_.substr(offset, length);
    }
    std::string bytes_;
    bool swapped_ = false;
};

std::string value_text(const base::Value& value, base::NumberStyle style) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return base::format_count(*whole, style);
    const double number = std::get<double>(value);
    if (number == 0 || !std::isfinite(number)) return base::format_number(number, 0, style);
    // Six significant digits; very small or large values keep their exponent.
    const int magnitude = static_cast<int>(std::floor(std::log10(std::fabs(number))));
    if (magnitude < -6 || magnitude > 15) {
        auto tiny = fmt::format("{:.3g}", number);
        std::replace(tiny.begin(), tiny.end(), '.', style.decimal);
        return tiny;
    }
    auto text = base::format_number(number, std::max(0, 5 - magnitude), style);
    if (text.find(style.decimal) != std::string::npos) {
        while (text.back() == '0') text.pop_back();
        if (text.back() == style.decimal) text.pop_back();
    }
    return text;
}

// "row|rows": the first for one, the second for every other number.
std::string_view form_for(const base::Value& value, std::string_view forms) {
    const auto* whole = std::get_if<std::int64_t>(&value);
    const auto bar = std::min(forms.find('|'), forms.size());
    return whole && *whole == 1 ? forms.substr(0, bar)
                                : forms.substr(std::min(bar + 1, forms.size()));
}

} // namespace

std::shared_ptr<const Language> Language::load(std::string_view code, Reader reader) {
    if (code != "vi" && code != "en")
        throw base::Error(base::ErrorKind::Usage, "error.language.unknown",
                          {{"language", std::string(code)}});
    const auto file = base::asset(fmt::format("locale/{}.mo", code));
    auto language = std::shared_ptr<Language>(new Language);
    language->code_ = code;
    language->numbers_ = code == "vi" ? base::NumberStyle{',', '.'} : base::NumberStyle{'.', ','};
    language->texts_ = MoFile(base::read_file(file)).texts();
    std::sort(language->texts_.begin(), language->texts_.end());
    if (reader == Reader::Window) language->speak_to_window();
    return language;
}

void Language::speak_to_window() {
    constexpr std::string_view kOwn = "in_window.";
    auto own = std::lower_bound(texts_.begin(), texts_.end(), kOwn,
                                [](const auto& entry, auto key) { return entry.first < key; });
    for (; own != texts_.end() && own->first.starts_with(kOwn); ++own) {
        const auto id = std::string_view(own->first).substr(kOwn.size());
        const auto usual =
            std::lower_bound(texts_.begin(), texts_.end(), id,
                             [](const auto& entry, auto key) { return entry.first < key; });
        if (usual != texts_.end() && usual->first == id) usual->second = own->second;
    }
}

bool Language::has(std::string_view id) const {
    const auto at = std::lower_bound(texts_.begin(), texts_.end(), id,
                                     [](const auto& entry, auto key) { return entry.first < key; });
    return at != texts_.end() && at->first == id;
}

std::string Language::text(std::string_view id, const base::Args& args) const {
    const auto at = std::lower_bound(texts_.begin(), texts_.end(), id,
                                     [](const auto& entry, auto key) { return entry.first < key; });
    if (at == texts_.end() || at->first != id) return std::string(id);
    std::string out;
    const std::string_view pattern = at->second;
    for (std::size_t i = 0; i < pattern.size();) {
        const auto close = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
        if (close == std::string_view::npos) {
            out += pattern[i++];
            continue;
        }
        const auto inside = pattern.substr(i + 1, close - i - 1);
        const auto name = inside.substr(0, inside.find(':'));
        const auto arg =
            std::find_if(args.begin(), args.end(), [&](const auto& a) { return a.first == name; });
        if (arg == args.end())
            out += pattern.substr(i, close - i + 1);
        else if (const auto* said = std::get_if<std::string>(&arg->second);
                 said && said->starts_with("reason.") && has(*said))
            out += text(*said); // of base::system_reason()
        else if (name.size() < inside.size())
            out += form_for(arg->second, inside.substr(name.size() + 1));
        else
            out += value_text(arg->second, numbers_);
        i = close + 1;
    }
    return out;
}

std::string Language::text(const base::Error& error) const {
    std::string out;
    for (auto it = error.context.rbegin(); it != error.context.rend(); ++it)
        out += text(*it) + ": ";
    return out + text(error.message);
}

std::string Language::text(const base::Finding& finding) const {
    constexpr double kLeastShown_m = 0.001; // what is shorter is rounding, not a distance
    base::Args args;
    if (finding.amount_unit == "m" && finding.amount && *finding.amount < kLeastShown_m)
        args.emplace_back("amount", kLeastShown_m); // as "at most"
    else if (finding.amount)
        args.emplace_back("amount", *finding.amount);
    args.emplace_back("unit", finding.unit);
    args.insert(args.end(), finding.args.begin(), finding.args.end());
    return text("finding." + finding.key, args);
}

std::string Language::number(double value, int decimals) const {
    return base::format_number(value, decimals, numbers_);
}

std::string Language::count(std::size_t value) const {
    return base::format_count(static_cast<std::int64_t>(value), numbers_);
}

} // namespace diaban::app
