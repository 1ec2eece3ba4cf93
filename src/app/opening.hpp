// Opening data for a person who looks on: as much as can be shown, what went wrong, and what only
// the person can tell.
//
// Guarantees: a table that cannot be joined does not keep good boundaries from being shown; a
// question comes with every possible answer, and answered() needs no more than one of them.
#pragma once

#include "app/dataset.hpp"

#include <optional>

namespace diaban::app {

// What a file leaves open and a person can answer.
struct Question {
    enum class About {
        Layer,
        Table,
        Key
    } about = About::Layer;           // of boundaries; of the table; its
                                      // column of codes
    std::string file;                 // name, for the sentence
    std::vector<std::string> choices; // never empty
    // One per choice: features or rows of a layer or table; the first cells of a column.
    std::vector<std::int64_t> rows;
    std::vector<std::string> examples;
    DataRequest request; // what was to be opened
};
DataRequest answered(const Question& question, const std::string& choice);

struct Opened {
    std::shared_ptr<const Dataset> dataset; // nullptr: nothing can be shown
    std::optional<base::Error> error;
    std::optional<Question> question; // only with an error
};
// Throws only Cancelled.
Opened open_for_window(const DataRequest& request, base::JobContext& ctx);

} // namespace diaban::app
