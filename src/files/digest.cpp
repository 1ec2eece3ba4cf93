#include "files/digest.hpp"

#include "base/paths.hpp"
#include "base/system_reason.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <glib.h>
#include <memory>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kDigestPiece = 1 << 20;
constexpr std::string_view kCompanionParts[] = {".shx", ".dbf", ".prj", ".cpg", ".dat", ".map",
                                       ".id",  ".ind", ".mid", ".xsd", ".csvt"};

class Sha256 {
public:
    void add(std::string_view bytes) {
        g_checksum_update(sum_.get(), reinterpret_cast<const guchar*>(bytes.data()),
                          static_cast<gssize>(bytes.size()));
        bytes_ += bytes.size();
    }
    Digest digest() const { return {g_checksum_get_string(sum_.get()), bytes_}; }

private:
    struct Free {
        void operator()(GChecksum* sum) const { g_checksum_free(sum); }
    };
    std::unique_ptr<GChecksum, Free> sum_{g_checksum_new(G_CHECKSUM_SHA256)};
    std::uint64_t bytes_ = 0;
};

} // namespace

Digest digest_of(std::string_view bytes) {
    Sha256 sum;
    sum.add(bytes);
    return sum.digest();
}

Digest digest_of_file(const fs::path& file, base::JobContext& ctx) {
    base::check_exists(file);
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    Sha256 sum;
    std::string piece(kDigestPiece, '\0');
    while (in) {
        ctx.check();
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        sum.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
    }
    if (!in.eof() || fs::is_directory(file))
        throw base::Error(
            base::ErrorKind::Input, "error.file.cannot_read",
            {{"file", file.string()}, {"reason", base::system_reason(errno ? errno : EISDIR)}});
    return sum.digest();
}

std::vector<fs::path> with_companions(const fs::path& file) {
    std::vector<fs::path> out{file};
    std::error_code failed;
    const auto add = [&](const fs::path& part) {
        if (fs::is_regular_file(part, failed) &&
            std::find(out.begin(), out.end(), part) == out.end())
            out.push_back(part);
    };
    for (const auto part : kCompanionParts)
        for (const auto& spelled : {std::string(part), base::upper(part)})
            add(fs::path(file).replace_extension(spelled));
    // A journal that is empty holds nothing that is not in the database.
    if (fs::path wal(file.string() + "-wal"); fs::exists(wal, failed) && fs::file_size(wal, failed))
        add(wal);
    return out;
}

bool is_companion(const fs::path& part, const fs::path& file) {
    if (part == file) return false;
    if (part.string() == file.string() + "-wal") return true;
    return part.parent_path() == file.parent_path() && part.stem() == file.stem() &&
           std::find(std::begin(kCompanionParts), std::end(kCompanionParts), base::lower_extension(part)) !=
               std::end(kCompanionParts);
}

} // namespace diaban::files
