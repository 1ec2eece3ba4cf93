#include "cli/parse.hpp"

#include "app/commands/flags.hpp"
#include "app/start_request.hpp"
#include "support/errors.hpp"
#include "support/temp.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace diaban;

namespace {

app::DataRequest some_data() {
    app::DataRequest d;
    d.boundaries = "ranh giới/xã.shp";
    d.layer = "l";
    d.code_column = "ma_xa";
    d.name_column = "ten";
    d.encoding = "TCVN3";
    d.crs = "EPSG:9209";
    d.tolerance = "1e-6deg";
    d.use_cache = false;
    return d;
}

app::DataRequest with_table() {
    auto d = some_data();
    d.db = "a b.xlsx";
    d.table = "Sheet 1";
    d.key = "ma";
    d.year_column = "năm";
    d.values = {"hr{year}", "b"};
    d.denominator = "pop";
    d.scale = 0.1;
    d.by_name = true;
    d.name_key = "tên xã";
    d.accept_names = "1,4-6";
    d.aliases = "tên đã duyệt.csv";
    d.places = {{"kcn.shp", "industrial_zone"},
                {"x.csv", "other"},
                {"cảng.csv", "port", "EPSG:9210"},
                {"y.csv", "other", "EPSG:9209"}};
    return d;
}

app::MapChoice some_choice() {
    app::MapChoice m;
    m.indicator = "DR01";
    m.period = {2015, 2};
    m.method = map::Method::Manual;
    m.k = 7;
    m.manual = {-1.5, 0, 0.1, 3e9};
    m.palette = "viridis";
    m.reversed = true;
    m.where = "near(port) <= 5km and status = hot";
    m.legends = {
        {"DR01", {{"class:1/7", "Thấp, ít=0"}, {"zero", "không"}}, {"class:2/7"}, {"zero"}}};
    return m;
}

template <class Request> Request round_trip(const Request& request) {
    const auto invocation = cli::parse(to_flags(request));
    REQUIRE(std::holds_alternative<Request>(invocation.request));
    return std::get<Request>(invocation.request);
}

std::string error_key(const std::vector<std::string>& arguments) {
    return test::thrown_key([&] { cli::parse(arguments); }, base::ErrorKind::Usage);
}

} // namespace

TEST_CASE("statuses, transitions and targets: parse(to_flags(request)) is the request") {
    app::StatusRequest status;
    status.data = with_table();
    status.statuses = {"a", "b", "ghi đè.csv"};
    status.domains = app::Domains::Drug;
    status.period = {2010, 1};
    status.rule = "qd-3122-2010";
    status.compare_rule = "b.json";
    status.compare_period = {2009, 0};
    status.why = "000101";
    status.reported = "t.csv";
    status.out = "o.xlsx";
    status.map_out = "bản đồ.pdf";
    status.page.size = "A3 portrait";
    status.dpi = 150;
    app::LineLayer lake;
    lake.file = "hồ.shp", lake.fill = "#4FA3D1";
    status.lines = {lake};
    status.hidden_kinds = {"market", "port"};
    CHECK(round_trip(status) == status);
    for (const auto voice :
         {app::StatusVoice::Counts, app::StatusVoice::Report, app::StatusVoice::Rule}) {
        status.voice = voice;
        CHECK(round_trip(status) == status);
    }
    app::TransitionsRequest transitions;
    transitions.data = with_table();
    transitions.domains = app::Domains::Prostitution;
    transitions.from = {2009, 0};
    transitions.to = {2010, 0};
    transitions.out = "o.ods";
    CHECK(round_trip(transitions) == transitions);
    app::TargetsRequest targets;
    targets.data = some_data();
    targets.plan = "an-giang-2011";
    targets.period = {2011, 0};
    targets.totals = "t.xlsx";
    targets.out = "o.html";
    CHECK(round_trip(targets) == targets);
    app::CarryRequest carry;
    carry.data = with_table();
    carry.to_boundaries = "mới.shp";
    carry.crosswalk = "a.csv";
    carry.then = {"a 2.csv", "a3.csv"};
    carry.shares = "b.csv";
    carry.columns = {"ma_cu", "ma_moi", "ty_le"};
    carry.classification = app::Classification::Internal;
    carry.out = "o.csv";
    CHECK(round_trip(carry) == carry);
    app::MapRequest map;
    map.data = some_data();
    map.change = "2009:2010";
    map.across = app::Across::Carried;
    map.out = "x.png";
    CHECK(round_trip(map) == map);
}

