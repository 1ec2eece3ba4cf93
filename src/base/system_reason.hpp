// Why the system refused, as a value of the message argument "reason".
//
// Guarantee: the usual reasons are ids of messages ("reason.no_file"), so that they are said in the
// user's language; an unusual one is what the C library says.
#pragma once

#include <string>
#include <system_error>

namespace diaban::base {

std::string system_reason(int error_number); // errno
std::string system_reason(const std::error_code& code);
// What a library said, which often ends in the system's own words: those alone, as above. Anything
// else comes back as it is.
std::string system_reason_in(const std::string& said);

} // namespace diaban::base
