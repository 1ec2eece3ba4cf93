// From the raw bytes of a .dbf to text: which encoding, and why. Private to src/files.
#pragma once

#include "base/error.hpp"
#include "data/table.hpp"
#include "files/boundaries.hpp"

namespace diaban::files {

// What is known before looking at the text.
struct EncodingClaims {
    std::string user;          // "auto" or the user's choice
    std::string cpg;           // content of the .cpg; empty if there is none
    std::uint8_t language = 0; // the .dbf's language byte
    bool decoded = false;      // GDAL gives UTF-8, made from what the file says of itself
    std::string file;
};

struct EncodingChoice {
    std::string encoding;
    Evidence evidence = Evidence::Format;
    // The file called its bytes Windows-1252 and GDAL made UTF-8 of that, wrongly: the bytes are
    // won back before they are decoded. Common in MapInfo tables with TCVN3 or VNI fonts.
    bool misread = false;
};

// Decides in the order of conventions.md 3 and reports a .cpg that the text belies.
EncodingChoice choose_encoding(const data::RawTable& raw, const EncodingClaims& claims,
                               base::Findings& findings);

// Counts texts with question marks within words ("Ph??ng"): what a program writes for letters that
// its encoding lacks. Nobody can bring them back, so it must be told.
class LostLetters {
public:
    void look(std::string_view text);
    // `encoding` is that of the texts looked at.
    void report(const std::string& file, std::string_view encoding, base::Findings& findings) const;

private:
    std::size_t count_ = 0;
    std::string example_;
};

// Decodes names and text cells in place, to UTF-8 NFC; reports unreadable bytes, lost letters and
// form D.
void decode_table(data::RawTable& table, const EncodingChoice& choice, const std::string& file,
                  base::Findings& findings);

} // namespace diaban::files
