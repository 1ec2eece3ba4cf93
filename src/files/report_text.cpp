// A delimited text file as a sheet, read in pieces: files of ten million rows fit into little
// memory.

#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"
#include "files/csv.hpp"
#include "files/encoding.hpp"
#include "files/report_raw.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kPiece = 4 << 20;  // bytes read at a time
constexpr std::size_t kLookAt = 1 << 20; // from which encoding and delimiter are found

std::string read_some(std::ifstream& in, std::size_t most) {
    std::string bytes(most, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(most));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

// Where the last whole record of a piece ends: after a line end outside quotes; 0 if none does.
std::size_t end_of_records(std::string_view text) {
    bool quoted = false;
    std::size_t end = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (text[i] == '\n' && !quoted) end = i + 1;
    }
    return end;
}

class TextSheet : public data::Sheet {
public:
    TextSheet(fs::path file, std::string encoding, char delimiter, std::size_t skip_bytes,
              std::uint32_t skip_lines)
        : file_(std::move(file)), encoding_(std::move(encoding)), delimiter_(delimiter),
          skip_bytes_(skip_bytes), skip_lines_(skip_lines) {
        name_ = file_.filename().string();
    }

    // Of a text that is in memory already.
    TextSheet(fs::path file, std::string text, char delimiter)
        : file_(std::move(file)), encoding_("UTF-8"), delimiter_(delimiter),
          content_(std::move(text)) {
        name_ = file_.filename().string();
    }

    const std::string& name() const override { return name_; }
    bool typed() const override { return false; }

    void visit(const Visitor& visitor, std::size_t most) const override {
        if (!content_.empty()) {
            std::uint32_t first = 0;
            std::size_t rows = 0;
            visit_piece(content_, first, visitor, most, rows);
            return;
        }
        std::ifstream in(file_, std::ios::binary);
        if (!in)
            throw Error(ErrorKind::Input, "error.file.cannot_read",
                        {{"file", file_.string()}, {"reason", base::system_reason(errno)}});
        in.seekg(static_cast<std::streamoff>(skip_bytes_));
        std::string piece;
        std::uint32_t line = skip_lines_;
        std::size_t visited = 0;
        for (bool more = true; more;) {
            auto bytes = read_some(in, most ? kLookAt : kPiece);
            more = bytes.size() == (most ? kLookAt : kPiece);
            piece += bytes;
            const auto end = more ? end_of_records(piece) : piece.size();
            if (end == 0) continue;
            const auto rest = piece.substr(end);
            piece.resize(end);
            if (!visit_piece(piece, line, visitor, most, visited)) return;
            piece = rest;
        }
    }

private:
    // False when enough rows were visited.
    bool visit_piece(const std::string& bytes, std::uint32_t& line, const Visitor& visitor,
                     std::size_t most, std::size_t& visited) const {
        const bool plain = encoding_ == "UTF-8" && base::is_nfc(bytes);
        const auto converted = plain ? std::string() : decode(bytes, encoding_);
        const std::string_view text = plain ? std::string_view(bytes) : converted;
        const auto records = parse_csv(text, delimiter_);
        if (records.unclosed_quote)
            throw Error(ErrorKind::Data, "error.csv.unclosed_quote",
                        {{"file", file_.filename().string()},
                         {"line", static_cast<std::int64_t>(line + *records.unclosed_quote)}});
        std::vector<data::SheetCell> cells;
        for (std::size_t r = 0; r < records.size(); ++r) {
            if (most != 0 && visited == most) return false;
            const auto count = records.cell_count(r);
            if (count == 0) continue;
            cells.resize(count);
            for (std::size_t c = 0; c < count; ++c) {
                const auto cell = base::trim(records.cell(r, c));
                cells[c].text = cell;
                cells[c].kind =
                    cell.empty() ? data::SheetCell::Kind::Empty : data::SheetCell::Kind::Text;
            }
            ++visited;
            visitor(line + records.line[r], cells);
        }
        line += static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
        return true;
    }

    std::string name_;
    fs::path file_;
    std::string encoding_;
    char delimiter_;
    std::size_t skip_bytes_ = 0;
    std::uint32_t skip_lines_ = 0;
    std::string content_;
};

// Titles above the header have no delimiters; the rows of the table have many.
char delimiter_of(std::string_view text) {
    constexpr int kTitles = 12;
    auto body = text;
    for (int line = 0; line < kTitles; ++line) {
        const auto end = body.find('\n');
        if (end == body.npos || body.substr(0, end).find_first_of(",;\t|") != body.npos) break;
        body.remove_prefix(end + 1);
    }
    return guess_delimiter(body.empty() ? text : body);
}

} // namespace

std::unique_ptr<data::Sheet> open_text_sheet(const fs::path& file, std::string& encoding) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw Error(ErrorKind::Input, "error.file.cannot_read",
                    {{"file", file.string()}, {"reason", base::system_reason(errno)}});
    auto head = read_some(in, kLookAt);
    std::size_t skip = 0;
    if (head.starts_with("\xEF\xBB\xBF")) {
        skip = 3;
        encoding = "UTF-8";
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        encoding = "UTF-16";
        // decode() obeys the mark and takes it away.
        auto text = decode(base::read_file(file), encoding);
        const char delimiter = delimiter_of(text);
        return std::make_unique<TextSheet>(file, std::move(text), delimiter);
    }
    if (head.find('\0') != head.npos)
        throw Error(ErrorKind::Input, "error.table.not_text", {{"file", file.filename().string()}});
    head.erase(0, skip);
    // The last line may be cut in the middle of a letter.
    if (const auto end = head.rfind('\n'); head.size() + skip == kLookAt && end != head.npos)
        head.resize(end + 1);
    if (encoding == "auto") encoding = guess_text_encoding(head);
    std::uint32_t lines = 0;
    char delimiter = '\0';
    if (head.starts_with("sep=") && head.size() >= 6) {
        delimiter = head[4];
        const auto end = std::min(head.find('\n'), head.size() - 1) + 1;
        skip += end;
        head.erase(0, end);
        lines = 1;
    }
    if (!delimiter) delimiter = delimiter_of(head);
    return std::make_unique<TextSheet>(file, encoding, delimiter, skip, lines);
}

} // namespace diaban::files
