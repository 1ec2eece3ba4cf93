// Finding units by name within their district and province: the ladder of names.
//
// Guarantee: a name matches by itself only if it is written the same (capitals, blanks and the
// place of the tone mark apart) and stands once within the parent that the row names. Everything
// else is a suggestion that waits for a yes; an alias is a yes given before.
#pragma once

#include "data/units.hpp"

#include <optional>
#include <string>
#include <vector>

namespace diaban::data {

// How a name was found, surest first.
enum class NameStep : std::uint8_t {
    Alias,       // approved before
    Written,     // the same text: NFC, capitals and blanks aside
    Tone,        // hòa / hoà
    Letters,     // mỹ / mĩ
    Prefix,      // "X. Tân Thạnh" / "Xã Tân Thạnh" / "Tân Thạnh"
    Diacritics,  // "tan thanh"
    OtherParent, // the same name in another district of the province
    Edit,        // a few letters differ
};
std::string_view to_string(NameStep step); // "alias", "written", "tone" ...

// A name as a table gives it. Empty parents are unknown. `coded`: the row also has a code, which
// is none of the units'.
struct NameRow {
    std::string name, district, province; // a parent's name, or its code
    bool coded = false;
    friend bool operator==(const NameRow&, const NameRow&) = default;
};

struct NameCandidate {
    std::size_t unit;
    NameStep step;
    std::size_t distance = 0; // letters that differ, without diacritics; of Edit
    bool taken = false;       // another row has this unit already
};

struct NameMatch {
    std::optional<std::size_t> unit;
    NameStep step = NameStep::Written;
    // Without a unit: what it may be, likeliest first, at most kMostCandidates.
    std::vector<NameCandidate> candidates;
    // True if the first candidate is likelier than the second.
    bool clear() const;
};
inline constexpr std::size_t kMostCandidates = 5;

// An approved name. Empty parents stand for any.
struct Alias {
    std::string name, district, province;
    UnitCode code;
    friend bool operator==(const Alias&, const Alias&) = default;
};

// Refers to `units`, which must outlive it. `taken[unit]` = 1 for units that have a row by code;
// shorter = none. Rows should be distinct. Time grows with rows + units, and within one parent with
// the names that remain times the units that remain.
std::vector<NameMatch> match_names(const UnitTable& units, const std::vector<NameRow>& rows,
                                   const std::vector<Alias>& aliases,
                                   std::vector<std::uint8_t> taken = {});

// A tone_key without "xã", "x.", "phường", "p.", "thị trấn", "tt.", "đặc khu", "đk" before it, and
// without the zeros of "phường 01". "xa la" keeps its "xa": the word needs its own tone.
std::string without_prefix(std::string_view tone_key, Level level);

} // namespace diaban::data
