// Sheets of OpenDocument spreadsheets.

#include "files/report_raw.hpp"
#include "files/xml.hpp"
#include "files/zip.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace diaban::files {
namespace {

using Event = XmlReader::Event;

// Formats repeat the last cell or row to the edge of the sheet; nobody fills this many by hand.
constexpr std::uint32_t kMostRepeats = 1024;

class OdsParser {
public:
    OdsParser(std::string_view xml, SheetBuilder& builder) : reader_(xml), builder_(builder) {}

    void parse(base::JobContext& ctx) {
        for (auto event = reader_.next(); event != Event::End; event = reader_.next()) {
            if (event == Event::Text) {
                if (paragraphs_ > 0 && annotations_ == 0) text_ += reader_.text();
                continue;
            }
            const bool open = event == Event::Open;
            const auto name = reader_.name();
            if (name == "style" && open) {
                style_ = reader_.attribute("name").value_or("");
            } else if (name == "table-properties" && open) {
                if (reader_.attribute("display").value_or("") == "false") hidden_.insert(style_);
            } else if (name == "table" && open) {
                builder_.begin_sheet(
                    reader_.attribute("name").value_or(""), true,
                    hidden_.contains(reader_.attribute("style-name").value_or("")));
                row_ = 1;
            } else if (name == "table-row") {
                open ? begin_row() : end_row();
                if (row_ % 1024 == 0) ctx.check();
            } else if (name == "table-cell" || name == "covered-table-cell") {
                open ? begin_cell() : end_cell();
            } else if (name == "annotation") {
                annotations_ += open ? 1 : -1;
            } else if (name == "p") {
                if (open && !text_.empty()) text_ += ' ';
                paragraphs_ += open ? 1 : -1;
            } else if (name == "s" && open && paragraphs_ > 0) {
                text_ += ' ';
            }
        }
    }

private:
    std::uint32_t count(const char* attribute) const {
        const auto text = reader_.attribute(attribute).value_or("1");
        std::uint32_t n = 1;
        std::from_chars(text.data(), text.data() + text.size(), n);
        return std::max(n, 1U);
    }
    void begin_row() {
        row_repeats_ = count("number-rows-repeated");
        column_ = 0;
        cells_.clear();
    }
    void end_row() {
        const auto copies = cells_.empty() ? 1 : std::min(row_repeats_, kMostRepeats);
        for (std::uint32_t copy = 0; copy < copies; ++copy)
            for (const auto& cell : cells_) {
                if (cell.number && cell.percent)
                    builder_.percent(row_ + copy, cell.column, *cell.number);
                else if (cell.number)
                    builder_.number(row_ + copy, cell.column, *cell.number);
                else
                    builder_.text(row_ + copy, cell.column, cell.text);
            }
        row_ += row_repeats_;
    }
    void begin_cell() {
        repeats_ = count("number-columns-repeated");
        columns_ = count("number-columns-spanned");
        rows_ = count("number-rows-spanned");
        text_.clear();
        number_.reset();
        percent_ = false;
        const auto type = reader_.attribute("value-type").value_or("");
        if (type == "float" || type == "percentage" || type == "currency") {
            const auto value = reader_.attribute("value").value_or("");
            double number = 0;
            const auto [end, status] =
                std::from_chars(value.data(), value.data() + value.size(), number);
            if (status == std::errc{} && end == value.data() + value.size()) number_ = number;
            percent_ = type == "percentage";
        } else if (type == "date") {
            date_ = reader_.attribute("date-value").value_or("").substr(0, 10);
        }
    }
    void end_cell() {
        if (!date_.empty()) text_ = std::exchange(date_, {});
        if (number_ || !text_.empty()) {
            for (std::uint32_t copy = 0; copy < std::min(repeats_, kMostRepeats); ++copy)
                cells_.push_back({column_ + copy, number_, text_, percent_});
            if (columns_ > 1 || rows_ > 1)
                builder_.merge(row_, column_, row_ + rows_ - 1, column_ + columns_ - 1);
        }
        column_ += repeats_;
        text_.clear();
    }

    struct Cell {
        std::uint32_t column;
        std::optional<double> number;
        std::string text;
        bool percent;
    };
    XmlReader reader_;
    SheetBuilder& builder_;
    std::vector<Cell> cells_;
    std::uint32_t row_ = 1, column_ = 0, row_repeats_ = 1, repeats_ = 1, columns_ = 1, rows_ = 1;
    int paragraphs_ = 0, annotations_ = 0;
    std::string text_, date_, style_;
    std::set<std::string> hidden_; // styles of tables that are not displayed
    std::optional<double> number_;
    bool percent_ = false;
};

} // namespace

Sheets read_ods_sheets(const std::filesystem::path& file, base::JobContext& ctx) {
    const Zip zip(file);
    SheetBuilder builder;
    for (const auto& entry : zip.entries()) {
        if (entry.name != "content.xml") continue;
        const auto content = zip.read(entry);
        OdsParser(content, builder).parse(ctx);
        return builder.finish();
    }
    throw base::Error(base::ErrorKind::Input, "error.table.unreadable",
                      {{"file", file.filename().string()}, {"reason", std::string("content.xml")}});
}

} // namespace diaban::files
