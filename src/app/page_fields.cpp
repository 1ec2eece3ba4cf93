#include "app/page_fields.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace diaban::app {
namespace {

constexpr std::string_view kCount = "count:";

// Statuses that go by one word.
const std::vector<std::pair<std::string_view, std::vector<std::string_view>>>& statuses_by_word() {
    static const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> kWords{
        {"hotspot", {"is:hot", "is:hot3", "is:hot2", "is:hot1"}},
        {"healthy", {"is:none"}},
    };
    return kWords;
}

std::optional<std::size_t> units_counted(std::string_view of, const PageFields& fields) {
    std::optional<std::size_t> sum;
    const auto add = [&](std::string_view key) {
        for (const auto& [row, count] : fields.counts)
            if (row == key) sum = sum.value_or(0) + count;
    };
    if (of == "all") {
        sum = 0;
        for (const auto& [row, count] : fields.counts) *sum += count;
        return sum;
    }
    add(of);
    if (!sum) add("is:" + std::string(of));
    for (const auto& [word, keys] : statuses_by_word())
        if (!sum && word == of)
            for (const auto key : keys) add(key);
    return sum;
}

[[noreturn]] void unknown_field(const std::string& field, const PageFields& fields) {
    std::vector<std::string> known;
    for (const auto& [name, text] : fields.texts) known.push_back("{" + name + "}");
    known.emplace_back("{page}");
    known.emplace_back("{pages}");
    known.emplace_back("{count:all}");
    const auto has = [&](std::string_view key) {
        return std::any_of(fields.counts.begin(), fields.counts.end(),
                           [&](const auto& row) { return row.first == key; });
    };
    for (const auto& [word, keys] : statuses_by_word())
        if (std::any_of(keys.begin(), keys.end(), has))
            known.push_back("{count:" + std::string(word) + "}");
    for (const auto& [row, count] : fields.counts)
        if (!row.empty()) known.push_back("{count:" + row + "}");
    throw base::Error(base::ErrorKind::Usage, "error.layout.field",
                      {{"field", "{" + field + "}"}, {"known", base::joined(known)}});
}

// "year", "count:class:2/5": no blank and nothing that only prose has.
bool like_field(std::string_view name) {
    return !name.empty() && name.find_first_of(" {\n") == std::string_view::npos;
}

} // namespace

std::string with_fields(const std::string& text, const PageFields& fields,
                        const Language& language) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text[at] == '{' ? text.find('}', at) : std::string::npos;
        const auto name =
            end == std::string::npos ? std::string() : text.substr(at + 1, end - at - 1);
        if (!like_field(name)) {
            out += text[at++];
            continue;
        }
        at = end + 1;
        const auto known = std::find_if(fields.texts.begin(), fields.texts.end(),
                                        [&](const auto& one) { return one.first == name; });
        if (name == "page" || name == "pages") {
            out += "{" + name + "}";
        } else if (known != fields.texts.end()) {
            out += known->second;
        } else if (name.starts_with(kCount) && fields.several_maps) {
            throw base::Error(base::ErrorKind::Usage, "error.layout.count_of_several",
                              {{"field", name}});
        } else if (name.starts_with(kCount)) {
            const auto count = units_counted(std::string_view(name).substr(kCount.size()), fields);
            if (!count) unknown_field(name, fields);
            out += language.count(*count);
        } else {
            unknown_field(name, fields);
        }
    }
    return out;
}

} // namespace diaban::app
