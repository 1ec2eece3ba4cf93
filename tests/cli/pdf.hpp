// What the tools of Poppler say about a PDF that was written.
#pragma once

#include "cli/program.hpp"

#include <regex>
#include <sstream>

namespace diaban::test {

// The words of every page as pdftotext reads them, with one blank between any two.
inline Words pages_of(const Bench& bench, const std::string& file) {
    Words pages(1);
    for (const char c : bench.tool({"pdftotext", "-raw", "-enc", "UTF-8", file, "-"})) {
        auto& page = pages.back();
        if (c == '\f')
            pages.emplace_back();
        else if (c != '\n' && c != ' ')
            page += c;
        else if (!page.empty() && page.back() != ' ')
            page += ' ';
    }
    pages.pop_back(); // nothing follows the last form feed
    return pages;
}

// Every font is in the file, so that it looks the same on every printer.
inline void check_fonts(const Bench& bench, const std::string& file) {
    std::istringstream lines(bench.tool({"pdffonts", file}));
    std::size_t fonts = 0, row = 0;
    for (std::string line; std::getline(lines, line); ++row) {
        if (row < 2) continue; // the heading
        INFO(line);
        CHECK(contains(line, " yes yes ")); // embedded, only the letters needed
        ++fonts;
    }
    CHECK(fonts > 0);
}

// No word lies over another or beyond its sheet.
inline void check_apart(const Bench& bench, const std::string& file) {
    struct Box {
        double x0, y0, x1, y1;
        std::string word;
    };
    const auto text = bench.tool({"pdftotext", "-bbox", file, "-"});
    static const std::regex page_form(R"re(<page width="([0-9.]+)" height="([0-9.]+)">)re");
    static const std::regex word_form(
        R"re(<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">(.*)</word>)re");
    std::istringstream lines(text);
    std::vector<Box> boxes;
    double width = 0, height = 0;
    std::size_t words = 0;
    for (std::string line; std::getline(lines, line);) {
        std::smatch m;
        if (std::regex_search(line, m, page_form)) {
            width = std::stod(m[1]);
            height = std::stod(m[2]);
            boxes.clear();
        }
        if (!std::regex_search(line, m, word_form)) continue;
        Box box{std::stod(m[1]), std::stod(m[2]), std::stod(m[3]), std::stod(m[4]), m[5]};
        if (box.x0 < 0 || box.y0 < 0 || box.x1 > width || box.y1 > height)
            FAIL_CHECK(file << ": " << box.word << " is cut by the edge of the sheet");
        // The box of a font leaves room above capitals and below the letters.
        const double spare = 0.2 * (box.y1 - box.y0);
        box.y0 += spare;
        box.y1 -= spare;
        for (const auto& other : boxes)
            if (box.x0 + 0.5 < other.x1 && other.x0 + 0.5 < box.x1 && box.y0 < other.y1 &&
                other.y0 < box.y1)
                FAIL_CHECK(file << ": " << box.word << " lies over " << other.word);
        boxes.push_back(std::move(box));
        ++words;
    }
    CHECK(words > 20);
}

} // namespace diaban::test
