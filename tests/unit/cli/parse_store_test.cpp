#include "cli/parse.hpp"

#include <catch2/catch.hpp>

using namespace diaban;

namespace {

template <class Request> void check_round_trip(const Request& request) {
    const auto invocation = cli::parse(to_flags(request));
    REQUIRE(std::holds_alternative<Request>(invocation.request));
    CHECK(std::get<Request>(invocation.request) == request);
}

} // namespace

TEST_CASE("the store's requests come back from their flags") {
    app::StoreInitRequest init{.store = "kho mới.sqlite", .title = "Tỉnh 'A'"};
    init.data.boundaries = "xã.shp";
    init.data.vintage = "2009";
    init.valid_from = "2009-01-01";
    init.valid_until = "2025-07-01";
    check_round_trip(init);
    app::ImportRequest import{.file = "báo cáo.xlsx", .store = "kho.sqlite"};
    check_round_trip(import);
    import.vintage = "2009";
    import.encoding = "TCVN3";
    import.profile = "Biểu 6 tháng";
    import.save_profile = "b";
    import.replaces = "cũ.xlsx";
    import.dry_run = true;
    import.out = "f.csv";
    import.own.sheets = {"Biểu 1", "Biểu 2"};
    import.own.header_row = 5;
    import.own.header_rows = 2;
    import.own.period = data::Period{2011, 1};
    import.own.as_of = "2011-06-15";
    import.own.agency = "UBND";
    import.own.area = "89";
    import.own.present = "inclusive";
    import.own.columns = {{"Số đối tượng = a", "DR01@2010"}, { "Ghi chú", "ignored" }};
    import.accept_names = "1,4-6";
    import.refuse_names = "2";
    import.names_out = "tên.csv";
    check_round_trip(import);
    check_round_trip(app::StoreListRequest{"kho.sqlite"});
    check_round_trip(app::StoreCheckRequest{"kho.sqlite"});
    app::StoreExportRequest out;
    out.data.store = "kho.sqlite";
    out.data.vintage = "2009";
    out.indicators = {"IN01", "DR01"};
    out.classification = app::Classification::Internal;
    out.out = "a.csv";
    check_round_trip(out);
    out.summary = true;
    out.period = {2011, 1};
    out.agency = "Đội 178";
    check_round_trip(out);
}

TEST_CASE("requests about what people add to a store come back from their flags") {
    using app::RecordAction;
    app::AliasRequest alias{.action = RecordAction::Add, .store = "kho.sqlite"};
    alias.name = "Tân Thạnh";
    alias.district = "Châu Thành";
    alias.province = "89";
    alias.code = "00123";
    alias.refuse = true;
    check_round_trip(alias);
    check_round_trip(app::AliasRequest{.store = "k", .file = "tên.csv"});
    for (const auto kind : {app::DocumentRequest::Kind::Rule, app::DocumentRequest::Kind::Plan}) {
        check_round_trip(app::DocumentRequest{.kind = kind, .store = "kho.sqlite"});
        check_round_trip(app::DocumentRequest{.kind = kind,
                                              .action = RecordAction::Remove,
                                              .store = "kho.sqlite",
                                              .what = "qd-3122-2010@1",
                                              .out = "a.json"});
    }
    app::OverrideRequest person{.action = RecordAction::Add, .store = "kho.sqlite"};
    check_round_trip(person);
    person.vintage = "2009";
    person.code = "00123";
    person.period = {2011, 1};
    person.domain = app::Domains::Prostitution;
    person.status = "hot2";
    person.reason = "Biên bản 'số 12'";
    person.author = "Chi cục";
    person.file = "o.csv";
    check_round_trip(person);
    CHECK_THROWS_AS(cli::parse({"store", "alias", "forget", "k"}), base::Error);
    CHECK_THROWS_AS(cli::parse({"store", "override", "add", "k", "--domain", "both"}), base::Error);
    app::StatusRequest status;
    status.data.store = "kho.sqlite";
    status.rule = "qd-3122-2010";
    status.keep = true;
    check_round_trip(status);
}

TEST_CASE("requests about what was done to a store come back from their flags") {
    check_round_trip(app::StoreLogRequest{"kho của tỉnh.sqlite"});
    app::StoreHistoryRequest history{.store = "kho.sqlite"};
    check_round_trip(history);
    history.code = "00123";
    history.indicator = "DR01";
    history.period = {2011, 1};
    history.classification = app::Classification::Internal;
    check_round_trip(history);
}

TEST_CASE("requests about units and places over time come back from their flags") {
    using app::RecordAction;
    app::VintageRequest vintage{.action = RecordAction::Add};
    vintage.data.store = "kho.sqlite";
    vintage.data.boundaries = "xã 2025.shp";
    vintage.data.vintage = "2025";
    vintage.data.crs = "EPSG:3405";
    vintage.valid_from = "2025-07-01";
    vintage.valid_until = "2030-01-01";
    check_round_trip(vintage);
    app::VintageRequest gone{.action = RecordAction::Remove};
    gone.data.store = "kho.sqlite";
    gone.data.vintage = "2025";
    gone.dry_run = true;
    check_round_trip(gone);
    app::StoreCrosswalkRequest crosswalk{.action = RecordAction::Add, .store = "kho.sqlite"};
    check_round_trip(crosswalk);
    crosswalk.from = "2009";
    crosswalk.to = "2025";
    crosswalk.table = "mã.csv";
    crosswalk.then = {"mã 2.csv"};
    crosswalk.shares = "tỷ lệ.csv";
    crosswalk.columns = {"a", "b", "c"};
    check_round_trip(crosswalk);
    crosswalk.table.clear();
    crosswalk.overlay = true;
    crosswalk.least_share = 0.02;
    check_round_trip(crosswalk);
    using Kind = app::UnitRecordsRequest::Kind;
    check_round_trip(app::UnitRecordsRequest{.kind = Kind::Names,
                                             .action = RecordAction::Add,
                                             .store = "kho.sqlite",
                                             .file = "danh mục.csv"});
    app::UnitRecordsRequest agency{.kind = Kind::Agency, .store = "kho.sqlite"};
    agency.code = "00123";
    agency.agency = "Đội 178";
    agency.day = "2011-06-30";
    check_round_trip(agency);
    app::StorePlacesRequest places{.action = RecordAction::Add, .store = "kho.sqlite"};
    places.file = "điểm.csv";
    places.crs = "EPSG:9210";
    places.kind = "support";
    places.name = "Điểm tư vấn";
    places.valid_from = "2011-01-01";
    places.valid_until = "2015-01-01";
    places.day = "2012-01-01";
    places.out = "điểm.gpkg";
    check_round_trip(places);
    CHECK_THROWS_AS(cli::parse({"store", "crosswalk", "add", "k", "--least-share", "2"}),
                    base::Error);
}
