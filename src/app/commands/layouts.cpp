#include "app/commands/layouts.hpp"

#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"

#include <cmath>

namespace diaban::app {
namespace {

std::string size_text(const map::PageSize& size, const Language& language) {
    const auto mm = [&](double v) { return language.number(v, v == std::floor(v) ? 0 : 1); };
    return mm(size.width_mm) + " × " + mm(size.height_mm) + " mm";
}

Json box_json(const map::Rect& box) {
    return {box.x, box.y, box.width, box.height};
}

} // namespace

LayoutsReport run(const LayoutsRequest& request) {
    LayoutsReport report;
    if (request.layout.empty()) {
        if (!request.out.empty())
            throw base::Error(base::ErrorKind::Usage, "error.layouts.which",
                              {{"known", base::joined(known_layouts())}});
        for (const auto& name : known_layouts())
            report.layouts.push_back({name, layout_named(name).layout});
        return report;
    }
    report.one = true;
    report.layouts.push_back({request.layout, layout_named(request.layout).layout});
    if (request.out.empty()) return report;
    std::error_code failed;
    if (!request.replace && std::filesystem::is_regular_file(request.out, failed))
        throw base::Error(base::ErrorKind::Usage, "error.layouts.exists",
                          {{"file", request.out.string()}});
    base::write_file(request.out, layout_json(report.layouts.front().layout));
    report.file = request.out;
    return report;
}

std::string to_json(const LayoutsReport& report, const Language& language) {
    Json list = Json::array();
    for (const auto& [name, layout] : report.layouts) {
        Json one{{"name", name},
                 {"title", layout_title(layout, language)},
                 {"width_mm", layout.size.width_mm},
                 {"height_mm", layout.size.height_mm},
                 {"dpi", layout.size.dpi},
                 {"slide", layout.size.slide}};
        if (report.one) {
            Json items = Json::array();
            for (const auto& item : layout.items)
                items.push_back({{"id", item.id},
                                 {"kind", map::to_string(item.kind)},
                                 {"box_mm", box_json(item.box_mm)}});
            one["items"] = std::move(items);
        }
        list.push_back(std::move(one));
    }
    Json out{{"layouts", std::move(list)}};
    if (!report.file.empty()) out["files"] = Json::array({report.file.string()});
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const LayoutsReport& report, const Language& language) {
    std::string out;
    for (const auto& [name, layout] : report.layouts) {
        out += name + "  " + size_text(layout.size, language) + "  " +
               layout_title(layout, language) + "\n";
        if (!report.one) continue;
        for (const auto& item : layout.items) {
            const auto& box = item.box_mm;
            out += "  " + item.id + "  " + std::string(map::to_string(item.kind)) + "  " +
                   language.number(box.x, 1) + " " + language.number(box.y, 1) + " " +
                   language.number(box.width, 1) + " " + language.number(box.height, 1) + "\n";
        }
    }
    return out;
}

std::vector<std::string> to_flags(const LayoutsRequest& request) {
    Flags flags{"layouts"};
    add_flag(flags, "--out", request.out.string());
    if (request.replace) flags.emplace_back("--replace");
    if (!request.layout.empty()) flags.insert(flags.end(), {"--", request.layout});
    return flags;
}

} // namespace diaban::app
