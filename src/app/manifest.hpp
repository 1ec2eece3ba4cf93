// What a file was made of: written beside it by --manifest, so that anybody can make it again and
// compare (`verify`).
//
// Guarantees: no absolute path and no name of a user is in a manifest: files are named as seen from
// its folder, or by their name alone where the way to them would lead through somebody's home or
// the root of the file system; then two of one name are told apart by a number, "2/xa.csv".
// parse_manifest(manifest_json(m)) is m.
#pragma once

#include "app/mask.hpp"
#include "files/digest.hpp"

#include <map>

namespace diaban::app {

struct ManifestFile {
    std::string name; // as a manifest names it, with "/"
    files::Digest digest;
    friend bool operator==(const ManifestFile&, const ManifestFile&) = default;
};

struct ManifestRule {
    std::string id, version;
    friend bool operator==(const ManifestRule&, const ManifestRule&) = default;
};

struct ManifestFont {
    std::string name, sha256;
    friend bool operator==(const ManifestFont&, const ManifestFont&) = default;
};

struct Manifest {
    std::string program;              // "diaban 0.1.0"
    std::vector<std::string> request; // the command line, its files named as above
    std::string classification;       // "public", "internal"; empty: the verb has none
    std::string seed;                 // empty: nothing was drawn by lot
    std::vector<ManifestRule> rules;  // those asked for, and those that the store keeps
    std::vector<ManifestFont> fonts;
    std::vector<ManifestFile> inputs, outputs; // by name
    friend bool operator==(const Manifest&, const Manifest&) = default;
};

std::string program_title(); // "diaban 0.1.0"
// How a manifest in that folder names a file.
std::string portable_name(const std::filesystem::path& file, const std::filesystem::path& folder);
// The file that the name means, seen from a folder: there, or else right in the folder.
std::filesystem::path named_file(const std::string& name, const std::filesystem::path& folder);

// The names of the inputs of one manifest, each a different one; the parts of a shapefile stay
// together.
class InputNames {
public:
    // Takes their companions too (files::with_companions).
    InputNames(const std::vector<std::filesystem::path>& inputs, std::filesystem::path folder);
    std::string of(const std::filesystem::path& file) const; // others: portable_name()
    // By absolute path.
    const std::map<std::filesystem::path, std::string>& all() const { return names_; }

private:
    std::filesystem::path folder_;
    std::map<std::filesystem::path, std::string> names_;
};

// Each file once, in order of its name. Throws as digest_of_file().
std::vector<ManifestFile> digests_of(const InputNames& inputs, base::JobContext& ctx);
std::vector<ManifestFile> digests_of(const std::vector<std::filesystem::path>& files,
                                     const std::filesystem::path& folder, base::JobContext& ctx);
// Those that pages and tables are written in, and those of signs that they lack; each once. Throws Error Input "error.font.missing".
std::vector<ManifestFont> fonts_used(base::JobContext& ctx);

std::string manifest_json(const Manifest& manifest);
// Throws Error Data "error.json.bad", "error.manifest.newer".
Manifest parse_manifest(const std::string& text, const std::string& file);
Manifest load_manifest(const std::filesystem::path& file); // throws also Error Input

} // namespace diaban::app
