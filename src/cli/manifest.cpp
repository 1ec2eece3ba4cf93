#include "cli/manifest.hpp"

#include "app/classified.hpp"
#include "app/layout_file.hpp"
#include "app/place_source.hpp"
#include "app/rule_file.hpp"
#include "base/paths.hpp"
#include "base/written.hpp"
#include "cli/console.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace diaban::cli {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;
using Words = std::vector<std::string>;

// How the value of a flag names a file: whole, or among other things.
enum class FileForm { Whole, Places, People, Layer, Line };
struct FileFlag {
    FileUse use = FileUse::Read;
    FileForm form = FileForm::Whole;
};
const std::map<std::string, FileFlag, std::less<>> kFileFlags{
    {"--boundaries", {}},
    {"--store", {}},
    {"--db", {}},
    {"--aliases", {}},
    {"--project", {}},
    {"--overrides", {}},
    {"--reported", {}},
    {"--totals", {}},
    {"--to-boundaries", {}},
    {"--crosswalk", {}},
    {"--then", {}},
    {"--shares", {}},
    {"--weights", {}},
    {"--layout", {FileUse::Perhaps}},
    {"--page-plan", {FileUse::Perhaps}},
    {"--rule", {FileUse::Perhaps}},
    {"--compare-rule", {FileUse::Perhaps}},
    {"--plan", {FileUse::Perhaps}},
    {"--targets", {FileUse::Perhaps}},
    {"--places", {FileUse::Read, FileForm::Places}},
    {"--people", {FileUse::Read, FileForm::People}},
    {"--lines", {FileUse::Read, FileForm::Layer}},
    {"--line", {FileUse::Read, FileForm::Line}},
    {"--out", {FileUse::Write}},
    {"--map", {FileUse::Write}},
    {"--scatter", {FileUse::Write}},
    {"--orders", {FileUse::Write}},
};
// True: a value follows.
const std::map<std::string, bool, std::less<>> kPassing{
    {"--manifest", true}, {"--threads", true},     {"--lang", true},
    {"--save", true},     {"--quiet", false},      {"--json", false},
    {"--replace", false}, {"--keep-links", false}, {"--keep", false}};

// The verbs that only read what they are given and write what they are told to.
constexpr std::array<std::string_view, 14> kRepeatable{
    "map", "chart",  "table",       "hotspots", "near",  "patrol", "query",
    "sql", "status", "transitions", "targets",  "carry", "join", "pack"};

bool repeatable(const Words& arguments) {
    if (arguments.empty()) return false;
    if (arguments[0] == "store") return arguments.size() > 2 && arguments[1] == "export";
    return arguments[0] == "weights" ||
           std::find(kRepeatable.begin(), kRepeatable.end(), arguments[0]) != kRepeatable.end();
}

std::string changed(const FileFlag& flag, const std::string& value, const ChangeFile& change) {
    switch (flag.form) {
    case FileForm::Whole:
        return change(flag.use, value);
    case FileForm::Places: {
        auto source = app::parse_places(value);
        source.file = change(flag.use, source.file);
        return app::to_text(source);
    }
    case FileForm::People: {
        auto source = app::parse_people(value);
        source.file = change(flag.use, source.file);
        return app::to_text(source);
    }
    case FileForm::Layer: {
        auto layer = app::parse_line_layer(value);
        layer.file = change(flag.use, layer.file);
        return app::to_text(layer);
    }
    case FileForm::Line:
        break;
    }
    auto line = app::parse_near_line("--line", value);
    line.file = change(flag.use, line.file);
    Words words;
    app::add_flags(words, {line}, {});
    return words.back();
}

std::set<fs::path> files_in(const Words& arguments, bool written) {
    std::set<fs::path> out;
    with_files(arguments, [&](FileUse use, const fs::path& file) {
        std::error_code failed;
        if ((use == FileUse::Write) == written &&
            (use == FileUse::Write || fs::is_regular_file(file, failed)))
            out.insert(file);
        return file.string();
    });
    return out;
}

// Beside a layout of one's own: what it shows as it is.
std::set<fs::path> pictures_of(const std::string& layout) {
    std::set<fs::path> out;
    if (layout.empty()) return out;
    const auto file = app::layout_named(layout);
    std::error_code failed;
    for (const auto& item : file.layout.items)
        if (const auto picture = file.folder / item.params.file;
            !item.params.file.empty() && fs::is_regular_file(picture, failed))
            out.insert(picture);
    return out;
}

