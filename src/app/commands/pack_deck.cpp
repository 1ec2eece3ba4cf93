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
#include <functional>
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

// The tables of a slide one below the other, their texts as large as they may be and of one size.
class FittedSlideTables {
public:
    using Rows = std::vector<std::vector<std::string>>;

    // `elsewhere`: of each table the rows on other slides. `above`: millimetres of room above each
    // table.
    FittedSlideTables(std::vector<files::SlideTable> tables, std::vector<Rows> elsewhere,
                      const files::SlideBox& room, double above, const map::Typesetter& typesetter)
        : tables_(std::move(tables)), elsewhere_(std::move(elsewhere)), room_(room), above_(above),
          typesetter_(typesetter) {
        double points = kLargestPoints;
        while (!fits(points) && points > kSmallestPoints) points -= 1;
        place();
    }
    std::vector<files::SlideTable> take() { return std::move(tables_); }

private:
    double width_of(const std::string& words, double points, bool bold) const {
        return typesetter_.measure({words, points, bold}).width * kMmPerPoint;
    }
    double longest_word(const std::string& words, double points, bool bold) const {
        double out = 0;
        for (std::size_t from = 0; from < words.size();) {
            const auto end = std::min(words.find(' ', from), words.size());
            out = std::max(out, width_of(words.substr(from, end - from), points, bold));
            from = end + 1;
        }
        return out;
    }
    // Sets the widths of its columns and the heights that its rows ask for. False where a word is
    // wider than its column.
    bool measure(files::SlideTable& table, const Rows& elsewhere) const {
        std::vector<map::ColumnNeed> needs(table.rows.front().size());
        const auto ask = [&](const std::vector<std::string>& row) {
            for (std::size_t c = 0; c < row.size(); ++c) {
                const bool head = &row == &table.rows.front();
                needs[c].least = std::max(needs[c].least,
                                          longest_word(row[c], table.points, head) + kCellPad_mm);
                needs[c].natural =
                    std::max(needs[c].natural, width_of(row[c], table.points, head) + kCellPad_mm);
            }
        };
        for (const auto& row : table.rows) ask(row);
        for (const auto& row : elsewhere) ask(row);
        table.shares = map::column_widths(needs, room_.width);
        table.heights.clear();
        for (const auto& row : table.rows) {
            int lines = 1;
            for (std::size_t c = 0; c < row.size(); ++c) {
                map::Text text{row[c], table.points, &row == &table.rows.front()};
                text.wrap = std::max(1.0, (table.shares[c] - kCellPad_mm) / kMmPerPoint);
                lines = std::max(lines, typesetter_.measure(text).lines);
            }
            table.heights.push_back(lines * kLineOfSlide * table.points * kMmPerPoint + kRowPad_mm);
        }
        for (std::size_t c = 0; c < needs.size(); ++c)
            if (table.shares[c] + 0.1 < needs[c].least) return false;
        return true;
    }
    static double height(const files::SlideTable& table) {
        return std::accumulate(table.heights.begin(), table.heights.end(), 0.0);
    }
    double height() const {
        double out = 0;
        for (const auto& table : tables_) out += height(table) + above_;
        return out;
    }
    bool fits(double points) {
        bool wide = true;
        for (std::size_t t = 0; t < tables_.size(); ++t) {
            tables_[t].points = points;
            wide = measure(tables_[t], elsewhere_[t]) && wide;
        }
        return wide && height() <= room_.height;
    }
    // What is left of the slide goes to all rows alike, but few rows do not fill it.
    void place() {
        const double spare = std::max(0.0, room_.height - height()) / rows();
        double y = room_.y;
        for (auto& table : tables_) {
            const auto count = static_cast<double>(table.rows.size());
            const double needed = height(table),
                         airy = count * (table.points * kMmPerPoint * kRowOfFew + kRowPad_mm);
            const double wanted = std::max(needed, std::min(needed + spare * count, airy));
            for (auto& row : table.heights) row += (wanted - needed) / count;
            y += above_;
            table.at = {room_.x, y, room_.width, wanted};
            y += wanted;
        }
    }
    double rows() const {
        std::size_t out = 0;
        for (const auto& table : tables_) out += table.rows.size();
        return static_cast<double>(out);
    }

