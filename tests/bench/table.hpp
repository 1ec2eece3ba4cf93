// What the benchmarks share: medians of several runs, and the table of numbers and budgets.
#pragma once

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <sys/utsname.h>
#include <thread>
#include <vector>

namespace diaban::bench {

inline constexpr int kRuns = 5;

inline double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Median wall time of `runs` runs.
template <class Work> double median_seconds(Work work, int runs = kRuns) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        times.push_back(seconds_since(begin));
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

class Table {
public:
    void header() {
        utsname system{};
        uname(&system);
        std::ifstream cpus("/proc/cpuinfo");
        std::string line, model = "?";
        while (std::getline(cpus, line))
            if (line.starts_with("model name")) model = line.substr(line.find(':') + 2);
        fmt::print("{} {}, {} cores, {}\n", system.sysname, system.release,
                   std::thread::hardware_concurrency(), model);
        fmt::print("{:<46}{:>10}{:>10}{:>8}{:>10}{:>10}\n", "measurement", "median", "budget",
                   "ratio", "cpu", "peak MB");
    }
    void line(const std::string& what, double seconds, double budget, double cpu = 0,
              double peak = 0) {
        const bool over = seconds > budget;
        over_ += over;
        fmt::print("{:<46}{:>8.3f} s{:>8.3f} s{:>8.2f}{:>8.2f} s{:>10.0f}{}\n", what, seconds,
                   budget, seconds / budget, cpu, peak, over ? "  over" : "");
        std::fflush(stdout);
    }
    void memory(const std::string& what, double peak, double budget) {
        over_ += peak > budget;
        fmt::print("{:<46}{:>7.0f} MB{:>7.0f} MB{:>8.2f}{}\n", what, peak, budget, peak / budget,
                   peak > budget ? "  over" : "");
    }
    void percent(const std::string& what, double measured, double budget) {
        over_ += measured > budget;
        fmt::print("{:<46}{:>8.3f} %{:>8.3f} %{:>8.2f}{}\n", what, measured, budget,
                   measured / budget, measured > budget ? "  over" : "");
        std::fflush(stdout);
    }
    int over() const { return over_; }

private:
    int over_ = 0;
};

} // namespace diaban::bench
