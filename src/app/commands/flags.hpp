// The flags that every verb shares, written from requests: the inverse of cli's parser.
#pragma once

#include "app/dataset.hpp"
#include "app/language.hpp"
#include "app/mask.hpp"
#include "app/project.hpp"
#include "app/statuses.hpp"

namespace diaban::app {

using Flags = std::vector<std::string>;

// "--name value"; nothing of an empty value.
void add_flag(Flags& flags, const char* name, const std::string& value);
void add_flags(Flags& flags, const DataRequest& data);
void add_flags(Flags& flags, const MapChoice& choice);
// --kind and what belongs to it, of verbs that draw maps.
void add_kind_flags(Flags& flags, const MapChoice& choice);
void add_flags(Flags& flags, const Extent& extent);
// "--name a,b"; nothing of an empty list.
void add_list(Flags& flags, const char* name, const std::vector<std::string>& values);
void add_flags(Flags& flags, Classification classification);
void add_flags(Flags& flags, Across across);
void add_flags(Flags& flags, const std::vector<LineLayer>& layers);
void add_flags(Flags& flags, const PageChoice& page, double dpi); // what differs from the default
void add_flags(Flags& flags, const StatusChoice& statuses, Domains domains);
// Throws Error Usage "error.flag.required".
[[noreturn]] void require_flag(const char* flag);
// Nothing, or a day of the calendar as "2010-12-31". Throws Error Usage "error.flag.bad_value".
void check_day(const char* flag, const std::string& day);
// A shell line of flags, quoted where needed.
std::string command_line(const Flags& flags);
// The same with --lang, for "copy as command": it may be pasted where another language is spoken.
std::string command_line(Flags flags, const Language& language);
// Shortest text that reads back as the same number.
std::string number_flag(double value);

} // namespace diaban::app
