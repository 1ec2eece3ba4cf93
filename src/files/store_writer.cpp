// Writing a whole store: a new file is built beside the old one and renamed over it.

#include "base/paths.hpp"
#include "files/sqlite.hpp"
#include "files/store.hpp"
#include "files/store_schema.hpp"
#include "files/store_units.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace diaban::files {
namespace {

using data::Level;

constexpr std::uint64_t kRowsBetweenSteps = 65'536;

// Inserts observations many at a time: a store of 100,000 units has ten million of them, and a
// statement for each would take three times as long.
class ObservationWriter {
public:
    explicit ObservationWriter(const Database& database)
        : many_(database.prepare(sql(kBatch))), one_(database.prepare(sql(1))) {}

    void begin(std::int64_t indicator, data::Period period) {
        for (auto* statement : {&many_, &one_})
            statement->bind(1, indicator).bind(2, period.year).bind(3, period.half);
    }
    void add(std::int64_t unit, const double* value, data::Cell state) {
        rows_.push_back({unit, value ? *value : 0, value != nullptr, state});
        if (rows_.size() == kBatch) {
            for (std::size_t i = 0; i < kBatch; ++i) bind(many_, i, rows_[i]);
            many_.run();
            rows_.clear();
        }
    }
    void end() {
        for (const auto& row : rows_) {
            bind(one_, 0, row);
            one_.run();
        }
        rows_.clear();
    }

private:
    static constexpr std::size_t kBatch = 128;
    struct Row {
        std::int64_t unit;
        double value;
        bool has_value;
        data::Cell state;
    };
    static std::string sql(std::size_t rows) {
        std::string text =
            "INSERT INTO observation (indicator, year, half, unit, value, state) VALUES ";
        for (std::size_t i = 0; i < rows; ++i)
            text += fmt::format("{}(?1, ?2, ?3, ?{}, ?{}, ?{})", i ? ", " : "", 4 + 3 * i,
                                5 + 3 * i, 6 + 3 * i);
        return text;
    }
    static void bind(Statement& statement, std::size_t place, const Row& row) {
        const int first = 4 + 3 * static_cast<int>(place);
        statement.bind(first, row.unit);
        if (row.has_value)
            statement.bind(first + 1, row.value);
        else
            statement.bind_null(first + 1);
        statement.bind(first + 2, static_cast<int>(row.state));
    }

    Statement many_, one_;
    std::vector<Row> rows_;
};

class StoreWriter {
public:
    StoreWriter(const Database& database, const StoreContent& content, base::JobContext& ctx)
        : database_(database), content_(content), ctx_(ctx) {}

    void write() {
        // The file is thrown away if anything fails, so a journal would only cost time. Foreign
        // keys are checked once at the end.
        database_.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                          "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536;");
        Transaction transaction(database_);
        database_.integer("SELECT InitSpatialMetaData(0, 'WGS84')");
        raise_schema(database_, 0);
        write_meta();
        for (const auto& vintage : content_.vintages) write_vintage(vintage);
        write_indicators();
        for (const auto& cube : content_.cubes) write_cube(cube);
        write_places();
        for (const auto& crosswalk : content_.crosswalks) write_crosswalk(crosswalk);
        check_keys();
        register_layers();
        transaction.commit();
    }

private:
    void write_meta() {
        auto insert = database_.prepare("INSERT INTO meta VALUES (?1, ?2)");
        const auto put = [&](std::string_view key, std::string_view value) {
            insert.bind(1, key).bind(2, value).run();
        };
        put("title", content_.title);
        put("sample", content_.sample ? "1" : "0");
    }

    void write_vintage(const StoredVintage& vintage) {
        auto insert = database_.prepare(
            "INSERT INTO vintage VALUES (?1, ?2, nullif(?3, ''), nullif(?4, ''))");
        insert.bind(1, vintage.id).bind(2, static_cast<std::int64_t>(first_unit_.size()));
        insert.bind(3, text_of(vintage.from)).bind(4, text_of(vintage.until)).run();
        first_unit_[vintage.id] = next_unit_;
        insert_units(database_, vintage, next_unit_, [this] { step(); });
        next_unit_ += static_cast<std::int64_t>(vintage.units.size());
    }

    void write_indicators() {
        std::vector<const data::Indicator*> catalogue;
        for (const auto& cube : content_.cubes)
            for (const auto& indicator : cube.indicators)
                if (indicator_
                        .emplace(indicator.id, static_cast<std::int64_t>(indicator_.size()) + 1)
                        .second)
                    catalogue.push_back(&indicator);
        auto insert = database_.prepare("INSERT INTO indicator VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                                        "nullif(?7, ''), nullif(?8, ''), ?9, ?10)");
        auto category = database_.prepare("INSERT INTO category VALUES (?1, ?2, ?3)");
        for (const auto* indicator : catalogue) {
            const auto id = indicator_.at(indicator->id);
            insert.bind(1, id).bind(2, indicator->id).bind(3, text_of(indicator->kind));
            insert.bind(4, indicator->name_vi).bind(5, indicator->name_en);
            insert.bind(6, indicator->unit);
            insert.bind(7, indicator->numerator).bind(8, indicator->denominator);
            insert.bind(9, indicator->scale).bind(10, indicator->counts_persons ? 1 : 0).run();
            for (std::size_t k = 0; k < indicator->categories.size(); ++k)
                category.bind(1, id)
                    .bind(2, static_cast<std::int64_t>(k))
                    .bind(3, indicator->categories[k])
                    .run();
        }
    }

