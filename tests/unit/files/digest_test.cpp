// Against the examples of NIST for SHA-256 (FIPS 180-2, appendix B) and its test vectors for bytes.
#include "files/digest.hpp"

#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban;

namespace {

void put(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

} // namespace

TEST_CASE("bytes have the SHA-256 that NIST says") {
    const auto sha256 = [](std::string_view bytes) { return files::digest_of(bytes).sha256; };
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256("\xbd") == "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b");
    const std::string million(1000000, 'a');
    CHECK(sha256(million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(files::digest_of(million).bytes == 1000000);
}

TEST_CASE("a file of several pieces has the digest of its bytes") {
    const test::TempFolder folder;
    base::JobContext ctx;
    std::string bytes;
    for (int i = 0; i < 3000000; ++i) bytes += static_cast<char>(i % 251);
    put(folder / "lớn.bin", bytes);
    put(folder / "rỗng.bin", "");
    CHECK(files::digest_of_file(folder / "lớn.bin", ctx) == files::digest_of(bytes));
    CHECK(files::digest_of_file(folder / "rỗng.bin", ctx) == files::digest_of(""));
    CHECK(test::thrown_key([&] { files::digest_of_file(folder / "không có", ctx); },
                           base::ErrorKind::Input) == "error.file.missing");
    CHECK(test::thrown_key([&] { files::digest_of_file(folder.path(), ctx); },
                           base::ErrorKind::Input) == "error.file.cannot_read");
}

TEST_CASE("a shapefile has its parts, a database its journal, and others nothing") {
    const test::TempFolder folder;
    for (const char* name :
         {"xa.shp", "xa.shx", "xa.DBF", "xa.prj", "khac.dbf", "so.csv", "kho.db"})
        put(folder / name, "x");
    const auto names = [&](const char* name) {
        std::string out;
        for (const auto& file : files::with_companions(folder / name))
            out += file.filename().string() + " ";
        return out;
    };
    CHECK(names("xa.shp") == "xa.shp xa.shx xa.DBF xa.prj ");
    CHECK(names("so.csv") == "so.csv ");
    put(folder / "kho.db-wal", "");
    CHECK(names("kho.db") == "kho.db "); // nothing is in it
    put(folder / "kho.db-wal", "x");
    CHECK(names("kho.db") == "kho.db kho.db-wal ");
}
