// A copy of the sample that a window test may change, and the numbers of the command line as
// oracle.
#pragma once

#include "session.hpp"
#include "support/process.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace diaban::test {

struct OwnSample {
    TempFolder folder;
    std::filesystem::path project, store;

    OwnSample() {
        namespace fs = std::filesystem;
        fs::copy(sample_project().parent_path(), folder.path(), fs::copy_options::recursive);
        project = folder / sample_project().filename().string();
        for (const auto& entry : fs::directory_iterator(folder.path()))
            if (entry.path().extension() == ".sqlite") store = entry.path();
    }
    // What `diaban ARGUMENTS --store S --json` prints.
    nlohmann::json json(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), DIABAN_PROGRAM);
        arguments.insert(arguments.end(), {"--store", store.string(), "--json"});
        const auto done = run_program(arguments);
        if (done.code != 0) throw std::runtime_error(done.err);
        return nlohmann::json::parse(done.out);
    }
    // Rows of the public export of one indicator that begin with a code; all without one.
    std::vector<std::string> rows(const std::string& indicator,
                                  const std::string& code = "") const {
        const auto table = folder / "export.csv";
        const auto done = run_program({DIABAN_PROGRAM, "store", "export", store.string(),
                                       "--indicator", indicator, "--out", table.string()});
        if (done.code != 0) throw std::runtime_error(done.err);
        std::ifstream in(table);
        std::vector<std::string> out;
        std::string line;
        std::getline(in, line); // the heading
        while (std::getline(in, line))
            if (code.empty() || line.starts_with(code + ",")) out.push_back(line);
        return out;
    }
};

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace diaban::test
