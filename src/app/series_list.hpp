// What lies beside the files of a series so that it can be taken up again: of every file a number
// that stands for all that was drawn on it, and one for its bytes.
//
// Guarantee: a file counts as unchanged only if both are as they were: what would be drawn now,
// with this version of the program, and what lies there. A list that is damaged, or of another
// version, is as good as none.
#pragma once

#include "app/inputs_hash.hpp"
#include "map/page.hpp"

#include <filesystem>
#include <map>

namespace diaban::app {

class SeriesList {
public:
    explicit SeriesList(std::filesystem::path list); // reads it if it is there
    bool unchanged(const std::filesystem::path& file, const std::string& inputs) const;
    // After the file was written.
    void add(const std::filesystem::path& file, const std::string& inputs);
    void write() const; // whole or not at all; throws Error Write

private:
    struct Known {
        std::string inputs, bytes;
    };
    std::filesystem::path list_;
    std::map<std::string, Known> known_; // by file name
};
// Where the list of a folder, or of one file, lies.
std::filesystem::path series_list_of(const std::filesystem::path& folder,
                                     const std::filesystem::path& file);

// A number of what a vintage looks like: shapes, codes, names.
std::string vintage_hash(const data::Vintage& vintage);
// Of all that is drawn on a page; of the vintage its number.
void add_page(InputsHash& hash, const map::Page& page, const std::string& vintage);

} // namespace diaban::app
