#include "files/shapefile.hpp"

#include "base/paths.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

// Layout: ESRI Shapefile Technical Description (July 1998).
constexpr std::size_t kHeader = 100, kRecordHeader = 8;
constexpr std::int32_t kFileCode = 9994;

std::int32_t big(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return static_cast<std::int32_t>(value);
}

void put_big(std::string& out, std::uint64_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

// One file of the set, on disk or in an archive.
class Part {
public:
    Part() = default;
    explicit Part(fs::path file) : file_(std::move(file)), size_(fs::file_size(file_)) {}
    Part(const Zip& zip, const ZipEntry& entry) : zip_(&zip), entry_(&entry), size_(entry.size) {}

    explicit operator bool() const { return entry_ || !file_.empty(); }
    std::uint64_t size() const { return size_; }
    Bytes read() const { return zip_ ? zip_->read(*entry_) : Bytes(base::read_file(file_)); }
    std::string head(std::size_t bytes) const {
        if (zip_) return std::string(std::string_view(read()).substr(0, bytes));
        std::ifstream in(file_, std::ios::binary);
        std::string out(bytes, '\0');
        in.read(out.data(), static_cast<std::streamsize>(bytes));
        out.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
        return out;
    }

private:
    fs::path file_;
    const Zip* zip_ = nullptr;
    const ZipEntry* entry_ = nullptr;
    std::uint64_t size_ = 0;
};

struct Parts {
    Part shp, shx, dbf, prj, cpg;
    std::string name; // for messages
    bool zipped = false;
};

[[noreturn]] void unreadable(const std::string& key, base::Args args) {
    throw base::Error(base::ErrorKind::Input, key, std::move(args));
}

// Number (from 1) of the feature in which the file ends, walking from record to record.
std::size_t feature_at_end(std::string_view shp) {
    std::size_t feature = 1;
    for (std::size_t at = kHeader; at + kRecordHeader <= shp.size(); ++feature) {
        const auto words = big(shp, at + 4);
        if (words < 2) break;
        const auto next = at + kRecordHeader + 2 * static_cast<std::size_t>(words);
        if (next > shp.size()) break;
        at = next;
    }
    return feature;
}

// Checks what GDAL would trip over or, worse, quietly shorten.
void check_shp(const Parts& parts, std::string_view head) {
    if (parts.shp.size() == 0) unreadable("error.file.empty", {{"file", parts.name}});
    if (head.size() < kHeader || big(head, 0) != kFileCode)
        unreadable("error.shapefile.not_one", {{"file", parts.name}});
    const auto said = 2 * static_cast<std::uint64_t>(static_cast<std::uint32_t>(big(head, 24)));
    if (said > parts.shp.size())
        unreadable("error.shapefile.truncated",
                   {{"file", parts.name},
                    {"bytes", static_cast<std::int64_t>(parts.shp.size())},
                    {"expected", static_cast<std::int64_t>(said)},
                    {"feature", static_cast<std::int64_t>(feature_at_end(parts.shp.read()))}});
}

// The index of a .shp: for each record its place and length, in 16-bit words.
std::string make_shx(std::string_view shp, const std::string& name) {
    std::string records;
    for (std::size_t at = kHeader; at + kRecordHeader <= shp.size();) {
        const auto words = big(shp, at + 4);
        const auto next = at + kRecordHeader + 2 * static_cast<std::size_t>(std::max(words, 0));
        if (words < 2 || next > shp.size())
            unreadable(
                "error.shapefile.damaged",
                {{"file", name}, {"feature", static_cast<std::int64_t>(records.size() / 8 + 1)}});
        put_big(records, at / 2);
        put_big(records, static_cast<std::uint64_t>(words));
        at = next;
    }
    std::string out(shp.substr(0, kHeader));
    std::string length;
    put_big(length, (kHeader + records.size()) / 2);
    out.replace(24, 4, length);
    return out + records;
}

void read_dbf_header(const Part& dbf, Shapefile& out) {
    // dBASE III: rows at 4, header length at 8, row length at 10, language at 29.
    constexpr std::size_t kDbfHeader = 32;
    const auto head = dbf.head(kDbfHeader);
    if (head.size() < kDbfHeader) return;
    const std::uint64_t begin = little(head, 8, 2), row = little(head, 10, 2);
    out.language = static_cast<std::uint8_t>(head[29]);
    const std::uint64_t there = row && dbf.size() > begin ? (dbf.size() - begin) / row : 0;
    out.dbf_rows = std::min<std::uint64_t>(little(head, 4, 4), there);
    out.has_dbf = begin > kDbfHeader && row > 0;
}

std::string content_of(const Part& part) {
    return part ? std::string(base::trim(part.read())) : std::string();
}

void report(const Parts& parts, Shapefile& out) {
    using base::Severity;
    if (!parts.shx)
        out.findings.push_back(
            base::finding(Severity::Info, "missing_shx", {{"file", parts.name}}));
    if (!out.has_dbf) {
        out.findings.push_back(
            base::finding(Severity::Problem, "missing_dbf", {{"file", parts.name}}));
    } else {
        if (out.cpg.empty())
            out.findings.push_back(
                base::finding(Severity::Info, "missing_cpg", {{"file", parts.name}}));
        if (out.dbf_rows != out.shapes) {
            auto differ = base::finding(Severity::Problem, "dbf_rows_differ",
                                        {{"file", parts.name},
                                         {"rows", static_cast<std::int64_t>(out.dbf_rows)},
                                         {"shapes", static_cast<std::int64_t>(out.shapes)}});
            differ.amount =
                std::abs(static_cast<double>(out.dbf_rows) - static_cast<double>(out.shapes));
            differ.amount_unit = "rows";
            out.findings.push_back(std::move(differ));
        }
    }
}

// A .dbf with exactly `rows` rows: blank ones are added, or surplus ones dropped. GDAL would show
// the shapes only as far as the rows go.
std::string fitted_dbf(std::string_view given, const Shapefile& shapefile) {
    std::string dbf(given);
    const std::size_t begin = little(dbf, 8, 2), row = little(dbf, 10, 2);
    dbf.resize(begin + std::min(shapefile.dbf_rows, shapefile.shapes) * row);
    dbf.resize(begin + shapefile.shapes * row, ' ');
    for (std::size_t i = 0; i < 4; ++i)
        dbf[4 + i] = static_cast<char>(shapefile.shapes >> (8 * i) & 0xFF);
    return dbf + '\x1A'; // end of file, as dBASE writes it
}

// Brings what GDAL needs into its memory file system under one stem.
void copy_to_memory(const Parts& parts, Bytes shp, Bytes shx, Shapefile& out) {
    const auto folder = memory_folder();
    const auto stem = fs::path(parts.name).stem().string(); // the layer is named after it
    out.memory.emplace_back(folder, stem + ".shp", std::move(shp));
    out.path = out.memory.back().path();
    out.memory.emplace_back(folder, stem + ".shx", std::move(shx));
    if (!out.has_dbf) return;
    auto dbf = parts.dbf.read();
    if (out.dbf_rows != out.shapes) dbf = Bytes(fitted_dbf(dbf, out));
    out.memory.emplace_back(folder, stem + ".dbf", std::move(dbf));
}

Shapefile open_parts(const Parts& parts, const fs::path& file) {
    Shapefile out;
    out.most_points = parts.shp.size() / (2 * sizeof(double));
    if (parts.dbf) read_dbf_header(parts.dbf, out);
    out.prj = content_of(parts.prj);
    out.cpg = content_of(parts.cpg);
    const auto index_size = parts.shx ? parts.shx.size() : 0;
    // An index that is no index, or holds half an entry, is as good as missing.
    const bool index =
        index_size >= kHeader && index_size % kRecordHeader == kHeader % kRecordHeader;
    if (index) out.shapes = static_cast<std::size_t>((index_size - kHeader) / kRecordHeader);
    const bool rows_fit = !out.has_dbf || out.dbf_rows == out.shapes;
    if (parts.zipped || !index || !rows_fit) {
        auto shp = parts.shp.read();
        check_shp(parts, shp);
        auto shx = index ? parts.shx.read() : Bytes(make_shx(shp, parts.name));
        out.shapes = (shx.size() - kHeader) / kRecordHeader;
        copy_to_memory(parts, std::move(shp), std::move(shx), out);
    } else {
        check_shp(parts, parts.shp.head(kHeader));
        out.path = file.string();
    }
    report(parts, out);
    return out;
}

} // namespace

