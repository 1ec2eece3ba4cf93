// Measures the window: time to the first map, and frames while the year changes, the map is panned
// and zoomed, and small multiples of it are painted anew, in motion and then smooth. Prints one
// line per measure: name, median, largest, processor time of all threads (in milliseconds), count.
// On a busy machine the processor time tells what the frame itself costs.
#pragma once

#include "gui/frame.hpp"

namespace diaban::gui {

class Bench {
public:
    // Before a frame: changes what the next frame must show. False when everything is measured.
    // Throws the problem if nothing could be opened; Error Usage "error.bench.periods" if the data
    // has fewer than two periods.
    bool before_frame(app::Document& document, Frame& frame);
    // After a frame is finished on the card.
    void after_frame(double milliseconds, double processor_ms, Frame& frame);
    void print() const;
    // Frames follow each other without a pause.
    bool hurried() const {
        return phase_ != Phase::Loading && phase_ != Phase::Settling && phase_ != Phase::Arranging;
    }

private:
    enum class Phase {
        Loading,
        Settling,
        Years,
        Pan,
        Zoom,
        Arranging, // small multiples, until their detail is there
        Multiples,
        Smoothing,
        Done
    };
    struct Measure {
        const char* name;
        std::vector<double> ms, processor_ms;
    };
    void record(const char* name, double ms, double processor_ms);

    Phase phase_ = Phase::Loading;
    bool idle_ = false; // no job was running before the frame
    int step_ = 0;
    std::vector<Measure> measures_;
};

} // namespace diaban::gui
