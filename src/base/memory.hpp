// What the C library does with memory that was freed.
//
// Where the library is not glibc, nothing here does anything: its own habits stay.
#pragma once

namespace diaban::base {

// Freed memory stays with the program for whoever asks next; to be called once, before threads
// start. The arrays that a coverage is built from are large, and come and go: given back to the
// system each time, their pages would all be cleared anew, which took a quarter of the time.
void keep_freed_memory();
// What is not in use goes back to the system: some milliseconds, for the end of something long.
void give_back_freed_memory();

} // namespace diaban::base
