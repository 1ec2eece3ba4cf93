// Pieces of --json that several verbs share. Private to app/commands.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"

#include <nlohmann/json.hpp>

namespace diaban::app {

using Json = nlohmann::ordered_json;

// [{kind, severity, unit, amount, amount_unit, x, y, text}]; x and y are WGS 84 degrees.
inline Json findings_json(const base::Findings& findings, const Language& language) {
    auto out = Json::array();
    for (const auto& f : findings) {
        Json one{{"kind", f.key},
                 {"severity", f.severity == base::Severity::Info      ? "info"
                              : f.severity == base::Severity::Warning ? "warning"
                                                                      : "problem"},
                 {"unit", f.unit}};
        one["amount"] = f.amount ? Json(*f.amount) : Json();
        one["amount_unit"] = f.amount_unit;
        one["x"] = f.at ? Json(f.at->first) : Json();
        one["y"] = f.at ? Json(f.at->second) : Json();
        one["text"] = language.text(f);
        out.push_back(std::move(one));
    }
    return out;
}

inline std::string findings_text(const base::Findings& findings, const Language& language,
                                 std::size_t most = 30) {
    std::string out;
    for (std::size_t i = 0; i < std::min(findings.size(), most); ++i)
        out += "  – " + language.text(findings[i]) + "\n";
    if (findings.size() > most)
        out += "  " +
               language.text("report.more_findings",
                             {{"count", static_cast<std::int64_t>(findings.size() - most)}}) +
               "\n";
    return out;
}

inline std::int64_t as_count(std::size_t n) {
    return static_cast<std::int64_t>(n);
}

// "label: value" lines of the human reports, values aligned.
class Lines {
public:
    explicit Lines(const Language& language) : language_(language) {}
    Lines& add(std::string_view label_id, const std::string& value) {
        text_ += language_.text(label_id) + ": " + value + "\n";
        return *this;
    }
    Lines& add(std::string_view label_id, std::size_t value) {
        return add(label_id, language_.count(value));
    }
    Lines& raw(const std::string& text) {
        text_ += text;
        return *this;
    }
    std::string take() { return std::move(text_); }

private:
    const Language& language_;
    std::string text_;
};

} // namespace diaban::app
