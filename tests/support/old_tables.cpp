#include "support/old_tables.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <stdexcept>

namespace diaban::test {
namespace {

template <class Number> void put(std::string& out, Number value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value); // little-endian, as the file and x86 are
    out.append(bytes, sizeof value);
}

void record(std::string& out, std::uint16_t type, const std::string& content) {
    put(out, type);
    put(out, static_cast<std::uint16_t>(content.size()));
    out += content;
}

// UTF-8 of the basic plane only.
std::u16string utf16(const std::string& text) {
    std::u16string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto at = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
        const int length = at(0) < 0x80 ? 1 : at(0) < 0xE0 ? 2 : 3;
        unsigned code = length == 1 ? at(0) : length == 2 ? at(0) & 0x1FU : at(0) & 0x0FU;
        for (int k = 1; k < length; ++k)
            code = code << 6 | (at(static_cast<std::size_t>(k)) & 0x3FU);
        out.push_back(static_cast<char16_t>(code));
        i += static_cast<std::size_t>(length);
    }
    return out;
}

// Number of characters, a flag for their width, the characters.
template <class Length> std::string xls_text(const std::string& text, bool bytes) {
    std::string out;
    if (bytes) {
        put(out, static_cast<Length>(text.size()));
        out += '\0';
        return out + text;
    }
    const auto wide = utf16(text);
    put(out, static_cast<Length>(wide.size()));
    out += '\1';
    for (const auto c : wide) put(out, c);
    return out;
}

std::string beginning(std::uint16_t kind) {
    std::string out;
    for (const std::uint16_t word :
         {std::uint16_t{0x0600}, kind, std::uint16_t{0x0DBB}, std::uint16_t{0x07CC},
          std::uint16_t{0}, std::uint16_t{0}, std::uint16_t{6}, std::uint16_t{0}})
        put(out, word);
    return out;
}

bool number(const std::string& text) {
    return !text.empty() && (text == "0" || text[0] != '0') && text.size() < 10 &&
           text.find_first_not_of("0123456789") == std::string::npos;
}

std::string cells_of(const TextRows& rows, std::vector<std::string>& strings) {
    std::string out;
    std::size_t width = 0;
    for (const auto& row : rows) width = std::max(width, row.size());
    std::string size;
    put(size, std::uint32_t{0});
    put(size, static_cast<std::uint32_t>(rows.size()));
    put(size, std::uint16_t{0});
    put(size, static_cast<std::uint16_t>(width));
    put(size, std::uint16_t{0});
    record(out, 0x0200, size);
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            const auto& text = rows[r][c];
            if (text.empty()) continue;
            std::string cell;
            put(cell, static_cast<std::uint16_t>(r));
            put(cell, static_cast<std::uint16_t>(c));
            put(cell, std::uint16_t{0});
            if (number(text)) {
                put(cell, std::stod(text));
                record(out, 0x0203, cell);
            } else {
                put(cell, static_cast<std::uint32_t>(strings.size()));
                strings.push_back(text);
                record(out, 0x00FD, cell);
            }
        }
    return out;
}

std::string workbook_of(const std::string& sheet, const TextRows& rows, bool bytes) {
    std::vector<std::string> strings;
    const auto cells = cells_of(rows, strings);
    std::string table;
    put(table, static_cast<std::uint32_t>(strings.size()));
    put(table, static_cast<std::uint32_t>(strings.size()));
    for (const auto& text : strings) table += xls_text<std::uint16_t>(text, bytes);
    if (table.size() > 8224) throw std::runtime_error("too much text for one record");

    std::string before;
    record(before, 0x0809, beginning(0x0005));
    record(before, 0x0042, std::string("\xB0\x04", 2)); // UTF-16
    std::string after;
    record(after, 0x00FC, table);
    record(after, 0x000A, "");
    // Where the sheet begins is known once everything before it is.
    auto name = xls_text<std::uint8_t>(sheet, false);
    const auto start = before.size() + 4 + 6 + name.size() + after.size();
    std::string bound;
    put(bound, static_cast<std::uint32_t>(start));
    put(bound, std::uint16_t{0});
    record(before, 0x0085, bound + name);
    auto book = before + after;
    record(book, 0x0809, beginning(0x0010));
    book += cells;
    record(book, 0x000A, "");
    return book;
}

