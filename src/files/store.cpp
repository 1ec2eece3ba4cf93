#include "files/store.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "data/unknown_indicator.hpp"
#include "files/sqlite.hpp"
#include "files/store_agency.hpp"
#include "files/store_geometry.hpp"
#include "files/store_schema.hpp"
#include "files/store_update.hpp"
#include "files/store_vintage.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/ranges.h>

namespace diaban::files {
namespace {

using base::Error;
using base::ErrorKind;
using data::Level;

// Gives equal (code, name) pairs one group, in order of first appearance.
class GroupCollector {
public:
    GroupCollector(data::UnitTable& units, Level level)
        : groups_(units.groups[static_cast<std::size_t>(level)]),
          parent_(units.parent[static_cast<std::size_t>(level)]) {}

    void add(const Statement& row, int column) {
        if (row.type(column) == Statement::Type::Null) return parent_.push_back(geo::kNoGroup);
        data::Group group{std::string(row.text(column)), base::single_blanks(row.text(column + 1))};
        const auto [at, added] = index_.try_emplace({group.code, group.name},
                                                    static_cast<geo::GroupIndex>(groups_.size()));
        if (added) groups_.push_back(std::move(group));
        parent_.push_back(at->second);
    }
    // A level that no unit has is left out.
    void finish() {
        if (groups_.empty()) parent_.clear();
    }

private:
    std::vector<data::Group>& groups_;
    std::vector<geo::GroupIndex>& parent_;
    std::map<std::pair<std::string, std::string>, geo::GroupIndex> index_;
};

// The units of a vintage from rows of code, name, type and the codes and names of both parents.
class UnitCollector {
public:
    void add(const Statement& row) {
        units_.code.emplace_back(row.text(0));
        units_.name.push_back(base::single_blanks(row.text(1)));
        units_.type.emplace_back(row.text(2));
        districts_.add(row, 3);
        provinces_.add(row, 5);
    }
    data::UnitTable finish() {
        districts_.finish();
        provinces_.finish();
        return std::move(units_);
    }

private:
    data::UnitTable units_;
    GroupCollector districts_{units_, Level::District}, provinces_{units_, Level::Province};
};

// The attributes of places, in the order of their ids.
class AttributeReader {
public:
    AttributeReader(const Database& database, std::int64_t version) {
        if (version < 5) return;
        rows_.emplace(database.prepare(
            "SELECT place.id, a.key, a.value, a.type FROM place, json_each(place.attributes) a "
            "WHERE place.attributes <> '{}' ORDER BY place.id, a.id"));
        there_ = rows_->step();
    }
    // Ids come in ascending order.
    std::vector<data::Attribute> of(std::int64_t place) {
        std::vector<data::Attribute> out;
        for (; there_ && rows_->integer(0) <= place; there_ = rows_->step()) {
            const bool number = rows_->text(3) == "integer" || rows_->text(3) == "real";
            auto value = number ? fmt::format("{}", rows_->real(2)) : std::string(rows_->text(2));
            if (rows_->integer(0) == place && !value.empty())
                out.push_back({std::string(rows_->text(1)), std::move(value), number});
        }
        return out;
    }

private:
    std::optional<Statement> rows_;
    bool there_ = false;
};

} // namespace

struct Store::Impl {
    std::filesystem::path file;
    Database database;
    Info info;

    std::string name() const { return file.filename().string(); }

    [[noreturn]] void damaged(const std::string& reason) const {
        throw Error(ErrorKind::Database, "error.store.damaged",
                    {{"file", name()}, {"reason", reason}});
    }

    void read_info() {
        info.title = database.text("SELECT value FROM meta WHERE key = 'title'");
        info.sample = database.text("SELECT value FROM meta WHERE key = 'sample'") == "1";
        auto vintages = database.prepare("SELECT id FROM vintage ORDER BY seq");
        while (vintages.step()) info.vintages.emplace_back(vintages.text(0));
        auto periods = database.prepare("SELECT DISTINCT year, half FROM period ORDER BY 1, 2");
        while (periods.step())
            info.periods.push_back(
                {static_cast<int>(periods.integer(0)), static_cast<int>(periods.integer(1))});
        info.places = static_cast<std::size_t>(database.integer("SELECT count(*) FROM place"));
        read_indicators();
    }

