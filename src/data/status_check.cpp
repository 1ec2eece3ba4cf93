#include "data/status_check.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <cmath>
#include <numeric>

namespace diaban::data {
namespace {

// Counts are whole numbers; half a unit is no difference.
constexpr double kHalf = 0.5;

void violated(base::Findings& findings, const char* key, base::Args args, double amount) {
    base::Finding finding{base::Severity::Problem, key, std::move(args), "", {}, "", {}};
    finding.amount = amount;
    findings.push_back(std::move(finding));
}

} // namespace

std::optional<double> ReportedTotals::get(std::string_view code) const {
    const auto found = value.find(std::string(code));
    return found == value.end() ? std::nullopt : std::optional(found->second);
}

void check_classes(Domain domain, double none, double present, double hot, double units,
                   base::Findings& findings) {
    if (reading_of(none, present, hot, units) != Reading::Neither) return;
    violated(findings, domain == Domain::Drug ? "v1_drug" : "v1_prostitution",
             {{"none", none},
              {"present", present},
              {"hot", hot},
              {"sum", none + present + hot},
              {"sum_inclusive", none + present},
              {"units", units}},
             none + present + hot - units);
}

void check_both(double both, double drug, double prostitution, base::Findings& findings) {
    const double most = std::min(drug, prostitution);
    if (both <= most + kHalf) return;
    violated(findings, "v2_both", {{"both", both}, {"drug", drug}, {"prostitution", prostitution}},
             both - most);
}

void check_parts(std::string_view what, double total, std::span<const double> parts,
                 base::Findings& findings) {
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
    if (std::fabs(sum - total) < kHalf) return;
    violated(
        findings, "v3_parts",
        {{"what", std::string(what)}, {"total", total}, {"sum", sum}, {"difference", sum - total}},
        sum - total);
}

void check_maintained(double maintained, double healthy_before, base::Findings& findings) {
    if (maintained <= healthy_before + kHalf) return;
    violated(findings, "v4_maintained", {{"maintained", maintained}, {"before", healthy_before}},
             maintained - healthy_before);
}

void check_percent(std::string_view what, double part, double whole, std::string_view printed,
                   base::Findings& findings) {
    std::string text(base::trim(printed));
    while (text.ends_with('%')) text = std::string(base::trim(text.substr(0, text.size() - 1)));
    for (char& c : text)
        if (c == ',') c = '.';
    const auto value = base::parse_number(text, {});
    if (!value || whole == 0) return;
    const auto dot = text.find('.');
    const auto decimals = dot == text.npos ? 0.0 : static_cast<double>(text.size() - dot - 1);
    const double exact = 100 * part / whole;
    // The last printed digit's half, and what binary fractions add.
    const double tolerance = 0.5 * std::pow(10, -decimals) + 1e-9;
    if (std::fabs(exact - *value) <= tolerance) return;
    violated(findings, "v5_percent",
             {{"what", std::string(what)},
              {"part", part},
              {"whole", whole},
              {"printed", std::string(printed)},
              {"exact", std::round(exact * 100) / 100}},
             *value - exact);
}

void check_visits(std::string_view what, double visits, double objects, base::Findings& findings) {
    if (visits >= objects - kHalf) return;
    violated(findings, "v6_visits",
             {{"what", std::string(what)}, {"visits", visits}, {"objects", objects}},
             objects - visits);
}

void check_totals(const ReportedTotals& reported, base::Findings& findings) {
    const auto get = [&](const char* code) { return reported.get(code); };
    const auto units = get("units");
    const auto classes = [&](Domain domain, const char* none, const char* present,
                             const char* hot) {
        // Without a count of hotspots the two others may still sum to the whole.
        if (units && get(none) && get(present))
            check_classes(domain, *get(none), *get(present), get(hot).value_or(0), *units,
                          findings);
    };
    classes(Domain::Drug, "ST09", "ST07", "ST04");
    classes(Domain::Prostitution, "ST08", "ST06", "ST05");
    if (get("ST10") && get("ST08") && get("ST09"))
        check_both(*get("ST10"), *get("ST09"), *get("ST08"), findings);
    if (get("ST11_kept") && get("ST10_before"))
        check_maintained(*get("ST11_kept"), *get("ST10_before"), findings);
    if (get("ST10") && get("ST11_kept") && get("ST11_new")) {
        const std::array parts{*get("ST11_kept"), *get("ST11_new")};
        check_parts("ST10 = ST11_kept + ST11_new", *get("ST10"), parts, findings);
    }
    if (get("IN02") && get("IN03"))
        check_visits("IN02, IN03", *get("IN02"), *get("IN03"), findings);
}

} // namespace diaban::data