// What the request reads, also what a project says for it.
std::vector<fs::path> inputs_of(const Invocation& invocation, const Words& arguments) {
    auto files = files_in(arguments, false);
    std::visit(
        [&](const auto& request) {
            if constexpr (requires { app::to_flags(request); })
                files.merge(files_in(app::to_flags(request), false));
            if constexpr (requires { request.page.layout; })
                files.merge(pictures_of(request.page.layout));
        },
        invocation.request);
    std::error_code failed;
    if (!invocation.project.empty())
        for (const auto& layer : app::load_project(invocation.project).lines)
            if (fs::is_regular_file(layer.file, failed)) files.insert(layer.file);
    return {files.begin(), files.end()};
}

// Rules that were asked for, and those that the statuses of the store were decided by.
std::vector<app::ManifestRule> rules_of(const Invocation& invocation) {
    std::vector<app::ManifestRule> out;
    std::visit(
        [&](const auto& request) {
            fs::path store;
            if constexpr (requires { request.data.store; }) store = request.data.store;
            const auto add = [&](const std::string& what) {
                if (what.empty()) return;
                const auto rule = app::rule_named(what, store);
                out.push_back({rule.id, rule.version});
            };
            if constexpr (std::is_same_v<std::decay_t<decltype(request)>, app::StatusRequest>) {
                add(request.rule);
                add(request.compare_rule);
            }
            if constexpr (std::is_same_v<std::decay_t<decltype(request)>, app::PackRequest>)
                add(request.rule);
            if (!store.empty())
                for (const auto& rule : files::read_rules(store))
                    out.push_back({rule.id, rule.version});
        },
        invocation.request);
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::tie(a.id, a.version) < std::tie(b.id, b.version);
    });
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

// The words that a manifest keeps. A bare word is where the flags of a request put it.
Words kept_words(const Invocation& invocation, const Words& arguments) {
    const auto* of_store = std::get_if<app::StoreExportRequest>(&invocation.request);
    return lasting(of_store ? app::to_flags(*of_store) : arguments, invocation.language);
}

fs::path folder_of(const fs::path& file) {
    return fs::absolute(file).lexically_normal().parent_path();
}

bool lies_in(const fs::path& file, const fs::path& folder) {
    const auto way = file.lexically_relative(folder);
    return !folder.empty() && !way.empty() && *way.begin() != "..";
}

// What came of the request: not the program's own memory, nor what was read and kept in.
std::vector<fs::path> outputs_of(const base::WrittenFiles& written,
                                 const std::vector<fs::path>& inputs) {
    auto out = written.there();
    std::erase_if(out, [&](const fs::path& file) {
        std::error_code failed;
        return lies_in(file, base::cache_folder()) || lies_in(file, base::settings_folder()) ||
               std::any_of(inputs.begin(), inputs.end(), [&](const fs::path& input) {
                   return fs::equivalent(input, file, failed);
               });
    });
    return out;
}

} // namespace

Words with_files(const Words& arguments, const ChangeFile& change) {
    Words out;
    const bool of_store = arguments.size() > 2 && arguments[0] == "store";
    const auto bare = static_cast<std::size_t>(std::find(arguments.begin(), arguments.end(), "--") -
                                               arguments.begin());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& word = arguments[i];
        const auto equals = word.starts_with("--") ? word.find('=') : word.npos;
        const auto found = kFileFlags.find(std::string_view(word).substr(0, equals));
        if (of_store && i == 2) {
            out.push_back(change(FileUse::Read, word));
        } else if (i >= bare || found == kFileFlags.end()) {
            out.push_back(word);
        } else if (equals != word.npos) {
            out.push_back(found->first + "=" +
                          changed(found->second, word.substr(equals + 1), change));
        } else {
            out.push_back(word);
            if (i + 1 < arguments.size())
                out.push_back(changed(found->second, arguments[++i], change));
        }
    }
    return out;
}

Words lasting(const Words& arguments, const std::string& language) {
    Words out;
    bool bare = false; // words that are no flags
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& word = arguments[i];
        bare = bare || word == "--";
        const auto found =
            bare ? kPassing.end() : kPassing.find(std::string_view(word).substr(0, word.find('=')));
        if (found == kPassing.end())
            out.push_back(word);
        else if (found->second && word.find('=') == word.npos)
            ++i;
    }
    // Before the bare words of a verb that has some.
    out.insert(std::find(out.begin(), out.end(), "--"), {"--lang", language});
    return out;
}

