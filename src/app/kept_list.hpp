// What a project keeps as a list in JSON, each thing under a name of its own: results, plans.
// Private to app.
#pragma once

#include "app/commands/json.hpp"

namespace diaban::app {

template <class Kept> struct KeptList {
    const char* key; // of the project file, for errors
    Kept (*read)(const Json&);
    Json (*write)(const Kept&);

    // "" is an empty list. Throws Error Data "error.project.bad_value".
    std::vector<Kept> of(const std::string& list) const {
        std::vector<Kept> out;
        if (list.empty()) return out;
        try {
            for (const auto& one : Json::parse(list)) out.push_back(read(one));
        } catch (const Json::exception&) {
            throw base::Error(base::ErrorKind::Data, "error.project.bad_value",
                              {{"key", std::string(key)}, {"value", list.substr(0, 60)}});
        }
        return out;
    }
    // In place of one of the same name, as the last.
    std::string with(const std::string& list, const Kept& kept) const {
        auto all = others(list, kept.name);
        all.push_back(kept);
        return text(all);
    }
    std::string without(const std::string& list, const std::string& name) const {
        return text(others(list, name));
    }

private:
    std::vector<Kept> others(const std::string& list, const std::string& name) const {
        auto all = of(list);
        std::erase_if(all, [&](const Kept& one) { return one.name == name; });
        return all;
    }
    std::string text(const std::vector<Kept>& all) const {
        Json list = Json::array();
        for (const auto& one : all) list.push_back(write(one));
        return all.empty() ? "" : list.dump();
    }
};

} // namespace diaban::app