    void write_cube(const data::IndicatorCube& cube) {
        const auto first = first_unit(cube.vintage);
        auto period = database_.prepare("INSERT INTO period VALUES (?1, ?2, ?3)");
        for (const auto p : cube.periods)
            period.bind(1, cube.vintage).bind(2, p.year).bind(3, p.half).run();
        ObservationWriter out(database_);
        for (std::size_t k = 0; k < cube.indicators.size(); ++k) {
            for (std::size_t p = 0; p < cube.periods.size(); ++p) {
                out.begin(indicator_.at(cube.indicators[k].id), cube.periods[p]);
                const auto slice = cube.slice(k, p);
                for (std::size_t i = 0; i < slice.size(); ++i) {
                    step();
                    if (slice.state[i] != data::Cell::Missing)
                        out.add(first + static_cast<std::int64_t>(i),
                                slice.has(i) ? &slice.value[i] : nullptr, slice.state[i]);
                }
                out.end();
            }
        }
    }

    void write_places() {
        for (const auto& place : content_.places)
            insert_place(database_, place, text_of(place.from), text_of(place.until));
    }

    void write_crosswalk(const data::Crosswalk& crosswalk) {
        const auto from = first_unit(crosswalk.from);
        const auto to = first_unit(crosswalk.to);
        const auto id = next_crosswalk_++;
        database_
            .prepare("INSERT INTO crosswalk (id, from_vintage, to_vintage, basis) "
                     "VALUES (?1, ?2, ?3, ?4)")
            .bind(1, id)
            .bind(2, crosswalk.from)
            .bind(3, crosswalk.to)
            .bind(4, text_of(crosswalk.basis))
            .run();
        insert_weights(database_, id, crosswalk, from, to);
    }

    // Makes the two geometry columns layers of their own, with a spatial index, and one view per
    // vintage, because a map of all vintages on top of each other helps nobody.
    void register_layers() {
        must("SELECT RecoverGeometryColumn('unit', 'geometry', 4326, 'MULTIPOLYGON', 'XY')");
        must("SELECT CreateSpatialIndex('unit', 'geometry')");
        must("SELECT RecoverGeometryColumn('place', 'geometry', 4326, 'GEOMETRY', 'XY')");
        must("SELECT CreateSpatialIndex('place', 'geometry')");
        for (const auto& vintage : content_.vintages) insert_vintage_layer(database_, vintage.id);
        // SpatiaLite logs when it did what; the same content must give the same bytes.
        database_.execute("DELETE FROM spatialite_history");
        database_.execute(
            "UPDATE geometry_columns_time SET last_insert = '1970-01-01T00:00:00.000Z',"
            "last_update = '1970-01-01T00:00:00.000Z',"
            "last_delete = '1970-01-01T00:00:00.000Z'");
    }

    // Observations refer to units and indicators by ids that were handed out here; all else is
    // asked.
    void check_keys() {
        for (const char* table :
             {"unit", "indicator", "category", "period", "crosswalk", "crosswalk_weight"}) {
            auto broken = database_.prepare(fmt::format("PRAGMA foreign_key_check({})", table));
            if (broken.step())
                throw base::Error(base::ErrorKind::Data, "error.store.inconsistent",
                                  {{"table", std::string(table)},
                                   {"row", broken.integer(1)},
                                   {"refers_to", std::string(broken.text(2))}});
        }
    }

    void must(std::string_view sql) {
        ctx_.check();
        if (database_.integer(sql) != 1)
            throw base::Error(
                base::ErrorKind::Database, "error.database.failed",
                {{"file", database_.file().filename().string()}, {"reason", std::string(sql)}});
    }

    std::int64_t first_unit(const std::string& vintage) const {
        const auto found = first_unit_.find(vintage);
        if (found == first_unit_.end())
            throw base::Error(base::ErrorKind::Data, "error.store.unknown_vintage",
                              {{"vintage", vintage}, {"known", vintage_list(database_)}});
        return found->second;
    }

    void step() {
        if (++done_ % kRowsBetweenSteps == 0) ctx_.step(done_, total());
    }
    std::uint64_t total() {
        if (total_ == 0) {
            for (const auto& vintage : content_.vintages) total_ += vintage.units.size();
            for (const auto& cube : content_.cubes)
                total_ += cube.indicators.size() * cube.periods.size() * cube.units();
        }
        return std::max(total_, done_);
    }

    const Database& database_;
    const StoreContent& content_;
    base::JobContext& ctx_;
    std::map<std::string, std::int64_t> first_unit_; // by vintage
    std::map<std::string, std::int64_t> indicator_;  // by code
    std::int64_t next_unit_ = 1, next_crosswalk_ = 1;
    std::uint64_t done_ = 0, total_ = 0;
};

} // namespace

void write_store(const std::filesystem::path& file, const StoreContent& content,
                 base::JobContext& ctx) {
    ctx.stage("stage.store");
    base::write_atomically(file, [&](const std::filesystem::path& temporary) {
        // What a killed process may have left.
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        const auto database = Database::create_spatial(temporary, file, &ctx);
        StoreWriter(database, content, ctx).write();
    });
}

} // namespace diaban::files
