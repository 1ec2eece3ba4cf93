// `store alias|rule|plan|override`: what people add to a store beside reports, from the command
// line and the window. Without an action a request only lists.
#pragma once

#include "app/language.hpp"
#include "app/status_claims.hpp"
#include "files/store_status.hpp"

namespace diaban::app {

enum class RecordAction { List, Add, Remove };
std::string_view to_string(RecordAction action); // "list", "add", "remove"
std::optional<RecordAction> parse_action(std::string_view text);

// Names approved or refused for a code; from a file as `store import --names-out` writes it.
struct AliasRequest {
    RecordAction action = RecordAction::List;
    std::filesystem::path store;
    std::string name, district, province, code;
    bool refuse = false;
    std::filesystem::path file;
    friend bool operator==(const AliasRequest&, const AliasRequest&) = default;
};

// Rules, or plans with their targets: files, or ids of shipped ones; removed by id (of a rule
// "id@version" as well). --out writes one back as a file. Plans of inspections are listed and
// removed by name; `patrol --save` adds them.
struct DocumentRequest {
    enum class Kind { Rule, Plan, Patrol } kind = Kind::Rule;
    RecordAction action = RecordAction::List;
    std::filesystem::path store;
    std::string what;
    std::filesystem::path out;
    friend bool operator==(const DocumentRequest&, const DocumentRequest&) = default;
};

// What a person decided about a status, with reason and author; from a file: code, period, domain,
// status, reason, author.
struct OverrideRequest {
    RecordAction action = RecordAction::List;
    std::filesystem::path store;
    std::string vintage; // empty: the oldest
    std::string code;
    data::Period period;
    Domains domain = Domains::Drug;
    std::string status, reason, author;
    std::filesystem::path file;
    friend bool operator==(const OverrideRequest&, const OverrideRequest&) = default;
};

// Rows of what the store holds afterwards, and what the request changed.
struct RecordsReport {
    std::string kind;              // "alias", "rule" ...
    std::vector<std::string> keys; // of the columns: keys of --json, "column.<key>" for people
    std::vector<std::vector<std::string>> rows;
    std::size_t added = 0, revised = 0, removed = 0;
    base::Findings findings;
    std::filesystem::path file; // written
    std::size_t most_shown = 0; // rows that to_text() names; 0: all of them
};

// All throw Error Usage, Input, Data, Database, Write.
RecordsReport run(const AliasRequest& request, base::JobContext& ctx);
RecordsReport run(const DocumentRequest& request, const Language& language, base::JobContext& ctx);
RecordsReport run(const OverrideRequest& request, base::JobContext& ctx);
// A cell as people read it: kinds, statuses, decisions and empty cells in words, numbers with the
// decimal sign of the language; anything else as it is stored, which is what to_json() gives.
std::string cell_text(const RecordsReport& report, std::size_t row, std::size_t column,
                      const Language& language);
// Its cells are numbers, which stand under one another by their last digits.
bool holds_numbers(const std::string& column_key);
std::string to_json(const RecordsReport& report, const Language& language);
std::string to_text(const RecordsReport& report, const Language& language);

std::vector<std::string> to_flags(const AliasRequest& request);
std::vector<std::string> to_flags(const DocumentRequest& request);
std::vector<std::string> to_flags(const OverrideRequest& request);

} // namespace diaban::app
