// The sheets of a series, made one by one from the maps they share. Private to app/commands.
#pragma once

#include "app/commands/map_parts.hpp"
#include "app/commands/map_series.hpp"
#include "geo/locate.hpp"
#include "map/book.hpp"

namespace diaban::app {

class SeriesSheets {
public:
    // All that is the same for several sheets. Throws as run_series().
    SeriesSheets(const MapRequest& request, const Dataset& dataset, const Language& language,
                 base::JobContext& ctx, const QuerySources* sources);

    std::size_t count() const { return sheets_.size(); }
    SeriesSize size() const;
    const MapPlan& plan() const { return plan_; }
    const SeriesAreas& areas() const { return areas_; }
    const StyledMap& first() const { return maps_.front().front(); }

    // Its number excepted. May be called from several threads.
    map::Page page(std::size_t sheet) const;
    SheetName name(std::size_t sheet) const;
    map::BookSheet row(std::size_t sheet) const; // of an index
    std::optional<geo::Point> place(std::size_t sheet) const;
    SeriesReport::Sheet told(std::size_t sheet) const;
    // The masked cells that it would have shown; of all sheets together, each once.
    std::vector<MaskedCell> masked(std::size_t sheet) const;
    std::vector<MaskedCell> masked() const;
    // The first page of a book: title, sources, and the map of where the sheets lie.
    map::PageText index_text() const;
    std::optional<map::Page> overview() const;

private:
    void style_maps();
    void share_classes();
    void make_areas();
    void check_sums() const;
    const SeriesArea* area_of(std::size_t sheet) const;
    std::string years_text(const SeriesSheet& sheet) const;
    std::string area_text(std::size_t sheet) const;
    std::string indicators_text(const SeriesSheet& sheet) const;
    void set_words(map::Page& page, std::size_t sheet) const;
    void set_area(map::Page& page, std::size_t area) const;
    void leave_out_far_units(map::Page& page) const;
    void set_panels(map::Page& page, std::size_t sheet) const;
    void set_layout(map::Page& page, std::size_t sheet) const;
    map::Style style_in(const map::Style& style, std::size_t area) const;
    std::shared_ptr<const map::Theme> theme_in(const std::shared_ptr<const map::Theme>& theme,
                                               std::size_t area) const;
    std::vector<map::Symbol> symbols_in(const std::vector<map::Symbol>& symbols,
                                        std::size_t area) const;
    std::vector<MaskedCell> masked_of(const SeriesSheet::Map& map) const;

    const MapRequest& request_;
    const Language& language_;
    MapPlan plan_;
    std::vector<data::Period> years_;
    // By indicator and year.
    std::vector<std::vector<StyledMap>> maps_;
    std::vector<std::vector<map::Page>> pages_;
    SeriesAreas areas_;
    std::vector<std::shared_ptr<const map::SheetArea>> ground_; // of areas
    std::shared_ptr<const map::LocatorMap> locator_;
    std::vector<SeriesSheet> sheets_;
    std::shared_ptr<const geo::Locator> units_at_; // where there are places on an atlas
};

} // namespace diaban::app