TEST_CASE("parse(to_flags(request)) is the request") {
    const app::CheckRequest check{some_data()};
    CHECK(round_trip(check) == check);
    const app::JoinRequest join{with_table(), "out put.csv"};
    CHECK(round_trip(join) == join);
    app::ClassesRequest classes{with_table(), some_choice(), app::Classification::Internal};
    CHECK(round_trip(classes) == classes);
    classes.across = app::Across::Own;
    CHECK(round_trip(classes) == classes);
    app::MapRequest map{.data = with_table(), .map = some_choice()};
    map.years = {{2010, 0}, {2011, 1}};
    map.page = {.size = "A3 portrait",
                .title = "Tiêu 'đề'",
                .subtitle = "b",
                .source = "c",
                .district_labels = false};
    map.dpi = 144.5;
    map.classification = app::Classification::Internal;
    map.out = "bản đồ.png";
    CHECK(round_trip(map) == map);
    for (const bool districts : {true, false})
        for (const bool places : {true, false}) {
            map.page.district_labels = districts;
            map.page.place_labels = places;
            CHECK(round_trip(map) == map);
        }
    map.years.clear();
    map.change = "2015:2010";
    map.change_of = "DR01";
    map.extent = {-105.5, 1e6 / 3, 2, 3e6, "EPSG:4326"};
    map.hidden_kinds = {"market", "port"};
    app::LineLayer river;
    river.file = "sông lớn.gpkg";
    river.width = 2.4;
    river.gap = 2.5, river.fill = "#4FA3D1", river.opacity = 0.5;
    app::LineLayer road;
    road.file = "x.shp";
    map.lines = {river, road};
    map.selected = {"00001", "00045"};
    CHECK(round_trip(map) == map);
    map.world_file = true;
    map.frame_ms = 250;
    map.change.clear();
    map.change_of.clear();
    map.map = {.indicator = "DR01", .period = {2015, 0}};
    const auto usual = map.map;
    for (const auto word : map::kMapKinds) {
        map.map.kind = *map::parse_map_kind(word);
        CHECK(round_trip(map) == map);
    }
    map.map = usual, map.map.kind = map::MapKind::Bivariate;
    map.map.second = "DR01_rate";
    map.map.second_breaks = {-1.5, 0.25, 7};
    CHECK(round_trip(map) == map);
    map.map = usual, map.map.kind = map::MapKind::Dots;
    map.map.dot_value = 0.5;
    CHECK(round_trip(map) == map);
    for (const auto kind : {map::MapKind::Symbols, map::MapKind::Graduated}) {
        map.map = usual, map.map.kind = kind;
        map.map.largest_mm = 12.5;
        CHECK(round_trip(map) == map);
    }
    // What a kind does not look at is no part of the command, which would refuse it.
    map.map = some_choice(), map.map.second = "DR02", map.map.dot_value = 3;
    map.page.plan = "an-giang-2011"; // without a layout that shows it
    for (const auto word : map::kMapKinds) {
        INFO(word);
        map.map.kind = *map::parse_map_kind(word);
        if (map.map.kind == map::MapKind::Bivariate) continue;
        CHECK(to_flags(round_trip(map)) == to_flags(map));
        CHECK(round_trip(map).map.kind == map.map.kind);
    }
    map.map = some_choice(), map.page.plan.clear();
    const app::TableRequest table{.data = with_table(),
                                  .period = {2010, 1},
                                  .columns = {"ST01", "DR01"},
                                  .filters = {"DR01=> 5", "name=tân an"},
                                  .sort = "DR01",
                                  .descending = true,
                                  .grouped = true,
                                  .select = {"00001", "00045"},
                                  .across = app::Across::Carried,
                                  .classification = app::Classification::Internal,
                                  .out = "bảng.xlsx"};
    CHECK(round_trip(table) == table);
    const app::WhereRequest where{with_table(), -105.25, 9.5, "EPSG:3405",
                                  app::Classification::Public};
    CHECK(round_trip(where) == where);
    auto one = where;
    one.indicator = "DR01", one.period = {2015, 0}, one.reach_m = 1500;
    CHECK(round_trip(one) == one);
    river.file = "song.gpkg", river.layer = "rivers", river.name = "Sông", river.kind = "river";
    one.lines = {river};
    CHECK(round_trip(one) == one);
    auto joined = join;
    joined.indicator = "DR01", joined.period = {2015, 1};
    CHECK(round_trip(joined) == joined);
    for (const auto kind : {analysis::WeightsKind::Queen, analysis::WeightsKind::Rook,
                            analysis::WeightsKind::Nearest, analysis::WeightsKind::DistanceBand}) {
        app::WeightsRequest weights{.data = some_data(), .out = "a.gal"};
        weights.neighbours.spec.kind = kind;
        if (kind == analysis::WeightsKind::Queen || kind == analysis::WeightsKind::Rook)
            weights.neighbours.spec.order = 2;
        if (kind == analysis::WeightsKind::Nearest) weights.neighbours.spec.k = 9;
        if (kind == analysis::WeightsKind::DistanceBand)
            weights.neighbours.spec.distance_m = 1234.5;
        CHECK(round_trip(weights) == weights);
    }
}

