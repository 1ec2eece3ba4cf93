// Private to the import: the sums that rows of totals are compared with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace diaban::data {

// Fed with the rows of a sheet in order. A total below stands for the rows since the last one
// ("Cộng huyện A"), for all rows ("Tổng cộng"), or for all since its own heading; a total above
// ("Huyện A  120") for the rows until the next heading or total, and one above everything for all.
class Totals {
public:
    explicit Totals(std::size_t columns) : section_(columns), all_(columns) {}

    struct Wrong {
        std::uint32_t row = 0;
        std::string label;
        std::size_t column = 0;
        double stated = 0, sum = 0;
    };
    enum class Where { Above, Below };

    void add(const std::vector<double>& numbers); // NaN: no number
    // Numbers of a total that are not its sum. A total above is answered by close().
    std::vector<Wrong> check(std::uint32_t row, std::string label, std::vector<double> stated,
                             Where where);
    std::vector<Wrong> close();  // of the section's total above, if there is one
    std::vector<Wrong> finish(); // of the total above everything
    void end_section();          // a heading: what follows is another section

private:
    std::vector<Wrong> compare(std::uint32_t row, const std::string& label,
                               const std::vector<double>& stated,
                               const std::vector<double>& sum) const;
    std::vector<double> section_, all_;
    std::size_t section_rows_ = 0, all_rows_ = 0;
    struct Open { // a total that is compared with what follows
        std::uint32_t row;
        std::string label;
        std::vector<double> stated;
    };
    std::optional<Open> section_total_, first_total_;
};

} // namespace diaban::data
