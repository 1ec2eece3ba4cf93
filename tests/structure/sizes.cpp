// Long files and functions are listed for the reader of the log; no number is a failure.
#include "structure/tree.hpp"

#include <catch2/catch.hpp>
#include <iostream>

using namespace diaban::test;

namespace {

// Functions as clang-format leaves them: the line that ends in "{" in column 0 to the "}" in column
// 0. Returns the first line (from 1) and the number of lines of each.
std::vector<std::pair<std::size_t, std::size_t>> functions_of(const std::string& text) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    std::istringstream lines(text);
    std::size_t number = 0, begin = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const bool opens = !line.empty() && line.front() != ' ' && line.front() != '}' &&
                           line.ends_with('{') && line.find('(') != std::string::npos;
        if (opens) begin = number;
        if (line == "}" && begin) {
            out.emplace_back(begin, number - begin + 1);
            begin = 0;
        }
    }
    return out;
}

} // namespace

TEST_CASE("functions are found by their braces") {
    const auto found =
        functions_of("int f() {\n    return 1;\n}\n\nstruct S {\n};\nvoid g(int a) {\n}\n");
    CHECK(found == std::vector<std::pair<std::size_t, std::size_t>>{{1, 3}, {7, 2}});
}

TEST_CASE("long files and functions are listed") {
    std::size_t total = 0;
    for (const auto& file : sources()) {
        const auto lines =
            static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
        total += lines;
        if (lines > 500) std::cout << "long file: src/" << file.path << ", " << lines << " lines\n";
        for (const auto& [begin, count] : functions_of(file.text))
            if (count > 60)
                std::cout << "long function: src/" << file.path << ':' << begin << ", " << count
                          << " lines\n";
    }
    std::cout << "src/ has " << total << " lines\n";
    CHECK(total > 0);
}
