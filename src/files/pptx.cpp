#include "files/pptx.hpp"

#include "base/paths.hpp"
#include "files/pptx_parts.hpp"
#include "files/xml.hpp"
#include "files/zip_writer.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace diaban::files {
namespace {

constexpr std::string_view kRelation =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view kPackageNames =
    "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr std::string_view kPresentationType =
    "application/vnd.openxmlformats-officedocument.presentationml.";
// A style that every program for slides brings along: a heading in colour, rows in turn.
constexpr std::string_view kTableStyle = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}";

constexpr double kFootPoints = 14;
constexpr double kNotesPoints = 12; // on paper, before whoever speaks

long emu(double mm) {
    return std::lround(mm * static_cast<double>(kEmuPer_mm));
}
SlidePlace placed(const SlideBox& box) {
    return {emu(box.x), emu(box.y), emu(box.width), emu(box.height)};
}

// The relationships of one part, numbered as they come: "rId1", "rId2" ...
class Relations {
public:
    std::string add(std::string_view kind, std::string_view target) {
        const auto id = "rId" + std::to_string(++count_);
        rows_ += fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"/>", id,
                             kind.starts_with("http") ? std::string(kind)
                                                      : std::string(kRelation) + std::string(kind),
                             target);
        return id;
    }
    std::string xml() const {
        return std::string(kXmlHead) +
               fmt::format("<Relationships xmlns=\"{}\">{}</Relationships>", kPackageNames, rows_);
    }

private:
    std::string rows_;
    int count_ = 0;
};

std::vector<std::string_view> lines_of_text(std::string_view text) {
    std::vector<std::string_view> out;
    while (true) {
        const auto end = text.find('\n');
        out.push_back(text.substr(0, end));
        if (end == text.npos) return out;
        text.remove_prefix(end + 1);
    }
}

