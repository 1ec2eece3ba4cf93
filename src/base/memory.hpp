// What the C library does with memory that was freed.
#pragma once

namespace diaban::base {

// Freed memory stays with the program for whoever asks next: for a process that does one thing and
// ends; to be called before threads start. The arrays that a coverage is built from are large, and
// come and go: given back to the system each time, their pages would all be cleared anew, which
// took a fifth of the time. Where the C library is not glibc, its own habits stay.
void keep_freed_memory();

} // namespace diaban::base
