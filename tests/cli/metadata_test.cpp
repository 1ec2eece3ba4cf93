// No file tells who made it or where: neither a folder nor the user's, the machine's or the
// temporary folder's name is in any of its bytes, packed ones included.
#include "cli/program.hpp"

#include <array>
#include <libdeflate.h>
#include <memory>
#include <unistd.h>

using namespace diaban::test;

namespace {

// Unpacks what begins at `at`, however long it is; empty if nothing packed begins there.
std::string unpacked(const std::string& bytes, std::size_t at, bool zlib) {
    static const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)>
        kUnpacker(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    constexpr std::size_t kMost = std::size_t{1} << 27;
    for (std::size_t room = std::size_t{1} << 16; room <= kMost; room *= 8) {
        std::string out(room, '\0');
        std::size_t used = 0, made = 0;
        const auto unpack = zlib ? libdeflate_zlib_decompress_ex : libdeflate_deflate_decompress_ex;
        const auto result = unpack(kUnpacker.get(), bytes.data() + at, bytes.size() - at,
                                   out.data(), out.size(), &used, &made);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE) continue;
        if (result != LIBDEFLATE_SUCCESS) return {};
        out.resize(made);
        return out;
    }
    return {};
}

std::string lower(std::string text) {
    for (auto& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return text;
}

// The bytes in small letters, and all that is packed in them: parts of archives, streams of PDF, chunks of PNG,
// strips of TIFF.
void add_views(const std::string& bytes, int depth, std::vector<std::string>& out) {
    out.push_back(lower(bytes));
    if (depth == 0) return;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    for (std::size_t i = 0; i + 30 < bytes.size(); ++i) {
        std::string inner;
        if (bytes.compare(i, 4, "PK\x03\x04") == 0 && byte(i + 8) == 8)
            inner = unpacked(bytes,
                             i + 30 + byte(i + 26) + byte(i + 27) * 256U + byte(i + 28) +
                                 byte(i + 29) * 256U,
                             false);
        else if (byte(i) == 0x78 && (byte(i) * 256U + byte(i + 1)) % 31 == 0)
            inner = unpacked(bytes, i, true);
        if (inner.size() > 16) add_views(inner, depth - 1, out);
    }
}

// The word as it is, as UTF-16 in both orders, and that in hexadecimal as in a PDF.
Words written_as(const std::string& word) {
    Words out{lower(word)};
    for (const bool high_first : {false, true}) {
        std::string wide, hex;
        for (const char c : lower(word)) wide += high_first ? std::string{'\0', c} : std::string{c, '\0'};
        for (const char c : wide) {
            hex += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
            hex += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
        }
        out.push_back(wide);
        out.push_back(hex);
    }
    return out;
}

Words places_told(const fs::path& file, const Words& words) {
    std::vector<std::string> views;
    add_views(slurp(file), 3, views);
    Words out;
    for (const auto& word : words)
        for (const auto& spelling : written_as(word))
            for (const auto& view : views)
                if (contains(view, spelling)) {
                    out.push_back(word);
                    break;
                }
    return out;
}

} // namespace

TEST_CASE("a word is found in packed bytes") {
    const Bench bench;
    spit(bench / "a.txt", "nothing");
    CHECK(places_told(bench / "a.txt", {"nguyenvanbi"}).empty());
    // What the program itself packs: a title that holds the word.
    const Words map{"map",    "--store", sample_store().string(), "--indicator", "DR01",
                    "--year", "2012",    "--title",               "Map of nguyenvanbi"};
    for (const auto* name : {"a.pdf", "a.pptx"}) {
        REQUIRE(bench.run(map + Words{"--out", name}).code == 0);
        INFO(name);
        CHECK_FALSE(places_told(bench / name, {"nguyenvanbi"}).empty());
    }
    CHECK(places_told(bench / "a.pdf.masked.csv", {"nguyenvanbi"}).empty());
}

TEST_CASE("no file tells the folder, the user, the machine or a temporary place") {
    const Bench bench;
    const auto home = bench / "home/nguyenvanbi";
    fs::create_directories(home);
    fs::create_directories(bench / "tam_xyzzy");
    fs::create_directories(bench / "ra");
    fs::copy(sample_store(), home / "k.sqlite");
    const RunOptions as_user{.environment = {{"HOME", home.string()},
                                             {"USER", std::string("nguyenvanbi")},
                                             {"LOGNAME", std::string("nguyenvanbi")},
                                             {"HOSTNAME", std::string("may_phong_xyzzy")},
                                             {"TMPDIR", (bench / "tam_xyzzy").string()}}};
    const auto store = (home / "k.sqlite").string();
    const Words data{"--store", store, "--year", "2012"};
    const Words one = data + Words{"--indicator", "DR01"};
    std::size_t made = 0;
    const auto make = [&](const Words& words, const std::string& flag, const std::string& name) {
        auto all = words + Words{flag, "ra/" + name};
        if (flag == "--out") all = all + Words{"--manifest", "ra/" + name + ".json"};
        const auto outcome = bench.run(all, as_user);
        INFO(name << ": " << outcome.err);
        CHECK(outcome.code == 0);
        ++made;
    };
    for (const auto* ending : {"png", "pdf", "svg", "pptx"})
        make(Words{"map"} + one, "--out", std::string("ban_do.") + ending);
    make(Words{"map"} + one + Words{"--size", "500x400px"}, "--out", "ban_do.tif");
    make(Words{"map"} + one + Words{"--size", "500x400px", "--world-file"}, "--out", "the_gioi.png");
    make({"map", "--store", store, "--indicator", "DR01", "--years", "2011,2012", "--size",
          "800x600px"},
         "--out", "cac_nam.apng");
    for (const auto* ending : {"csv", "xlsx", "ods", "html"})
        make(Words{"table"} + data + Words{"--columns", "code,DR01"}, "--out",
             std::string("bang.") + ending);
    make({"store", "export", store, "--summary", "--year", "2012"}, "--out", "tong_hop.xlsx");
    make({"store", "export", store, "--indicator", "DR01"}, "--out", "kho.csv");
    for (const auto* ending : {"gpkg", "shp", "geojson", "fgb", "kml", "gpx"})
        make({"near", "--store", store, "--to", "port", "--within", "20km"}, "--out",
             std::string("gan.") + ending);
    make({"near", "--store", store, "--to", "port", "--within", "20km"}, "--map", "gan.pdf");
    make(Words{"hotspots"} + one, "--out", "cum.gpkg");
    for (const auto* ending : {"pdf", "svg", "csv"})
        make(Words{"chart"} + one + Words{"--kind", "histogram"}, "--out",
             std::string("bieu_do.") + ending);
    make({"carry", "--store", store, "--vintage", "2009", "--to-vintage", "2025"}, "--out",
         "mang.csv");
    std::array<char, 256> host{};
    REQUIRE(gethostname(host.data(), host.size() - 1) == 0);
    Words words{bench.folder.path().filename().string(), "nguyenvanbi", "xyzzy", "/tmp/"};
    // A short name may stand anywhere by chance.
    if (std::string(host.data()).size() > 5) words.emplace_back(host.data());
    const auto files = names_in(bench / "ra");
    CHECK(files.size() > made);
    for (const auto& name : files) {
        if (fs::is_directory(bench / "ra" / name)) continue;
        INFO(name);
        CHECK(places_told(bench / "ra" / name, words) == Words{});
    }
}
