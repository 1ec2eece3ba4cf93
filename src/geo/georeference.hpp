// Where the pixels of a picture lie on the ground: square pixels, north up.
#pragma once

#include "geo/point.hpp"

namespace diaban::geo {

struct Georeference {
    Point corner;    // the upper left corner of the upper left pixel, map units
    double step = 1; // side of a pixel, map units
    // The place of a column and a row; those of the middle of a pixel end in .5.
    Point at(double column, double row) const {
        return {corner.x + column * step, corner.y - row * step};
    }
};

} // namespace diaban::geo
