#include "app/manifest_inputs.hpp"

#include "base/paths.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace diaban::app {
namespace fs = std::filesystem;
namespace {

using KnownInputs = nlohmann::ordered_json;

constexpr std::size_t kMostKnownInputs = 500;
// A folder with more below it is not the folder of some data.
constexpr std::size_t kMostFilesBelow = 500'000;

// [{"sha256", "file"}], the latest first; empty where it cannot be read.
fs::path known_inputs_file() {
    const auto folder = base::cache_folder();
    return folder.empty() ? fs::path() : folder / "manifest_inputs.json";
}

KnownInputs known_inputs() {
    auto list = KnownInputs::array();
    const auto file = known_inputs_file();
    std::error_code failed;
    if (file.empty() || !fs::is_regular_file(file, failed)) return list;
    try {
        const auto kept = KnownInputs::parse(base::read_file(file), nullptr, false);
        if (!kept.is_array()) return list;
        for (const auto& one : kept)
            if (one.is_object() && one.contains("sha256") && one["sha256"].is_string() &&
                one.contains("file") && one["file"].is_string())
                list.push_back(one);
    } catch (const base::Error&) { // as if nothing had been kept
    }
    return list;
}

std::string bare_name_of(const ManifestFile& input) {
    return fs::path(input.name).filename().generic_string();
}

class InputFinder {
public:
    InputFinder(const Manifest& manifest, const fs::path& beside,
                const std::vector<fs::path>& folders, base::JobContext& ctx)
        : manifest_(manifest), beside_(beside), folders_(folders), ctx_(ctx) {
        for (const auto& folder : folders_) base::check_exists(folder);
    }

    FoundInputs found() {
        FoundInputs out;
        std::size_t done = 0;
        const auto& inputs = manifest_.inputs;
        for (const auto& input : inputs) {
            if (main_of(input)) continue;
            ctx_.step(done++, inputs.size());
            const auto file = place_of(input);
            out.emplace(input.name, FoundInput{file, !is(file, input)});
            for (const auto* part : parts_of(input)) {
                const auto there = file.parent_path() / bare_name_of(*part);
                std::error_code failed;
                if (!fs::exists(there, failed)) missing(*part);
                out.emplace(part->name, FoundInput{there, !is(there, *part)});
            }
        }
        return out;
    }

private:
    [[noreturn]] static void missing(const ManifestFile& input) {
        throw base::Error(base::ErrorKind::Input, "error.verify.input_missing",
                          {{"file", input.name}});
    }

    // The input that this one is read with; null: it is asked for by itself.
    const ManifestFile* main_of(const ManifestFile& input) const {
        for (const auto& word : manifest_.request)
            if (word.find(input.name) != word.npos) return nullptr;
        for (const auto& other : manifest_.inputs)
            if (files::is_companion(input.name, other.name) &&
                !files::is_companion(other.name, input.name))
                return &other;
        return nullptr;
    }

    std::vector<const ManifestFile*> parts_of(const ManifestFile& input) const {
        std::vector<const ManifestFile*> out;
        for (const auto& other : manifest_.inputs)
            if (main_of(other) == &input) out.push_back(&other);
        return out;
    }

    bool is(const fs::path& file, const ManifestFile& input) const {
        std::error_code failed;
        return fs::is_regular_file(file, failed) &&
               fs::file_size(file, failed) == input.digest.bytes && !failed &&
               digest(file) == input.digest;
    }

    const files::Digest& digest(const fs::path& file) const {
        const auto known = digests_.find(file);
        if (known != digests_.end()) return known->second;
        return digests_[file] = files::digest_of_file(file, ctx_);
    }

    // The one that is the input, with most of its parts; else the first; empty of none.
    fs::path best(const std::vector<fs::path>& candidates, const ManifestFile& input) const {
        fs::path out = candidates.empty() ? fs::path() : candidates.front();
        std::ptrdiff_t most = 0;
        const auto parts = parts_of(input);
        for (const auto& file : candidates) {
            if (!is(file, input)) continue;
            const auto right =
                1 + std::count_if(parts.begin(), parts.end(), [&](const ManifestFile* part) {
                    return is(file.parent_path() / bare_name_of(*part), *part);
                });
            if (right > most) most = right, out = file;
        }
        return out;
    }