app::VerifyReport verify(const app::VerifyRequest& request, base::JobContext& ctx) {
    auto report = app::check_inputs(request, ctx);
    const auto& kept = report.manifest.request;
    if (!repeatable(kept))
        throw Error(ErrorKind::Data, "error.verify.verb",
                    {{"file", request.manifest.filename().string()}});
    const app::PrivateFolder place;
    for (const auto& output : report.manifest.outputs) place.place(output.name);
    const auto again = with_files(kept, [&](FileUse use, const fs::path& file) {
        std::error_code failed;
        if (use == FileUse::Write) return place.place(file.generic_string()).string();
        const auto there = app::place_now(report, request, file.generic_string());
        return use == FileUse::Perhaps && !fs::exists(there, failed) ? file.string()
                                                                     : there.string();
    });
    auto invocation = parse(lasting(again, wanted_language(again)));
    invocation.quiet = invocation.silent = true;
    const app::UnloggedOutput no_log;
    const Console console{invocation, app::Language::load(invocation.language), ctx};
    carry_out(console);
    app::compare_outputs(report, request, place, ctx);
    return report;
}

namespace {

// Throws Error Usage where nothing is written that a manifest could tell of
// ("error.manifest.no_output"), and where it would take the place of another file
// ("error.manifest.taken").
void check_manifest(const Invocation& invocation, const Words& typed) {
    const auto& manifest = invocation.manifest;
    const auto arguments = kept_words(invocation, typed);
    if (files_in(arguments, true).empty())
        throw Error(ErrorKind::Usage, "error.manifest.no_output");
    const auto whole = fs::absolute(manifest).lexically_normal();
    auto others = inputs_of(invocation, arguments);
    const auto outputs = files_in(arguments, true);
    others.insert(others.end(), outputs.begin(), outputs.end());
    for (const auto& file : others)
        if (fs::absolute(file).lexically_normal() == whole)
            throw Error(ErrorKind::Usage, "error.manifest.taken",
                        {{"file", manifest.filename().string()}});
}

void write_manifest(const Invocation& invocation, const Words& typed,
                    const base::WrittenFiles& written, base::JobContext& ctx) {
    ctx.stage("stage.manifest");
    const auto arguments = kept_words(invocation, typed);
    const auto folder = folder_of(invocation.manifest);
    const auto inputs = inputs_of(invocation, arguments);
    const app::InputNames names(inputs, folder);
    app::Manifest out;
    out.program = app::program_title();
    out.request = with_files(arguments, [&](FileUse use, const fs::path& file) {
        std::error_code failed;
        return use == FileUse::Perhaps && !fs::exists(file, failed)
                   ? file.string()
                   : names.of(file);
    });
    std::visit(
        [&](const auto& request) {
            if constexpr (requires { request.classification; })
                out.classification =
                    request.classification == app::Classification::Public ? "public" : "internal";
            if constexpr (requires { request.seed; }) out.seed = std::to_string(request.seed);
            if constexpr (std::is_same_v<std::decay_t<decltype(request)>, app::PackRequest>)
                out.seed = std::to_string(app::kPackSeed);
        },
        invocation.request);
    out.rules = rules_of(invocation);
    out.fonts = app::fonts_used(ctx);
    out.inputs = app::digests_of(names, ctx);
    out.outputs = app::digests_of(outputs_of(written, inputs), folder, ctx);
    base::write_file(invocation.manifest, app::manifest_json(out));
    app::remember_inputs(out.inputs, names);
}

} // namespace

int carry_out(const Console& console, const Words& arguments) {
    const auto& invocation = console.invocation;
    if (invocation.manifest.empty()) return carry_out(console);
    check_manifest(invocation, arguments);
    const base::WrittenFiles written;
    const int code = carry_out(console);
    if (code != 0) return code; // what was stopped half way is not what was asked for
    write_manifest(invocation, arguments, written, console.ctx);
    console.say_written({invocation.manifest});
    return code;
}

int run(const app::VerifyRequest& request, const Console& c) {
    const auto report = verify(request, c.ctx);
    c.result([&] { return to_json(report, *c.language); },
             [&] { return to_text(report, *c.language); });
    return report.differs.empty() ? 0 : static_cast<int>(ErrorKind::Data);
}

} // namespace diaban::cli
