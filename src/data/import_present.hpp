// "Số xã có tệ nạn" of whole areas, made exclusive: reports count the hotspots among the communes
// with vice, or beside them, and seldom say which.
//
// Guarantee: a number is changed only where the reading is certain (the classes sum to the number
// of communes) or a person said so, and never without a finding that names both numbers.
#pragma once

#include "data/import_read.hpp"

namespace diaban::data {

enum class PresentReading : std::uint8_t { Auto, Inclusive, Exclusive };
std::string_view to_string(PresentReading reading); // "auto", "inclusive", "exclusive"
std::optional<PresentReading> parse_present(std::string_view text);

// The numbers of one area of a sheet (`area` of SheetImport::areas; nothing: that of its plan),
// which has so many communes (0: not known). Findings: "import_inclusive" (converted),
// "import_present_unclear" (the sums do not tell; left as it is).
void make_exclusive(SheetImport& sheet, std::optional<std::size_t> area, std::size_t communes,
                    PresentReading reading);

} // namespace diaban::data
