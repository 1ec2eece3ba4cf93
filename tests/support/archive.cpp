#include "support/archive.hpp"

#include <cpl_vsi.h>
#include <stdexcept>

namespace diaban::test {

std::string text_in_zip(const std::filesystem::path& zip, const std::string& name) {
    const auto path = "/vsizip/{" + zip.string() + "}/" + name;
    GByte* bytes = nullptr;
    vsi_l_offset size = 0;
    if (!VSIIngestFile(nullptr, path.c_str(), &bytes, &size, -1))
        throw std::runtime_error("cannot read " + path);
    std::string text(reinterpret_cast<const char*>(bytes), size);
    VSIFree(bytes);
    return text;
}

} // namespace diaban::test