TEST_CASE("what is said of a report and of names comes back from its flags") {
    app::ImportRequest import{.file = "b.xlsx", .store = "s.sqlite"};
    import.own.words = {{"TĐ", "hot"}, { "chưa xếp loại", "unknown" }};
    import.own.empty.dash = data::Empty::Missing;
    CHECK(round_trip(import) == import);
    CHECK(error_key({"store", "import", "b.xlsx", "--into", "s.sqlite", "--word", "TĐ=nóng"}) ==
          "error.flag.bad_value");
    app::UnitRecordsRequest names{.action = app::RecordAction::Add, .store = "s.sqlite"};
    names.file = "ten.csv";
    names.province = "An Giang";
    names.out = "ra.csv";
    CHECK(round_trip(names) == names);
}

TEST_CASE("a request for hotspots comes back from its flags") {
    app::HotspotsRequest h{.data = with_table()};
    for (const auto method :
         {app::HotspotMethod::Gi, app::HotspotMethod::GiStar, app::HotspotMethod::LocalMoran,
          app::HotspotMethod::LocalGeary, app::HotspotMethod::JoinCount,
          app::HotspotMethod::Bivariate, app::HotspotMethod::Differential, app::HotspotMethod::Scan,
          app::HotspotMethod::Emerging, app::HotspotMethod::Trend}) {
        h.method = method;
        CHECK(round_trip(h) == h);
    }
    h.indicator = "DR01R";
    h.period = {2015, 0};
    h.since = {2010, 2};
    h.second = "IN01";
    h.yes = {"hot1", "hot2"};
    h.rate = analysis::RateKind::SpatialBayes;
    h.neighbours.spec.decay = analysis::Decay::Inverse;
    h.neighbours.spec.power = 2;
    h.neighbours.links = {{"00001", "00002"}, {"00003", "00004"}};
    h.neighbours.file = "a b.gal";
    h.permutations = 99'999;
    h.scatter_out = "moran.pdf";
    h.seed = 18'446'744'073'709'551'615u;
    h.alpha = 0.01;
    h.correction = analysis::Correction::Bonferroni;
    h.directed = true;
    h.most_population = 0.25;
    h.most_time = 0.3;
    h.replicas = 9'999;
    h.page.size = "A3 portrait";
    h.dpi = 150;
    h.classification = app::Classification::Internal;
    h.out = "cụm.gpkg";
    h.map_out = "cụm.pdf";
    h.significance = true;
    CHECK(round_trip(h) == h);
    for (const auto kind : {analysis::RateKind::Raw, analysis::RateKind::ExcessRisk,
                            analysis::RateKind::EmpiricalBayes, analysis::RateKind::BayesIndex}) {
        h.rate = kind;
        CHECK(round_trip(h) == h);
    }
    CHECK(error_key({"hotspots", "--method", "magic"}) == "error.flag.bad_value");
    CHECK(error_key({"hotspots", "--rate", "magic"}) == "error.flag.bad_value");
    CHECK(error_key({"hotspots", "--correction", "magic"}) == "error.flag.bad_value");
    CHECK(error_key({"hotspots", "--link", "00001"}) == "error.flag.bad_value");
    CHECK(error_key({"weights", "--decay", "magic"}) == "error.flag.bad_value");
}

