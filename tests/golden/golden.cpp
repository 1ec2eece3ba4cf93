// Draws every case of tests/golden with the real program and compares it with its picture.
//
//   golden [--update] [case...]
//
// A case is a folder with request.json:
//   {"sample": ["--communes", "60"],            flags of `diaban sample`
//    "map": ["--store", "{sample}/…", …],       flags of `diaban map`, without --out
//    "languages": ["vi", "en"],                 one picture each, expected_vi.png …; else one
//    "tolerance": 32, "budget": 0.002}          per channel; share of pixels that may differ
// {sample} stands for the folder of the sample. What was drawn and what differs is left in the
// build folder under golden/out/<case>. Pictures that are accepted keep sixteen steps of each
// colour: far within the tolerance, and a third of the size.
#include "base/paths.hpp"
#include "image.hpp"
#include "support/process.hpp"
#include "support/temp.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

using namespace diaban;
namespace fs = std::filesystem;

namespace {

using Flags = std::vector<std::string>;

struct Case {
    std::string name;
    std::string picture; // "expected", "expected_vi"
    Flags sample, map;
    int tolerance;
    double budget;
};

// One, or one for each language.
std::vector<Case> read_cases(const fs::path& folder) {
    const auto json = nlohmann::json::parse(base::read_file(folder / "request.json"));
    const Case one{folder.filename().string(),          "expected",
                   json.value("sample", Flags{}),       json.at("map").get<Flags>(),
                   json.value("tolerance", 32),         json.value("budget", 0.002)};
    std::vector<Case> out;
    for (const auto& language : json.value("languages", Flags{})) {
        auto& spoken = out.emplace_back(one);
        spoken.picture += "_" + language;
        spoken.map.insert(spoken.map.end(), {"--lang", language});
    }
    return out.empty() ? std::vector{one} : out;
}

// What stays of a picture that is accepted.
test::Image in_steps(test::Image image) {
    constexpr int kStep = 17; // 0 and 255 stay what they are
    for (auto& channel : image.rgb)
        channel = static_cast<std::uint8_t>((channel + kStep / 2) / kStep * kStep);
    return image;
}

// Samples are made once for all cases that want the same one.
class Samples {
public:
    std::string folder(const Flags& flags) {
        const auto known = made_.find(flags);
        if (known != made_.end()) return known->second;
        const auto target = (temporary_ / std::to_string(made_.size())).string();
        Flags command{DIABAN_PROGRAM, "sample", target, "--quiet"};
        command.insert(command.end(), flags.begin(), flags.end());
        const auto outcome = test::run_program(command);
        if (outcome.code != 0) std::cerr << outcome.err;
        return made_[flags] = target;
    }

private:
    test::TempFolder temporary_;
    std::map<Flags, std::string> made_;
};

bool draw(const Case& c, Samples& samples, const fs::path& out) {
    Flags command{DIABAN_PROGRAM, "map"};
    const auto sample = samples.folder(c.sample);
    for (auto flag : c.map) {
        if (const auto at = flag.find("{sample}"); at != std::string::npos)
            flag.replace(at, 8, sample);
        command.push_back(flag);
    }
    command.insert(command.end(), {"--quiet", "--out", out.string()});
    const auto outcome = test::run_program(command);
    if (outcome.code != 0) std::cerr << outcome.err;
    return outcome.code == 0;
}

// Draws one case and says how it went.
bool check(const Case& c, Samples& samples, bool update) {
    const auto expected_file = fs::path(DIABAN_GOLDEN) / c.name / (c.picture + ".png");
    const auto out = fs::path(DIABAN_GOLDEN_OUT) / c.name / c.picture;
    const auto called = c.name + " " + c.picture;
    fs::create_directories(out);
    const auto fail = [&](const std::string& why) {
        std::cout << "FAILED " << called << ": " << why << "\n  see " << out.string() << '\n';
        return false;
    };
    if (!draw(c, samples, out / "actual.png")) return fail("the program did not draw it");
    const auto actual = test::read_png(out / "actual.png");
    if (!actual) return fail("what was drawn is no PNG");
    if (update) {
        if (!test::write_png(in_steps(*actual), expected_file)) return fail("cannot be written");
        std::cout << "updated " << called << ": look at it before you commit\n";
        return true;
    }
    const auto expected = test::read_png(expected_file);
    if (!expected) return fail("its picture is missing; make it with --update and look at it");
    const auto difference = test::compare(*expected, *actual, c.tolerance);
    if (!difference.same_size)
        return fail("the size is " + std::to_string(actual->width) + " x " +
                    std::to_string(actual->height));
    test::write_png(difference.picture, out / "diff.png");
    const auto allowed =
        static_cast<std::size_t>(c.budget * static_cast<double>(actual->width * actual->height));
    if (difference.pixels > allowed)
        return fail(std::to_string(difference.pixels) + " pixels differ, " +
                    std::to_string(allowed) + " may");
    std::cout << "ok " << called << " (" << difference.pixels << " of " << allowed
              << " pixels differ)\n";
    return true;
}

} // namespace

int main(int argc, char** argv) {
    bool update = false;
    std::vector<std::string> wanted;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "--update")
            update = true;
        else
            wanted.emplace_back(argv[i]);
    }
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(DIABAN_GOLDEN))
        if (fs::exists(entry.path() / "request.json") &&
            (wanted.empty() || std::find(wanted.begin(), wanted.end(),
                                         entry.path().filename().string()) != wanted.end()))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    if (folders.empty()) {
        std::cout << "FAILED: there is no such case\n";
        return 1;
    }
    Samples samples;
    int failed = 0;
    for (const auto& folder : folders)
        for (const auto& one : read_cases(folder)) failed += !check(one, samples, update);
    return failed ? 1 : 0;
}
