#include "files/cache.hpp"

#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/cache_stream.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

// Raise it when the format below, reading of boundaries or building of coverages changes.
constexpr std::uint32_t kCacheVersion = 3;
constexpr const char* kExtension = ".coverage";
constexpr float kNever = std::numeric_limits<float>::infinity();

// ---- One function pair per type: what put() writes, get() reads in the same order ---------------

void put(CacheWriter& out, const geo::Crs& crs) {
    out.text(crs.definition());
}
geo::Crs get_crs(CacheReader& in) {
    const auto definition = in.text();
    return definition.empty() ? geo::Crs() : geo::Crs::parse(definition);
}

void put(CacheWriter& out, const base::Args& args) {
    out.value(static_cast<std::uint32_t>(args.size()));
    for (const auto& [name, value] : args) {
        out.text(name);
        out.value(static_cast<std::uint32_t>(value.index()));
        if (const auto* text = std::get_if<std::string>(&value)) out.text(*text);
        if (const auto* whole = std::get_if<std::int64_t>(&value)) out.value(*whole);
        if (const auto* number = std::get_if<double>(&value)) out.value(*number);
    }
}
base::Args get_args(CacheReader& in) {
    base::Args args(std::min<std::uint32_t>(in.value<std::uint32_t>(), 1000));
    for (auto& [name, value] : args) {
        name = in.text();
        switch (in.value<std::uint32_t>()) {
        case 0:
            value = in.text();
            break;
        case 1:
            value = in.value<std::int64_t>();
            break;
        case 2:
            value = in.value<double>();
            break;
        default:
            throw UnusableCache("value");
        }
    }
    return args;
}

// The many numbers of findings in arrays, their few different texts one by one.
struct FindingNumbers {
    double amount, x, y;
    std::uint8_t severity, has_amount, has_place;
    std::array<std::uint8_t, 5> padding;
};

void put(CacheWriter& out, const base::Findings& findings) {
    std::vector<FindingNumbers> numbers;
    std::vector<std::string> texts;
    for (const auto& f : findings) {
        const auto at = f.at.value_or(std::pair(0.0, 0.0));
        numbers.push_back({f.amount.value_or(0),
                           at.first,
                           at.second,
                           static_cast<std::uint8_t>(f.severity),
                           f.amount.has_value(),
                           f.at.has_value(),
                           {}});
        texts.insert(texts.end(), {f.key, f.unit, f.amount_unit});
    }
    out.array(numbers);
    out.texts(texts);
    for (const auto& f : findings) put(out, f.args);
}
base::Findings get_findings(CacheReader& in) {
    const auto numbers = in.array<FindingNumbers>();
    const auto texts = in.texts();
    if (texts.size() != 3 * numbers.size()) throw UnusableCache("findings");
    base::Findings findings(numbers.size());
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const auto& n = numbers[i];
        auto& f = findings[i];
        f.severity = static_cast<base::Severity>(n.severity);
        f.key = texts[3 * i], f.unit = texts[3 * i + 1], f.amount_unit = texts[3 * i + 2];
        if (n.has_amount) f.amount = n.amount;
        if (n.has_place) f.at = {n.x, n.y};
        f.args = get_args(in);
    }
    return findings;
}

void put(CacheWriter& out, const data::UnitTable& units) {
    out.texts(units.code);
    out.texts(units.name);
    out.texts(units.type);
    for (std::size_t l = 0; l < data::kLevels; ++l) {
        out.array(units.parent[l]);
        std::vector<std::string> groups;
        for (const auto& group : units.groups[l])
            groups.insert(groups.end(), {group.code, group.name});
        out.texts(groups);
    }
}
data::UnitTable get_units(CacheReader& in) {
    data::UnitTable units;
    units.code = in.texts();
    units.name = in.texts();
    units.type = in.texts();
    for (std::size_t l = 0; l < data::kLevels; ++l) {
        units.parent[l] = in.array<geo::GroupIndex>();
        const auto groups = in.texts();
        for (std::size_t g = 0; g + 1 < groups.size(); g += 2)
            units.groups[l].push_back({groups[g], groups[g + 1]});
    }
    return units;
}

