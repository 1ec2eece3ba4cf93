// Sheets of Excel 2007 and later (ECMA-376). Read here and not through GDAL, which gives the cells
// of a column one type: "1.234" as text and 1.234 as a number would look the same.

#include "base/text.hpp"
#include "files/report_raw.hpp"
#include "files/xml.hpp"
#include "files/zip.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

namespace diaban::files {
namespace {

using Event = XmlReader::Event;
using base::Error;
using base::ErrorKind;

class Package {
public:
    explicit Package(const std::filesystem::path& file) : zip_(file) {}
    // "" if there is no such part.
    Bytes read(std::string_view name) const {
        for (const auto& entry : zip_.entries())
            if (entry.name == name) return zip_.read(entry);
        return {};
    }

private:
    Zip zip_;
};

// All strings of the workbook; phonetic hints (rPh) are no part of them.
std::vector<std::string> shared_strings(std::string_view xml) {
    std::vector<std::string> strings;
    XmlReader reader(xml);
    int hints = 0;
    bool text = false;
    for (auto event = reader.next(); event != Event::End; event = reader.next()) {
        if (event == Event::Text) {
            if (text && hints == 0 && !strings.empty()) strings.back() += reader.text();
            continue;
        }
        const bool open = event == Event::Open;
        if (reader.name() == "si" && open) strings.emplace_back();
        if (reader.name() == "rPh") hints += open ? 1 : -1;
        if (reader.name() == "t") text = open;
    }
    return strings;
}

// How a cell style shows a number: as a date (number formats 14-22, 45-47 and those with d, m, y),
// as a percentage (9, 10 and those with %), or as it is.
enum class Shown { Plain, Date, Percent };

std::vector<Shown> number_styles(std::string_view xml) {
    std::map<int, Shown> formats;
    std::vector<Shown> styles;
    bool cells = false;
    XmlReader reader(xml);
    const auto number = [&](const char* name) {
        const auto text = reader.attribute(name).value_or("0");
        int value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    for (auto event = reader.next(); event != Event::End; event = reader.next()) {
        if (reader.name() == "cellXfs" && event != Event::Text) cells = event == Event::Open;
        if (event != Event::Open) continue;
        if (reader.name() == "numFmt") {
            auto code = reader.attribute("formatCode").value_or("");
            for (bool quoted = false; char& c : code) { // words in quotes are no format
                if (c == '"') quoted = !quoted;
                if (quoted) c = ' ';
            }
            for (auto sign = code.find('\\'); sign != std::string::npos; sign = code.find('\\'))
                code.erase(sign, 2); // nor is one letter behind this
            formats[number("numFmtId")] = code.find_first_of("yYdD") != std::string::npos
                                              ? Shown::Date
                                          : code.find('%') != std::string::npos ? Shown::Percent
                                                                                : Shown::Plain;
        }
        if (reader.name() == "xf" && cells) {
            const int id = number("numFmtId");
            const auto own = formats.find(id);
            const bool date = (id >= 14 && id <= 22) || (id >= 45 && id <= 47);
            styles.push_back(own != formats.end()  ? own->second
                             : date                ? Shown::Date
                             : id == 9 || id == 10 ? Shown::Percent
                                                   : Shown::Plain);
        }
    }
    return styles;
}

// Days since 1899-12-30, as spreadsheets count, to "2010-12-10".
std::string date_text(double days) {
    auto z = static_cast<std::int64_t>(days) + 693'899; // days since 0000-03-01
    const auto era = (z >= 0 ? z : z - 146'096) / 146'097;
    const auto doe = z - era * 146'097;
    const auto yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
    const auto doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const auto mp = (5 * doy + 2) / 153;
    const auto day = doy - (153 * mp + 2) / 5 + 1;
    const auto month = mp < 10 ? mp + 3 : mp - 9;
    return fmt::format("{:04}-{:02}-{:02}", yoe + era * 400 + (month <= 2), month, day);
}

struct Reference {
    std::uint32_t row = 0, column = 0; // row from 1, column from 0
};
// "AB12"; nothing if it is none.
std::optional<Reference> parse_reference(std::string_view text) {
    Reference out;
    std::size_t i = 0;
    for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && i < 3; ++i)
        out.column = out.column * 26 + static_cast<std::uint32_t>(text[i] - 'A' + 1);
    if (i == 0) return std::nullopt;
    const auto [end, status] = std::from_chars(text.data() + i, text.data() + text.size(), out.row);
    if (status != std::errc{} || end != text.data() + text.size() || out.row == 0)
        return std::nullopt;
    --out.column;
    return out;
}

class SheetParser {
public:
    SheetParser(const std::vector<std::string>& strings, const std::vector<Shown>& styles,
                SheetBuilder& builder)
        : strings_(strings), styles_(styles), builder_(builder) {}

    void parse(std::string_view xml, base::JobContext& ctx) {
        XmlReader reader(xml);
        for (auto event = reader.next(); event != Event::End; event = reader.next()) {
            const auto name = reader.name();
            if (event == Event::Text) {
                if (value_) content_ += reader.text();
                if (in_formula_) formula_ += reader.text();
            } else if (event == Event::Open) {
                if (name == "row") begin_row(reader.attribute("r"));
                if (name == "c") begin_cell(reader);
                if (name == "v" || name == "t") value_ = true;
                if (name == "f") in_formula_ = true, formula_ = "=";
                if (name == "mergeCell") merge(reader.attribute("ref").value_or(""));
            } else {
                if (name == "v" || name == "t") value_ = false;
                if (name == "f") in_formula_ = false;
                if (name == "c") end_cell();
                if (name == "row" && row_ % 1024 == 0) ctx.check();
            }
        }
    }

private:
    void begin_row(const std::optional<std::string>& number) {
        ++row_;
        column_ = 0;
        if (number) std::from_chars(number->data(), number->data() + number->size(), row_);
    }
    void begin_cell(const XmlReader& reader) {
        if (const auto at = parse_reference(reader.attribute("r").value_or("")))
            column_ = at->column;
        type_ = reader.attribute("t").value_or("n");
        style_ = 0;
        if (const auto style = reader.attribute("s"))
            std::from_chars(style->data(), style->data() + style->size(), style_);
        content_.clear();
        formula_.clear();
    }
    void end_cell() {
        const auto column = column_++;
        // Nobody computed it: programs write such files. It is no empty cell.
        if (content_.empty() && !formula_.empty()) builder_.text(row_, column, formula_);
        if (content_.empty()) return;
        if (type_ == "s") {
            std::size_t index = 0;
            std::from_chars(content_.data(), content_.data() + content_.size(), index);
            if (index < strings_.size()) builder_.text(row_, column, strings_[index]);
        } else if (type_ == "n" || type_ == "b") {
            double value = 0;
            const auto [end, status] =
                std::from_chars(content_.data(), content_.data() + content_.size(), value);
            if (status != std::errc{} || end != content_.data() + content_.size())
                builder_.text(row_, column, content_);
            else if (shown() == Shown::Date && value >= 1)
                builder_.text(row_, column, date_text(value));
            else if (shown() == Shown::Percent)
                builder_.percent(row_, column, value);
            else
                builder_.number(row_, column, value);
        } else {
            builder_.text(row_, column, content_); // of formulas, inline, errors ("#N/A")
        }
    }
    Shown shown() const { return style_ < styles_.size() ? styles_[style_] : Shown::Plain; }
    void merge(std::string_view range) {
        const auto colon = range.find(':');
        if (colon == range.npos) return;
        const auto first = parse_reference(range.substr(0, colon));
        const auto last = parse_reference(range.substr(colon + 1));
        if (first && last) builder_.merge(first->row, first->column, last->row, last->column);
    }

    const std::vector<std::string>& strings_;
    const std::vector<Shown>& styles_;
    SheetBuilder& builder_;
    std::uint32_t row_ = 0, column_ = 0;
    std::string type_, content_, formula_;
    std::size_t style_ = 0;
    bool value_ = false, in_formula_ = false;
};

} // namespace

Sheets read_xlsx_sheets(const std::filesystem::path& file, base::JobContext& ctx) {
    const Package package(file);
    // Relations of the workbook: id -> part.
    std::map<std::string, std::string> parts;
    const auto relations = package.read("xl/_rels/workbook.xml.rels");
    XmlReader links(relations);
    for (auto event = links.next(); event != Event::End; event = links.next())
        if (event == Event::Open && links.name() == "Relationship") {
            auto target = links.attribute("Target").value_or("");
            parts[links.attribute("Id").value_or("")] =
                target.starts_with('/') ? target.substr(1) : "xl/" + target;
        }
    const auto strings = shared_strings(package.read("xl/sharedStrings.xml"));
    const auto styles = number_styles(package.read("xl/styles.xml"));

    SheetBuilder builder;
    const auto workbook = package.read("xl/workbook.xml");
    bool any = false;
    XmlReader reader(workbook);
    for (auto event = reader.next(); event != Event::End; event = reader.next()) {
        if (event != Event::Open || reader.name() != "sheet") continue;
        const auto part = parts.find(reader.attribute("id").value_or(""));
        if (part == parts.end()) continue;
        any = true;
        builder.begin_sheet(reader.attribute("name").value_or(""), true,
                            reader.attribute("state").value_or("visible") != "visible");
        SheetParser(strings, styles, builder).parse(package.read(part->second), ctx);
    }
    if (!any)
        throw Error(
            ErrorKind::Input, "error.table.unreadable",
            {{"file", file.filename().string()}, {"reason", std::string("xl/workbook.xml")}});
    return builder.finish();
}

} // namespace diaban::files
