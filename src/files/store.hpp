// The store: one SpatiaLite file with boundaries by vintage, indicators, observations, places and
// crosswalks. Schema version 5, described in docs/store.md; older ones are read as they are.
//
// Guarantees: viewing opens the file read-only and leaves its bytes and times unchanged; writing is
// one transaction (all or nothing); ogrinfo and QGIS open its layers as ordinary spatial layers.
#pragma once

#include "base/job.hpp"
#include "data/crosswalk.hpp"
#include "data/cube.hpp"
#include "data/place.hpp"
#include "data/units.hpp"
#include "geo/polygons.hpp"

#include <filesystem>
#include <memory>

namespace diaban::files {

inline constexpr int kStoreVersion = 5;

struct StoredVintage {
    std::string id;
    data::Date from, until;
    data::UnitTable units;
    geo::PolygonSoup soup; // WGS 84 degrees
};

// What a new store is written from, as plain values; the sample generator makes one.
struct StoreContent {
    std::string title;
    bool sample = false; // fictional data, shown as such everywhere
    std::vector<StoredVintage> vintages;
    std::vector<data::IndicatorCube> cubes; // one per vintage, same order
    std::vector<data::Place> places;        // WGS 84 degrees
    std::vector<data::Crosswalk> crosswalks;
};

// Throws Error Write, Database.
void write_store(const std::filesystem::path& file, const StoreContent& content,
                 base::JobContext& ctx);

class Store {
public:
    // Read-only. Throws Error Input, Database ("error.store.not_a_store", "error.store.newer",
    // ...).
    explicit Store(std::filesystem::path file);
    ~Store();
    Store(Store&&) noexcept;

    struct Info {
        std::string title;
        bool sample = false;
        std::vector<std::string> vintages; // ids, oldest first
        std::vector<data::Indicator> indicators;
        std::vector<data::Period> periods; // with observations
        std::size_t places = 0;
    };
    const Info& info() const;
    // From when and until when (exclusive) a vintage holds; {} = open.
    std::pair<data::Date, data::Date> vintage_dates(const std::string& id) const;
    std::vector<data::Period> periods_of(const std::string& vintage) const; // with observations
    data::UnitTable read_units(const std::string& vintage) const;           // without geometry
    StoredVintage read_vintage(const std::string& id, base::JobContext& ctx) const;
    // Observations of some (all if empty) indicators on the units of a vintage, in its unit order.
    data::IndicatorCube read_cube(const std::string& vintage, const data::UnitTable& units,
                                  const std::vector<data::IndicatorId>& indicators,
                                  base::JobContext& ctx) const;
    std::vector<data::Place> read_places() const; // WGS 84 degrees
    std::vector<data::Crosswalk> read_crosswalks() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace diaban::files
