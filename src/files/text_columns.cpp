#include "files/text_columns.hpp"

#include "base/text.hpp"
#include "files/encoding.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace diaban::files {
namespace {

using base::Severity;

// Different cells with letters beyond ASCII, spread over the file; enough to be sure, few enough to
// be quick.
std::vector<std::string_view> telling_cells(const data::RawTable& raw) {
    constexpr std::size_t kMost = 400;
    std::vector<std::string_view> all;
    std::unordered_set<std::string_view> seen;
    for (const auto& column : raw.columns)
        for (const auto& cell : column.text)
            if (!base::is_ascii(cell) && seen.insert(cell).second) all.push_back(cell);
    if (all.size() <= kMost) return all;
    std::vector<std::string_view> some;
    for (std::size_t i = 0; i < kMost; ++i) some.push_back(all[i * all.size() / kMost]);
    return some;
}

// The dBASE language bytes that name a code page (ESRI and Visual FoxPro lists); "" for others.
std::string encoding_of_language(std::uint8_t language) {
    switch (language) {
    case 0x01:
        return "CP437";
    case 0x02:
        return "CP850";
    case 0x03:
        return "CP1252";
    case 0x57:
        return "CP1252"; // "ANSI": what most programs write whatever the text is in
    case 0x58:
        return "CP1252";
    case 0x59:
        return "CP1252";
    case 0x7C:
        return "CP874";
    case 0xC8:
        return "CP1250";
    case 0xC9:
        return "CP1251";
    case 0xCA:
        return "CP1254";
    case 0xCB:
        return "CP1253";
    case 0xCC:
        return "CP1257";
    default:
        return "";
    }
}

bool readable(const std::vector<std::string_view>& cells, const std::string& encoding) {
    std::size_t bad = 0;
    for (const auto cell : cells) decode(cell, encoding, &bad);
    return bad == 0;
}

// The bytes of text that was taken for Windows-1252; nothing if it cannot have been. Control
// characters stand for the five bytes that code page leaves open.
std::optional<std::string> bytes_of_misread(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t size = 1;
        while (i + size < text.size() &&
               (static_cast<unsigned char>(text[i + size]) & 0xC0u) == 0x80u)
            ++size;
        const auto letter = text.substr(i, size);
        i += size;
        if (size == 2 && letter[0] == '\xC2' && static_cast<unsigned char>(letter[1]) < 0xA0) {
            out += letter[1];
            continue;
        }
        try {
            out += encode(letter, "CP1252");
        } catch (const base::Error&) {
            return std::nullopt;
        }
    }
    return out;
}

// Below this share of Vietnamese words a text is not Vietnamese in that encoding.
constexpr double kConvincing = 0.6;

// Text that GDAL already made UTF-8: right as it is, unless it reads as Vietnamese only after the
// bytes are taken back.
EncodingChoice check_decoded(const std::vector<std::string_view>& cells,
                             const EncodingClaims& claims, base::Findings& findings) {
    const EncodingChoice as_it_is{"UTF-8", Evidence::Format};
    if (cells.empty() || score_encoding(cells, "UTF-8") >= kConvincing) return as_it_is;
    std::vector<std::string> bytes;
    for (const auto cell : cells)
        if (auto raw = bytes_of_misread(cell)) bytes.push_back(std::move(*raw));
    if (bytes.size() * 10 < cells.size() * 9) return as_it_is;
    const auto best = score_encodings({bytes.begin(), bytes.end()}).front();
    if (best.score < kConvincing) return as_it_is;
    findings.push_back(base::finding(Severity::Warning, "misread_text",
                                     {{"file", claims.file},
                                      {"encoding", best.encoding},
                                      {"before", std::string(cells.front())},
                                      {"example", decode(bytes.front(), best.encoding)}}));
    return {best.encoding, Evidence::Content, true};
}

} // namespace

