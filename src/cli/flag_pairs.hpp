// Flags that are each right and make no sense together: said before the work, never left aside.
#pragma once

#include "cli/verb.hpp"

namespace diaban::cli {

// `verb` is what was given. What a project says is no flag: it gives way without a word, as where
// its layout meets a file that has a page of its own. Throws Error Usage "error.flag.apart" (two
// flags, of which one must go), "error.flag.needs" (a flag without the one that it belongs to),
// "error.map.no_size", "error.map.only_for".
void settle_flags(const CLI::App& verb, Requests& requests);

} // namespace diaban::cli
