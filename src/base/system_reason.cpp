#include "base/system_reason.hpp"

#include <cerrno>
#include <cstring>

namespace diaban::base {

std::string system_reason(int error_number) {
    switch (error_number) {
    case ENOENT:
        return "reason.no_file";
    case EACCES:
    case EPERM:
        return "reason.permission";
    case ENOSPC:
        return "reason.disk_full";
    case EROFS:
        return "reason.read_only";
    case EISDIR:
        return "reason.is_folder";
    case ENOTDIR:
        return "reason.not_folder";
    case EFBIG:
        return "reason.too_large";
    case EDQUOT:
        return "reason.quota";
    case EIO:
        return "reason.disk_failed";
    case ENAMETOOLONG:
        return "reason.long_name";
    default:
        return std::strerror(error_number);
    }
}

std::string system_reason(const std::error_code& code) {
    const auto& category = code.category();
    const bool of_system =
        category == std::system_category() || category == std::generic_category();
    return of_system ? system_reason(code.value()) : code.message();
}

std::string system_reason_in(const std::string& said) {
    for (const int number : {ENOSPC, EDQUOT, EROFS, EACCES, EFBIG, EIO, ENAMETOOLONG, EISDIR})
        if (said.find(std::strerror(number)) != said.npos) return system_reason(number);
    return said;
}

} // namespace diaban::base