    std::vector<files::SlideTable> tables_;
    std::vector<Rows> elsewhere_;
    files::SlideBox room_;
    double above_; // each table
    const map::Typesetter& typesetter_;
};

// What stands below the tables of a slide, each once.
std::string notes_below(const PackPage& page) {
    auto out = pack_note(page.table);
    auto last = out;
    for (const auto& other : page.with) {
        const auto note = pack_note(other.table);
        if (note == last || note.empty()) continue;
        out += (out.empty() ? "" : " ") + note;
        last = note;
    }
    return out;
}

std::string foot_of(const PackPage& page) {
    auto out = notes_below(page);
    for (const auto& line : page.page.text.source_lines)
        out += (out.empty() ? "" : out.back() == '\n' ? "" : "  ·  ") + line;
    return out;
}

using SpokenLine = std::function<void(const std::string&)>;

void add_spoken_table(const PackTable& table, const Language& language, const SpokenLine& line) {
    line(base::joined(table.header, " | "));
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (const auto& cell : row) cells.push_back(pack_text(cell, language));
        line(base::joined(cells, " | "));
    }
    line(pack_note(table));
}

void add_spoken_figures(const PackPage& page, const Language& language, const SpokenLine& line) {
    for (const auto& figure : page.figures) {
        const auto& told = page.legend_keys; // a row of the legend stands there already
        if (std::find(told.begin(), told.end(), figure.key) == told.end())
            line(figure.label + ": " + language.count(figure.count));
    }
    for (const auto& note : page.notes) line(note);
}

std::string notes_of_page(const PackPage& page, const Language& language) {
    std::string out;
    const SpokenLine line = [&](const std::string& words) {
        if (!words.empty()) out += (out.empty() ? "" : "\n") + words;
    };
    if (page.kind == PackPage::Kind::Map) {
        line(speaker_notes(page.page, language));
    } else {
        line(page.page.text.classification);
        line(page.page.text.notice);
        if (!page.with.empty()) line(page.heading);
        add_spoken_table(page.table, language, line);
    }
    add_spoken_figures(page, language, line);
    for (const auto& other : page.with) {
        line(other.heading);
        add_spoken_table(other.table, language, line);
        add_spoken_figures(other, language, line);
    }
    if (page.kind != PackPage::Kind::Map)
        for (const auto& source : page.page.text.source_lines) line(source);
    return out;
}

files::SlideTable slide_table(const PackTable& of, const Language& language) {
    files::SlideTable table;
    table.rows = pack_rows(of.rows, language);
    table.rows.insert(table.rows.begin(), of.header);
    table.numbers = of.numbers;
    return table;
}

void add_tables(files::Slide& slide, const PackPage& page, const Language& language,
                const map::Typesetter& typesetter) {
    constexpr double kHeading_mm = 10;
    const auto room = files::room_of_slide();
    const auto foot = foot_of(page);
    map::Text words{foot, kFootPoints};
    words.wrap = (room.width - 2 * kEdge_mm) / kMmPerPoint;
    const double low = typesetter.measure(words).height * kMmPerPoint;
    std::vector<files::SlideTable> tables{slide_table(page.table, language)};
    std::vector<FittedSlideTables::Rows> elsewhere{pack_rows(page.table.elsewhere, language)};
    std::vector<std::string> headings{page.heading};
    for (const auto& other : page.with) {
        tables.push_back(slide_table(other.table, language));
        elsewhere.push_back(pack_rows(other.table.elsewhere, language));
        headings.push_back(other.heading);
    }
    const double above = page.with.empty() ? 0 : kHeading_mm;
    FittedSlideTables fitted(
        std::move(tables), std::move(elsewhere),
        {kEdge_mm, room.y + 1, room.width - 2 * kEdge_mm, room.height - low - 5}, above,
        typesetter);
    slide.tables = fitted.take();
    for (std::size_t t = 0; t < slide.tables.size() && above > 0; ++t) {
        const auto& at = slide.tables[t].at;
        slide.texts.push_back(
            {{at.x, at.y - above, at.width, above}, headings[t], slide.tables[t].points, true});
    }
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
                add_tables(slide, page, language, typesetter);
        }
        slide.notes = notes_of_page(page, language);
        deck.slides.push_back(std::move(slide));
    }
    return files::deck_bytes(deck);
}

} // namespace diaban::app
