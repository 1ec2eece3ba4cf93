#include "gui/probe.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"

#include <fmt/format.h>

namespace diaban::gui {

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out += '"';
}

void Probe::begin_frame() {
    items_.clear();
    states_.clear();
    cuts_.clear();
}

void Probe::cut(std::string_view name) {
    if (on()) (cuts_ += cuts_.empty() ? "" : " ") += name;
}

void Probe::item(std::string_view name, float x0, float y0, float x1, float y1, bool enabled,
                 bool selected, std::string_view panel) {
    if (!on()) return;
    items_.push_back(fmt::format(
        R"({{"item":{},"x0":{:.1f},"y0":{:.1f},"x1":{:.1f},"y1":{:.1f},"enabled":{},"selected":{},"panel":{}}})",
        json_text(name), x0, y0, x1, y1, enabled, selected, json_text(panel)));
}

void Probe::state(std::string_view name, std::string_view text) {
    if (on())
        states_.push_back(
            fmt::format(R"({{"state":{},"text":{}}})", json_text(name), json_text(text)));
}

void Probe::state(std::string_view name, double value) {
    if (on())
        states_.push_back(fmt::format(R"({{"state":{},"value":{}}})", json_text(name),
                                      base::format_exact(value)));
}

void Probe::end_frame(bool settled) {
    if (!on()) return;
    state("cuts", cuts_);
    std::string text;
    for (const auto& line : states_) (text += line) += '\n';
    for (const auto& line : items_) (text += line) += '\n';
    text += fmt::format("{{\"settled\":{}}}\n", settled);
    ++frame_;
    if (text == last_) return;
    last_ = text;
    base::write_file(file_, fmt::format("{{\"frame\":{}}}\n", frame_) + text);
}

} // namespace diaban::gui
