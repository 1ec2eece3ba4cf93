// The other end of a drag and drop: a file manager as small as can be.
#pragma once

#include <string>
#include <vector>

namespace diaban::test {

// Drops files onto a point of the screen, over the window of this number (XDND, version 5). False
// if the window did not want them or did not finish within `seconds`.
bool drop_files(const std::string& display, unsigned long window, int x, int y,
                const std::vector<std::string>& files, double seconds = 20);

} // namespace diaban::test