TEST_CASE("two kinds of neighbours contradict each other, and neither wins in silence") {
    const std::vector<std::vector<std::string>> kinds{
        {"--contiguity", "rook"}, {"--nearest", "4"}, {"--distance", "3"}, {"--weights", "a.gal"}};
    for (const auto& one : kinds)
        for (const auto& other : kinds)
            for (const std::string verb : {"weights", "hotspots"}) {
                std::vector<std::string> words{verb};
                words.insert(words.end(), one.begin(), one.end());
                words.insert(words.end(), other.begin(), other.end());
                INFO(one.front() << " " << other.front());
                CHECK((error_key(words) == "error.flag.conflict") == (one != other));
            }
    CHECK(error_key({"weights", "--order", "2", "--nearest", "4"}) == "error.flag.conflict");
    // A power without a distance to raise to it, whichever comes first.
    CHECK(error_key({"weights", "--power", "2"}) == "error.flag.power");
    CHECK(error_key({"weights", "--power", "2", "--decay", "gaussian"}) == "error.flag.power");
    CHECK(error_key({"weights", "--power", "2", "--decay", "inverse"}).empty());
    CHECK(error_key({"weights", "--order", "2", "--contiguity", "rook"}).empty());
}

TEST_CASE("a series of maps survives as flags") {
    app::MapRequest map{.out = "tap.pdf"};
    map.series = {.atlas = "district",
                  .indicators = {"DR01", "ST01"},
                  .small_multiples = true,
                  .book = true,
                  .order = {"year", "area"},
                  .index = false,
                  .resume = true};
    CHECK(round_trip(map) == map);
    map.out = "tap";
    map.series = {.atlas = "province", .pattern = "{topic} {area}.png", .resume = true};
    CHECK(round_trip(map) == map);
    CHECK(error_key({"map", "--atlas", "country", "--out", "a.pdf"}) == "error.flag.bad_value");
}

TEST_CASE("default requests survive too") {
    CHECK(round_trip(app::CheckRequest{}) == app::CheckRequest{});
    const app::MapRequest map{.out = "a.png"};
    CHECK(round_trip(map) == map);
}

TEST_CASE("misspelt words get a suggestion") {
    CHECK(error_key({"mapp"}) == "error.verb.unknown_near");
    CHECK(error_key({"zzzzzz"}) == "error.verb.unknown");
    CHECK(error_key({"map", "--boundary", "a.shp", "--out", "a.png"}) == "error.flag.unknown_near");
    CHECK(error_key({"map", "--xyzzyxyzzy", "--out", "a.png"}) == "error.flag.unknown");
    CHECK(error_key({"check", "stray"}) == "error.argument.extra");
    CHECK(error_key({"map", "--boundaries", "a.shp"}) == "error.flag.required");
    CHECK(error_key({"map", "--out", "a.png", "--year", "soon"}) == "error.flag.bad_value");
    CHECK(error_key({"map", "--out", "a.png", "--method", "magic"}) == "error.flag.bad_value");
    CHECK(error_key({"map", "--out", "a.png", "--k", "many"}) == "error.flag.bad_value");
    CHECK(error_key({"map", "--out", "a.png", "--palette", "Blue"}) == "error.palette.unknown");
    CHECK(error_key({"map", "--out", "a.png", "--years", "2010-1900"}) == "error.flag.bad_value");
    CHECK(error_key({"weights", "--nearest", "0"}) == "error.flag.bad_value");
    CHECK(error_key({"check", "--lang", "fr"}) == "error.language.unknown");
}

TEST_CASE("a file in place of a verb is shown") {
    const test::TempFolder temp;
    const auto file = (temp / "xã.shp").string();
    CHECK(error_key({file}) == "error.verb.unknown"); // not there
    std::ofstream(file) << " ";
    for (const auto& words : {std::vector<std::string>{file, "--scale", "1.5"},
                              {"--lang", "en", file, "--scale", "1.5"}}) {
        const auto parsed = cli::parse(words);
        const auto& view = std::get<cli::ViewRequest>(parsed.request);
        CHECK(view.files == std::vector<std::filesystem::path>{file});
        CHECK(view.scale == 1.5);
    }
}

TEST_CASE("years are lists and ranges") {
    const auto parsed = cli::parse({"map", "--years", "2010-2012,2015-H1", "--out", "a.png"});
    CHECK(std::get<app::MapRequest>(parsed.request).years ==
          std::vector<data::Period>{{2010, 0}, {2011, 0}, {2012, 0}, {2015, 1}});
}

