// Decks of slides (.pptx) for a meeting: titles, texts and tables that can be edited, pictures of
// maps, and notes for whoever speaks.
//
// Guarantees: Office Open XML (ISO/IEC 29500-1) that refers to no part that is not there; the same
// deck gives the same bytes: fixed dates, no name of a person, a program's user or a folder. What
// texts do not fit their box is the caller's care, but titles, which are set smaller as they grow.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace diaban::files {

// 16:9, as PowerPoint has it: 13 1/3 x 7 1/2 inches.
inline constexpr double kSlideWidth_mm = 40.0 / 3 * 25.4, kSlideHeight_mm = 7.5 * 25.4;

// Millimetres from the upper left corner of the slide.
struct SlideBox {
    double x = 0, y = 0, width = 0, height = 0;
};
// What is left between titles and the foot of a slide, over its whole width.
SlideBox room_of_slide();

struct SlidePicture {
    SlideBox at;
    std::string png;
    std::string svg;         // shown in place of the PNG where that is known; may be empty
    std::string description; // for those who do not see it
};
struct SlideText {
    SlideBox at;
    std::string text; // a paragraph for each line
    double points = 18;
    bool bold = false;
};
struct SlideTable {
    SlideBox at;
    std::vector<std::vector<std::string>> rows; // equally long, the first is the heading
    std::vector<double> shares;                 // of the width; empty: equal columns
    std::vector<double> heights;                // of rows, in mm; empty: equally high
    std::vector<bool> numbers;                  // columns that stand to the right; may be empty
    double points = 14;
};
struct Slide {
    std::string title, subtitle;
    std::vector<SlidePicture> pictures;
    std::vector<SlideText> texts;
    std::vector<SlideTable> tables;
    std::string notes; // a paragraph for each line; may be empty
};
struct Deck {
    std::string title, subtitle; // of the file
    std::string language;        // "vi"
    std::string banner;          // at the foot of every slide: its classification; may be empty
    std::vector<Slide> slides;   // numbered from 1
};

std::string deck_bytes(const Deck& deck);
// Whole or not at all. Throws Error Write.
void write_deck(const Deck& deck, const std::filesystem::path& file);

} // namespace diaban::files