    void read_indicators() {
        auto rows = database.prepare(
            "SELECT id, code, kind, name_vi, name_en, unit, numerator, denominator, scale, "
            "counts_persons FROM indicator ORDER BY id");
        auto categories =
            database.prepare("SELECT code FROM category WHERE indicator = ?1 ORDER BY value");
        while (rows.step()) {
            data::Indicator indicator;
            indicator.id = rows.text(1);
            indicator.kind = kind_of(rows.text(2), name());
            indicator.name_vi = rows.text(3);
            indicator.name_en = rows.text(4);
            indicator.unit = rows.text(5);
            indicator.numerator = rows.text(6);
            indicator.denominator = rows.text(7);
            indicator.scale = rows.real(8);
            indicator.counts_persons = rows.integer(9) != 0;
            categories.bind(1, rows.integer(0));
            while (categories.step()) indicator.categories.emplace_back(categories.text(0));
            categories.reset();
            indicator_id[indicator.id] = rows.integer(0);
            info.indicators.push_back(std::move(indicator));
        }
    }

    void require_vintage(const std::string& id) const {
        if (std::find(info.vintages.begin(), info.vintages.end(), id) == info.vintages.end())
            throw Error(
                ErrorKind::Data, "error.store.unknown_vintage",
                {{"vintage", id}, {"known", fmt::format("{}", fmt::join(info.vintages, ", "))}});
    }

    // The row, in the order of `units`, of each stored unit of a vintage: [i] belongs to the unit
    // with id first + i. The usual case is the stored order itself.
    struct Rows {
        std::int64_t first = 0;
        std::vector<std::size_t> row;
    };
    static constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);
    Rows rows_of(const std::string& vintage, const data::UnitTable& units) const {
        Rows out;
        std::vector<std::string> codes;
        auto rows = database.prepare("SELECT id, code FROM unit WHERE vintage = ?1 ORDER BY seq");
        rows.bind(1, vintage);
        while (rows.step()) {
            if (codes.empty()) out.first = rows.integer(0);
            codes.emplace_back(rows.text(1));
        }
        out.row.resize(codes.size());
        if (codes == units.code) {
            for (std::size_t i = 0; i < codes.size(); ++i) out.row[i] = i;
            return out;
        }
        std::map<std::string_view, std::size_t> by_code;
        for (std::size_t i = 0; i < units.size(); ++i)
            if (!units.code[i].empty()) by_code.try_emplace(units.code[i], i);
        for (std::size_t i = 0; i < codes.size(); ++i) {
            const auto found = by_code.find(codes[i]);
            out.row[i] = found == by_code.end() ? kNoRow : found->second;
        }
        return out;
    }

    std::map<std::string, std::int64_t> indicator_id;
};

Store::Store(std::filesystem::path file) {
    auto database = open_store(file);
    impl_ = std::make_unique<Impl>(Impl{std::move(file), std::move(database), {}, {}});
    require_store(impl_->database);
    impl_->read_info();
}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;

const Store::Info& Store::info() const {
    return impl_->info;
}

std::pair<data::Date, data::Date> Store::vintage_dates(const std::string& id) const {
    auto dates =
        impl_->database.prepare("SELECT valid_from, valid_until FROM vintage WHERE id = ?1");
    dates.bind(1, id);
    if (!dates.step()) return {};
    return {date_of(dates.text(0)), date_of(dates.text(1))};
}

std::vector<data::Period> Store::periods_of(const std::string& vintage) const {
    auto rows = impl_->database.prepare(
        "SELECT year, half FROM period WHERE vintage = ?1 ORDER BY year, half");
    rows.bind(1, vintage);
    std::vector<data::Period> out;
    while (rows.step())
        out.push_back({static_cast<int>(rows.integer(0)), static_cast<int>(rows.integer(1))});
    return out;
}