std::size_t letters_in(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

// So that a title stays in its box: in one line as long as it can be read from afar, else in two.
double title_points(std::string_view title) {
    constexpr double kUsual = 28, kLeast = 20, kTwoLines = 18;
    constexpr double kOneLine = 58; // letters of a line in the usual size
    const auto letters = static_cast<double>(letters_in(title));
    if (letters <= kOneLine) return kUsual;
    const double fits = std::floor(kUsual * kOneLine / letters);
    return fits >= kLeast ? fits : kTwoLines;
}

// The subtitle has one line.
double subtitle_points(std::string_view subtitle) {
    constexpr double kUsual = 17, kLeast = 14;
    constexpr double kOneLine = 105; // letters of a line in the usual size
    const auto letters = std::max(1.0, static_cast<double>(letters_in(subtitle)));
    return std::clamp(std::floor(kUsual * kOneLine / letters), kLeast, kUsual);
}

// Colour and letters of what stands at the foot, told by the text itself: not every program takes
// them over from the layout there.
std::string foot_ink(const char* colour) {
    return fmt::format("<a:solidFill><a:schemeClr val=\"{}\"/></a:solidFill>"
                       "<a:latin typeface=\"+mn-lt\"/>",
                       colour);
}

// Slides, notes and their pictures, as they are written one after another.
class DeckWriter {
public:
    explicit DeckWriter(const Deck& deck)
        : deck_(deck), language_(deck.language == "en" ? "en-US" : "vi-VN") {}
    std::string write();

private:
    void part(const std::string& name, std::string_view content, std::string_view type) {
        types_ += fmt::format("<Override PartName=\"/{}\" ContentType=\"{}\"/>", name, type);
        parts_.emplace_back(name, content);
    }
    void relations(const std::string& part, const Relations& of) {
        const auto slash = part.rfind('/') + 1; // 0 for the package itself
        parts_.emplace_back(part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels",
                            of.xml());
    }
    // `look`: attributes of the run, `ink`: elements within them.
    std::string look_of_run(const char* element, std::string_view look,
                            std::string_view ink) const {
        return fmt::format("<a:{0} lang=\"{1}\"{2}>{3}</a:{0}>", element, language_, look, ink);
    }
    std::string run(std::string_view text, std::string_view look, std::string_view ink) const {
        if (text.empty()) return look_of_run("endParaRPr", look, ink);
        return "<a:r>" + look_of_run("rPr", look, ink) + "<a:t>" + xml_text(text) + "</a:t></a:r>";
    }
    std::string paragraphs(std::string_view text, std::string_view look = {},
                           std::string_view style = {}, std::string_view ink = {}) const {
        std::string out;
        for (const auto line : lines_of_text(text))
            out += "<a:p>" + std::string(style) + run(line, look, ink) + "</a:p>";
        return out;
    }
    std::string held_text(int id, const char* name, const char* kind,
                          const std::string& content) const;
    std::string picture(const SlidePicture& picture, int id, Relations& relations);
    std::string text_box(const SlideText& text, int id) const;
    std::string table(const SlideTable& table, int id) const;
    void slide(const Slide& slide, std::size_t number);
    void notes(const Slide& slide, std::size_t number);
    void add_presentation();
    void add_masters();
    void add_properties();

    const Deck& deck_;
    std::string language_, types_;
    std::vector<std::pair<std::string, std::string>> parts_;
    std::size_t images_ = 0;
};

// A text in a place that the layout has for it.
std::string DeckWriter::held_text(int id, const char* name, const char* kind,
                                  const std::string& content) const {
    return fmt::format("<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr>"
                       "<a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph {}/></p:nvPr></p:nvSpPr>"
                       "<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{}</p:txBody></p:sp>",
                       id, name, kind, content);
}

std::string DeckWriter::picture(const SlidePicture& picture, int id, Relations& relations) {
    const auto image = [&](const std::string& bytes, const char* ending) {
        const auto name = fmt::format("image{}.{}", ++images_, ending);
        parts_.emplace_back("ppt/media/" + name, bytes);
        return relations.add("image", "../media/" + name);
    };
    auto blip = fmt::format("<a:blip r:embed=\"{}\"", image(picture.png, "png"));
    if (picture.svg.empty())
        blip += "/>";
    else
        blip += fmt::format("><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">"
                            "<asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/"
                            "drawing/2016/SVG/main\" r:embed=\"{}\"/></a:ext></a:extLst></a:blip>",
                            image(picture.svg, "svg"));
    return fmt::format(
        "<p:pic><p:nvPicPr><p:cNvPr id=\"{}\" name=\"Picture {}\" descr=\"{}\"/><p:cNvPicPr>"
        "<a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>{}"
        "<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>{}</a:xfrm>"
        "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>",
        id, id, xml_text(picture.description), blip, place_xml(placed(picture.at)));
}

std::string look_of(double points, bool bold) {
    return fmt::format(" sz=\"{}\"{}", std::lround(points * 100), bold ? " b=\"1\"" : "");
}

std::string DeckWriter::text_box(const SlideText& text, int id) const {
    return fmt::format(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Text {}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/>"
        "</p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
        "<a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" "
        "rIns=\"0\" bIns=\"0\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{}</p:txBody></p:sp>",
        id, id, place_xml(placed(text.at)), paragraphs(text.text, look_of(text.points, text.bold)));
}

std::string DeckWriter::table(const SlideTable& table, int id) const {
    const auto place = placed(table.at);
    const auto columns = table.rows.empty() ? 0 : table.rows.front().size();
    double shares = 0;
    for (std::size_t c = 0; c < columns; ++c)
        shares += c < table.shares.size() ? table.shares[c] : 1;
    std::string grid, rows;
    for (std::size_t c = 0; c < columns; ++c)
        grid += fmt::format("<a:gridCol w=\"{}\"/>",
                            std::lround(static_cast<double>(place.width) *
                                        (c < table.shares.size() ? table.shares[c] : 1) / shares));
    const auto height = place.height / std::max<long>(1, static_cast<long>(table.rows.size()));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto& row = table.rows[r];
        assert(row.size() == columns);
        rows += fmt::format("<a:tr h=\"{}\">",
                            r < table.heights.size() ? emu(table.heights[r]) : height);
        const bool heading = r == 0;
        for (std::size_t c = 0; c < columns; ++c) {
            const bool right = c < table.numbers.size() && table.numbers[c];
            rows += "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>" +
                    paragraphs(row[c], look_of(table.points, heading),
                               right ? "<a:pPr algn=\"r\"/>" : "") +
                    "</a:txBody><a:tcPr marT=\"18288\" marB=\"18288\" anchor=\"ctr\"/></a:tc>";
        }
        rows += "</a:tr>";
    }
    return fmt::format(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{}\" name=\"Table {}\"/>"
        "<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/>"
        "</p:nvGraphicFramePr><p:xfrm>{}</p:xfrm><a:graphic><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl>"
        "<a:tblPr firstRow=\"1\" bandRow=\"1\"><a:tableStyleId>{}</a:tableStyleId></a:tblPr>"
        "<a:tblGrid>{}</a:tblGrid>{}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        id, id, place_xml(place), kTableStyle, grid, rows);
}

void DeckWriter::slide(const Slide& slide, std::size_t number) {
    const auto name = fmt::format("ppt/slides/slide{}.xml", number);
    Relations relations_of;
    relations_of.add("slideLayout", "../slideLayouts/slideLayout1.xml");
    std::string shapes =
        held_text(2, "Title", "type=\"title\"",
                  paragraphs(slide.title, look_of(title_points(slide.title), true)));
    if (!slide.subtitle.empty())
        shapes +=
            held_text(3, "Subtitle", "type=\"body\" idx=\"1\"",
                      paragraphs(slide.subtitle, look_of(subtitle_points(slide.subtitle), false)));
    int id = 10;
    for (const auto& one : slide.pictures) shapes += picture(one, id++, relations_of);
    for (const auto& one : slide.texts) shapes += text_box(one, id++);
    for (const auto& one : slide.tables) shapes += table(one, id++);
    if (!deck_.banner.empty())
        shapes += held_text(4, "Footer", "type=\"ftr\" sz=\"quarter\" idx=\"11\"",
                            paragraphs(deck_.banner, look_of(kFootPoints, true),
                                       "<a:pPr algn=\"l\"/>", foot_ink("accent6")));
    shapes += held_text(
        5, "Number", "type=\"sldNum\" sz=\"quarter\" idx=\"12\"",
        fmt::format("<a:p><a:pPr algn=\"r\"/>"
                    "<a:fld id=\"{{00000000-0000-4000-8000-000000000001}}\" "
                    "type=\"slidenum\">{}<a:t>{}</a:t></a:fld></a:p>",
                    look_of_run("rPr", look_of(kFootPoints, false), foot_ink("tx2")), number));
    if (!slide.notes.empty()) {
        relations_of.add("notesSlide", fmt::format("../notesSlides/notesSlide{}.xml", number));
        notes(slide, number);
    }
    part(name,
         std::string(kXmlHead) + "<p:sld" + kSlideNames + "><p:cSld><p:spTree>" + kTreeHead +
             shapes +
             "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
         std::string(kPresentationType) + "slide+xml");
    relations(name, relations_of);
}

void DeckWriter::notes(const Slide& slide, std::size_t number) {
    const auto name = fmt::format("ppt/notesSlides/notesSlide{}.xml", number);
    Relations relations_of;
    relations_of.add("notesMaster", "../notesMasters/notesMaster1.xml");
    relations_of.add("slide", fmt::format("../slides/slide{}.xml", number));
    part(name,
         std::string(kXmlHead) + "<p:notes" + kSlideNames + "><p:cSld><p:spTree>" + kTreeHead +
             "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks "
             "noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph "
             "type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>" +
             held_text(3, "Notes", "type=\"body\" sz=\"quarter\" idx=\"3\"",
                       paragraphs(slide.notes, look_of(kNotesPoints, false),
                                  "<a:pPr marL=\"0\" indent=\"0\"><a:buNone/></a:pPr>")) +
             "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
         std::string(kPresentationType) + "notesSlide+xml");
    relations(name, relations_of);
}

void DeckWriter::add_masters() {
    const auto type = [](const char* kind) { return std::string(kPresentationType) + kind; };
    constexpr const char* kThemeType = "application/vnd.openxmlformats-officedocument.theme+xml";
    Relations of_master, of_layout, of_notes;
    of_master.add("slideLayout", "../slideLayouts/slideLayout1.xml");
    of_master.add("theme", "../theme/theme1.xml");
    of_layout.add("slideMaster", "../slideMasters/slideMaster1.xml");
    of_notes.add("theme", "../theme/theme2.xml");
    part("ppt/slideMasters/slideMaster1.xml", slide_master_xml(), type("slideMaster+xml"));
    relations("ppt/slideMasters/slideMaster1.xml", of_master);
    part("ppt/slideLayouts/slideLayout1.xml", slide_layout_xml(), type("slideLayout+xml"));
    relations("ppt/slideLayouts/slideLayout1.xml", of_layout);
    part("ppt/notesMasters/notesMaster1.xml", notes_master_xml(), type("notesMaster+xml"));
    relations("ppt/notesMasters/notesMaster1.xml", of_notes);
    // Two masters share no theme.
    part("ppt/theme/theme1.xml", theme_xml(), kThemeType);
    part("ppt/theme/theme2.xml", theme_xml(), kThemeType);
}

void DeckWriter::add_presentation() {
    Relations of;
    const auto master = of.add("slideMaster", "slideMasters/slideMaster1.xml");
    const auto notes_master = of.add("notesMaster", "notesMasters/notesMaster1.xml");
    std::string slides;
    for (std::size_t n = 1; n <= deck_.slides.size(); ++n)
        slides += fmt::format("<p:sldId id=\"{}\" r:id=\"{}\"/>", 255 + n,
                              of.add("slide", fmt::format("slides/slide{}.xml", n)));
    of.add("presProps", "presProps.xml");
    of.add("viewProps", "viewProps.xml");
    of.add("theme", "theme/theme1.xml");
    of.add("tableStyles", "tableStyles.xml");
    const auto type = [](const char* kind) { return std::string(kPresentationType) + kind; };
    part("ppt/presentation.xml",
         std::string(kXmlHead) + "<p:presentation" + kSlideNames +
             fmt::format("><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"{}\"/>"
                         "</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"{}\"/>"
                         "</p:notesMasterIdLst><p:sldIdLst>{}</p:sldIdLst><p:sldSz cx=\"{}\" "
                         "cy=\"{}\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>"
                         "<p:defaultTextStyle>{}</p:defaultTextStyle></p:presentation>",
                         master, notes_master, slides, kSlideWidth, kSlideHeight,
                         plain_text_style_xml()),
         type("presentation.main+xml"));
    relations("ppt/presentation.xml", of);
    const auto plain = [](const char* name, const char* content) {
        return std::string(kXmlHead) + "<p:" + name + kSlideNames + content;
    };
    part("ppt/presProps.xml", plain("presentationPr", "/>"), type("presProps+xml"));
    part("ppt/viewProps.xml", plain("viewPr", "/>"), type("viewProps+xml"));
    part("ppt/tableStyles.xml",
         std::string(kXmlHead) +
             fmt::format("<a:tblStyleLst "
                         "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                         "def=\"{}\"/>",
                         kTableStyle),
         type("tableStyles+xml"));
}

void DeckWriter::add_properties() {
    part("docProps/core.xml",
         std::string(kXmlHead) +
             fmt::format(
                 "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/"
                 "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                 "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                 "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>"
                 "<dc:subject>{}</dc:subject><dc:creator>Diaban</dc:creator>"
                 "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z"
                 "</dcterms:created></cp:coreProperties>",
                 xml_text(deck_.title), xml_text(deck_.subtitle)),
         "application/vnd.openxmlformats-package.core-properties+xml");
    part("docProps/app.xml",
         std::string(kXmlHead) +
             fmt::format("<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/"
                         "2006/extended-properties\"><Application>Diaban</Application>"
                         "<Slides>{}</Slides></Properties>",
                         deck_.slides.size()),
         "application/vnd.openxmlformats-officedocument.extended-properties+xml");
}

std::string DeckWriter::write() {
    Relations of_package;
    of_package.add("officeDocument", "ppt/presentation.xml");
    of_package.add("http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
                   "core-properties",
                   "docProps/core.xml");
    of_package.add("extended-properties", "docProps/app.xml");
    relations("", of_package);
    add_properties();
    add_presentation();
    add_masters();
    for (std::size_t s = 0; s < deck_.slides.size(); ++s) slide(deck_.slides[s], s + 1);
    ZipWriter zip;
    zip.add("[Content_Types].xml",
            std::string(kXmlHead) +
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                "<Default Extension=\"rels\" ContentType=\"application/"
                "vnd.openxmlformats-package.relationships+xml\"/>"
                "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                "<Default Extension=\"png\" ContentType=\"image/png\"/>"
                "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>" +
                types_ + "</Types>");
    for (const auto& [name, content] : parts_)
        zip.add(name, content,
                name.ends_with(".png") ? ZipWriter::Packing::Store : ZipWriter::Packing::Deflate);
    return zip.finish();
}

} // namespace

SlideBox room_of_slide() {
    constexpr auto kEmu = static_cast<double>(kEmuPer_mm);
    return {0, kRoomTop / kEmu, kSlideWidth / kEmu, (kFootTop - kRoomTop) / kEmu};
}

std::string deck_bytes(const Deck& deck) {
    return DeckWriter(deck).write();
}

void write_deck(const Deck& deck, const std::filesystem::path& file) {
    base::write_file(file, deck_bytes(deck));
}

} // namespace diaban::files
