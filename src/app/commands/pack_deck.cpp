// A pack as slides: titles and tables that can be edited, pictures of the maps, notes.
#include "app/commands/json.hpp"
#include "app/commands/pack_parts.hpp"
#include "app/map_files.hpp"
#include "base/text.hpp"
#include "files/pptx.hpp"
#include "map/order_layout.hpp"
#include "map/typesetter.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>

namespace diaban::app {
namespace {

constexpr double kPictureDpi = 192; // sharp on a wall
constexpr double kEdge_mm = 8.1;    // where titles begin
constexpr double kLargestPoints = 18, kSmallestPoints = 9;
constexpr double kFootPoints = 14;   // the smallest words on a slide
constexpr double kCellPad_mm = 5.4;  // left and right of a cell, together
constexpr double kRowPad_mm = 1.6;   // above and below it, together
constexpr double kLineOfSlide = 1.2; // of a text's size: a line of it in the letters of slides
constexpr double kRowOfFew = 2.1;    // the same of a row of few
constexpr double kMmPerPoint = 25.4 / 72;

// The texts of a table on a slide, as large as they may be.
class FittedSlideTable {
public:
    FittedSlideTable(files::SlideTable table, const map::Typesetter& typesetter)
        : table_(std::move(table)), typesetter_(typesetter) {
        for (table_.points = kLargestPoints; table_.points > kSmallestPoints; table_.points -= 1)
            if (fits()) break;
        if (table_.points <= kSmallestPoints) fits(); // the widths all the same
        loosen();
    }
    files::SlideTable take() { return std::move(table_); }

private:
    double width_of(const std::string& words, bool bold) const {
        return typesetter_.measure({words, table_.points, bold}).width * kMmPerPoint;
    }
    double longest_word(const std::string& words, bool bold) const {
        double out = 0;
        for (std::size_t from = 0; from < words.size();) {
            const auto end = std::min(words.find(' ', from), words.size());
            out = std::max(out, width_of(words.substr(from, end - from), bold));
            from = end + 1;
        }
        return out;
    }
    bool fits() {
        std::vector<map::ColumnNeed> needs(table_.rows.front().size());
        for (const auto& row : table_.rows)
            for (std::size_t c = 0; c < row.size(); ++c) {
                const bool head = &row == &table_.rows.front();
                needs[c].least = std::max(needs[c].least, longest_word(row[c], head) + kCellPad_mm);
                needs[c].natural = std::max(needs[c].natural, width_of(row[c], head) + kCellPad_mm);
            }
        table_.shares = map::column_widths(needs, table_.at.width);
        table_.heights.clear();
        for (const auto& row : table_.rows) {
            int lines = 1;
            for (std::size_t c = 0; c < row.size(); ++c) {
                map::Text text{row[c], table_.points, &row == &table_.rows.front()};
                text.wrap = std::max(1.0, (table_.shares[c] - kCellPad_mm) / kMmPerPoint);
                lines = std::max(lines, typesetter_.measure(text).lines);
            }
            table_.heights.push_back(lines * kLineOfSlide * table_.points * kMmPerPoint +
                                     kRowPad_mm);
        }
        for (std::size_t c = 0; c < needs.size(); ++c)
            if (table_.shares[c] + 0.1 < needs[c].least) return false;
        return height() <= table_.at.height;
    }
    double height() const {
        return std::accumulate(table_.heights.begin(), table_.heights.end(), 0.0);
    }
    // Each row has what its words ask for; what is left of the slide goes to all alike, but few
    // rows do not fill it.
    void loosen() {
        const auto rows = static_cast<double>(table_.rows.size());
        const double airy = rows * (table_.points * kMmPerPoint * kRowOfFew + kRowPad_mm);
        const double needed = height();
        const double wanted = std::max(needed, std::min(airy, table_.at.height));
        for (auto& row : table_.heights) row += (wanted - needed) / rows;
        table_.at.height = wanted;
    }

