#include "app/guide_text.hpp"
#include "base/paths.hpp"

#include <catch2/catch.hpp>

using namespace diaban;
using app::GuideBlock;

TEST_CASE("the guide is read as titles, paragraphs and steps, without the signs of Markdown") {
    const auto blocks =
        app::read_guide("# Using it\n\nThree things\npeople `do`. [Vi](guide.vi.md)\n"
                        "\n![picture](a.png)\n\n## Maps\n\n"
                        "1. **Open.** Drop a *file*\n   on it.\n2. Look\n\n- one\n");
    REQUIRE(blocks.size() == 6);
    CHECK(blocks[0] == GuideBlock{GuideBlock::Kind::Title, "", "", "Using it"});
    CHECK(blocks[1] ==
          GuideBlock{GuideBlock::Kind::Paragraph, "", "", "Three things people do. Vi"});
    CHECK(blocks[2] == GuideBlock{GuideBlock::Kind::Heading, "", "", "Maps"});
    CHECK(blocks[3] == GuideBlock{GuideBlock::Kind::Item, "1.", "Open.", "Drop a file on it."});
    CHECK(blocks[4] == GuideBlock{GuideBlock::Kind::Item, "2.", "", "Look"});
    CHECK(blocks[5] == GuideBlock{GuideBlock::Kind::Item, "–", "", "one"});
    CHECK(app::read_guide("").empty());
    // A way to another file has no place in a window; one inside a sentence is its words.
    const auto plain = app::read_guide("# Using it\n\n[Vi](guide.vi.md)\n\n[One](a) or [two](b)\n");
    REQUIRE(plain.size() == 2);
    CHECK(plain[1].text == "One or two");
}

TEST_CASE("both guides have the same steps, and every one of them says something") {
    std::vector<std::string> marks[2];
    const char* files[] = {"docs/guide.vi.md", "docs/guide.en.md"};
    for (int i = 0; i < 2; ++i) {
        const auto blocks = app::read_guide(base::read_file(base::asset(files[i])));
        REQUIRE(blocks.size() > 10);
        CHECK(blocks.front().kind == GuideBlock::Kind::Title);
        for (const auto& block : blocks) {
            CHECK_FALSE(block.text.empty());
            CHECK(block.text.find("**") == std::string::npos);
            if (block.kind == GuideBlock::Kind::Item) marks[i].push_back(block.mark);
        }
    }
    CHECK(marks[0] == marks[1]);
}