TEST_CASE("no verb is the window; help and version are printed in the language asked for") {
    CHECK(std::holds_alternative<cli::ViewRequest>(cli::parse({}).request));
    CHECK(cli::parse({"--version"}).print.starts_with("diaban "));
    const auto vi = cli::parse({"map", "--help", "--lang", "vi"}).print;
    const auto en = cli::parse({"map", "--help", "--lang", "en"}).print;
    CHECK(vi.find("Ví dụ") != std::string::npos);
    CHECK(vi.find("Options") == std::string::npos);
    CHECK(vi.find("Subcommand") == std::string::npos);
    CHECK(cli::parse({"--help", "--lang", "vi"}).print.find("Subcommand") == std::string::npos);
    CHECK(en.find("Example") != std::string::npos);
}

TEST_CASE("a shell line is quoted so that a shell reads it back") {
    CHECK(app::command_line({"map", "--title", "a 'b'", "--out", "x.png"}) ==
          "diaban map --title 'a '\\''b'\\''' --out x.png");
}

TEST_CASE("a project gives the defaults that other flags override") {
    const test::TempFolder folder;
    app::Project project;
    project.data = with_table();
    project.data.boundaries = folder / "xa.shp";
    project.data.db = folder / "b.csv";
    project.data.aliases = folder / "ten.csv";
    project.data.places.clear();
    project.data.use_cache = true; // how one run works is no part of a project
    project.map = some_choice();
    project.page.size = "A3 portrait";
    const auto file = (folder / "a.diaban").string();
    save_project(project, file);
    const auto request = std::get<app::MapRequest>(
        cli::parse({"map", "--project", file, "--k", "3", "--out", "a.png"}).request);
    CHECK(request.data == project.data);
    CHECK(request.page == project.page);
    CHECK(request.map.k == 3);
    CHECK(request.map.manual == project.map.manual);
}

TEST_CASE("view takes the flags that check takes, and files after them") {
    const auto view = [](std::vector<std::string> words) {
        return std::get<cli::ViewRequest>(cli::parse(words).request);
    };
    const auto flags = view({"view", "--boundaries", "a.shp", "--crs", "EPSG:9209", "--db", "t.csv",
                             "--value", "so_ca", "--encoding", "TCVN3"});
    CHECK(flags.data.boundaries == "a.shp");
    CHECK(flags.data.crs == "EPSG:9209");
    CHECK(flags.data.values == std::vector<std::string>{"so_ca"});
    CHECK(flags.files.empty());
    const auto mixed = view({"view", "a.shp", "t.csv", "--crs", "EPSG:9209"});
    REQUIRE(mixed.files.size() == 2);
    const auto start = app::start_request(mixed.data, mixed.files);
    CHECK(start.data.boundaries == std::filesystem::absolute("a.shp"));
    CHECK(start.data.crs == "EPSG:9209");
    CHECK(start.files == std::vector<std::filesystem::path>{"t.csv"});
    CHECK(app::start_request({}, mixed.files).files == mixed.files);
    CHECK_THROWS_AS(app::start_request({.crs = "EPSG:9209"}, {"t.csv"}), base::Error);
    CHECK(view({"view", "--project", "p.diaban"}).files.size() == 1);
}