    files::SlideTable table_;
    const map::Typesetter& typesetter_;
};

std::string foot_of(const PackPage& page) {
    auto out = pack_note(page.table);
    for (const auto& line : page.page.text.source_lines)
        out += (out.empty() ? "" : out.back() == '\n' ? "" : "  ·  ") + line;
    return out;
}

std::string notes_of_page(const PackPage& page, const Language& language) {
    std::string out;
    const auto line = [&](const std::string& words) {
        if (!words.empty()) out += (out.empty() ? "" : "\n") + words;
    };
    if (page.kind == PackPage::Kind::Map) {
        line(speaker_notes(page.page, language));
    } else {
        line(page.page.text.classification);
        line(page.page.text.notice);
        line(base::joined(page.table.header, " | "));
        for (const auto& row : page.table.rows) {
            std::vector<std::string> cells;
            for (const auto& cell : row) cells.push_back(pack_text(cell, language));
            line(base::joined(cells, " | "));
        }
        line(pack_note(page.table));
    }
    for (const auto& figure : page.figures) {
        const auto& told = page.legend_keys; // a row of the legend stands there already
        if (std::find(told.begin(), told.end(), figure.key) == told.end())
            line(figure.label + ": " + language.count(figure.count));
    }
    for (const auto& note : page.notes) line(note);
    if (page.kind != PackPage::Kind::Map)
        for (const auto& source : page.page.text.source_lines) line(source);
    return out;
}

void add_table(files::Slide& slide, const PackPage& page, const Language& language,
               const map::Typesetter& typesetter) {
    const auto room = files::room_of_slide();
    const auto foot = foot_of(page);
    map::Text words{foot, kFootPoints};
    words.wrap = (room.width - 2 * kEdge_mm) / kMmPerPoint;
    const double low = typesetter.measure(words).height * kMmPerPoint;
    files::SlideTable table;
    table.at = {kEdge_mm, room.y + 1, room.width - 2 * kEdge_mm, room.height - low - 5};
    table.rows.push_back(page.table.header);
    for (const auto& row : page.table.rows) {
        auto& out = table.rows.emplace_back();
        for (const auto& cell : row) out.push_back(pack_text(cell, language));
    }
    table.numbers = page.table.numbers;
    FittedSlideTable fitted(std::move(table), typesetter);
    slide.tables.push_back(fitted.take());
    slide.texts.push_back(
        {{kEdge_mm, room.y + room.height - low - 1.5, room.width - 2 * kEdge_mm, low + 1},
         foot,
         kFootPoints,
         false});
}

void add_title(files::Slide& slide, const PackPage& page, const Language& language) {
    constexpr double kPoints = 24;
    const auto room = files::room_of_slide();
    std::string lines;
    for (const auto& figure : page.figures)
        lines += (lines.empty() ? "" : "\n") + figure.label + ": " + language.count(figure.count);
    slide.texts.push_back(
        {{kEdge_mm, room.y + room.height * 0.2, room.width - 2 * kEdge_mm, room.height * 0.55},
         lines,
         kPoints,
         false});
    slide.texts.push_back(
        {{kEdge_mm, room.y + room.height * 0.8, room.width - 2 * kEdge_mm, room.height * 0.18},
         foot_of(page),
         kFootPoints,
         false});
}

} // namespace

std::string pack_deck(const std::vector<PackPage>& pages, const Language& language,
                      base::JobContext& ctx) {
    const auto room = files::room_of_slide();
    map::PageSize size = map::parse_page_size("slide", kPictureDpi);
    size.width_mm = room.width;
    size.height_mm = room.height;
    std::vector<std::string> pictures(pages.size());
    std::atomic<std::size_t> done = 0;
    base::parallel_for(pages.size(), 1, ctx, [&](std::size_t p, std::size_t) {
        if (pages[p].kind == PackPage::Kind::Map)
            pictures[p] =
                map::page_bytes(drawn_page(pages[p], size, false, language), map::Format::Png, ctx);
        ctx.step(++done, pages.size());
    });
    const map::Typesetter typesetter(map::find_font_family());
    const auto& first = pages.front().page.text;
    files::Deck deck{.title = first.title,
                     .subtitle = first.subtitle,
                     .language = std::string(language.code()),
                     .banner = first.classification,
                     .slides = {}};
    for (std::size_t p = 0; p < pages.size(); ++p) {
        const auto& page = pages[p];
        const auto& text = page.page.text;
        files::Slide slide{.title = text.title, .subtitle = text.subtitle};
        if (page.kind == PackPage::Kind::Map) {
            auto seen = text.title + ". " + text.subtitle;
            if (!text.classification.empty()) seen += ". " + text.classification;
            slide.pictures.push_back(
                {.at = room, .png = std::move(pictures[p]), .svg = {}, .description = seen});
        } else {
            // A map has it on its picture.
            if (!text.notice.empty()) slide.subtitle += " · " + text.notice;
            if (page.kind == PackPage::Kind::Title)
                add_title(slide, page, language);
            else
                add_table(slide, page, language, typesetter);
        }
        slide.notes = notes_of_page(page, language);
        deck.slides.push_back(std::move(slide));
    }
    return files::deck_bytes(deck);
}

} // namespace diaban::app
