// Decks of slides, taken apart by GDAL's readers of zip and XML.
#include "files/pptx.hpp"

#include "support/archive.hpp"
#include "unit/files/pictures.hpp"

#include <cpl_minixml.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <cstdlib>
#include <ctime>
#include <map>
#include <regex>
#include <set>

using namespace diaban;
using namespace diaban::test;
namespace fs = std::filesystem;

namespace {

files::Deck two_slides() {
    const auto room = files::room_of_slide();
    files::Deck deck{.title = "Trọng điểm & lành mạnh",
                     .subtitle = "Tỉnh mẫu",
                     .language = "vi",
                     .banner = "Lưu hành nội bộ",
                     .slides = {}};
    files::Slide first{.title = "Xã <trọng điểm> & \"lành mạnh\"", .subtitle = "Năm 2010"};
    first.pictures.push_back({.at = room,
                              .png = png_by_gdal(8, 5, 1),
                              .svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                              .description = "Bản đồ <2010>"});
    first.pictures.push_back(
        {.at = {10, 10, 20, 20}, .png = png_by_gdal(8, 5, 2), .svg = {}, .description = {}});
    first.notes = "Trọng điểm: 3\n\nKhông có dữ liệu: 2";
    files::Slide second{.title = "Bảng", .subtitle = {}};
    second.texts.push_back({.at = {20, 40, 100, 30}, .text = "dòng một\ndòng hai", .bold = true});
    second.tables.push_back({.at = {150, 40, 150, 60},
                             .rows = {{"Xã", "Số người"}, {"Xã Tân <A>", "1.234"}},
                             .shares = {2, 1},
                             .numbers = {false, true}});
    deck.slides = {first, second};
    return deck;
}

// The parts of a package by name.
std::map<std::string, std::string> parts_of(const fs::path& file) {
    std::map<std::string, std::string> parts;
    char** names = VSIReadDirRecursive(("/vsizip/{" + file.string() + "}").c_str());
    for (char** name = names; name && *name; ++name)
        if (const std::string one = *name; !one.ends_with("/")) parts[one] = text_in_zip(file, one);
    CSLDestroy(names);
    return parts;
}

std::vector<std::string> all(const std::string& text, const char* form) {
    const std::regex pattern(form);
    std::vector<std::string> out;
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
        out.push_back((*it)[1]);
    return out;
}

// "ppt/slides" and "../media/a.png" -> "ppt/media/a.png".
std::string target_of(const std::string& rels, const std::string& target) {
    const auto folder = fs::path(rels).parent_path().parent_path(); // without _rels
    return (folder / target).lexically_normal().generic_string();
}

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
    return n;
}

} // namespace

TEST_CASE("every part of a deck is well formed, has a type, and refers to parts that are there") {
    const TempFolder folder;
    const auto file = folder / "deck.pptx";
    files::write_deck(two_slides(), file);
    const auto parts = parts_of(file);
    REQUIRE(parts.contains("[Content_Types].xml"));
    const auto& types = parts.at("[Content_Types].xml");
    std::size_t relationships = 0;
    for (const auto& [name, content] : parts) {
        INFO(name);
        if (name.ends_with(".png")) {
            CHECK(content.starts_with("\x89PNG"));
            continue;
        }
        CPLErrorReset();
        auto* tree = CPLParseXMLString(content.c_str());
        CHECK(tree);
        CHECK(CPLGetLastErrorType() == CE_None);
        CPLDestroyXMLNode(tree);
        const auto ending = name.substr(name.rfind('.') + 1);
        if (name != "[Content_Types].xml")
            CHECK((types.find("PartName=\"/" + name + "\"") != types.npos || ending == "rels" ||
                   ending == "svg"));
        CHECK(types.find("Extension=\"" + ending + "\"") != types.npos);
        if (ending != "rels") continue;
        // The part that refers is there too; the package itself has no name.
        if (name != "_rels/.rels")
            CHECK(parts.contains(target_of(name, fs::path(name).stem().string())));
        const auto ids = all(content, " Id=\"([^\"]*)\"");
        CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
        for (const auto& target : all(content, " Target=\"([^\"]*)\"")) {
            INFO(target);
            CHECK(parts.contains(target_of(name, target)));
            ++relationships;
        }
    }
    CHECK(relationships > 20);
    for (const auto& name : all(types, "PartName=\"/([^\"]*)\"")) CHECK(parts.contains(name));
    // What a part names by r:id or r:embed stands among its relationships.
    std::size_t named = 0;
    for (const auto& [name, content] : parts) {
        if (!name.ends_with(".xml")) continue;
        const auto path = fs::path(name);
        const auto rels =
            (path.parent_path() / "_rels" / (path.filename().string() + ".rels")).generic_string();
        for (const auto& id : all(content, " r:(?:id|embed)=\"([^\"]*)\"")) {
            INFO(name << " " << id);
            REQUIRE(parts.contains(rels));
            CHECK(parts.at(rels).find(" Id=\"" + id + "\"") != std::string::npos);
            ++named;
        }
    }
    CHECK(named == 8); // master, notes master, layout, two slides, three images
}

