// The program: the command line, and the window behind `view`.
#include "cli/manifest.hpp"
#include "cli/run.hpp"
#include "gui/window.hpp"

int main(int argc, char** argv) {
    const auto open_window = [](const diaban::cli::ViewRequest& request,
                                const std::string& language) {
        return diaban::gui::run_window({.files = request.files,
                                        .view = request.view,
                                        .data = request.data,
                                        .scale = request.scale,
                                        .language = language,
                                        .width = request.width,
                                        .height = request.height,
                                        .dump_items = request.dump_items,
                                        .bench = request.bench,
                                        .verify = diaban::cli::verify});
    };
    return diaban::cli::run({argv + 1, argv + argc}, open_window);
}
