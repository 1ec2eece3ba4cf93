#include "app/manifest.hpp"

#include "app/fonts.hpp"
#include "app/json_node.hpp"
#include "base/paths.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using ManifestJson = nlohmann::ordered_json;

constexpr int kManifestVersion = 1;

// What nobody should read in a file that is passed on: the name of the user.
std::vector<std::string> names_of_user() {
    std::vector<std::string> out;
    for (const char* variable : {"USER", "LOGNAME", "USERNAME"})
        if (const char* value = std::getenv(variable); value && *value) out.emplace_back(value);
    if (const char* home = std::getenv("HOME"); home && *home)
        out.push_back(fs::path(home).lexically_normal().filename().string());
    std::erase(out, "");
    return out;
}

ManifestJson files_json(const std::vector<ManifestFile>& list) {
    auto out = ManifestJson::array();
    for (const auto& one : list)
        out.push_back(
            {{"file", one.name}, {"bytes", one.digest.bytes}, {"sha256", one.digest.sha256}});
    return out;
}

std::vector<ManifestFile> read_files(const JsonNode& in, const char* key) {
    std::vector<ManifestFile> out;
    for (const auto& node : in.nodes(key)) {
        ManifestFile one{node.text("file", true), {node.text("sha256", true), 0}};
        if (one.digest.sha256.size() != 64) node.bad("sha256: \"…\"");
        const auto bytes = node.number("bytes");
        if (!bytes || *bytes < 0) node.bad("bytes: 0, 1, 2 …");
        one.digest.bytes = static_cast<std::uint64_t>(*bytes);
        // A name that leads elsewhere was never written by us.
        if (one.name.empty() || fs::path(one.name).is_absolute()) node.bad("file: \"ban_do.png\"");
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace

std::string program_title() {
    return "diaban " + base::version();
}

std::string portable_name(const fs::path& file, const fs::path& folder) {
    std::error_code failed;
    const auto from = fs::weakly_canonical(fs::absolute(folder, failed), failed);
    const auto to = fs::weakly_canonical(fs::absolute(file, failed), failed);
    const auto way = to.lexically_relative(from);
    const auto name = file.filename().generic_string();
    if (way.empty() || way.is_absolute()) return name;
    // A way through the root of the file system is an absolute path in disguise.
    const auto up = std::count(way.begin(), way.end(), fs::path(".."));
    const auto below_root = from.relative_path();
    const auto depth = std::distance(below_root.begin(), below_root.end());
    if (up > 0 && up >= depth) return name;
    for (const auto& user : names_of_user())
        if (std::find(way.begin(), way.end(), fs::path(user)) != way.end()) return name;
    return way.generic_string();
}

fs::path named_file(const std::string& name, const fs::path& folder) {
    std::error_code failed;
    const auto there = folder / fs::path(name);
    if (fs::exists(there, failed)) return there;
    const auto here = folder / fs::path(name).filename();
    return fs::exists(here, failed) ? here : there;
}

InputNames::InputNames(const std::vector<fs::path>& inputs, fs::path folder)
    : folder_(std::move(folder)) {
    for (const auto& input : inputs)
        for (const auto& part : files::with_companions(input))
            names_[fs::absolute(part).lexically_normal()].clear();
    // Those that lie where no way may tell: by folder.
    std::map<fs::path, std::vector<fs::path>> elsewhere;
    std::set<std::string> taken;
    for (auto& [file, name] : names_) {
        name = portable_name(file, folder_);
        std::error_code failed;
        if (name == file.filename().generic_string() &&
            !fs::equivalent(file.parent_path(), folder_, failed))
            elsewhere[file.parent_path()].push_back(file);
        else
            taken.insert(name);
    }
    for (const auto& [place, list] : elsewhere) {
        std::string before;
        const auto is_taken = [&](const fs::path& file) {
            return taken.contains(before + file.filename().generic_string());
        };
        for (int n = 2; std::any_of(list.begin(), list.end(), is_taken); ++n)
            before = std::to_string(n) + "/";
        for (const auto& file : list)
            taken.insert(names_[file] = before + file.filename().generic_string());
    }
}

std::string InputNames::of(const fs::path& file) const {
    const auto found = names_.find(fs::absolute(file).lexically_normal());
    return found == names_.end() ? portable_name(file, folder_) : found->second;
}

std::vector<ManifestFile> digests_of(const InputNames& inputs, base::JobContext& ctx) {
    std::vector<ManifestFile> out;
    for (const auto& [file, name] : inputs.all())
        out.push_back({name, files::digest_of_file(file, ctx)});
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
}

std::vector<ManifestFile> digests_of(const std::vector<fs::path>& list, const fs::path& folder,
                                     base::JobContext& ctx) {
    std::set<fs::path> all;
    for (const auto& file : list) all.insert(fs::absolute(file).lexically_normal());
    std::vector<ManifestFile> out;
    for (const auto& file : all)
        out.push_back({portable_name(file, folder), files::digest_of_file(file, ctx)});
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
}

std::vector<ManifestFont> fonts_used(base::JobContext& ctx) {
    const auto fonts = interface_fonts();
    std::vector<ManifestFont> out;
    std::set<fs::path> told;
    for (const auto& file : {fonts.regular, fonts.bold, fonts.signs, fonts.bold_signs})
        if (!file.empty() && told.insert(file).second)
            out.push_back({file.filename().string(), files::digest_of_file(file, ctx).sha256});
    return out;
}

std::string manifest_json(const Manifest& manifest) {
    ManifestJson out{{"manifest", kManifestVersion},
                     {"program", manifest.program},
                     {"request", manifest.request},
                     {"classification", manifest.classification},
                     {"seed", manifest.seed}};
    out["rules"] = ManifestJson::array();
    for (const auto& rule : manifest.rules)
        out["rules"].push_back({{"id", rule.id}, {"version", rule.version}});
    out["fonts"] = ManifestJson::array();
    for (const auto& font : manifest.fonts)
        out["fonts"].push_back({{"name", font.name}, {"sha256", font.sha256}});
    out["inputs"] = files_json(manifest.inputs);
    out["outputs"] = files_json(manifest.outputs);
    return out.dump(2, ' ', false, ManifestJson::error_handler_t::replace) + "\n";
}

Manifest parse_manifest(const std::string& text, const std::string& file) {
    const auto in = JsonNode::parse(text, file);
    const auto version = in.number("manifest");
    if (!version) in.bad("\"manifest\": 1");
    if (*version > kManifestVersion)
        throw base::Error(base::ErrorKind::Data, "error.manifest.newer",
                          {{"file", file}, {"program", in.text("program")}});
    Manifest out;
    out.program = in.text("program", true);
    out.request = in.words("request");
    if (out.request.empty()) in.bad("request: [\"map\", …]");
    out.classification = in.text("classification");
    out.seed = in.text("seed");
    for (const auto& node : in.nodes("rules"))
        out.rules.push_back({node.text("id", true), node.text("version")});
    for (const auto& node : in.nodes("fonts"))
        out.fonts.push_back({node.text("name", true), node.text("sha256", true)});
    out.inputs = read_files(in, "inputs");
    out.outputs = read_files(in, "outputs");
    if (out.outputs.empty()) in.bad("outputs: […]");
    return out;
}

Manifest load_manifest(const fs::path& file) {
    base::check_exists(file);
    return parse_manifest(base::read_file(file), file.filename().string());
}

} // namespace diaban::app
