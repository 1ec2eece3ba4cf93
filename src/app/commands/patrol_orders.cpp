// Order sheets of a plan to be printed: for every base, team or month where to go, why, and room to
// write and to sign.
#include "app/commands/json.hpp"
#include "app/commands/map_preview.hpp"
#include "app/commands/patrol_parts.hpp"
#include "app/hotspot_style.hpp"
#include "base/text.hpp"
#include "geo/face_shapes.hpp"
#include "map/order_page.hpp"
#include "map/symbols.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

constexpr std::string_view kOrderPaper = "A4 portrait";
constexpr double kAround = 0.08;                     // of a sector is seen of its neighbours
constexpr map::Colour kOthersLand{0xEC, 0xEA, 0xE4}; // pale, so that the numbers stand out
constexpr map::Colour kNobodysLand{0xF8, 0xF7, 0xF4};

// Whom an order is about, in the order of its list.
std::vector<const PatrolRow*> rows_of_order(const PatrolReport& r, std::size_t group) {
    std::vector<const PatrolRow*> out;
    for (const auto& row : r.rows)
        if (row.group == group && row.word != "beyond") out.push_back(&row);
    return out;
}

// The colour that the group has on the map of the whole plan, if groups have one of their own.
map::Colour colour_of_group(const PatrolReport& r, std::size_t group) {
    constexpr std::size_t kMiddleBlue = 2;
    return r.request.kind == PatrolKind::Sectors ? r.map.style.entries[group].colour
                                                 : map::palette_colours("Blues", 5)[kMiddleBlue];
}

map::Style order_style(const PatrolReport& r, std::size_t group, const Dataset& dataset,
                       const Language& language) {
    const auto faces = dataset.vintage->coverage->faces();
    std::vector<std::string> classes;
    for (const auto& face : faces) classes.push_back(face.ring_count > 0 ? "none" : "no-data");
    for (const bool own : {false, true})
        for (const auto& row : r.rows)
            if (classes[row.unit] != "no-data" && row.word != "beyond" &&
                (row.group == group) == own)
                classes[row.unit] = own ? "own" : "others";
    auto style = class_style(
        {{"own", group_called(r, group, language), colour_of_group(r, group), map::Hatch::None,
          true},
         {"others", language.text("patrol.order.others"), kOthersLand, map::Hatch::None, false},
         {"none", language.text("patrol.class.none"), kNobodysLand, map::Hatch::None, false},
         {"no-data", language.text("near.no_shape"), map::kNoData, map::Hatch::FineDots, false}},
        classes);
    map::count_drawn(style, faces);
    return style;
}

// The ground of one group: its communes with the numbers of its list, its base, who lies around.
map::Page order_map(const PatrolReport& r, std::size_t group, const map::Page& plan,
                    const Dataset& dataset, const Language& language) {
    auto page = plan;
    const auto& coverage = *dataset.vintage->coverage;
    const auto source = geo::source_of(coverage);
    page.scene.style = order_style(r, group, dataset, language);
    page.text.legend_title = language.text("patrol.order.numbers");
    page.text.legend_note.clear();
    geo::Box box;
    const auto rows = rows_of_order(r, group);
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const auto& face = coverage.faces()[rows[k]->unit];
        if (face.ring_count == 0) continue;
        box.add(face.box);
        map::Label number;
        number.text = std::to_string(k + 1);
        number.at = geo::label_of(source, face);
        number.room_m = std::min(face.box.width(), face.box.height());
        number.priority = -static_cast<int>(k);
        page.marks.push_back(std::move(number));
    }
    const auto& base = r.groups[group].unit;
    const auto& place = r.groups[group].place;
    if (place || (base && coverage.faces()[*base].ring_count > 0)) {
        const auto at = point_of_base(r.groups[group], dataset);
        box.add(at);
        if (base) box.add(coverage.faces()[*base].box);
        std::erase_if(page.scene.symbols,
                      [&](const map::Symbol& symbol) { return symbol.at == at; });
        page.scene.symbols.push_back({at, std::string(map::kBaseSymbol), place ? place->name : ""});
        page.text.symbols.emplace(page.text.symbols.begin(), std::string(map::kBaseSymbol),
                                  language.text("patrol.reason.base"));
    }
    if (!box.empty()) page.extent = box.grown(kAround * std::max(box.width(), box.height()));
    return page;
}

// The map of the whole plan, without what stands around it on a page of its own.
map::Page plan_page(const PatrolReport& r, const Dataset& dataset, const Language& language,
                    base::JobContext& ctx) {
    MapRequest request{.page = r.request.page, .dpi = r.request.dpi};
    request.page.size = kOrderPaper;
    request.page.layout.clear();
    request.classification = r.request.classification;
    // Of a sheet about one sector nobody expects far islands.
    request.extent = extent_of(dataset.vintage->coverage->box());
    auto styled = r.map;
    styled.lines.clear();   // told below the list
    styled.symbols.clear(); // every sheet has its own
    auto page = page_of(request, styled, dataset, language,
                        load_line_layers(r.request.layers, *dataset.vintage->coverage, ctx));
    std::erase(page.text.source_lines,
               language.text("page.part", {{"count", as_count(dataset.vintage->units.size())}}));
    return page;
}

