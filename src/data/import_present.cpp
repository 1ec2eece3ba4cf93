#include "data/import_present.hpp"

#include "data/status.hpp"

#include <algorithm>
#include <array>

namespace diaban::data {
namespace {

constexpr std::array<std::string_view, 3> kReadings{"auto", "inclusive", "exclusive"};

struct Codes {
    std::string_view none, present, hot;
};
constexpr std::array<Codes, 2> kCodes{{{"ST09", "ST07", "ST04"}, {"ST08", "ST06", "ST05"}}};

// The whole of an indicator for the sheet's area in a period; nullptr if the sheet has none.
ImportedPart* whole_of(SheetImport& sheet, std::optional<std::size_t> area, std::string_view code,
                       Period period) {
    const auto at = std::find_if(sheet.parts.begin(), sheet.parts.end(), [&](const auto& part) {
        return !part.unit && part.area == area && part.part.empty() && part.period == period &&
               part.state == Cell::Observed && sheet.indicators[part.indicator].id == code;
    });
    return at == sheet.parts.end() ? nullptr : &*at;
}

base::Finding finding_of(const SheetImport& sheet, const char* key, base::Severity severity,
                         const ImportedPart& present, double hot, std::string_view code) {
    base::Finding finding{severity, key, {}, "", {}, "", {}};
    finding.args = {{"sheet", sheet.plan.sheet},
                    {"row", static_cast<std::int64_t>(present.row)},
                    {"indicator", std::string(code)},
                    {"present", present.value},
                    {"hot", hot},
                    {"exclusive", present.value - hot}};
    return finding;
}

void convert(SheetImport& sheet, std::optional<std::size_t> area, const Codes& codes, Period period,
             std::size_t communes, PresentReading reading) {
    auto* const present = whole_of(sheet, area, codes.present, period);
    const auto* const hot = whole_of(sheet, area, codes.hot, period);
    const auto* const none = whole_of(sheet, area, codes.none, period);
    if (!present || !hot || hot->value == 0 || reading == PresentReading::Exclusive) return;
    bool inclusive = reading == PresentReading::Inclusive;
    if (reading == PresentReading::Auto) {
        if (!none || communes == 0) {
            sheet.findings.push_back(finding_of(sheet, "import_present_unclear",
                                                base::Severity::Warning, *present, hot->value,
                                                codes.present));
            return;
        }
        const auto all = static_cast<double>(communes);
        inclusive =
            data::reading_of(none->value, present->value, hot->value, all) == Reading::Inclusive;
    }
    if (!inclusive || present->value < hot->value) return;
    sheet.findings.push_back(finding_of(sheet, "import_inclusive", base::Severity::Info, *present,
                                        hot->value, codes.present));
    present->value -= hot->value;
}

} // namespace

std::string_view to_string(PresentReading reading) {
    return kReadings[static_cast<std::size_t>(reading)];
}

std::optional<PresentReading> parse_present(std::string_view text) {
    for (std::size_t i = 0; i < kReadings.size(); ++i)
        if (kReadings[i] == text) return static_cast<PresentReading>(i);
    return std::nullopt;
}

void make_exclusive(SheetImport& sheet, std::optional<std::size_t> area, std::size_t communes,
                    PresentReading reading) {
    std::vector<Period> periods;
    for (const auto& part : sheet.parts) periods.push_back(part.period);
    std::sort(periods.begin(), periods.end());
    periods.erase(std::unique(periods.begin(), periods.end()), periods.end());
    for (const auto period : periods)
        for (const auto& codes : kCodes) convert(sheet, area, codes, period, communes, reading);
}

} // namespace diaban::data
