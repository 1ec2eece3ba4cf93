// Private to the import: suggested names and what was decided about them.
#pragma once

#include "app/import.hpp"

namespace diaban::app {

// Distinct names without a unit that may be one, numbered from 1.
std::vector<ImportSuggestion> suggestions_of(const std::vector<data::SheetImport>& sheets);
// What the request says of them; marks the suggestions. Throws Error Usage, Input, Data.
std::vector<files::NameDecision> decide(std::vector<ImportSuggestion>& suggestions,
                                        const ImportRequest& request,
                                        const std::vector<std::string>& unit_codes,
                                        std::vector<std::size_t>& unknown_numbers,
                                        base::JobContext& ctx);

} // namespace diaban::app
