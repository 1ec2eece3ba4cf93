#include "app/commands/check.hpp"

#include "app/commands/flags.hpp"
#include "app/commands/json.hpp"

#include <fmt/ranges.h>

namespace diaban::app {
namespace {

const char* evidence_word(files::Evidence evidence) {
    switch (evidence) {
    case files::Evidence::User:
        return "user";
    case files::Evidence::Cpg:
        return "cpg";
    case files::Evidence::DbfByte:
        return "dbf_byte";
    case files::Evidence::Content:
        return "content";
    case files::Evidence::Format:
        return "format";
    }
    return "format";
}

} // namespace

CheckReport run(const CheckRequest&, const Dataset& dataset) {
    const auto& coverage = *dataset.vintage->coverage;
    CheckReport report;
    report.source = dataset.boundaries_name;
    report.features = dataset.vintage->units.size();
    report.vertices = dataset.source_vertices;
    report.arcs = coverage.arcs().size();
    report.nodes = coverage.node_arcs().rows();
    report.encoding = dataset.encoding;
    report.encoding_evidence = evidence_word(dataset.encoding_evidence);
    report.crs = dataset.source_crs.known() ? dataset.source_crs.name() : "";
    if (dataset.source_crs.epsg_code() != 0)
        report.crs = "EPSG:" + std::to_string(dataset.source_crs.epsg_code());
    for (const auto& guess : dataset.crs_candidates)
        (guess.swapped ? report.crs_candidates_swapped : report.crs_candidates)
            .push_back(guess.crs.name());
    report.sample_names = dataset.sample_names;
    report.findings = dataset.findings;
    return report;
}

std::string to_json(const CheckReport& r, const Language& language) {
    Json out{{"source", r.source},
             {"features", r.features},
             {"vertices", r.vertices},
             {"encoding", r.encoding},
             {"encoding_evidence", r.encoding_evidence},
             {"crs", r.crs},
             {"crs_candidates", r.crs_candidates},
             {"crs_candidates_swapped", r.crs_candidates_swapped},
             {"sample_names", r.sample_names},
             {"arcs", r.arcs},
             {"nodes", r.nodes},
             {"findings", findings_json(r.findings, language)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const CheckReport& r, const Language& language) {
    Lines lines(language);
    lines.add("report.source", r.source)
        .add("report.features", r.features)
        .add("report.vertices", r.vertices)
        .add("report.arcs", r.arcs)
        .add("report.encoding",
             r.encoding + " (" + language.text("evidence." + r.encoding_evidence) + ")")
        .add("report.crs", r.crs.empty() ? language.text("report.crs_unknown") : r.crs);
    const auto add_list = [&](const char* label, const std::vector<std::string>& list) {
        if (!list.empty()) lines.add(label, fmt::format("{}", fmt::join(list, "; ")));
    };
    add_list("report.sample_names", r.sample_names);
    add_list("report.crs_candidates", r.crs_candidates);
    add_list("report.crs_candidates_swapped", r.crs_candidates_swapped);
    lines.add("report.findings", r.findings.size());
    lines.raw(findings_text(r.findings, language));
    return lines.take();
}

std::vector<std::string> to_flags(const CheckRequest& request) {
    Flags flags{"check"};
    add_flags(flags, request.data);
    return flags;
}

} // namespace diaban::app
