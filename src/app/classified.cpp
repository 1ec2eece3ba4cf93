#include "app/classified.hpp"

#include "app/hidden_sum.hpp"
#include "app/timestamp.hpp"
#include "app/told_before.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "data/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace diaban::app {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// The values that findings of an import quote from cells. A text that is no number is quoted too,
// and may hold one.
constexpr std::array kQuoted{"value", "stated", "sum", "whole", "half"};

bool quotes_few(const base::Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return too_few(*number);
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return too_few(static_cast<double>(*whole));
    return tells_few(std::get<std::string>(value));
}

void hide_quoted(base::Finding& finding, const Language& language) {
    for (auto& [key, value] : finding.args)
        if (std::find(kQuoted.begin(), kQuoted.end(), key) != kQuoted.end() && quotes_few(value)) {
            value = language.text("legend.suppressed");
            finding.amount.reset();
        }
}

// Not where the finding names an indicator of the catalogue that counts something else:
// inspections, communes. A share may rest on few.
bool may_tell_of_persons(const base::Finding& finding) {
    for (const auto& [key, value] : finding.args) {
        const auto* code = std::get_if<std::string>(&value);
        if (key != "indicator" || !code) continue;
        const auto* known = data::find_in_catalogue(*code);
        return !known || known->counts_persons || known->unit == "%";
    }
    return true;
}

std::string name_in(const ImportReport& report, const std::string& indicator) {
    for (const auto& sheet : report.delivery.sheets)
        for (const auto& one : sheet.indicators)
            if (one.id == indicator) return one.name_vi;
    return {};
}

// A number that a report states of an area, and the parts that it names ("of whom women").
struct StatedWhole {
    files::StoredArea* whole = nullptr;
    std::vector<files::StoredArea*> parts;
    double counted = kNone; // of the communes, which stands in other tables
};

void hide(files::StoredArea& area) {
    area.value = kNone, area.state = data::Cell::Suppressed;
}

// Parts that together leave fewer than k of what the commune has, or the communes of the area have:
// nobody takes them from a number that stands in other public tables, and where that number is
// hidden they say no more of it than that it is no small one.
void hide_beside_counted(StatedWhole& stated) {
    if (std::isnan(stated.counted)) return;
    double told = 0;
    for (auto* part : stated.parts) {
        if (part->state == data::Cell::Suppressed || part->value == 0) continue;
        if (told + part->value <= stated.counted - MaskSpec{}.k)
            told += part->value;
        else
            hide(*part);
    }
}

// Small numbers go, and parts that leave a small rest; of parts that are the whole together one
// more where the rest would give a hidden one away.
void hide_few(StatedWhole& stated) {
    const double whole = stated.whole ? stated.whole->value : kNone;
    double sum = 0;
    for (const auto* part : stated.parts) sum += part->value;
    const bool all = sum == whole;
    HiddenSum rest(MaskSpec{}.k);
    std::size_t hidden = 0;
    for (auto* part : stated.parts) {
        const double value = part->value;
        const bool alone = hidden == 1 || rest.gives_away();
        if (!too_few(value) && !too_few(whole - value) && !(all && value > 0 && alone)) continue;
        ++hidden;
        rest.hide(value);
        hide(*part);
    }
    // Nothing was left to hide behind.
    if (stated.whole && (too_few(whole) || (all && rest.gives_away()))) hide(*stated.whole);
}

thread_local int unlogged_outputs = 0;

void note_public(const Origin& origin, const std::filesystem::path& file, base::JobContext& ctx) {
    if (!origin.told || !origin.told->cube || origin.told->vintage->id.empty()) return;
    // Not owned: it lives as long as the call.
    const std::shared_ptr<const Dataset> all(std::shared_ptr<const Dataset>(), origin.told);
    const auto columns = newly_told(*all, *mask(all, {}, ctx).dataset->cube);
    if (columns.empty()) return;
    try {
        base::JobContext whole; // what was noted stays, though the job be stopped
        files::add_public_columns(origin.store,
                                  {now_utc(), origin.verb, file.filename().string(),
                                   "diaban " + base::version(), all->vintage->id},
                                  columns, whole);
    } catch (const base::Error&) {
        // A store that nobody can change here is brought up to date elsewhere, from its own copy.
    }
}

} // namespace

