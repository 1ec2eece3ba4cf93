// `verify`: makes the files of a manifest again and compares them.
//
// Guarantee: nothing that is there is changed: what is made again lies in a folder of its own that
// only its owner may enter, and goes away, and no log is written.
#pragma once

#include "app/language.hpp"
#include "app/manifest_inputs.hpp"

namespace diaban::app {

struct VerifyRequest {
    std::filesystem::path manifest;
    // Folders where its inputs are now; none: where they were.
    std::vector<std::filesystem::path> bases;
    friend bool operator==(const VerifyRequest&, const VerifyRequest&) = default;
};

struct VerifyReport {
    Manifest manifest;
    std::string program;                 // this one
    FoundInputs inputs;                  // where they are
    std::vector<std::string> changed;    // inputs that are not what they were
    std::vector<ManifestFont> fonts_now; // those here that it does not know
    std::vector<std::string> same;       // outputs that come out byte by byte as they were
    struct Difference {
        std::string file, kind; // "drawn", "edited", "not_drawn", "new"
        friend bool operator==(const Difference&, const Difference&) = default;
    };
    std::vector<Difference> differs;
    bool other_program() const { return manifest.program != program; }
};

// A folder of one's own, gone with the object. Throws Error Write.
class PrivateFolder {
public:
    PrivateFolder();
    ~PrivateFolder();
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    // Where a file of that portable name is made again; the folder for it is there.
    std::filesystem::path place(const std::string& name) const;

private:
    std::filesystem::path path_;
};

// Reads the manifest and its inputs. Throws as load_manifest() and find_inputs().
VerifyReport check_inputs(const VerifyRequest& request, base::JobContext& ctx);
// Where a file that the manifest names is now: an input, or what is right in the folders that are
// asked for or beside the manifest, there or not.
std::filesystem::path place_now(const VerifyReport& report, const VerifyRequest& request,
                                const std::string& name);
// Compares what was made again in the folder, and what stands beside the manifest if it is there,
// with what the manifest says.
void compare_outputs(VerifyReport& report, const VerifyRequest& request,
                     const PrivateFolder& folder, base::JobContext& ctx);

// One for each thing to tell: what differs, inputs and fonts that changed, another program; or that
// all is the same.
base::Findings findings_of(const VerifyReport& report);
// "result" is "same", "same_inputs_changed" (the files are the same though inputs are not) or
// "differs".
std::string to_json(const VerifyReport& report, const Language& language);
std::string to_text(const VerifyReport& report, const Language& language);
std::vector<std::string> to_flags(const VerifyRequest& request);

} // namespace diaban::app
