// Recognising columns about persons: only aggregates may enter (conventions.md 6).
#pragma once

#include "data/table.hpp"

#include <functional>

namespace diaban::data {

// True for names such as ho_ten, CCCD, "Số điện thoại", ngay_sinh, dia_chi, phone, date_of_birth.
bool personal_column_name(std::string_view name);
// True if most cells look like citizen identity numbers, mobile numbers (also without the zeros
// that a spreadsheet takes from them), e-mail addresses or full names of persons. Needs at least
// five filled cells to judge.
bool personal_cells(std::size_t rows, const std::function<std::string_view(std::size_t)>& cell);
// One cell alone: a citizen identity number, a mobile number, an e-mail address.
bool personal_number(std::string_view cell);
// One cell alone: three or four words that begin with a usual surname. Communes may be called so
// too.
bool person_name(std::string_view cell);

} // namespace diaban::data