data::UnitTable Store::read_units(const std::string& vintage) const {
    impl_->require_vintage(vintage);
    auto rows = impl_->database.prepare(
        "SELECT code, name, type, district_code, district_name, province_code, province_name "
        "FROM unit WHERE vintage = ?1 ORDER BY seq");
    rows.bind(1, vintage);
    UnitCollector collector;
    while (rows.step()) collector.add(rows);
    return collector.finish();
}

StoredVintage Store::read_vintage(const std::string& id, base::JobContext& ctx) const {
    ctx.stage("stage.store");
    impl_->require_vintage(id);
    StoredVintage vintage;
    vintage.id = id;
    std::tie(vintage.from, vintage.until) = vintage_dates(id);
    auto total = impl_->database.prepare("SELECT count(*) FROM unit WHERE vintage = ?1");
    total.bind(1, id);
    total.step();
    const auto count = static_cast<std::uint64_t>(total.integer(0));

    UnitCollector units;
    auto rows = impl_->database.prepare(
        "SELECT code, name, type, district_code, district_name, province_code, province_name, "
        "geometry FROM unit WHERE vintage = ?1 ORDER BY seq");
    rows.bind(1, id);
    for (std::uint64_t n = 1; rows.step(); ++n) {
        units.add(rows);
        if (rows.type(7) == Statement::Type::Null)
            vintage.soup.end_face();
        else if (!append_face(rows.blob(7), vintage.soup))
            impl_->damaged("geometry of unit " + std::string(rows.text(0)));
        if (n % 1024 == 0) ctx.step(n, count);
    }
    vintage.units = units.finish();
    return vintage;
}

data::IndicatorCube Store::read_cube(const std::string& vintage, const data::UnitTable& units,
                                     const std::vector<data::IndicatorId>& wanted,
                                     base::JobContext& ctx) const {
    ctx.stage("stage.table");
    impl_->require_vintage(vintage);
    std::vector<data::Indicator> indicators;
    bool agencies = wanted.empty();
    for (const auto& id : wanted) {
        if (id == kAgencyIndicator) {
            agencies = true;
            continue;
        }
        const auto found =
            std::find_if(impl_->info.indicators.begin(), impl_->info.indicators.end(),
                         [&](const data::Indicator& i) { return i.id == id; });
        if (found == impl_->info.indicators.end())
            throw data::unknown_indicator(ErrorKind::Data, id, impl_->info.indicators);
        indicators.push_back(*found);
    }
    if (wanted.empty()) indicators = impl_->info.indicators;

    std::vector<data::Period> periods;
    auto dates = impl_->database.prepare(
        "SELECT year, half FROM period WHERE vintage = ?1 ORDER BY year, half");
    dates.bind(1, vintage);
    while (dates.step())
        periods.push_back({static_cast<int>(dates.integer(0)), static_cast<int>(dates.integer(1))});

    // Responsible agencies are a layer of the data; without a period there is no day to ask about.
    const auto assignments = agencies && !periods.empty() ? read_stored_assignments(impl_->database)
                                                          : std::vector<data::Assignment>();
    const auto observed = indicators.size();
    if (!assignments.empty()) indicators.push_back(agency_indicator(assignments));

    data::IndicatorCube cube(vintage, std::move(indicators), std::move(periods), units.size());
    if (!assignments.empty()) fill_agencies(cube, observed, units, assignments);
    const auto rows = impl_->rows_of(vintage, units);
    auto cells = impl_->database.prepare(
        "SELECT unit, value, state FROM observation "
        "WHERE indicator = ?1 AND year = ?2 AND half = ?3 AND unit BETWEEN ?4 AND ?5");
    const auto last = rows.first + static_cast<std::int64_t>(rows.row.size()) - 1;
    const auto steps = observed * cube.periods.size();
    for (std::size_t k = 0; k < observed; ++k) {
        for (std::size_t p = 0; p < cube.periods.size(); ++p) {
            ctx.step(k * cube.periods.size() + p, steps);
            cells.bind(1, impl_->indicator_id.at(cube.indicators[k].id));
            cells.bind(2, cube.periods[p].year).bind(3, cube.periods[p].half);
            cells.bind(4, rows.first).bind(5, last);
            while (cells.step()) {
                const auto row = rows.row[static_cast<std::size_t>(cells.integer(0) - rows.first)];
                if (row != Impl::kNoRow)
                    cube.set(k, p, row, cells.real(1), cell_of(cells.integer(2), impl_->name()));
            }
            cells.reset();
        }
    }
    return cube;
}