TEST_CASE("titles, texts, tables, notes and the classification of a deck stand as text in it") {
    const TempFolder folder;
    const auto file = folder / "deck.pptx";
    files::write_deck(two_slides(), file);
    const auto first = text_in_zip(file, "ppt/slides/slide1.xml");
    const auto second = text_in_zip(file, "ppt/slides/slide2.xml");
    CHECK(times(first, "Xã &lt;trọng điểm&gt; &amp; &quot;lành mạnh&quot;") == 1);
    CHECK(times(first, "<p:ph type=\"title\"/>") == 1);
    CHECK(times(first, "<a:t>Năm 2010</a:t>") == 1);
    CHECK(times(first, "descr=\"Bản đồ &lt;2010&gt;\"") == 1);
    for (const auto& slide : {first, second})
        CHECK(times(slide, "<a:t>Lưu hành nội bộ</a:t>") == 1);
    CHECK(times(second, "<a:t>dòng một</a:t>") == 1);
    CHECK(times(second, "<a:tr ") == 2);
    CHECK(times(second, "<a:t>Xã Tân &lt;A&gt;</a:t>") == 1);
    const auto notes = text_in_zip(file, "ppt/notesSlides/notesSlide1.xml");
    CHECK(times(notes, "<a:t>Trọng điểm: 3</a:t>") == 1);
    CHECK(times(notes, "<a:p>") == 3);
    CHECK_FALSE(parts_of(file).contains("ppt/notesSlides/notesSlide2.xml"));
    // The whole slide is 16:9, the picture lies between titles and foot.
    const auto room = files::room_of_slide();
    CHECK(files::kSlideWidth_mm / files::kSlideHeight_mm == Approx(16.0 / 9));
    CHECK(room.width == Approx(files::kSlideWidth_mm));
    CHECK(room.y + room.height < files::kSlideHeight_mm);
    CHECK(times(text_in_zip(file, "ppt/presentation.xml"),
                "<p:sldSz cx=\"12192000\" cy=\"6858000\"/>") == 1);
    // A picture's bytes are those that were given.
    CHECK(text_in_zip(file, "ppt/media/image1.png") == two_slides().slides[0].pictures[0].png);
}