TEST_CASE("flags that make no sense together are refused, and the sentence names them") {
    using Given = std::vector<std::string>;
    const auto thrown = [](const Given& flags, const std::string& out) -> std::string {
        Given words{"map", "--boundaries", "x.shp", "--out", out};
        words.insert(words.end(), flags.begin(), flags.end());
        try {
            cli::parse(words);
        } catch (const base::Error& error) {
            const auto sentence = app::Language::load("en")->text(error);
            const auto flag = flags.front().substr(0, flags.front().find('='));
            INFO(sentence);
            CHECK(sentence.find(flag) != std::string::npos);
            CHECK(error.kind == base::ErrorKind::Usage);
            return error.message.key;
        }
        return "";
    };
    const std::vector<std::pair<Given, std::string>> apart{
        {{"--change", "2014:2015", "--kind", "symbols"}, "error.flag.apart"},
        {{"--change", "2014:2015", "--years", "2014,2015"}, "error.flag.apart"},
        {{"--atlas", "district", "--extent", "1,1,2,2"}, "error.flag.apart"},
        {{"--k", "4", "--kind", "symbols"}, "error.flag.apart"},
        {{"--method", "equal", "--kind", "dots"}, "error.flag.apart"},
        {{"--breaks", "1,2,3", "--kind", "dots"}, "error.flag.apart"},
        {{"--k", "4", "--kind", "bivariate", "--second", "B"}, "error.flag.apart"},
        {{"--palette", "Blues", "--kind", "bivariate", "--second", "B"}, "error.flag.apart"},
        {{"--reversed", "--kind", "graduated"}, "error.flag.apart"},
        {{"--second", "B"}, "error.flag.needs"},
        {{"--second-breaks=1,2", "--kind", "symbols"}, "error.flag.needs"},
        {{"--dot-value", "5", "--kind", "symbols"}, "error.flag.needs"},
        {{"--largest", "5", "--kind", "cartogram"}, "error.flag.needs"},
        {{"--change-of", "DR01"}, "error.flag.needs"},
        {{"--page-plan", "an-giang-2011"}, "error.flag.needs"},
        {{"--order", "year,area"}, "error.flag.needs"},
        {{"--no-index"}, "error.flag.needs"},
        {{"--book", "--years", "2014,2015"}, "error.map.only_for"}};
    for (const auto& [flags, key] : apart) {
        INFO(flags.front());
        CHECK(thrown(flags, "a.png") == key);
    }
    CHECK(thrown({"--book", "--pattern", "{year}.pdf"}, "folder/") == "error.flag.apart");
    CHECK(thrown({"--size", "A3"}, "a.pptx") == "error.map.no_size");
    // What goes together.
    const std::vector<std::pair<Given, std::string>> together{
        {{"--kind", "bivariate", "--second", "B", "--breaks", "1,2", "--method", "equal"}, "a.png"},
        {{"--kind", "cartogram", "--k", "4", "--palette", "Blues", "--reversed"}, "a.png"},
        {{"--kind", "graduated", "--k", "4", "--largest", "9"}, "a.png"},
        {{"--change", "2014:2015", "--kind", "choropleth"}, "a.png"},
        {{"--atlas", "district", "--no-index", "--order", "year,area"}, "a.pdf"},
        {{"--book", "--years", "2014,2015"}, "a.PDF"},
        {{"--layout", "square", "--page-plan", "an-giang-2011"}, "a.apng"}};
    for (const auto& [flags, out] : together) {
        INFO(flags.front());
        CHECK(thrown(flags, out).empty());
    }
    // A chart takes the size of a layout, and no plan.
    const auto chart = [](const Given& flags) {
        Given words{"chart", "--boundaries", "x.shp", "--layout", "square", "--out", "c.png"};
        words.insert(words.end(), flags.begin(), flags.end());
        return cli::parse(words);
    };
    CHECK_NOTHROW(chart({}));
    CHECK_THROWS_AS(chart({"--page-plan", "an-giang-2011"}), base::Error);
}

TEST_CASE("a layout of the project gives way where the file has a page of its own") {
    const test::TempFolder folder;
    app::Project project;
    project.page.layout = "square";
    project.map.kind = map::MapKind::Symbols;
    const auto file = folder / "p.diaban";
    app::save_project(project, file);
    const auto layout = [&](const std::vector<std::string>& flags) {
        std::vector<std::string> words{"map", "--project", file.string(), "--boundaries", "x.shp"};
        words.insert(words.end(), flags.begin(), flags.end());
        return std::get<app::MapRequest>(cli::parse(words).request).page.layout;
    };
    CHECK(layout({"--out", "a.png"}) == "square");
    CHECK(layout({"--out", "a.apng"}) == "square");
    CHECK(layout({"--out", "a.pptx"}).empty());
    CHECK(layout({"--out", "a.tif"}).empty());
    CHECK(layout({"--out", "a.tif", "--layout", "square"}) ==
          "square"); // refused where it is drawn
    const auto near = cli::parse({"near", "--project", file.string(), "--map", "a.pptx"});
    CHECK(std::get<app::NearRequest>(near.request).page.layout.empty());
}

TEST_CASE("the help of map stands below headings") {
    const auto help = cli::parse({"map", "--help", "--lang", "en"}).print;
    std::size_t before = 0;
    for (const char* words :
         {"Where the data come from:", "What is drawn, and how:", "The page and its texts:",
          "Many maps at once:", "The file:", "Common to all verbs:", "Example"}) {
        INFO(words);
        const auto at = help.find(words);
        REQUIRE(at != std::string::npos);
        CHECK(at > before);
        before = at;
    }
    CHECK(help.find("--atlas ") > help.find("Many maps at once:"));
    CHECK(help.find("\n  --out ") > help.find("The file:"));
}