    std::vector<fs::path> right_in(const std::vector<fs::path>& folders,
                                   const ManifestFile& input) const {
        std::vector<fs::path> out;
        for (const auto& folder : folders) {
            const auto file = named_file(input.name, folder);
            std::error_code failed;
            if (fs::exists(file, failed)) out.push_back(file);
        }
        return out;
    }

    // All files below the folders that are named as an input is, in order of their paths.
    std::vector<fs::path> below(const ManifestFile& input) {
        if (!looked_below_) look_below();
        return below_[bare_name_of(input)];
    }

    void look_below() {
        looked_below_ = true;
        for (const auto& input : manifest_.inputs) below_[bare_name_of(input)];
        std::size_t seen = 0;
        for (const auto& folder : folders_) {
            std::error_code failed;
            const auto options = fs::directory_options::skip_permission_denied;
            for (auto at = fs::recursive_directory_iterator(folder, options, failed);
                 !failed && at != fs::recursive_directory_iterator() && seen < kMostFilesBelow;
                 at.increment(failed), ++seen) {
                ctx_.check();
                std::error_code unknown;
                const auto named = below_.find(at->path().filename().generic_string());
                if (named != below_.end() && at->is_regular_file(unknown))
                    named->second.push_back(at->path());
            }
        }
        for (auto& [name, list] : below_) std::sort(list.begin(), list.end());
    }

    std::vector<fs::path> remembered(const ManifestFile& input) const {
        std::vector<fs::path> out;
        for (const auto& one : known_inputs()) {
            const fs::path file = one["file"].get<std::string>();
            std::error_code failed;
            if (one["sha256"] == input.digest.sha256 &&
                file.filename().generic_string() == bare_name_of(input) && fs::exists(file, failed))
                out.push_back(file);
        }
        return out;
    }

    // A file that is another input of the same name is not this one, changed.
    void drop_others(std::vector<fs::path>& candidates, const ManifestFile& input) const {
        std::erase_if(candidates, [&](const fs::path& file) {
            return !is(file, input) &&
                   std::any_of(manifest_.inputs.begin(), manifest_.inputs.end(),
                               [&](const ManifestFile& other) {
                                   return bare_name_of(other) == bare_name_of(input) &&
                                          is(file, other);
                               });
        });
    }

    fs::path place_of(const ManifestFile& input) {
        auto candidates = right_in(folders_, input);
        if (const auto file = best(candidates, input); !file.empty() && is(file, input))
            return file;
        if (!folders_.empty())
            for (auto& file : below(input)) candidates.push_back(std::move(file));
        drop_others(candidates, input);
        if (candidates.empty()) candidates = right_in({beside_}, input);
        drop_others(candidates, input);
        if (candidates.empty()) candidates = remembered(input);
        if (candidates.empty()) missing(input);
        return best(candidates, input);
    }

    const Manifest& manifest_;
    const fs::path& beside_;
    const std::vector<fs::path>& folders_;
    base::JobContext& ctx_;
    mutable std::map<fs::path, files::Digest> digests_; // of files looked at
    bool looked_below_ = false;
    std::map<std::string, std::vector<fs::path>> below_; // by name
};

} // namespace

FoundInputs find_inputs(const Manifest& manifest, const fs::path& beside,
                        const std::vector<fs::path>& folders, base::JobContext& ctx) {
    return InputFinder(manifest, beside, folders, ctx).found();
}

void remember_inputs(const std::vector<ManifestFile>& inputs, const InputNames& names) {
    const auto file = known_inputs_file();
    if (file.empty()) return;
    std::map<std::string, std::string> digests; // by name
    for (const auto& input : inputs) digests[input.name] = input.digest.sha256;
    auto list = KnownInputs::array();
    for (const auto& [path, name] : names.all())
        list.push_back({{"sha256", digests[name]}, {"file", path.string()}});
    // What a file was before still leads to it.
    for (const auto& one : known_inputs())
        if (list.size() < kMostKnownInputs &&
            std::find(list.begin(), list.end(), one) == list.end())
            list.push_back(one);
    try {
        base::write_file(file, list.dump(1, ' ', false, KnownInputs::error_handler_t::replace));
    } catch (const base::Error&) { // `verify` then needs to be told the folder
    }
}

} // namespace diaban::app
