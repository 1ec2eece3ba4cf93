#include "files/gdal_handles.hpp"

#include <atomic>
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <mutex>

namespace diaban::files {

void GdalMessages::take(CPLErr kind, CPLErrorNum, const char* text) {
    auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
    constexpr std::size_t kMost = 50; // a broken file can complain once per feature
    auto& list = kind >= CE_Failure ? self->errors_ : self->warnings_;
    if (kind >= CE_Warning && list.size() < kMost) list.emplace_back(text);
}

GdalMessages::GdalMessages() {
    CPLPushErrorHandlerEx(&GdalMessages::take, this);
}
GdalMessages::~GdalMessages() {
    CPLPopErrorHandler();
    CPLErrorReset();
}

std::string GdalMessages::reason() const {
    const auto& said = errors_.empty() ? warnings_ : errors_;
    if (said.empty()) return {};
    auto text = said.front();
    while (text.ends_with('.')) text.pop_back(); // it stands within a sentence
    return text;
}

base::Error GdalMessages::unopened(const char* damaged, const char* alien,
                                   const std::string& file) const {
    using base::ErrorKind;
    const auto why = reason();
    if (why.empty()) return {ErrorKind::Input, alien, {{"file", file}}};
    return {ErrorKind::Input, damaged, {{"file", file}, {"reason", why}}};
}

void start_gdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        const GdalMessages quiet;
        GDALAllRegister();
    });
}

Dataset open_vector(const std::string& path, const std::vector<std::string>& options) {
    start_gdal();
    std::vector<const char*> list;
    for (const auto& option : options) list.push_back(option.c_str());
    list.push_back(nullptr);
    return Dataset(
        GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, list.data(), nullptr));
}

std::string memory_folder() {
    static std::atomic<unsigned> next{0};
    return "/vsimem/diaban" + std::to_string(next++);
}

MemoryFile::MemoryFile(const std::string& folder, const std::string& name, Bytes content)
    : path_(folder + "/" + name), content_(std::move(content)) {
    VSILFILE* file = VSIFileFromMemBuffer(path_.c_str(), reinterpret_cast<GByte*>(content_.data()),
                                          content_.size(), FALSE);
    if (file) VSIFCloseL(file);
}

MemoryFile::~MemoryFile() {
    if (!path_.empty()) VSIUnlink(path_.c_str());
}

} // namespace diaban::files
