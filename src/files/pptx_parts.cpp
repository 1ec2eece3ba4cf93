#include "files/pptx_parts.hpp"

#include <fmt/format.h>
#include <string_view>

namespace diaban::files {
namespace {

constexpr const char* kColourMap =
    "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" "
    "accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" "
    "accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>";

// A place for text that slides take over.
std::string placeholder(int id, const char* name, const char* kind, const SlidePlace& place,
                        const char* body, const char* style, const char* content) {
    return fmt::format(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>"
        "</p:cNvSpPr><p:nvPr><p:ph {}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>"
        "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody>"
        "<a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" {}><a:normAutofit/></a:bodyPr>"
        "<a:lstStyle>{}</a:lstStyle><a:p>{}</a:p></p:txBody></p:sp>",
        id, name, kind, place_xml(place), body, style, content);
}

// Title, subtitle, classification and number: where they stand and how they look.
std::string places_of_texts() {
    constexpr const char* kNumberField =
        "<a:fld id=\"{00000000-0000-4000-8000-000000000001}\" type=\"slidenum\">"
        "<a:rPr lang=\"vi-VN\"/><a:t>‹#›</a:t></a:fld>";
    return placeholder(2, "Title", "type=\"title\"", kTitlePlace, "anchor=\"b\"", "",
                       "<a:endParaRPr lang=\"vi-VN\"/>") +
           placeholder(3, "Subtitle", "type=\"body\" idx=\"1\"", kSubtitlePlace, "anchor=\"t\"",
                       "<a:lvl1pPr marL=\"0\" indent=\"0\"><a:buNone/><a:defRPr sz=\"1700\">"
                       "<a:solidFill><a:schemeClr val=\"tx2\"/></a:solidFill></a:defRPr>"
                       "</a:lvl1pPr>",
                       "<a:endParaRPr lang=\"vi-VN\"/>") +
           placeholder(4, "Footer", "type=\"ftr\" sz=\"quarter\" idx=\"11\"", kBannerPlace,
                       "anchor=\"ctr\"",
                       "<a:lvl1pPr algn=\"l\"><a:defRPr sz=\"1400\" b=\"1\"><a:solidFill>"
                       "<a:schemeClr val=\"accent6\"/></a:solidFill></a:defRPr></a:lvl1pPr>",
                       "<a:endParaRPr lang=\"vi-VN\"/>") +
           placeholder(5, "Number", "type=\"sldNum\" sz=\"quarter\" idx=\"12\"", kNumberPlace,
                       "anchor=\"ctr\"",
                       "<a:lvl1pPr algn=\"r\"><a:defRPr sz=\"1400\"><a:solidFill>"
                       "<a:schemeClr val=\"tx2\"/></a:solidFill></a:defRPr></a:lvl1pPr>",
                       kNumberField);
}

std::string scheme_colour(std::string_view name, std::string_view rgb) {
    return fmt::format("<a:{0}><a:srgbClr val=\"{1}\"/></a:{0}>", name, rgb);
}

std::string font_of_theme(std::string_view kind) {
    // On every computer that shows slides, with all Vietnamese letters.
    return fmt::format("<a:{0}><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/>"
                       "<a:cs typeface=\"\"/></a:{0}>",
                       kind);
}

} // namespace

std::string place_xml(const SlidePlace& place) {
    return fmt::format("<a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/>", place.x, place.y,
                       place.width, place.height);
}

std::string theme_xml() {
    constexpr const char* kFill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    std::string lines, effects, fills;
    for (const int width : {6350, 12700, 19050}) {
        lines += fmt::format("<a:ln w=\"{}\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\">{}"
                             "<a:prstDash val=\"solid\"/></a:ln>",
                             width, kFill);
        effects += "<a:effectStyle><a:effectLst/></a:effectStyle>";
        fills += kFill;
    }
    std::string colours;
    // Those of the program: teal, amber and plum are those of statuses.
    for (const auto& [name, rgb] : {std::pair{"dk1", "23262B"},
                                    {"lt1", "FFFFFF"},
                                    {"dk2", "43484F"},
                                    {"lt2", "F1F0EC"},
                                    {"accent1", "2E8B7F"},
                                    {"accent2", "F0B84A"},
                                    {"accent3", "7B3F8C"},
                                    {"accent4", "3B6FA0"},
                                    {"accent5", "8A9099"},
                                    {"accent6", "9A5B00"},
                                    {"hlink", "1F5F99"},
                                    {"folHlink", "7B3F8C"}})
        colours += scheme_colour(name, rgb);
    return std::string(kXmlHead) +
           "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
           "name=\"Diaban\"><a:themeElements><a:clrScheme name=\"Diaban\">" +
           colours + "</a:clrScheme><a:fontScheme name=\"Diaban\">" + font_of_theme("majorFont") +
           font_of_theme("minorFont") +
           "</a:fontScheme><a:fmtScheme name=\"Diaban\"><a:fillStyleLst>" + fills +
           "</a:fillStyleLst><a:lnStyleLst>" + lines + "</a:lnStyleLst><a:effectStyleLst>" +
           effects + "</a:effectStyleLst><a:bgFillStyleLst>" + fills +
           "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>";
}

std::string plain_text_style_xml() {
    return "<a:lvl1pPr><a:defRPr sz=\"1800\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>"
           "<a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr>";
}

std::string slide_master_xml() {
    std::string levels;
    for (int level = 1; level <= 9; ++level)
        levels +=
            fmt::format("<a:lvl{}pPr marL=\"{}\" indent=\"-228600\"><a:buChar char=\"•\"/>"
                        "<a:defRPr sz=\"1800\"><a:solidFill><a:schemeClr val=\"tx1\"/>"
                        "</a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl{}pPr>",
                        level, 228600 * level, level);
    return std::string(kXmlHead) + "<p:sldMaster" + kSlideNames +
           "><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill>"
           "<a:effectLst/></p:bgPr></p:bg><p:spTree>" +
           kTreeHead + places_of_texts() + "</p:spTree></p:cSld>" + kColourMap +
           "<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst>"
           "<p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\"><a:buNone/><a:defRPr sz=\"2800\" "
           "b=\"1\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>"
           "<a:latin typeface=\"+mj-lt\"/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>" +
           levels + "</p:bodyStyle><p:otherStyle>" + plain_text_style_xml() +
           "</p:otherStyle></p:txStyles></p:sldMaster>";
}

std::string slide_layout_xml() {
    return std::string(kXmlHead) + "<p:sldLayout" + kSlideNames +
           " preserve=\"1\" userDrawn=\"1\"><p:cSld name=\"Diaban\"><p:spTree>" + kTreeHead +
           places_of_texts() +
           "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>";
}

std::string notes_master_xml() {
    // An upright sheet with the slide above its words.
    constexpr SlidePlace kPicture{685'800, 685'800, 5'486'400, 3'086'100};
    constexpr SlidePlace kWords{685'800, 3'943'350, 5'486'400, 4'743'450};
    return std::string(kXmlHead) + "<p:notesMaster" + kSlideNames +
           "><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill>"
           "<a:effectLst/></p:bgPr></p:bg><p:spTree>" +
           kTreeHead +
           "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" "
           "noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" "
           "idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>" +
           place_xml(kPicture) +
           "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:sp>" +
           placeholder(3, "Notes", "type=\"body\" sz=\"quarter\" idx=\"3\"", kWords, "", "",
                       "<a:endParaRPr lang=\"vi-VN\"/>") +
           "</p:spTree></p:cSld>" + kColourMap +
           "<p:notesStyle><a:lvl1pPr><a:defRPr sz=\"1200\"><a:solidFill>"
           "<a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr>"
           "</a:lvl1pPr></p:notesStyle></p:notesMaster>";
}

} // namespace diaban::files
