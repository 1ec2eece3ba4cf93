#include "files/cache.hpp"

#include "base/paths.hpp"
#include "files/cache_stream.hpp"
#include "geo/coverage.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

using namespace diaban;
using namespace diaban::files;
namespace fs = std::filesystem;

namespace {

// Points the cache folder into a temporary folder for one test.
class OwnCache {
public:
    OwnCache() {
        if (const char* old = std::getenv("XDG_CACHE_HOME")) old_ = old;
        setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1);
    }
    ~OwnCache() {
        if (old_.empty())
            unsetenv("XDG_CACHE_HOME");
        else
            setenv("XDG_CACHE_HOME", old_.c_str(), 1);
    }
    fs::path file() const {
        for (const auto& entry : fs::directory_iterator(folder_.path() / "diaban"))
            return entry.path();
        return {};
    }

private:
    test::TempFolder folder_;
    std::string old_;
};

CachedVintage sample() {
    CachedVintage value;
    value.raw.source = "xã.shp";
    value.raw.units.code = {"00001", "00004"};
    value.raw.units.name = {"Xã Tân Thạnh", ""};
    value.raw.units.type = {"Xã", "Phường"};
    value.raw.units.groups[1] = {{"001", "Huyện A"}};
    value.raw.units.parent[1] = {0, geo::kNoGroup};
    data::Column names{"ten", data::ColumnType::Text, {"a", ""}, {}, {0, 1}};
    data::Column numbers{"so", data::ColumnType::Number, {}, {1.5, -2}, {0, 0}};
    value.raw.attributes = {"xã.shp", {names, numbers}, 7};
    value.raw.crs = geo::Crs::epsg(9209);
    value.raw.crs_candidates = {{geo::Crs::wgs84(), true, 0.75}};
    value.raw.encoding = "TCVN3";
    value.raw.evidence = Evidence::Content;
    value.raw.sample_names = {"Xã Tân Thạnh"};
    base::Finding finding;
    finding.severity = base::Severity::Problem;
    finding.key = "gap";
    finding.args = {{"text", "a"}, {"whole", std::int64_t{1} << 40}, {"number", 0.1}};
    finding.unit = "00001";
    finding.amount = 2.5;
    finding.amount_unit = "m2";
    finding.at = {105.5, 9.25};
    value.raw.findings = {finding, {}};
    value.findings = {finding};

    geo::PolygonSoup soup;
    for (const auto x : {0.0, 1.0}) {
        for (const auto p : {geo::Point{0, 0}, {1, 0}, {1, 1}, {0, 1}})
            soup.points.push_back({x + p.x, p.y});
        soup.end_ring();
        soup.end_face();
    }
    base::JobContext ctx;
    value.coverage = geo::build_coverage(soup, {}, ctx).coverage;
    return value;
}

void check_same(const base::Findings& a, const base::Findings& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a[i].severity == b[i].severity);
        CHECK(a[i].key == b[i].key);
        CHECK(a[i].args == b[i].args);
        CHECK(a[i].unit == b[i].unit);
        CHECK(a[i].amount == b[i].amount);
        CHECK(a[i].amount_unit == b[i].amount_unit);
        CHECK(a[i].at == b[i].at);
    }
}

template <typename T> bool same_bytes(std::span<const T> a, std::span<const T> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

} // namespace