void put(CacheWriter& out, const data::RawTable& table) {
    out.text(table.source);
    out.value(static_cast<std::uint64_t>(table.first_row));
    out.value(static_cast<std::uint32_t>(table.columns.size()));
    for (const auto& column : table.columns) {
        out.text(column.name);
        out.value(static_cast<std::uint32_t>(column.type));
        out.texts(column.text);
        out.array(column.number);
        out.array(column.null);
    }
}
data::RawTable get_table(CacheReader& in) {
    data::RawTable table;
    table.source = in.text();
    table.first_row = static_cast<std::size_t>(in.value<std::uint64_t>());
    const auto columns = in.value<std::uint32_t>();
    for (std::uint32_t c = 0; c < columns; ++c) {
        auto& column = table.columns.emplace_back();
        column.name = in.text();
        column.type =
            in.value<std::uint32_t>() == 0 ? data::ColumnType::Text : data::ColumnType::Number;
        column.text = in.texts();
        column.number = in.array<double>();
        column.null = in.array<std::uint8_t>();
    }
    return table;
}

void put(CacheWriter& out, const RawUnits& raw) {
    out.text(raw.source);
    put(out, raw.units);
    put(out, raw.attributes);
    put(out, raw.crs);
    out.value(static_cast<std::uint32_t>(raw.crs_candidates.size()));
    for (const auto& guess : raw.crs_candidates) {
        put(out, guess.crs);
        out.value(static_cast<std::uint32_t>(guess.swapped));
        out.value(guess.fit);
    }
    out.text(raw.encoding);
    out.value(static_cast<std::uint32_t>(raw.evidence));
    out.texts(raw.sample_names);
    put(out, raw.findings);
}
RawUnits get_raw(CacheReader& in) {
    RawUnits raw;
    raw.source = in.text();
    raw.units = get_units(in);
    raw.attributes = get_table(in);
    raw.crs = get_crs(in);
    const auto candidates = in.value<std::uint32_t>();
    for (std::uint32_t i = 0; i < candidates; ++i) {
        auto& guess = raw.crs_candidates.emplace_back();
        guess.crs = get_crs(in);
        guess.swapped = in.value<std::uint32_t>() != 0;
        guess.fit = in.value<double>();
    }
    raw.encoding = in.text();
    raw.evidence = static_cast<Evidence>(in.value<std::uint32_t>());
    raw.sample_names = in.texts();
    raw.findings = get_findings(in);
    return raw;
}

void put(CacheWriter& out, const geo::Csr& csr) {
    out.array(csr.offset);
    out.array(csr.index);
    out.array(csr.weight);
}
geo::Csr get_csr(CacheReader& in) {
    geo::Csr csr;
    csr.offset = in.array<std::uint32_t>();
    csr.index = in.array<std::uint32_t>();
    csr.weight = in.array<double>();
    if (csr.offset.empty()) throw UnusableCache("rows");
    return csr;
}

void put(CacheWriter& out, const geo::Coverage& coverage) {
    out.array(coverage.vertices());
    // Without levels no vertex ever goes, and there is nothing to store.
    const auto drop = coverage.drop_at_m();
    const bool levels = std::any_of(drop.begin(), drop.end(), [](float d) { return d < kNever; });
    out.array(levels ? drop : std::span<const float>());
    out.array(coverage.arcs());
    out.array(coverage.arc_refs());
    out.array(coverage.rings());
    out.array(coverage.faces());
    put(out, coverage.node_arcs());
    put(out, coverage.crs());
    out.value(coverage.box());
    out.value(coverage.main_box());
    out.array(coverage.contacts());
}
std::shared_ptr<const geo::Coverage> get_coverage(CacheReader& in) {
    geo::Coverage::Parts parts;
    // Names every part: a new one does not compile until it is stored as well.
    auto& [vertices, drop_at_m, arcs, arc_refs, rings, faces, node_arcs, crs, box, main_box,
           contacts] = parts;
    vertices = in.array<geo::Point>();
    drop_at_m = in.array<float>();
    if (drop_at_m.empty()) drop_at_m.assign(vertices.size(), kNever);
    arcs = in.array<geo::Arc>();
    arc_refs = in.array<geo::ArcRef>();
    rings = in.array<geo::Ring>();
    faces = in.array<geo::Face>();
    node_arcs = get_csr(in);
    crs = get_crs(in);
    box = in.value<geo::Box>();
    main_box = in.value<geo::Box>();
    contacts = in.array<geo::NodeContact>();
    return geo::Coverage::from_parts(std::move(parts));
}