EncodingChoice choose_encoding(const data::RawTable& raw, const EncodingClaims& claims,
                               base::Findings& findings) {
    const bool automatic = claims.user.empty() || base::lower(claims.user) == "auto";
    const auto cells = telling_cells(raw);
    // A MapInfo table of charset "Neutral" is handed on undecoded.
    const bool decoded = claims.decoded && readable(cells, "UTF-8");
    if (!automatic) {
        const auto user = canonical_encoding(claims.user);
        return {user, Evidence::User, decoded && user != "UTF-8"};
    }
    if (decoded) return check_decoded(cells, claims, findings);

    std::string claimed = claims.cpg, by_byte = encoding_of_language(claims.language);
    if (!claimed.empty() && !encoding_known(claimed)) {
        findings.push_back(base::finding(Severity::Warning, "unknown_cpg",
                                         {{"file", claims.file}, {"cpg", claims.cpg}}));
        claimed.clear();
    }
    const auto evidence = !claimed.empty() ? Evidence::Cpg : Evidence::DbfByte;
    if (claimed.empty()) claimed = by_byte;
    if (!claimed.empty()) claimed = canonical_encoding(claimed);

    if (cells.empty()) {
        if (claimed.empty()) return {"UTF-8", Evidence::Content};
        return {claimed, evidence};
    }
    const auto best = score_encodings(cells).front();
    if (claimed.empty()) {
        if (best.score >= kConvincing) return {best.encoding, Evidence::Content};
        claimed = readable(cells, "UTF-8") ? "UTF-8" : "CP1252";
        findings.push_back(base::finding(Severity::Warning, "encoding_unsure",
                                         {{"file", claims.file}, {"encoding", claimed}}));
        return {claimed, Evidence::Content};
    }
    const double score = score_encoding(cells, claimed);
    constexpr double kClearly = 0.2;
    if (best.encoding == claimed || best.score < kConvincing || best.score < score + kClearly) {
        if (readable(cells, claimed)) return {claimed, evidence};
        if (best.score < kConvincing && readable(cells, "UTF-8"))
            return {"UTF-8", Evidence::Content};
        return {claimed, evidence}; // the unreadable bytes are reported when they are decoded
    }
    if (evidence == Evidence::Cpg)
        findings.push_back(base::finding(Severity::Warning, "lying_cpg",
                                         {{"file", claims.file},
                                          {"cpg", claims.cpg},
                                          {"encoding", best.encoding},
                                          {"example", decode(cells.front(), best.encoding)}}));
    return {best.encoding, Evidence::Content};
}

void LostLetters::look(std::string_view text) {
    for (auto at = text.find('?'); at != text.npos; at = text.find('?', at + 1)) {
        if (at + 1 == text.size()) return;
        const auto next = static_cast<unsigned char>(text[at + 1]);
        if (next < 0x80 && !std::isalpha(next)) continue;
        if (text.find("://") != text.npos) return; // the question of a link
        if (count_++ == 0) example_ = text;
        return;
    }
}

void LostLetters::report(const std::string& file, std::string_view encoding,
                         base::Findings& findings) const {
    if (count_ == 0) return;
    auto note = base::finding(Severity::Warning, "lost_letters",
                              {{"file", file},
                               {"count", static_cast<std::int64_t>(count_)},
                               {"example", decode(example_, encoding)}});
    note.amount = static_cast<double>(count_);
    note.amount_unit = "cells";
    findings.push_back(std::move(note));
}

void decode_table(data::RawTable& table, const EncodingChoice& choice, const std::string& file,
                  base::Findings& findings) {
    std::size_t bad_cells = 0, form_d = 0;
    LostLetters lost;
    std::string example;
    const bool utf8 = choice.encoding == "UTF-8";
    for (auto& column : table.columns) {
        column.name = decode(column.name, choice.encoding);
        // Names of districts and provinces repeat; each spelling is decoded once.
        std::unordered_map<std::string, std::string> known;
        for (auto& cell : column.text) {
            lost.look(cell);
            if (base::is_ascii(cell)) continue;
            const auto [at, is_new] = known.try_emplace(cell);
            if (is_new) {
                std::size_t bad = 0;
                const auto misread = choice.misread ? bytes_of_misread(cell) : std::nullopt;
                at->second = decode(misread ? *misread : cell, choice.encoding, &bad);
                if (bad > 0) {
                    ++bad_cells;
                    if (example.empty()) example = at->second;
                }
                form_d += utf8 && bad == 0 && at->second != cell;
            }
            cell = at->second;
        }
    }
    if (bad_cells > 0) {
        auto note = base::finding(Severity::Problem, "unreadable_text",
                                  {{"file", file},
                                   {"encoding", choice.encoding},
                                   {"count", static_cast<std::int64_t>(bad_cells)},
                                   {"example", example}});
        note.amount = static_cast<double>(bad_cells);
        note.amount_unit = "cells";
        findings.push_back(std::move(note));
    }
    lost.report(file, choice.encoding, findings);
    if (form_d > 0) {
        auto note = base::finding(Severity::Info, "decomposed_text",
                                  {{"file", file}, {"count", static_cast<std::int64_t>(form_d)}});
        note.amount = static_cast<double>(form_d);
        note.amount_unit = "cells";
        findings.push_back(std::move(note));
    }
}

} // namespace diaban::files