TEST_CASE("no text of a deck but its table is smaller than 14 points, and long titles shrink") {
    files::Deck deck{.title = {}, .subtitle = {}, .language = "en", .banner = "Internal"};
    const auto size_of_title = [&](std::size_t letters) {
        deck.slides = {{.title = std::string(letters, 'x'), .subtitle = "s"}};
        const TempFolder folder;
        files::write_deck(deck, folder / "a.pptx");
        const auto slide = text_in_zip(folder / "a.pptx", "ppt/slides/slide1.xml");
        for (const auto* part : {"ppt/slideLayouts/slideLayout1.xml", "ppt/slides/slide1.xml"})
            for (const auto& size : all(text_in_zip(folder / "a.pptx", part), " sz=\"([0-9]+)\""))
                CHECK(std::stoi(size) >= 1400);
        CHECK(times(slide, "lang=\"en-US\"") > 0);
        return std::stoi(all(slide, " sz=\"([0-9]+)\"").front());
    };
    CHECK(size_of_title(20) == 2800);
    CHECK(size_of_title(70) < 2800);
    CHECK(size_of_title(70) >= 2000);
    CHECK(size_of_title(170) >= 1800);
}

TEST_CASE("what stands at the foot and in the notes of a deck says itself how it looks") {
    // Programs for slides differ in what they take over from layouts there.
    const TempFolder folder;
    files::write_deck(two_slides(), folder / "a.pptx");
    const auto slide = text_in_zip(folder / "a.pptx", "ppt/slides/slide1.xml");
    const auto shape = [&](const std::string& place) {
        const auto from = slide.find("<p:ph type=\"" + place + "\"");
        REQUIRE(from != slide.npos);
        return slide.substr(from, slide.find("</p:sp>", from) - from);
    };
    for (const auto& [place, side] : {std::pair{"ftr", "l"}, {"sldNum", "r"}}) {
        const auto words = shape(place);
        INFO(words);
        CHECK(times(words, std::string("algn=\"") + side + "\"") == 1);
        CHECK(times(words, "sz=\"1400\"") == 1);
        CHECK(times(words, "<a:latin typeface=\"+mn-lt\"/>") == 1);
        CHECK(times(words, "<a:schemeClr ") == 1);
    }
    const auto notes = text_in_zip(folder / "a.pptx", "ppt/notesSlides/notesSlide1.xml");
    CHECK(times(notes, "sz=\"1200\"") == 3);
    CHECK(times(notes, "indent=\"0\"") == 3);
    const auto whole = text_in_zip(folder / "a.pptx", "ppt/presentation.xml");
    CHECK(times(whole, "<p:defaultTextStyle><a:lvl1pPr>") == 1);
}

TEST_CASE("the room of a slide is nearly all of it, and rows of a table are as high as asked") {
    const auto room = files::room_of_slide();
    CHECK(room.height > 0.79 * files::kSlideHeight_mm);
    auto deck = two_slides();
    const TempFolder folder;
    const auto heights = [&] {
        files::write_deck(deck, folder / "a.pptx");
        return all(text_in_zip(folder / "a.pptx", "ppt/slides/slide2.xml"), "<a:tr h=\"([0-9]+)\"");
    };
    CHECK(heights() == std::vector<std::string>{"1080000", "1080000"});
    deck.slides[1].tables[0].heights = {10, 50};
    CHECK(heights() == std::vector<std::string>{"360000", "1800000"});
}

TEST_CASE("a deck has the same bytes in any place and time, and tells of no person") {
    const auto first = files::deck_bytes(two_slides());
    const char* zone = std::getenv("TZ");
    const std::string before = zone ? zone : "";
    setenv("TZ", "Pacific/Kiritimati", 1);
    tzset();
    CHECK(files::deck_bytes(two_slides()) == first);
    zone ? setenv("TZ", before.c_str(), 1) : unsetenv("TZ");
    tzset();
    const TempFolder folder;
    files::write_deck(two_slides(), folder / "deck.pptx");
    const auto properties = text_in_zip(folder / "deck.pptx", "docProps/core.xml");
    CHECK(times(properties, "<dc:title>Trọng điểm &amp; lành mạnh</dc:title>") == 1);
    CHECK(times(properties, "<dc:creator>Diaban</dc:creator>") == 1);
    CHECK(times(properties, "2000-01-01T00:00:00Z") == 1);
    for (const auto& [name, content] : parts_of(folder / "deck.pptx"))
        CHECK(content.find(folder.path().string()) == std::string::npos);
}