Shapefile open_shapefile(const fs::path& file) {
    const auto sibling = [&](const std::string& extension) {
        const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(folder, ignored))
            if (entry.path().stem() == file.stem() &&
                base::lower(entry.path().extension().string()) == extension &&
                entry.is_regular_file(ignored))
                return Part(entry.path());
        return Part();
    };
    Parts parts{Part(file),
                sibling(".shx"),
                sibling(".dbf"),
                sibling(".prj"),
                sibling(".cpg"),
                file.string(),
                false};
    return open_parts(parts, file);
}

Shapefile open_zipped_shapefile(const Zip& zip, const ZipEntry& shp, const fs::path& archive) {
    const auto stem = shp.name.substr(0, shp.name.size() - 4);
    const auto sibling = [&](const std::string& extension) {
        for (const auto& entry : zip.entries())
            if (entry.name.size() == shp.name.size() && entry.name.starts_with(stem) &&
                base::lower(entry.name.substr(stem.size())) == extension)
                return Part(zip, entry);
        return Part();
    };
    Parts parts{Part(zip, shp),
                sibling(".shx"),
                sibling(".dbf"),
                sibling(".prj"),
                sibling(".cpg"),
                archive.string() + "/" + shp.name,
                true};
    return open_parts(parts, archive);
}

} // namespace diaban::files
