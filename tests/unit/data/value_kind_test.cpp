// What undeclared columns are taken for, against names of real reports read by hand.
#include "data/value_kind.hpp"

#include <catch2/catch.hpp>

using namespace diaban::data;

TEST_CASE("only what looks like a count is called one") {
    CHECK(kind_of_values("pop_total", {5, 11276, 0}) == Kind::Count);
    CHECK(kind_of_values("dan_so", {5, 11276}) == Kind::Count);
    CHECK(kind_of_values("so_nghien", {0, 7.5}) == Kind::Count); // carried to other boundaries
    CHECK(kind_of_values("soDoiTuong", {0, 7}) == Kind::Count);
    for (const auto* name :
         {"ty_le_pct", "Tỷ lệ nghiện (%)", "ti_le_nghien", "HR_rate", "dt_km2", "diện tích",
          "mật độ", "so_nghien_tren_1000_dan", "code", "ma_xa", "MaDonVi2", "chi_so", "STFIPS",
          "COFIPS", "FIPSNO", "POLY_ID", "OBJECTID", "Số người nghiện/1000 dân"})
        CHECK(kind_of_values(name, {50, 51, 12}) == Kind::Intensity);
    CHECK(kind_of_values("hr2010", {12.25, 0, 3}) == Kind::Intensity);
    CHECK(kind_of_values("change", {3, -2, 1}) == Kind::Intensity);
    CHECK(kind_of_values("v", {1e300, 2e300}) == Kind::Intensity);
    CHECK(kind_of_values("anything", {}) == Kind::Intensity);
    CHECK(kind_of_values("tiny", {1e-9}) == Kind::Intensity);
}

TEST_CASE("persons are known by the words of reports; cases, places and the population are none") {
    for (const auto* name :
         {"so_nguoi", "Số đối tượng", "SODOITUONG", "so_dt", "nghien_2015", "Người bán dâm",
          "mai_dam", "benh_nhan", "nạn nhân", "hoc_vien", "addicts", "drug_users", "nghien_xa",
          "người nghiện ma túy", "ma_tuy_nghien", "Số người bị bắt trong các vụ", "HIV"})
        CHECK(names_persons(name));
    for (const auto* name : {"dan_so", "pop_total", "Dân số (người)", "population", "so_vu_mai_dam",
                             "tụ điểm mại dâm", "ty_le_nghien", "pct_addicts", "Tỷ lệ người nghiện",
                             "so_ho", "Số xã có tệ nạn mại dâm", "dien_tich", "so_nghien_1000dan"})
        CHECK_FALSE(names_persons(name));
    CHECK(names_population("dan_so"));
    CHECK_FALSE(names_population("so_nguoi"));
}

TEST_CASE("a name that ends with a unit of measure says what its numbers are in") {
    CHECK(unit_named("dt_km2") == "km²");
    CHECK(unit_named("DT_KM2") == "km²");
    CHECK(unit_named("Diện tích (km²)") == "km²");
    CHECK(unit_named("dien_tich_ha") == "ha");
    CHECK(unit_named("Chiều dài (km)") == "km");
    CHECK(unit_named("san_m2") == "m²");
    for (const auto* name : {"dan_so", "ha", "Đông Hà", "so_nghien_dong_ha", "km2_2015", "vkm", ""})
        CHECK(unit_named(name).empty());
}
