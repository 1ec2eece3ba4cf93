// Errors and findings carry a message id and named values; text is made only where it is shown.
//
// Guarantee: nothing in this header formats text in a human language. An Error ends an operation;
// a Finding travels with a result that exists all the same (a gap, an unmatched code).
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace diaban::base {

// A value inside a message. Numbers stay numbers so that "1.234,5" can be written in Vietnamese.
using Value = std::variant<std::string, std::int64_t, double>;
// Named values of a message: {"file", "a.shp"}. The text refers to them as {file}.
using Args = std::vector<std::pair<std::string, Value>>;

// A message id ("error.file.missing") with its values. Ids are the msgid of assets/locale/*.po.
struct Message {
    std::string key;
    Args args;
    friend bool operator==(const Message&, const Message&) = default;
};

// What went wrong; the number is the exit code of the command line.
enum class ErrorKind : int {
    Bug = 1,
    Usage = 2,    // a bad flag, an impossible request
    Input = 3,    // a file that cannot be read
    Data = 4,     // a file that can be read but makes no sense
    Database = 5, // locked, encrypted, wrong schema
    Write = 6,    // cannot write: folder, disk, permission
};

// Thrown when an operation cannot go on. `context` is outermost last: each layer that knows more
// (which file, which layer) catches, calls in(), and rethrows.
class Error : public std::exception {
public:
    Error(ErrorKind kind, std::string key, Args args = {});
    Error& in(Message context); // adds "while reading {file}"
    const char* what() const noexcept override { return what_.c_str(); } // key and values, for logs
    ErrorKind kind;
    Message message;
    std::vector<Message> context;

private:
    std::string what_;
};

// The user asked to stop. Not an Error: nothing is wrong. Exit code 130.
struct Cancelled {};

enum class Severity { Info, Warning, Problem };

// Something noticed about the data. `key` doubles as the stable English kind ("overlap", "gap",
// "no_row"): its text is the message "finding.<key>".
struct Finding {
    Severity severity = Severity::Warning;
    std::string key;
    Args args;                                   // values of the message
    std::string unit;                            // code of the unit concerned; empty if none
    std::optional<double> amount;                // how much, in amount_unit
    std::string amount_unit;                     // "m2", "m", "rows"
    std::optional<std::pair<double, double>> at; // WGS 84 degrees (lon, lat), or file units if the
                                                 // file has no CRS
};
using Findings = std::vector<Finding>;
// One without amount and place.
Finding finding(Severity severity, std::string key, Args args, std::string unit = {});

} // namespace diaban::base
