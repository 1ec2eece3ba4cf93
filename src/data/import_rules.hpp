// The validation rules V1 to V5 on what a report states about a whole area.
#pragma once

#include "data/import_read.hpp"

namespace diaban::data {

// Of one area of the sheet (`area` of SheetImport::areas; nothing: that of its plan): V1 (with its
// `communes`; 0: not known), V2, V3 (healthy = kept + new), V4, V6, and V5 for
// percentages that are printed beside their counts. `before`: communes that were healthy the year
// before a period, where the sheet itself does not say. Classes must be exclusive: see
// data/import_present.hpp.
void check_reported(SheetImport& sheet, std::optional<std::size_t> area, std::size_t communes,
                    const std::map<Period, double>& before);

} // namespace diaban::data
