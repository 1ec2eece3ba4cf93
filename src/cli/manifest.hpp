// --manifest and `verify`: a command line that names its files as seen from another folder, and is
// carried out again there. Private to src/cli, but for verify().
#pragma once

#include "app/commands/verify.hpp"
#include "cli/parse.hpp"

#include <functional>

namespace diaban::cli {

// Read: is there. Write: will be. Perhaps: a file, or the id of a rule or plan.
enum class FileUse { Read, Write, Perhaps };
using ChangeFile = std::function<std::string(FileUse use, const std::filesystem::path& file)>;
// The same command line with each file put another way. Guarantee: words that are no files stay.
std::vector<std::string> with_files(const std::vector<std::string>& arguments,
                                    const ChangeFile& change);
// What counts for what comes out: without the flags about printing, threads and keeping, and with
// the language.
std::vector<std::string> lasting(const std::vector<std::string>& arguments,
                                 const std::string& language);

// Makes the files of a manifest again and compares; for the window too. Throws as
// app::check_inputs(), and as the verb does.
app::VerifyReport verify(const app::VerifyRequest& request, base::JobContext& ctx);

} // namespace diaban::cli