TEST_CASE("the cache gives back all but the soup") {
    const OwnCache cache;
    CHECK_FALSE(read_cache("k"));
    const auto value = sample();
    write_cache("k", value);
    const auto read = read_cache("k");
    REQUIRE(read);
    CHECK(read->raw.source == value.raw.source);
    CHECK(read->raw.units.code == value.raw.units.code);
    CHECK(read->raw.units.name == value.raw.units.name);
    CHECK(read->raw.units.type == value.raw.units.type);
    CHECK(read->raw.units.parent == value.raw.units.parent);
    CHECK(read->raw.units.groups[1][0].name == "Huyện A");
    CHECK(read->raw.attributes.column_names() == value.raw.attributes.column_names());
    CHECK(read->raw.attributes.columns[0].null == value.raw.attributes.columns[0].null);
    CHECK(read->raw.attributes.columns[1].number == value.raw.attributes.columns[1].number);
    CHECK(read->raw.attributes.first_row == 7);
    CHECK(read->raw.crs == value.raw.crs);
    REQUIRE(read->raw.crs_candidates.size() == 1);
    CHECK(read->raw.crs_candidates[0].swapped);
    CHECK(read->raw.crs_candidates[0].fit == 0.75);
    CHECK(read->raw.encoding == "TCVN3");
    CHECK(read->raw.evidence == Evidence::Content);
    CHECK(read->raw.sample_names == value.raw.sample_names);
    check_same(read->raw.findings, value.raw.findings);
    check_same(read->findings, value.findings);
    CHECK(read->raw.soup.faces() == 0);

    const auto &a = *read->coverage, &b = *value.coverage;
    CHECK(same_bytes(a.vertices(), b.vertices()));
    CHECK(same_bytes(a.drop_at_m(), b.drop_at_m()));
    CHECK(same_bytes(a.arcs(), b.arcs()));
    CHECK(same_bytes(a.arc_refs(), b.arc_refs()));
    CHECK(same_bytes(a.rings(), b.rings()));
    CHECK(same_bytes(a.faces(), b.faces()));
    CHECK(a.node_arcs() == b.node_arcs());
    CHECK(a.crs() == b.crs());
    CHECK(std::ranges::equal(a.contacts(), b.contacts()));
}

TEST_CASE("any damage makes a cache file useless, and it goes away") {
    const OwnCache cache;
    write_cache("k", sample());
    const auto file = cache.file();
    const auto whole = base::read_file(file);
    const auto damaged = [&](const std::string& bytes) {
        std::ofstream(file, std::ios::binary) << bytes;
        const bool used = read_cache("k").has_value();
        CHECK_FALSE(fs::exists(file));
        return !used;
    };
    for (std::size_t at = 0; at < whole.size(); at += 61) { // meets headers, counts and contents
        auto bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        CAPTURE(at);
        CHECK(damaged(bytes));
    }
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{31}, std::size_t{64}, whole.size() / 2, whole.size() - 1})
        CHECK(damaged(whole.substr(0, size)));
    CHECK(damaged(whole + std::string(32, 'x')));
    std::ofstream(file, std::ios::binary) << whole;
    CHECK(read_cache("k"));
    // A file under the name of another key is not taken for it.
    fs::copy(file, file.parent_path() / "other.coverage");
    CHECK_FALSE(read_cache("other"));
}

TEST_CASE("a cache that cannot be written is no error") {
    const OwnCache cache;
    setenv("XDG_CACHE_HOME", "/proc/no-such-folder", 1);
    write_cache("k", sample());
    CHECK_FALSE(read_cache("k"));
}

TEST_CASE("the key changes with everything that matters") {
    const test::TempFolder folder;
    BoundarySource source;
    source.file = folder / "a.shp";
    std::ofstream(source.file) << "shape";
    const auto key = cache_key(source, "", CacheContent::Levels);
    CHECK(key == cache_key(source, "", CacheContent::Levels));
    CHECK(key != cache_key(source, "1e-6deg", CacheContent::Levels));
    CHECK(key != cache_key(source, "", CacheContent::Shapes));
    for (auto member :
         {&BoundarySource::layer, &BoundarySource::code_column, &BoundarySource::name_column,
          &BoundarySource::encoding, &BoundarySource::crs}) {
        auto other = source;
        other.*member = "x";
        CHECK(key != cache_key(other, "", CacheContent::Levels));
    }
    // The same file by another path is the same file.
    auto detour = source;
    detour.file = folder.path() / "." / "a.shp";
    CHECK(key == cache_key(detour, "", CacheContent::Levels));
    std::ofstream(folder / "a.cpg") << "UTF-8"; // a side file appears
    const auto with_cpg = cache_key(source, "", CacheContent::Levels);
    CHECK(with_cpg != key);
    fs::last_write_time(source.file, fs::file_time_type::clock::now() + std::chrono::hours(1));
    CHECK(cache_key(source, "", CacheContent::Levels) != with_cpg);
}