UnloggedOutput::UnloggedOutput() {
    ++unlogged_outputs;
}

UnloggedOutput::~UnloggedOutput() {
    --unlogged_outputs;
}

void note_output(const Origin& origin, Classification classification,
                 const std::vector<std::filesystem::path>& files, base::JobContext& ctx) {
    if (origin.store.empty() || files.empty() || unlogged_outputs > 0) return;
    if (classification == Classification::Public) return note_public(origin, files.front(), ctx);
    std::vector<files::StoredOutput> outputs;
    for (const auto& file : files)
        outputs.push_back(
            {now_utc(), origin.verb, file.filename().string(), "diaban " + base::version()});
    try {
        base::JobContext whole; // what was noted stays, though the job be stopped
        files::add_outputs(origin.store, outputs, whole);
    } catch (base::Error& error) {
        // A store that is not there is the trouble of whoever asked, not of the log.
        if (error.kind != base::ErrorKind::Input)
            error.in({"context.output_log", {{"file", origin.store.filename().string()}}});
        throw;
    }
}

std::vector<std::filesystem::path> write_tables(const std::filesystem::path& file,
                                                files::Workbook book, Classification classification,
                                                const std::vector<MaskedCell>& masked,
                                                const Language& language, const Origin& origin,
                                                base::JobContext& ctx) {
    note_output(origin, classification, {file}, ctx);
    if (classification == Classification::Internal)
        book.notes.push_back(language.text("page.internal"));
    else if (!masked.empty())
        book.notes.push_back(language.text("summary.note_masked",
                                           {{"count", static_cast<std::int64_t>(masked.size())},
                                            {"k", std::int64_t{MaskSpec{}.k}}}));
    auto files = files::write_workbook(file, book);
    write_masked_list(file, masked);
    return files;
}

bool tells_few(const std::string& cell) {
    if (cell.find_first_of("0123456789") == std::string::npos) return false;
    const auto number = base::parse_number(cell, {});
    return !number || too_few(*number);
}

base::Findings published(base::Findings findings, const Language& language) {
    for (auto& finding : findings) hide_quoted(finding, language);
    return findings;
}

ImportReport published(ImportReport report, const Language& language) {
    if (report.request.classification == Classification::Internal) return report;
    for (auto& finding : report.findings)
        if (may_tell_of_persons(finding)) hide_quoted(finding, language);
    for (auto& change : report.changes.changes) {
        if (!counts_persons(change.indicator, name_in(report, change.indicator))) continue;
        for (auto [value, state] : {std::pair{&change.before, &change.before_state},
                                    std::pair{&change.after, &change.after_state}})
            // What is not small of a part may be all but a few of its whole.
            if (too_few(*value) || (!change.part.empty() && *value > 0))
                *value = kNone, *state = data::Cell::Suppressed;
    }
    return report;
}

files::StoreList published(files::StoreList list, Classification classification) {
    if (classification == Classification::Internal) return list;
    std::map<std::tuple<std::string, std::string, std::string, data::Period>, StatedWhole> wholes;
    for (auto& area : list.areas) {
        const auto known =
            std::find_if(list.indicators.begin(), list.indicators.end(),
                         [&](const auto& i) { return i.indicator == area.indicator; });
        const auto name = known == list.indicators.end() ? std::string() : known->name_vi;
        if (!counts_persons(area.indicator, name)) continue;
        auto& stated = wholes[{area.indicator, area.level, area.code + area.name, area.period}];
        if (area.part.empty())
            stated.whole = &area;
        else if (!std::isnan(area.value))
            stated.parts.push_back(&area);
        if (!std::isnan(area.counted)) stated.counted = area.counted;
    }
    for (auto& [key, stated] : wholes) {
        std::stable_sort(stated.parts.begin(), stated.parts.end(),
                         [](const auto* a, const auto* b) { return a->value < b->value; });
        hide_few(stated);
        hide_beside_counted(stated);
    }
    return list;
}

} // namespace diaban::app