std::vector<data::Place> Store::read_places() const {
    std::vector<data::Place> places;
    const auto version = require_store(impl_->database);
    auto rows = impl_->database.prepare(
        fmt::format("SELECT kind, name, code, lon, lat, geometry, {}, id FROM place ORDER BY id",
                    version >= 3 ? "valid_from, valid_until" : "'', ''"));
    AttributeReader attributes(impl_->database, version);
    while (rows.step()) {
        data::Place place;
        place.kind = rows.text(0);
        place.name = rows.text(1);
        place.code = rows.text(2);
        place.at = {rows.real(3), rows.real(4)};
        place.from = date_of(rows.text(6));
        place.until = date_of(rows.text(7));
        place.attributes = attributes.of(rows.integer(8));
        geo::PolygonSoup soup;
        if (auto lines = blob_lines(rows.blob(5))) {
            place.line = true;
            place.rings = std::move(*lines);
        } else if (!append_face(rows.blob(5), soup)) {
            impl_->damaged("geometry of place " + place.name);
        }
        for (std::size_t r = 0; r < soup.rings(); ++r)
            place.rings.emplace_back(soup.ring(r).begin(), soup.ring(r).end());
        places.push_back(std::move(place));
    }
    return places;
}

std::vector<data::Crosswalk> Store::read_crosswalks() const {
    const auto& database = impl_->database;
    const auto range = [&](std::string_view vintage) {
        auto rows = database.prepare("SELECT min(id), count(*) FROM unit WHERE vintage = ?1");
        rows.bind(1, vintage);
        rows.step();
        return std::pair(rows.integer(0), static_cast<std::size_t>(rows.integer(1)));
    };
    std::vector<data::Crosswalk> out;
    auto heads = database.prepare("SELECT id, from_vintage, to_vintage, basis FROM crosswalk "
                                  "ORDER BY id");
    auto weights = database.prepare("SELECT from_unit, to_unit, weight FROM crosswalk_weight "
                                    "WHERE crosswalk = ?1 ORDER BY from_unit, to_unit");
    while (heads.step()) {
        data::Crosswalk crosswalk;
        crosswalk.from = heads.text(1);
        crosswalk.to = heads.text(2);
        crosswalk.basis = basis_of(heads.text(3), impl_->name());
        const auto [first_from, from_units] = range(crosswalk.from);
        const auto [first_to, to_units] = range(crosswalk.to);
        crosswalk.to_units = to_units;
        auto& csr = crosswalk.weight;
        weights.bind(1, heads.integer(0));
        while (weights.step()) {
            const auto from = static_cast<std::size_t>(weights.integer(0) - first_from);
            const auto to = static_cast<std::size_t>(weights.integer(1) - first_to);
            if (from >= from_units || to >= to_units) impl_->damaged("crosswalk");
            while (csr.rows() < from)
                csr.offset.push_back(static_cast<std::uint32_t>(csr.index.size()));
            csr.index.push_back(static_cast<std::uint32_t>(to));
            csr.weight.push_back(weights.real(2));
        }
        weights.reset();
        while (csr.rows() < from_units)
            csr.offset.push_back(static_cast<std::uint32_t>(csr.index.size()));
        out.push_back(std::move(crosswalk));
    }
    return out;
}

} // namespace diaban::files
