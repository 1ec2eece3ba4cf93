// What the import assistant shows before anything is written.
#include "app/import_assistant.hpp"

#include "app/commands/store.hpp"
#include "base/paths.hpp"
#include "files/store.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban;

namespace {

// Four communes of one district.
files::StoreContent four_communes() {
    files::StoreContent content;
    auto& vintage = content.vintages.emplace_back();
    vintage.id = "2009";
    auto& units = vintage.units;
    units.code = {"30001", "30002", "30003", "30004"};
    units.name = {"Xã Mỹ Thạnh", "Xã Bình Hưng", "Xã Phú Quý", "Xã Tân An"};
    units.type.assign(4, "Xã");
    units.groups[1] = {{"883", "Huyện Châu Thành"}};
    units.parent[1].assign(4, 0);
    for (std::size_t i = 0; i < 4; ++i) {
        vintage.soup.points.insert(vintage.soup.points.end(), {{105, 10}, {106, 10}, {105, 11}});
        vintage.soup.end_ring();
        vintage.soup.end_face();
    }
    return content;
}

} // namespace

TEST_CASE("the assistant shows sheets, meanings, questions and changes, and writes nothing") {
    const test::TempFolder folder;
    base::JobContext ctx;
    const auto store = folder / "store.sqlite";
    files::write_store(store, four_communes(), ctx);
    std::ofstream(folder / "r.csv") << "BÁO CÁO NĂM 2012;;;\n"
                                       "Tên xã;Số cuộc kiểm tra;Buổi nói chuyện;Số CCCD\n"
                                       "Xã Mỹ Thạnh;5;7;089099010001\n"
                                       "Xã Bình Hưg;6;8;089099010002\n"
                                       "Xã Phú Quý;4;1;089099010003\n";
    const auto bytes = base::read_file(store);
    const auto language = app::Language::load("en");

    app::ImportRequest request{.file = folder / "r.csv"};
    SECTION("without a store the sheets are shown all the same") {
        const auto preview = app::preview_of(request, ctx);
        REQUIRE(preview.sheets.size() == 1);
        CHECK_FALSE(preview.report);
        CHECK_FALSE(preview.problem);
        CHECK(preview.sheets[0].rows[1][1] == "Số cuộc kiểm tra");
        CHECK(app::meaning_id(preview.sheets[0].plan.columns.at(1)) == "IN01");
    }
    SECTION("with one, everything that an import would do is known") {
        request.store = store;
        auto preview = app::preview_of(request, ctx);
        REQUIRE(preview.report);
        const auto& plan = preview.sheets.at(0).plan;
        CHECK(app::meaning_id(plan.columns.at(2)) == "ignored");
        CHECK(app::meaning_id(plan.columns.at(3)) == "refused");
        CHECK(app::meaning_text(plan.columns.at(1), preview, *language) == "IN01 · inspections");
        const auto meanings = app::column_meanings(preview, *language);
        CHECK(std::count_if(meanings.begin(), meanings.end(),
                            [](const auto& m) { return m.id == "CM01"; }) == 1);
        CHECK(preview.report->changes.added == 2);

        REQUIRE(app::unanswered(*preview.report) == 1);
        const auto question = preview.report->suggestions.at(0);
        CHECK(app::key_text(question.key) == "Xã Bình Hưg");
        REQUIRE(preview.report->unit_codes.at(question.candidates.at(0)) == "30002");
        const auto groups = app::finding_groups(preview.report->findings, *language);
        REQUIRE_FALSE(groups.empty());
        for (const auto& group : groups) {
            CAPTURE(group.key);
            CHECK_FALSE(group.explanation.empty());
        }
        for (std::size_t g = 1; g < groups.size(); ++g)
            CHECK(groups[g - 1].severity >= groups[g].severity);

        // No, then yes to the name, and a meaning for the third column.
        const auto& codes = preview.report->unit_codes;
        request = app::answered(request, question, std::nullopt, codes);
        CHECK(app::preview_of(request, ctx).report->suggestions.at(0).decision == false);
        CHECK(app::reconsidered(request, question).decisions.empty());
        request = app::answered(request, question, 0, codes); // the last answer counts
        REQUIRE(request.decisions.size() == 1);
        request.own.columns["Buổi nói chuyện"] = "CM01";
        preview = app::preview_of(request, ctx);
        REQUIRE(preview.report);
        CHECK(app::unanswered(*preview.report) == 0);
        CHECK(app::as_command(request, *preview.report).accept_names == "1");
        CHECK(app::as_command(request, *preview.report).decisions.empty());
        CHECK(preview.report->changes.added == 6);
        CHECK(app::change_summary(preview.report->changes, *language) ==
              "6 added, 0 revised (0 statuses flipped), 0 removed, 0 unchanged");
        CHECK(base::read_file(store) == bytes);
    }
    SECTION("a change names both values") {
        request.store = store;
        request.accept_names = "1";
        CHECK(app::run(request, ctx).changes.added == 3);
        std::ofstream(folder / "r.csv") << "BÁO CÁO NĂM 2012;\n"
                                           "Tên xã;Số cuộc kiểm tra\n"
                                           "Xã Mỹ Thạnh;5\nXã Bình Hưg;9\nXã Phú Quý;4\n";
        request.accept_names.clear(); // the name is known by now
        const auto preview = app::preview_of(request, ctx);
        REQUIRE(preview.report);
        REQUIRE(preview.report->changes.changes.size() == 1);
        CHECK(app::change_text(preview.report->changes.changes[0], *preview.report, *language) ==
              "IN01 2012 · Xã Bình Hưng (30002): 6 → 9");
    }
    SECTION("what stays because the new file has no number is counted and named") {
        request.store = store;
        request.accept_names = "1";
        CHECK(app::run(request, ctx).changes.added == 3);
        std::ofstream(folder / "khac.csv") << "BÁO CÁO NĂM 2012;\n"
                                              "Tên xã;Số cuộc kiểm tra\n"
                                              "Xã Mỹ Thạnh;5\nXã Bình Hưng;...\n";
        request.accept_names.clear();
        request.file = folder / "khac.csv";
        const auto preview = app::preview_of(request, ctx);
        REQUIRE(preview.report);
        CHECK(app::change_summary(preview.report->changes, *language) ==
              "0 added, 0 revised (0 statuses flipped), 0 removed, 1 unchanged, 1 left as it was "
              "(no number in this file)");
        const auto& findings = preview.report->findings;
        REQUIRE_FALSE(findings.empty());
        CHECK(findings.back().key == "import_kept");
        const auto text = language->text(findings.back());
        CHECK(text.find("IN01 2012: 1 value stays as it was") != std::string::npos);
        CHECK(text.find("Xã Bình Hưng (30002)") != std::string::npos);
        CHECK_FALSE(app::finding_groups(findings, *language).back().explanation.empty());
        const auto said = app::to_text(*preview.report, *language);
        CHECK(said.find("Values left as they were, without a number in this file: 1") !=
              std::string::npos);
    }
    SECTION("what the import would stop at is said beside the sheet") {
        std::ofstream(folder / "r.csv") << "Tên xã;Số cuộc kiểm tra\nXã Mỹ Thạnh;5\n";
        request.store = store;
        const auto preview = app::preview_of(request, ctx);
        CHECK(preview.sheets.size() == 1);
        CHECK_FALSE(preview.report);
        REQUIRE(preview.problem);
        CHECK(preview.problem->message.key == "error.import.no_period");
    }
}