std::vector<map::OrderColumn> order_columns(const Language& language) {
    return {{language.text("patrol.order.number"), 0.6, true},
            {language.text("patrol.order.commune"), 2.1, false},
            {language.text("column.district"), 1.6, false},
            {language.text("patrol.column.reason"), 2.9, false},
            {language.text("patrol.column.contact"), 1.6, false},
            {language.text("patrol.column.result"), 1.3, false}};
}

// What the group has to do in all.
std::string order_size(const PatrolReport& r, std::size_t group, const Language& language) {
    const auto& one = r.groups[group];
    const bool weighed = r.request.kind == PatrolKind::Sectors && !r.request.indicator.empty();
    if (!weighed)
        return language.text(r.request.kind == PatrolKind::Rota ? "patrol.order.visits"
                                                                : "patrol.order.communes",
                             {{"count", as_count(one.communes)}});
    return language.text("patrol.order.work",
                         {{"count", as_count(one.communes)},
                          {"burden", r.burden_name},
                          {"work", sum_words(one.burden, 1, one.estimated, language)},
                          {"fair", sum_words(r.burden / static_cast<double>(r.groups.size()), 1,
                                             r.estimated, language)}});
}

std::string order_method(const PatrolReport& r, const Language& language) {
    const bool cover = r.request.kind == PatrolKind::Cover;
    auto out =
        language.text("patrol.order.method." +
                      std::string(cover ? to_string(r.request.goal) : to_string(r.request.kind)));
    if (!cover) // nothing is drawn for bases
        out += " " + language.text("patrol.order.seed",
                                   {{"seed", static_cast<std::int64_t>(r.request.seed)}});
    if (const auto period = data::to_string(r.period); !period.empty())
        out += " " + language.text("patrol.order.period", {{"period", period}});
    return out;
}

map::Order order_of(const PatrolReport& r, std::size_t group, const map::Page& plan,
                    const Dataset& dataset, const Language& language) {
    map::Order order;
    order.title =
        language.text("patrol.order.title", {{"group", group_called(r, group, language)}});
    const auto& named = r.request.page.title;
    order.subtitle = (named.empty() ? r.map.title : named) + " · " + area_name(dataset, language);
    if (const auto period = data::to_string(r.period); !period.empty())
        order.subtitle += " · " + period;
    order.subtitle += "\n" + order_size(r, group, language);
    order.map = order_map(r, group, plan, dataset, language);
    for (const auto* row : rows_of_order(r, group))
        order.rows.push_back({std::to_string(order.rows.size() + 1), unit_name(r, row->unit),
                              r.districts[row->unit],
                              base::joined(reason_words(r, *row, language), "; "), "", ""});
    order.notes = r.sentences;
    if (r.request.classification == Classification::Public && !r.masked.empty())
        order.notes.push_back(
            language.text("summary.note_masked", {{"count", as_count(r.masked.size())},
                                                  {"k", std::int64_t{MaskSpec{}.k}}}));
    return order;
}

} // namespace

std::string group_called(const PatrolReport& r, std::size_t group, const Language& language) {
    auto out = language.text("patrol.column." + std::string(to_string(r.request.kind))) + " " +
               std::to_string(group + 1);
    if (const auto& base = r.groups[group].unit)
        out += " " + (r.names[*base].empty() ? r.codes[*base] : r.names[*base]);
    if (const auto& place = r.groups[group].place) out += " " + place->name;
    return out;
}

void write_order_pages(const PatrolReport& r, const Dataset& dataset, const Language& language,
                       base::JobContext& ctx) {
    const auto plan = plan_page(r, dataset, language, ctx);
    map::OrderBook book{.size = plan.size, .text = plan.text};
    book.text.source_lines.insert(book.text.source_lines.begin(), order_method(r, language));
    // What they name is known only once the sheets are laid out.
    book.continued = language.text("patrol.order.continued");
    book.number = language.text("patrol.order.page");
    book.marks_left_out = language.text("patrol.order.unmarked");
    book.columns = order_columns(language);
    for (std::size_t g = 0; g < r.groups.size(); ++g) {
        ctx.check();
        book.orders.push_back(order_of(r, g, plan, dataset, language));
    }
    book.date = language.text("patrol.order.date");
    book.signatures = {language.text("patrol.order.made_by"),
                       language.text("patrol.order.approved_by")};
    book.sign_here = language.text("patrol.order.sign_here");
    map::write_orders(book, r.request.orders, ctx);
}

} // namespace diaban::app
