// Private to the import: what one column of a sheet is, from its header.
#pragma once

#include "data/import_plan.hpp"

namespace diaban::data {

// Between the rows of a header of several rows.
inline constexpr std::string_view kHeaderJoin = " · ";
std::vector<std::string_view> parts_of_header(std::string_view header);

// By the usual names of columns and the words of reports.
std::optional<Role> role_named(std::string_view header);

class ColumnReader {
public:
    // Both are referred to and must outlive it.
    ColumnReader(const ImportProfile& profile, const std::vector<Indicator>& own);

    PlannedColumn read(std::uint32_t column, const std::string& header) const;
    // What the profile says of headers and labels, by search key.
    const std::map<std::string, std::string>& given() const { return given_; }

private:
    bool read_given(PlannedColumn& out) const;
    void read_parts(const std::vector<std::string_view>& parts, PlannedColumn& out) const;

    const std::vector<Indicator>& own_;
    std::map<std::string, std::string> given_;
};

// "DR01", "DR01@2010", "IN05@2010*1000000".
struct GivenIndicator {
    std::string code;
    std::optional<Period> period;
    std::optional<double> factor;
};
GivenIndicator given_indicator(std::string_view meaning);

} // namespace diaban::data
