#include "data/personal.hpp"

#include <catch2/catch.hpp>

using namespace diaban::data;

namespace {
bool personal(const std::vector<std::string>& cells) {
    return personal_cells(cells.size(), [&](std::size_t i) { return std::string_view(cells[i]); });
}
} // namespace

TEST_CASE("names of columns about persons are recognised") {
    for (const char* name : {"ho_ten", "Họ và tên", "HoTen", "Số CMND", "CCCD", "so_dien_thoai",
                             "SĐT", "Ngày sinh", "nam_sinh", "Địa chỉ", "phone", "Date of birth"})
        CHECK(personal_column_name(name));
    for (const char* name : {"ten_xa", "name", "so_nguoi", "phone_coverage", "birth_rate", "ma_xa",
                             "thue_bao_dien_thoai", "commune", "population", "nam", "tel_aviv"})
        CHECK_FALSE(personal_column_name(name));
}

TEST_CASE("cells about persons are recognised whatever the column is called") {
    CHECK(
        personal({"001099012345", "034199000001", "079201001122", "092088000777", "001300012345"}));
    CHECK(personal({"0912345678", "0387654321", "0701234567", "0912345679", "0987654321"}));
    CHECK(personal(
        {"Nguyễn Văn An", "Trần Thị Bích Ngọc", "Lê Văn Tám", "Phạm Thị Hoa", "Võ Văn Kiệt"}));
    // A spreadsheet that takes them for numbers drops their zeros.
    CHECK(personal({"89099012345", "34199000001", "79201001122", "92088000777", "1300012345"}));
    CHECK(personal({"1099012345", "1188000001", "1201001122", "2088000777", "1300012346"}));
    CHECK(personal({"912345678", "387654321", "701234567", "912345679", "987654321"}));
    // Money, areas in square metres, counts.
    CHECK_FALSE(personal({"226000000", "396500000", "45000000000", "3500000000", "912000000"}));
    CHECK_FALSE(personal({"351234567", "148812345", "203312871", "612345671", "122233441"}));
    CHECK_FALSE(personal({"2331245678", "1496123456", "6421123477", "8812345671", "2552123455"}));
    CHECK_FALSE(personal({"00001", "00004", "00007", "00010", "00013"}));
    CHECK_FALSE(personal({"Xã Tân Thạnh", "Phường 1", "Thị trấn An Châu", "Lê Lợi", "Trần Phú"}));
    CHECK_FALSE(personal({"Nguyễn Văn An"})); // too few to judge
}

TEST_CASE("one cell about a person is recognised without its column") {
    for (const char* cell : {"Nguyễn Văn A", "Đỗ Thị Kim Phí", "TRẦN VĂN BA", "Lê Văn Tám"})
        CHECK(person_name(cell));
    for (const char* cell : {"do thiếu kinh phí", "Do thiếu kinh phí", "Xã Lê Minh Xuân", "Lê Lợi",
                             "Người lập biểu", "", "Hồ sơ số 12", "Phạm vi toàn xã"})
        CHECK_FALSE(person_name(cell));
    for (const char* cell : {"001099012345", "0912345678", "a.b@c.vn"})
        CHECK(personal_number(cell));
    for (const char* cell : {"00001", "12345", "1.234", "", "2012"})
        CHECK_FALSE(personal_number(cell));
}
