#include "app/series_list.hpp"

#include "base/paths.hpp"
#include "map/typesetter.hpp"

#include <nlohmann/json.hpp>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

std::string bytes_of_file(const fs::path& file) {
    InputsHash hash;
    hash.add(base::read_file(file));
    return hash.text();
}

void add_number(InputsHash& hash, std::size_t number) {
    hash.add(static_cast<std::uint64_t>(number));
}

void add_points(InputsHash& hash, std::span<const geo::Point> points) {
    add_number(hash, points.size());
    for (const auto p : points) {
        hash.add(p.x);
        hash.add(p.y);
    }
}

void add_style(InputsHash& hash, const map::Style& style) {
    for (const auto& entry : style.entries) {
        for (const auto* text : {&entry.key, &entry.label, &entry.letter}) hash.add(*text);
        hash.add(map::to_hex(entry.colour));
        add_number(hash, static_cast<std::size_t>(entry.role));
        add_number(hash, static_cast<std::size_t>(entry.hatch));
        add_number(hash, entry.outline_only);
        add_number(hash, entry.count);
    }
    for (const auto entry : style.entry_of) add_number(hash, entry);
}

void add_symbols(InputsHash& hash, const std::vector<map::Symbol>& symbols) {
    add_number(hash, symbols.size());
    for (const auto& symbol : symbols) {
        hash.add(symbol.kind);
        hash.add(symbol.name);
        hash.add(symbol.at.x);
        hash.add(symbol.at.y);
    }
}

void add_text(InputsHash& hash, const map::PageText& text) {
    for (const auto* one :
         {&text.title, &text.subtitle, &text.legend_title, &text.legend_note, &text.total_label,
          &text.overlap_note, &text.classification, &text.notice, &text.north, &text.page_number})
        hash.add(*one);
    for (const auto& line : text.source_lines) hash.add(line);
    for (const auto& [kind, label] : text.symbols) {
        hash.add(kind);
        hash.add(label);
    }
    hash.add(std::string{text.decimal, text.group});
}

void add_overlays(InputsHash& hash, const std::vector<map::Overlay>& overlays) {
    for (const auto& overlay : overlays) {
        hash.add(overlay.name);
        hash.add(map::to_hex(overlay.colour));
        hash.add(overlay.width_px);
        hash.add(overlay.gap_px);
        hash.add(overlay.fill ? map::to_hex(*overlay.fill) + std::to_string(overlay.fill->a) : "");
        for (const auto& line : overlay.set->lines) add_points(hash, line);
        for (const auto& name : overlay.set->names) hash.add(name);
        add_points(hash, overlay.set->points);
    }
}

} // namespace

SeriesList::SeriesList(fs::path list) : list_(std::move(list)) {
    std::error_code none;
    if (!fs::is_regular_file(list_, none)) return;
    try {
        const auto json = nlohmann::json::parse(base::read_file(list_));
        if (json.at("program") != base::version()) return;
        for (const auto& one : json.at("files"))
            known_[one.at("file").get<std::string>()] = {one.at("inputs").get<std::string>(),
                                                         one.at("bytes").get<std::string>()};
    } catch (const nlohmann::json::exception&) {
        known_.clear(); // then everything is drawn anew
    }
}

bool SeriesList::unchanged(const fs::path& file, const std::string& inputs) const {
    const auto found = known_.find(file.filename().string());
    std::error_code none;
    if (found == known_.end() || found->second.inputs != inputs || !fs::is_regular_file(file, none))
        return false;
    try {
        return found->second.bytes == bytes_of_file(file);
    } catch (const base::Error&) {
        return false; // it cannot be read: drawing it anew says why, if that fails too
    }
}

void SeriesList::add(const fs::path& file, const std::string& inputs) {
    known_[file.filename().string()] = {inputs, bytes_of_file(file)};
}

void SeriesList::write() const {
    nlohmann::ordered_json json{{"program", base::version()},
                                {"files", nlohmann::ordered_json::array()}};
    for (const auto& [file, one] : known_)
        json["files"].push_back({{"file", file}, {"inputs", one.inputs}, {"bytes", one.bytes}});
    base::write_file(
        list_, json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

fs::path series_list_of(const fs::path& folder, const fs::path& file) {
    if (file.empty()) return folder / "diaban_series.json";
    auto list = file;
    return list += ".series.json";
}

std::string vintage_hash(const data::Vintage& vintage) {
    InputsHash hash;
    hash.add(vintage.id);
    const auto& units = vintage.units;
    for (const auto* texts : {&units.code, &units.name, &units.type})
        for (const auto& text : *texts) hash.add(text);
    for (std::size_t l = 0; l < data::kLevels; ++l) {
        for (const auto& group : units.groups[l]) {
            hash.add(group.code);
            hash.add(group.name);
        }
        for (const auto parent : units.parent[l]) add_number(hash, parent);
    }
    add_points(hash, vintage.coverage->vertices());
    for (const auto& arc : vintage.coverage->arcs()) {
        add_number(hash, arc.left);
        add_number(hash, arc.right);
    }
    return hash.text();
}

void add_page(InputsHash& hash, const map::Page& page, const std::string& vintage) {
    hash.add(base::version());
    hash.add(map::find_font_family());
    hash.add(vintage);
    for (const double number :
         {page.size.width_mm, page.size.height_mm, page.size.dpi, page.extent.min_x,
          page.extent.min_y, page.extent.max_x, page.extent.max_y})
        hash.add(number);
    for (const bool flag :
         {page.size.slide, page.district_labels, page.place_labels, page.north_arrow,
          page.scale_bar, page.bare, page.locator != nullptr, page.area && page.area->level})
        add_number(hash, flag);
    add_text(hash, page.text);
    add_style(hash, page.scene.style);
    add_symbols(hash, page.scene.symbols);
    add_overlays(hash, page.scene.overlays);
    for (const auto face : page.scene.selected) add_number(hash, face);
    for (const auto& panel : page.panels) {
        hash.add(panel.caption);
        add_style(hash, panel.style);
        add_symbols(hash, panel.symbols);
    }
}

} // namespace diaban::app