// ---- Keys and the folder
// -------------------------------------------------------------------------

// Files that belong to `file`: the same name with another extension, and SQLite's own companions.
std::vector<fs::path> side_files(const fs::path& file) {
    std::vector<fs::path> files{file};
    for (const char* extension : {".shx", ".dbf", ".prj", ".cpg", ".dat", ".map", ".id", ".ind"})
        for (const auto& spelled : {std::string(extension), base::upper(extension)})
            files.push_back(fs::path(file).replace_extension(spelled));
    files.push_back(fs::path(file.string() + "-wal"));
    files.push_back(fs::path(file.string() + "-journal"));
    return files;
}

std::string state_of(const fs::path& file) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    if (failed) return "";
    const auto time = fs::last_write_time(file, failed).time_since_epoch().count();
    return fmt::format("{}|{}|{}\n", file.string(), size, time);
}

std::uint64_t hash(std::string_view text, std::uint64_t seed) {
    // FNV-1a; two of them with different seeds make the 128 bits of a key.
    std::uint64_t sum = 0xCBF29CE484222325u ^ (seed * 0x9E3779B97F4A7C15u);
    for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return sum;
}

fs::path path_of(const std::string& key) {
    const auto folder = base::cache_folder();
    return folder.empty() || key.empty() ? fs::path() : folder / (key + kExtension);
}

void make_room(const fs::path& folder) {
    struct Entry {
        fs::file_time_type time;
        std::uintmax_t size;
        fs::path file;
    };
    std::vector<Entry> entries;
    std::uintmax_t total = 0;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        if (entry.path().extension() != kExtension) continue;
        entries.push_back({entry.last_write_time(failed), entry.file_size(failed), entry.path()});
        total += entries.back().size;
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.time < b.time; });
    for (const auto& entry : entries) {
        if (total <= kMostCacheBytes) break;
        if (fs::remove(entry.file, failed)) total -= entry.size;
    }
}

} // namespace

std::string cache_key(const BoundarySource& source, const std::string& tolerance,
                      CacheContent content) {
    std::error_code failed;
    auto file = fs::weakly_canonical(source.file, failed);
    if (failed) file = source.file;
    std::string text =
        fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}\n", kCacheVersion, base::version(), source.layer,
                    source.code_column, source.name_column, source.encoding, source.crs,
                    source.attributes, tolerance, static_cast<int>(content));
    for (const auto& side : side_files(file)) text += state_of(side);
    return fmt::format("{:016x}{:016x}", hash(text, 1), hash(text, 2));
}

std::optional<CachedVintage> read_cache(const std::string& key) {
    const auto file = path_of(key);
    std::error_code failed;
    if (file.empty() || !fs::exists(file, failed)) return std::nullopt;
    try {
        CacheReader in(file, kCacheVersion);
        if (in.text() != key) return std::nullopt;
        CachedVintage value;
        value.raw = get_raw(in);
        value.coverage = get_coverage(in);
        value.findings = get_findings(in);
        in.verify();
        // The oldest files go first: what is used is not old.
        fs::last_write_time(file, fs::file_time_type::clock::now(), failed);
        return value;
    } catch (const UnusableCache&) {
    } catch (const base::Error&) { // a CRS that cannot be parsed
    } catch (const std::bad_alloc&) {
    }
    fs::remove(file, failed);
    return std::nullopt;
}

void write_cache(const std::string& key, const CachedVintage& value) {
    const auto file = path_of(key);
    if (file.empty() || !value.coverage) return;
    try {
        base::write_atomically(file, [&](const fs::path& temporary) {
            CacheWriter out(temporary, kCacheVersion);
            out.text(key);
            put(out, value.raw);
            put(out, *value.coverage);
            put(out, value.findings);
            out.finish();
        });
        make_room(file.parent_path());
    } catch (const std::ios_base::failure&) { // a full disk: next time is as slow as this time
    } catch (const base::Error&) {
    }
}

} // namespace diaban::files
