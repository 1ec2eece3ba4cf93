#include "app/settings.hpp"

#include "base/paths.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace diaban::app {
using nlohmann::json;
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostRecent = 12;

// Takes a key out of `object` into `target`; a value of the wrong kind or outside what `valid`
// accepts stays the default and becomes a finding.
template <class T, class Valid>
void take(json& object, const char* key, T& target, base::Findings& findings, Valid valid) {
    const auto it = object.find(key);
    if (it == object.end()) return;
    bool good = false;
    try {
        auto value = it->template get<T>();
        good = valid(value);
        if (good) target = std::move(value);
    } catch (const json::exception&) {
    }
    if (!good)
        findings.push_back({.severity = base::Severity::Warning,
                            .key = "bad_setting",
                            .args = {{"key", std::string(key)}, {"value", it->dump()}}});
    object.erase(it);
}

} // namespace

void Settings::remember(const fs::path& file) {
    const auto path = fs::absolute(file).lexically_normal().string();
    std::erase(recent, path);
    recent.insert(recent.begin(), path);
    if (recent.size() > kMostRecent) recent.resize(kMostRecent);
}

fs::path settings_file() {
    const auto folder = base::settings_folder();
    return folder.empty() ? fs::path() : folder / "settings.json";
}

Settings load_settings(const fs::path& file, base::Findings& findings) {
    Settings s;
    std::error_code ignored;
    if (file.empty() || !fs::exists(file, ignored)) return s;
    json object;
    try {
        object = json::parse(base::read_file(file));
    } catch (const std::exception&) {
    }
    if (!object.is_object()) {
        findings.push_back({.severity = base::Severity::Warning,
                            .key = "bad_settings_file",
                            .args = {{"file", file.filename().string()}}});
        return s;
    }
    const auto any = [](const auto&) { return true; };
    const auto width = [](double v) { return v >= 120 && v <= 2000; };
    take(object, "language", s.language, findings,
         [](const std::string& v) { return v.empty() || v == "vi" || v == "en"; });
    take(object, "theme", s.theme, findings,
         [](const std::string& v) { return v == "light" || v == "dark"; });
    take(object, "scale", s.scale, findings,
         [](double v) { return v == 0 || (v >= 0.75 && v <= 3); });
    take(object, "window_width", s.window_width, findings,
         [](int v) { return v >= 400 && v < 20000; });
    take(object, "window_height", s.window_height, findings,
         [](int v) { return v >= 300 && v < 20000; });
    take(object, "maximised", s.maximised, findings, any);
    take(object, "left_width", s.left_width, findings, width);
    take(object, "right_width", s.right_width, findings, width);
    take(object, "bottom_height", s.bottom_height, findings, width);
    take(object, "hatches", s.hatches, findings, any);
    take(object, "area_names", s.area_names, findings, any);
    take(object, "unit_names", s.unit_names, findings, any);
    take(object, "place_names", s.place_names, findings, any);
    take(object, "play_speed", s.play_speed, findings, [](double v) {
        return std::find(kPlaySpeeds.begin(), kPlaySpeeds.end(), v) != kPlaySpeeds.end();
    });
    take(object, "left_open", s.left_open, findings, any);
    take(object, "right_open", s.right_open, findings, any);
    take(object, "bottom_open", s.bottom_open, findings, any);
    take(object, "recent", s.recent, findings, any);
    if (s.recent.size() > kMostRecent) s.recent.resize(kMostRecent);
    if (!object.empty()) s.unknown = object.dump();
    return s;
}

void save_settings(const Settings& s, const fs::path& file) {
    if (file.empty()) return;
    try {
        auto object = s.unknown.empty() ? json::object() : json::parse(s.unknown);
        object["language"] = s.language;
        object["theme"] = s.theme;
        object["scale"] = s.scale;
        object["window_width"] = s.window_width;
        object["window_height"] = s.window_height;
        object["maximised"] = s.maximised;
        object["left_width"] = s.left_width;
        object["right_width"] = s.right_width;
        object["bottom_height"] = s.bottom_height;
        object["hatches"] = s.hatches;
        object["area_names"] = s.area_names;
        object["unit_names"] = s.unit_names;
        object["place_names"] = s.place_names;
        object["play_speed"] = s.play_speed;
        object["left_open"] = s.left_open;
        object["right_open"] = s.right_open;
        object["bottom_open"] = s.bottom_open;
        object["recent"] = s.recent;
        base::write_file(file, object.dump(2) + "\n");
    } catch (const std::exception&) {
        // Settings are a convenience: a read-only home folder must not stop anybody's work.
    }
}

} // namespace diaban::app
