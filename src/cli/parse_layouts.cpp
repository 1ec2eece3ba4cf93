// The flags of layouts.

#include "cli/verb.hpp"

namespace diaban::cli {

void define_layouts(CLI::App& app, Requests& r, Invocation& invocation,
                    const app::Language& language) {
    Verb layouts(app, "layouts", language);
    layouts.option("layout", r.layouts.layout, "help.flag.layouts_which");
    layouts.path("--out", r.layouts.out, "help.flag.layouts_out");
    layouts.flag("--replace", r.layouts.replace, "help.flag.layouts_replace");
    layouts.common(invocation);
}

} // namespace diaban::cli
