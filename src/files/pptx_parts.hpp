// The parts that are the same in every deck: theme, masters, layout. Private to src/files.
#pragma once

#include <string>

namespace diaban::files {

inline constexpr const char* kXmlHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
// The names that slides, masters and layouts use.
inline constexpr const char* kSlideNames =
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
// What every tree of shapes begins with.
inline constexpr const char* kTreeHead =
    "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>";

// Places on a slide, in EMU (914,400 to the inch).
inline constexpr long kEmuPerInch = 914'400, kEmuPer_mm = 36'000;
inline constexpr long kSlideWidth = 12'192'000, kSlideHeight = 6'858'000;
struct SlidePlace {
    long x, y, width, height;
};
inline constexpr long kSide = 292'608; // where the margin of a picture over the whole width ends
inline constexpr SlidePlace kTitlePlace{kSide, 126'000, kSlideWidth - 2 * kSide, 558'000};
inline constexpr SlidePlace kSubtitlePlace{kSide, 684'000, kSlideWidth - 2 * kSide, 288'000};
// Titles need two lines of 18 points, the subtitle one of 17, the foot one of 14; all else is for
// the map.
inline constexpr long kRoomTop = 1'008'000, kFootTop = 6'534'000, kFootHeight = 252'000;
inline constexpr SlidePlace kBannerPlace{kSide, kFootTop, 9'144'000, kFootHeight};
inline constexpr SlidePlace kNumberPlace{kSlideWidth - kSide - 1'371'600, kFootTop, 1'371'600,
                                         kFootHeight};

// "<a:off .../><a:ext .../>"
std::string place_xml(const SlidePlace& place);
std::string theme_xml();
// Of texts in no place of the layout.
std::string plain_text_style_xml();
std::string slide_master_xml();
std::string slide_layout_xml();
std::string notes_master_xml();

} // namespace diaban::files
