// Units that somebody names on a command line: by code, or by name.
#pragma once

#include "data/units.hpp"

namespace diaban::app {

// The codes of what is given, in its order. A code is taken as it is. A name may leave out
// capitals, marks and "xã", "phường" …, but is that of the unit most like it: "Tân Thạnh" is no
// "Tân Thành". Where several units are called so, "Tân Thạnh (Châu Thành)" tells them apart by
// their district or province. Throws Error Usage "error.select.ambiguous" naming them,
// "error.select.unknown_name" naming what is like it; both name the flag.
std::vector<data::UnitCode> named_codes(const std::string& flag,
                                        const std::vector<std::string>& given,
                                        const data::UnitTable& units);

} // namespace diaban::app
