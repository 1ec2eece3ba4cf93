// What the file of a place says of it beside kind, name, code and dates.
#pragma once

#include "base/error.hpp"
#include "data/place.hpp"
#include "data/table.hpp"

#include <functional>

namespace diaban::files {

// The columns of a table that are kept as attributes.
//
// Guarantees (conventions.md 6): a column about persons is refused with a finding, by its name or
// its cells; of one that counts persons no number from 1 to 9 is kept, which report() tells; so
// attributes may be shown to anybody.
class AttributeColumns {
public:
    // `used`: those that are read as something else. The table must outlive this.
    AttributeColumns(const data::RawTable& table,
                     const std::function<bool(const data::Column&)>& used,
                     base::Findings& findings);
    std::vector<data::Attribute> of(std::size_t row);
    void report(const std::string& file, base::Findings& findings) const;

private:
    struct Kept {
        const data::Column* column;
        bool counts_persons;
        std::int64_t left_out = 0; // small counts
    };
    std::vector<Kept> kept_;
};

// {"Số bến": 3, "Chủ quản": "Sở GTVT"}, "{}" of none: as a store keeps them.
std::string attributes_json(const std::vector<data::Attribute>& attributes);

} // namespace diaban::files
