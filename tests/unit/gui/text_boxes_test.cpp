// Which texts of a frame lie over one another: on made-up boxes, and on what Dear ImGui draws.
#include "gui/text_boxes.hpp"

#include <catch2/catch.hpp>
#include <imgui.h>

using namespace diaban::gui;

namespace {

TextBox text_box(const char* text, float x0, float y0, float x1, float y1,
                 const char* panel = "export") {
    return {panel, text, x0, y0, x1, y1};
}

// A frame of 400 x 300 with its default font, drawn nowhere.
struct DrawnFrame {
    DrawnFrame() {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {400, 300};
        io.DeltaTime = 1 / 60.0F;
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
        io.Fonts->SetTexID(reinterpret_cast<ImTextureID>(std::intptr_t{1}));
        ImGui::NewFrame();
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({400, 300});
        ImGui::Begin("panel", nullptr, ImGuiWindowFlags_NoDecoration);
    }
    ~DrawnFrame() { ImGui::DestroyContext(); }
    DrawnFrame(const DrawnFrame&) = delete;
    DrawnFrame& operator=(const DrawnFrame&) = delete;
    std::vector<TextBox> texts() {
        ImGui::End();
        ImGui::Render();
        return texts_drawn(*ImGui::GetDrawData());
    }
};

} // namespace

TEST_CASE("texts that cover each other in a panel are found, neighbours are not") {
    const auto first = text_box("Khổ giấy", 10, 10, 80, 24);
    const auto found = [&](const TextBox& other) {
        const std::vector<TextBox> both{first, other};
        return !overlapping(both).empty();
    };
    CHECK(found(text_box("Độ mật", 60, 12, 120, 26)));          // over its end
    CHECK(found(text_box("A3", 30, 11, 40, 23)));               // within it
    CHECK(found(text_box("Khổ giấy", 10, 16, 80, 30)));         // itself, half a line below
    CHECK_FALSE(found(text_box("A3", 90, 10, 110, 24)));        // beside it
    CHECK_FALSE(found(text_box("A3", 79, 10, 110, 24)));        // touching
    CHECK_FALSE(found(text_box("Độ mật", 10, 22, 80, 36)));     // accents in the line above
    CHECK_FALSE(found(text_box("Khổ giấy", 11, 11, 81, 25)));   // its halo
    CHECK_FALSE(found(text_box("A3", 30, 11, 40, 23, "menu"))); // another panel
    // A large text has a wider halo.
    const auto year = text_box("2015", 10, 10, 170, 70);
    CHECK(overlapping(std::vector{year, text_box("2015", 16, 16, 176, 76)}).empty());
    CHECK_FALSE(overlapping(std::vector{year, text_box("2015", 10, 30, 170, 90)}).empty());
    CHECK(told_overlaps({first, text_box("A3", 30, 11, 40, 23)}) == "export: Khổ giấy | A3");
    CHECK(told_overlaps(
              {text_box("An Phú", 0, 0, 50, 12, "map"), text_box("Tân", 20, 2, 60, 14, "map")})
              .empty());
}

TEST_CASE("texts are found in what is drawn, with their letters and what can be seen of them") {
    DrawnFrame frame;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({5, 5}, {300, 40}, IM_COL32_WHITE, 6);
    list.AddLine({5, 50}, {300, 50}, IM_COL32_BLACK);
    list.AddText({10, 10}, IM_COL32_BLACK, "Commune one");
    list.AddText({10, 60}, IM_COL32_BLACK, "Far below");
    list.PushClipRect({0, 100}, {60, 120}, true);
    list.AddText({50, 105}, IM_COL32_BLACK, "cut off");
    list.AddText({200, 105}, IM_COL32_BLACK, "unseen");
    list.PopClipRect();
    const auto texts = frame.texts();
    REQUIRE(texts.size() == 3);
    CHECK(texts[0].text == "Communeone"); // a blank has no shape
    CHECK(texts[0].panel == "panel");
    CHECK(texts[0].x0 >= 10);
    CHECK(texts[0].x0 < 14);
    CHECK(texts[0].y0 >= 10);
    CHECK(texts[0].y1 < 26);
    CHECK(texts[1].text == "Farbelow");
    CHECK(texts[2].x1 <= 60);
    CHECK(overlapping(texts).empty());
}

TEST_CASE("a text drawn over the end of another is found in what is drawn") {
    DrawnFrame frame;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float width = ImGui::CalcTextSize("A long name").x;
    list.AddText({10, 10}, IM_COL32_BLACK, "A long name");
    list.AddText({10 + width - 30, 12}, IM_COL32_BLACK, "12.345");
    const auto texts = frame.texts();
    REQUIRE(texts.size() == 2);
    CHECK(told_overlaps(texts) == "panel: Alongname | 12.345");
}

TEST_CASE("the texts of a frame are told once each, one a line") {
    CHECK(told_texts({}).empty());
    CHECK(told_texts({text_box("Tên", 0, 0, 9, 9), text_box("A3", 0, 20, 9, 29),
                      text_box("Tên", 1, 1, 10, 10, "map")}) == "A3\nTên\n");
}
