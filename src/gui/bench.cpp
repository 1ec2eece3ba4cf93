#include "gui/bench.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace diaban::gui {
namespace {

using Clock = std::chrono::steady_clock;
// Taken before main(): as near to the start of the process as the program itself can tell.
const Clock::time_point kStarted = Clock::now();

double since_start_ms() {
    return std::chrono::duration<double, std::milli>(Clock::now() - kStarted).count();
}

double processor_since_start_ms() {
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

constexpr int kYears = 30, kPans = 60, kZooms = 40, kMultiples = 12;
constexpr double kNudge = 1.03; // a zoom that shows the same ground and yet paints every picture
constexpr int kFramesToSettle = 5;

// A change of year that changes nothing would be measured as a fast one.
std::vector<data::Period> years_to_step(app::Document& document) {
    std::vector<data::Period> years;
    if (document.styled()) years = document.dataset()->cube->periods;
    std::erase(years, data::Period{}); // values without a date are no year of their own
    if (years.size() < 2)
        throw base::Error(base::ErrorKind::Usage, "error.bench.periods",
                          {{"n", static_cast<std::int64_t>(years.size())}});
    return years;
}

// The year after the one on the map; after the last the first.
data::Period next_year(app::Document& document) {
    const auto years = years_to_step(document);
    const auto now = std::find(years.begin(), years.end(), document.styled()->choice.period);
    return now == years.end() || now + 1 == years.end() ? years.front() : *(now + 1);
}

} // namespace

void Bench::record(const char* name, double ms, double processor_ms) {
    for (Measure& m : measures_)
        if (std::string_view(m.name) == name) {
            m.ms.push_back(ms);
            m.processor_ms.push_back(processor_ms);
            return;
        }
    measures_.push_back({name, {ms}, {processor_ms}});
}

bool Bench::before_frame(app::Document& document, Frame& frame) {
    idle_ = document.jobs().idle();
    switch (phase_) {
    case Phase::Loading:
        // What cannot be opened, or asks something first, would never be measured.
        if (document.dataset() || document.loading() || !idle_) break;
        if (!document.problems().empty()) throw document.problems().front();
        years_to_step(document);
        break;
    case Phase::Years:
        document.set_period(next_year(document));
        break;
    case Phase::Pan:
        frame.map().pan_by(step_ < kPans / 2 ? -12 : 12, step_ % 2 ? 5 : -5);
        break;
    case Phase::Zoom: {
        const geo::Point middle{frame.map().view().width_px / 2, frame.map().view().height_px / 2};
        frame.map().zoom_at(middle, step_ < kZooms / 2 ? 1.12 : 1 / 1.12);
        break;
    }
    case Phase::Arranging:
        frame.shell().mode = MapMode::Multiples;
        break;
    case Phase::Multiples:
        frame.map().zoom_at({frame.map().view().width_px / 2, frame.map().view().height_px / 2},
                            step_ % 2 ? 1 / kNudge : kNudge);
        break;
    default:
        break;
    }
    return phase_ != Phase::Done;
}

void Bench::after_frame(double milliseconds, double processor_ms, Frame& frame) {
    switch (phase_) {
    case Phase::Loading:
        if (frame.map().shown()) {
            record("first_map", since_start_ms(), processor_since_start_ms());
            phase_ = Phase::Settling;
        }
        return;
    case Phase::Settling:
        if (idle_ && frame.map().settled() && ++step_ > kFramesToSettle) {
            record("settled", since_start_ms(), processor_since_start_ms());
            phase_ = Phase::Years, step_ = 0;
        }
        return;
    case Phase::Years:
        record("year", milliseconds, processor_ms);
        if (++step_ >= kYears) phase_ = Phase::Pan, step_ = 0;
        return;
    case Phase::Pan:
        record("pan", milliseconds, processor_ms);
        if (++step_ >= kPans) phase_ = Phase::Zoom, step_ = 0;
        return;
    case Phase::Zoom:
        record("zoom", milliseconds, processor_ms);
        if (++step_ >= kZooms) phase_ = Phase::Arranging, step_ = 0;
        return;
    case Phase::Arranging:
        if (idle_ && frame.map().settled() && ++step_ > kFramesToSettle)
            phase_ = Phase::Multiples, step_ = 0;
        return;
    case Phase::Multiples:
        record("multiples", milliseconds, processor_ms);
        phase_ = Phase::Smoothing;
        return;
    case Phase::Smoothing: // they rest, and a moment later all are painted once more
        if (!frame.map().painted_this_frame()) return;
        record("smooth", milliseconds, processor_ms);
        phase_ = ++step_ >= kMultiples ? Phase::Done : Phase::Multiples;
        return;
    case Phase::Done:
        return;
    }
}

void Bench::print() const {
    for (Measure m : measures_) {
        std::sort(m.ms.begin(), m.ms.end());
        std::sort(m.processor_ms.begin(), m.processor_ms.end());
        std::printf("%-10s median %8.1f   largest %8.1f   processor %8.1f   n %zu\n", m.name,
                    m.ms[m.ms.size() / 2], m.ms.back(), m.processor_ms[m.processor_ms.size() / 2],
                    m.ms.size());
    }
    std::fflush(stdout);
}

} // namespace diaban::gui