TEST_CASE("nobody is named in the preview: refused columns, remarks and signatures") {
    const test::TempFolder folder;
    base::JobContext ctx;
    const auto store = folder / "store.sqlite";
    files::write_store(store, four_communes(), ctx);
    std::ofstream(folder / "r.csv") << "BÁO CÁO NĂM 2012;;;;\n"
                                       "Tên xã;Số cuộc kiểm tra;Họ và tên;Ghi chú;Số CCCD\n"
                                       "Xã Mỹ Thạnh;5;Trần Thị Hoa;do thiếu kinh phí;089099010001\n"
                                       "Xã Bình Hưng;6;Lê Văn Tám;Phạm Thị Mai;089099010002\n"
                                       "Xã Phú Quý;4;Bùi Văn Ba;0912345678;089099010003\n"
                                       "Tổng cộng;15;;;\n"
                                       "Người lập biểu;;;Thủ trưởng;\n"
                                       "Nguyễn Văn A;;;;\n"
                                       "Xã Lê Bình Hưng;Nguyễn Văn B;;;\n";
    app::ImportRequest request{.file = folder / "r.csv", .store = store};
    const auto check = [](const app::SheetHead& head) {
        CHECK(head.rows.at(1).at(2) == "Họ và tên"); // the header says what is refused
        CHECK(head.refused == std::vector<std::size_t>{2, 4});
        for (std::size_t r = 2; r < head.rows.size(); ++r)
            for (const auto& cell : head.rows[r]) {
                CAPTURE(cell);
                for (const char* person :
                     {"Trần", "Lê Văn", "Bùi", "Phạm", "Nguyễn", "0890", "0912"})
                    CHECK(cell.find(person) == std::string::npos);
            }
        CHECK(head.rows.at(2).at(3) == "do thiếu kinh phí");
        CHECK(head.rows.at(2).at(0) == "Xã Mỹ Thạnh");
        CHECK(head.refused_cells.contains({3, 3}));
        CHECK(head.refused_cells.contains({4, 3}));
        CHECK(head.closing == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 1, 1, 1});
    };
    const auto preview = app::preview_of(request, ctx);
    REQUIRE(preview.report);
    check(preview.sheets.at(0));
    check(app::preview_of({.file = folder / "r.csv"}, ctx).sheets.at(0)); // without a store

    // What the command line prints and writes.
    const auto language = app::Language::load("vi");
    for (const auto& text :
         {app::import_report_csv(*preview.report, *language),
          app::to_json(*preview.report, *language), app::to_text(*preview.report, *language)})
        for (const char* person : {"Trần Thị", "Nguyễn Văn", "Lê Bình", "089099", "0912345678"})
            CHECK(text.find(person) == std::string::npos);
    CHECK(preview.report->suggestions.empty());
}

TEST_CASE("a table is a report, boundaries and stores are none") {
    for (const auto* name : {"a.XLSX", "a.csv", "b.ods", "c.xls", "d.dbf", "e.tsv"})
        CHECK(app::is_report(name));
    for (const auto* name : {"a.shp", "a.sqlite", "a.diaban", "a.gpkg", "a"})
        CHECK_FALSE(app::is_report(name));
}