constexpr std::size_t kSector = 512;
constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE, kFree = 0xFFFFFFFF, kFat = 0xFFFFFFFD;

std::string entry(const std::string& name, std::uint8_t type, std::uint32_t child,
                  std::uint32_t start, std::uint32_t size) {
    std::string out;
    for (const auto c : utf16(name)) put(out, c);
    out.resize(64);
    put(out, static_cast<std::uint16_t>(2 * (name.size() + 1)));
    out += static_cast<char>(type);
    out += '\1'; // black
    put(out, kFree);
    put(out, kFree);
    put(out, child);
    out.resize(116);
    put(out, start);
    put(out, size);
    out.resize(128);
    return out;
}

// One stream in a compound file: allocation table, directory, the stream.
std::string compound(std::string stream) {
    constexpr std::size_t kLeast = 4096; // smaller streams lie in another place
    stream.resize(std::max(kLeast, (stream.size() + kSector - 1) / kSector * kSector));
    const auto sectors = static_cast<std::uint32_t>(stream.size() / kSector);
    std::string fat;
    put(fat, kFat);
    put(fat, kEndOfChain);
    for (std::uint32_t s = 0; s < sectors; ++s) put(fat, s + 1 < sectors ? 2 + s + 1 : kEndOfChain);
    if (fat.size() > kSector) throw std::runtime_error("too much for one allocation sector");
    while (fat.size() < kSector) put(fat, kFree);

    std::string head("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    head.resize(24);
    for (const auto word : std::array<std::uint16_t, 5>{0x003E, 0x0003, 0xFFFE, 0x0009, 0x0006})
        put(head, word);
    head.resize(44);
    put(head, std::uint32_t{1}); // allocation sectors
    put(head, std::uint32_t{1}); // the directory's
    put(head, std::uint32_t{0});
    put(head, std::uint32_t{4096}); // least size of a stream
    put(head, kEndOfChain);
    put(head, std::uint32_t{0});
    put(head, kEndOfChain);
    put(head, std::uint32_t{0});
    put(head, std::uint32_t{0}); // the allocation sector's place
    while (head.size() < kSector) put(head, kFree);

    auto directory = entry("Root Entry", 5, 1, kEndOfChain, 0) +
                     entry("Workbook", 2, kFree, 2, static_cast<std::uint32_t>(stream.size()));
    directory += entry("", 0, kFree, 0, 0) + entry("", 0, kFree, 0, 0);
    return head + fat + directory + stream;
}

} // namespace

void write_xls(const std::filesystem::path& file, const std::string& sheet, const TextRows& rows,
               bool bytes) {
    std::ofstream(file, std::ios::binary) << compound(workbook_of(sheet, rows, bytes));
}

void write_dbf(const std::filesystem::path& file, const TextRows& rows,
               const std::string& encoding) {
    GDALAllRegister();
    auto* driver = GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
    auto* dataset = driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    if (!dataset) throw std::runtime_error("GDAL cannot write " + file.string());
    char** options = CSLSetNameValue(nullptr, "ENCODING", ""); // bytes as they are
    auto* layer = dataset->CreateLayer(file.stem().c_str(), nullptr, wkbNone, options);
    CSLDestroy(options);
    for (const auto& name : rows.front()) {
        OGRFieldDefn field(name.c_str(), OFTString);
        field.SetWidth(80);
        layer->CreateField(&field);
    }
    for (std::size_t r = 1; r < rows.size(); ++r) {
        auto* feature = OGRFeature::CreateFeature(layer->GetLayerDefn());
        for (std::size_t c = 0; c < rows[r].size(); ++c)
            if (!rows[r][c].empty()) feature->SetField(static_cast<int>(c), rows[r][c].c_str());
        if (layer->CreateFeature(feature) != OGRERR_NONE)
            throw std::runtime_error("GDAL cannot write a row");
        OGRFeature::DestroyFeature(feature);
    }
    GDALClose(dataset);
    const auto beside = std::filesystem::path(file).replace_extension(".cpg");
    std::filesystem::remove(beside);
    if (!encoding.empty()) std::ofstream(beside) << encoding;
}

} // namespace diaban::test
