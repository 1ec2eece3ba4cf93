#include "app/series_list.hpp"

#include "base/paths.hpp"
#include "map/layout.hpp"
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

void add_far_units(InputsHash& hash, const std::vector<map::FarUnits>& all) {
    for (const auto& far : all) {
        hash.add(far.name);
        for (const auto face : far.faces) add_number(hash, face);
    }
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
        add_number(hash, entry.over_land);
        hash.add(entry.disc_px);
        add_number(hash, entry.count);
    }
    for (const auto entry : style.entry_of) add_number(hash, entry);
}

void add_axis(InputsHash& hash, const map::PairAxis& axis) {
    hash.add(axis.name);
    add_number(hash, axis.classes);
    for (const auto& number : axis.breaks) hash.add(number);
}

void add_theme(InputsHash& hash, const map::Theme* theme) {
    add_number(hash, theme != nullptr);
    if (!theme) return;
    add_number(hash, static_cast<std::size_t>(theme->kind));
    add_number(hash, theme->amount.size());
    for (const double amount : theme->amount) hash.add(amount);
    hash.add(map::to_hex(theme->colour));
    for (const double number :
         {theme->largest, theme->largest_px, theme->dot_value, theme->m2_per_amount})
        hash.add(number);
    hash.add(theme->size_title);
    add_axis(hash, theme->across);
    add_axis(hash, theme->up);
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
        for (const bool bounds : overlay.set->bounds_area) add_number(hash, bounds);
        add_points(hash, overlay.set->points);
    }
}

void add_labels(InputsHash& hash, const std::vector<map::Label>& labels) {
    add_number(hash, labels.size());
    for (const auto& label : labels) {
        hash.add(label.text);
        for (const double number :
             {label.at.x, label.at.y, label.size_px, label.room_m, label.aside_px})
            hash.add(number);
        add_number(hash, label.bold);
        add_number(hash, static_cast<std::size_t>(label.priority));
        hash.add(map::to_hex(label.colour));
    }
}

void add_texts(InputsHash& hash, const std::vector<std::string>& texts) {
    add_number(hash, texts.size());
    for (const auto& text : texts) hash.add(text);
}

void add_box(InputsHash& hash, const map::LayoutItem& item) {
    hash.add(item.id);
    add_number(hash, static_cast<std::size_t>(item.kind));
    for (const double number : {item.box_mm.x, item.box_mm.y, item.box_mm.width, item.box_mm.height,
                                item.size_pt, item.params.line_mm})
        hash.add(number);
    add_number(hash, item.bold);
    add_number(hash, static_cast<std::size_t>(item.align));
    add_number(hash, static_cast<std::size_t>(item.valign));
    hash.add(map::to_hex(item.colour));
}

void add_picture(InputsHash& hash, const map::Picture* picture) {
    add_number(hash, picture != nullptr);
    if (!picture) return;
    hash.add(picture->png);
    hash.add(picture->drawn_width);
    hash.add(picture->drawn_height);
    for (const auto& shape : picture->shapes) {
        add_points(hash, shape.path.points);
        hash.add(map::to_hex(shape.colour) + std::to_string(shape.colour.a));
        hash.add(shape.stroke_width);
    }
}

// What one item of a layout shows, and where.
void add_item(InputsHash& hash, const map::LaidItem& laid) {
    add_box(hash, laid.item);
    hash.add(laid.text);
    add_texts(hash, laid.table.header);
    for (const auto& row : laid.table.rows) add_texts(hash, row);
    for (const auto align : laid.table.align) add_number(hash, static_cast<std::size_t>(align));
    add_texts(hash, laid.table.notes);
    for (const auto& bar : laid.bars) {
        hash.add(bar.label);
        hash.add(bar.done.value_or(-1));
    }
    add_texts(hash, laid.chart.years);
    for (const auto colour : laid.chart.colours) hash.add(map::to_hex(colour));
    for (const auto& year : laid.chart.counts)
        for (const auto count : year) add_number(hash, count);
    add_far_units(hash, laid.far);
    add_picture(hash, laid.picture.get());
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
    add_theme(hash, page.scene.theme.get());
    add_labels(hash, page.marks);
    if (page.area)
        for (const bool inside : page.area->inside) add_number(hash, inside);
    add_far_units(hash, page.far);
    for (const auto& panel : page.panels) {
        hash.add(panel.caption);
        add_style(hash, panel.style);
        add_symbols(hash, panel.symbols);
        add_theme(hash, panel.theme.get());
    }
    if (!page.laid) return;
    add_number(hash, page.laid->page);
    add_number(hash, page.laid->pages);
    for (const auto& item : page.laid->items) add_item(hash, item);
}

} // namespace diaban::app
