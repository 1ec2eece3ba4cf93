#include "app/commands/verify.hpp"

#include "app/commands/json.hpp"
#include "base/paths.hpp"
#include "base/system_reason.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using base::Severity;

// Neither ".." nor a root may lead out of the folder.
fs::path within(const fs::path& folder, const std::string& name) {
    auto out = folder;
    for (const auto& part : fs::path(name).relative_path())
        out /= part == ".." ? fs::path("up") : part;
    return out;
}

fs::path folder_of_manifest(const VerifyRequest& request) {
    return fs::absolute(request.manifest).lexically_normal().parent_path();
}

} // namespace

PrivateFolder::PrivateFolder() {
    std::error_code failed;
    auto pattern = (fs::temp_directory_path(failed) / "diaban-XXXXXX").string();
    if (failed || !mkdtemp(pattern.data()))
        throw base::Error(
            base::ErrorKind::Write, "error.file.cannot_write",
            {{"file", fs::path(pattern).filename().string()},
             {"reason", failed ? base::system_reason(failed) : base::system_reason(errno)}});
    path_ = pattern;
}

PrivateFolder::~PrivateFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

fs::path PrivateFolder::place(const std::string& name) const {
    const auto file = within(path_, name);
    std::error_code ignored; // the file cannot be written then, which is said
    fs::create_directories(file.parent_path(), ignored);
    return file;
}

VerifyReport check_inputs(const VerifyRequest& request, base::JobContext& ctx) {
    ctx.stage("stage.verify_inputs");
    VerifyReport report{load_manifest(request.manifest), program_title(), {}, {}, {}, {}, {}};
    report.inputs =
        find_inputs(report.manifest, folder_of_manifest(request), request.bases, ctx);
    for (const auto& [name, input] : report.inputs)
        if (input.changed) report.changed.push_back(name);
    const auto& then = report.manifest.fonts;
    for (auto& font : fonts_used(ctx))
        if (std::find(then.begin(), then.end(), font) == then.end())
            report.fonts_now.push_back(std::move(font));
    return report;
}

fs::path place_now(const VerifyReport& report, const VerifyRequest& request,
                   const std::string& name) {
    if (const auto input = report.inputs.find(name); input != report.inputs.end())
        return fs::absolute(input->second.file).lexically_normal();
    for (const auto& base : request.bases) {
        std::error_code failed;
        if (const auto there = named_file(name, base); fs::exists(there, failed))
            return fs::absolute(there).lexically_normal();
    }
    return named_file(name, folder_of_manifest(request));
}

void compare_outputs(VerifyReport& report, const VerifyRequest& request,
                     const PrivateFolder& folder, base::JobContext& ctx) {
    const auto original = folder_of_manifest(request);
    std::vector<fs::path> expected;
    for (const auto& output : report.manifest.outputs) {
        const auto again = within(folder.path(), output.name);
        expected.push_back(again);
        const auto there = original / fs::path(output.name);
        std::error_code failed;
        std::string kind;
        if (!fs::is_regular_file(again, failed))
            kind = "not_drawn";
        else if (files::digest_of_file(again, ctx) != output.digest)
            kind = "drawn";
        else if (fs::is_regular_file(there, failed) &&
                 files::digest_of_file(there, ctx) != output.digest)
            kind = "edited";
        if (kind.empty())
            report.same.push_back(output.name);
        else
            report.differs.push_back({output.name, kind});
    }
    std::vector<std::string> fresh;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
        if (entry.is_regular_file() &&
            std::find(expected.begin(), expected.end(), entry.path()) == expected.end())
            fresh.push_back(entry.path().lexically_relative(folder.path()).generic_string());
    std::sort(fresh.begin(), fresh.end());
    for (auto& name : fresh) report.differs.push_back({std::move(name), "new"});
}

base::Findings findings_of(const VerifyReport& report) {
    base::Findings out;
    if (report.other_program())
        out.push_back(
            base::finding(Severity::Info, "verify_other_program",
                          {{"program", report.manifest.program}, {"now", report.program}}));
    for (const auto& file : report.changed)
        out.push_back(base::finding(Severity::Warning, "verify_input_changed", {{"file", file}}));
    for (const auto& font : report.fonts_now)
        out.push_back(
            base::finding(Severity::Warning, "verify_font_changed", {{"font", font.name}}));
    for (const auto& one : report.differs) {
        const base::Args args{{"file", one.file}};
        if (one.kind == "drawn")
            out.push_back(base::finding(Severity::Problem, "verify_differs", args));
        else if (one.kind == "edited")
            out.push_back(base::finding(Severity::Problem, "verify_edited", args));
        else if (one.kind == "not_drawn")
            out.push_back(base::finding(Severity::Problem, "verify_not_drawn", args));
        else
            out.push_back(base::finding(Severity::Problem, "verify_new", args));
    }
    if (report.differs.empty())
        out.push_back(base::finding(Severity::Info,
                                    report.changed.empty() ? "verify_same" : "verify_same_changed",
                                    {{"count", as_count(report.same.size())},
                                     {"changed", as_count(report.changed.size())}}));
    return out;
}

std::string to_json(const VerifyReport& report, const Language& language) {
    Json differs = Json::array();
    for (const auto& one : report.differs)
        differs.push_back({{"file", one.file}, {"kind", one.kind}});
    const char* const result = !report.differs.empty()  ? "differs"
                               : report.changed.empty() ? "same"
                                                        : "same_inputs_changed";
    const Json out{{"result", result},
                   {"same", report.same},
                   {"differs", std::move(differs)},
                   {"inputs_changed", report.changed},
                   {"program", report.manifest.program},
                   {"program_now", report.program},
                   {"findings", findings_json(findings_of(report), language)}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const VerifyReport& report, const Language& language) {
    std::string out;
    for (const auto& finding : findings_of(report)) out += language.text(finding) + "\n";
    return out;
}

std::vector<std::string> to_flags(const VerifyRequest& request) {
    std::vector<std::string> flags{"verify", request.manifest.string()};
    for (const auto& base : request.bases) {
        flags.emplace_back("--base");
        flags.push_back(base.string());
    }
    return flags;
}

} // namespace diaban::app
