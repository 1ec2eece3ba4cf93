// Where the inputs of a manifest are now.
//
// A manifest says no whole path, so a file that lies elsewhere is known by its SHA-256: below the
// folders that are given, or where it was on this machine when the manifest was written. That is
// kept in the user's own cache and never leaves it.
#pragma once

#include "app/manifest.hpp"

namespace diaban::app {

struct FoundInput {
    std::filesystem::path file;
    bool changed = false; // it is not what it was
};
using FoundInputs = std::map<std::string, FoundInput>; // by their names in the manifest

// Looks right in the folders, then anywhere below them, where the bytes decide which of several
// files of one name is meant; then beside the manifest, then where the inputs were. Without folders
// beside the manifest first. A part of a shapefile is the one beside it. Throws Error Input
// "error.file.missing" of a folder, "error.verify.input_missing" of an input; Cancelled.
FoundInputs find_inputs(const Manifest& manifest, const std::filesystem::path& beside,
                        const std::vector<std::filesystem::path>& folders, base::JobContext& ctx);

// Keeps where the inputs are. Does nothing where the cache cannot be written.
void remember_inputs(const std::vector<ManifestFile>& inputs, const InputNames& names);

} // namespace diaban::app
