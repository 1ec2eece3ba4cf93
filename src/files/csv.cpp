#include "files/csv.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace diaban::files {
namespace {

class Parser {
public:
    Parser(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

    CsvRecords parse(std::size_t most_records) {
        while (at_ < text_.size() && (most_records == 0 || out_.size() < most_records)) record();
        return std::move(out_);
    }

private:
    void record() {
        out_.line.push_back(line_);
        const auto first = out_.cells.size();
        bool more = true;
        while (more) {
            out_.cells.push_back(cell());
            more = at_ < text_.size() && text_[at_] == delimiter_;
            if (more) ++at_;
        }
        end_of_line();
        if (out_.cells.size() == first + 1 && out_.cells.back().empty()) out_.cells.pop_back();
        out_.first_cell.push_back(static_cast<std::uint32_t>(out_.cells.size()));
    }

    std::string_view cell() {
        if (at_ < text_.size() && text_[at_] == '"') return quoted_cell();
        const auto begin = at_;
        while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n' &&
               text_[at_] != '\r')
            ++at_;
        return text_.substr(begin, at_ - begin);
    }

    std::string_view quoted_cell() {
        const auto opened_on = line_;
        const auto begin = ++at_;
        bool doubled = false;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '\n') ++line_;
            if (c == '"') {
                if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
                doubled = true;
                ++at_;
            }
            ++at_;
        }
        if (at_ >= text_.size()) out_.unclosed_quote = opened_on;
        auto content = text_.substr(begin, std::min(at_, text_.size()) - begin);
        if (at_ < text_.size()) ++at_;
        // Text between the closing quote and the delimiter belongs to no cell in RFC 4180.
        while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n' &&
               text_[at_] != '\r')
            ++at_;
        return doubled ? undoubled(content) : content;
    }

    std::string_view undoubled(std::string_view content) {
        auto plain = std::make_unique<std::string>();
        plain->reserve(content.size());
        for (std::size_t i = 0; i < content.size(); ++i) {
            *plain += content[i];
            if (content[i] == '"') ++i;
        }
        out_.unescaped.push_back(std::move(plain));
        return *out_.unescaped.back();
    }

    void end_of_line() {
        if (at_ >= text_.size()) return;
        if (text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') ++at_;
        ++line_;
    }

    std::string_view text_;
    char delimiter_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    CsvRecords out_;
};

} // namespace

CsvRecords parse_csv(std::string_view text, char delimiter, std::size_t most_records) {
    return Parser(text, delimiter).parse(most_records);
}

char guess_delimiter(std::string_view text) {
    static constexpr std::array kCandidates = {',', ';', '\t', '|'};
    constexpr std::size_t kLookAt = 50;
    char best = ',';
    double best_score = 0;
    for (const char candidate : kCandidates) {
        const auto records = parse_csv(text, candidate, kLookAt);
        if (records.size() == 0 || records.cell_count(0) < 2) continue;
        std::size_t same = 0, filled = 0;
        for (std::size_t r = 0; r < records.size(); ++r) {
            if (records.cell_count(r) == 0) continue;
            ++filled;
            if (records.cell_count(r) == records.cell_count(0)) ++same;
        }
        // Agreement decides; among equals the delimiter that makes more cells.
        const double score = static_cast<double>(same) / static_cast<double>(filled) +
                             1e-6 * static_cast<double>(records.cell_count(0));
        if (score > best_score) best_score = score, best = candidate;
    }
    return best;
}

} // namespace diaban::files
