// What tests of several panels do with their hands: other words in a field, and the command that a
// panel copies, as a shell runs it.
#pragma once

#include "session.hpp"
#include "support/process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace diaban::test {

// Other words in a field.
inline void retype(Session& window, const std::string& field, const std::string& text) {
    window.click(field);
    window.tool({"keydown", "ctrl"});
    window.key("a");
    window.tool({"keyup", "ctrl"});
    window.type(text);
}

// What lies on the clipboard: the search field is where it is looked at, and left again.
inline std::string on_clipboard(Session& window) {
    window.key("ctrl+f");
    window.key("ctrl+v");
    window.until("the clipboard", [&] { return !window.text("typing").empty(); });
    const auto pasted = window.text("typing");
    window.key("ctrl+a");
    window.key("Delete");
    window.until("an empty field", [&] { return window.text("typing").empty(); });
    window.key("Escape");
    return pasted;
}

// Presses the button of a panel that copies a command, and returns what it has copied. It is in the
// language of the window: it may be pasted where another is spoken.
inline std::string copied_command(Session& window, const std::string& button) {
    window.click(button);
    const auto command = on_clipboard(window);
    INFO(command);
    CHECK(command.find(" --lang " + window.text("language")) != std::string::npos);
    return command;
}

// Runs a copied command, which must succeed, and returns what it printed.
inline std::string run_copied(const std::string& command, const RunOptions& options = {}) {
    REQUIRE(command.rfind("diaban ", 0) == 0);
    const auto outcome =
        run_program({"/bin/sh", "-c", DIABAN_PROGRAM + command.substr(6)}, options);
    INFO(command << "\n" << outcome.err);
    REQUIRE(outcome.code == 0);
    return outcome.out;
}

// What the command that a panel copies says, as --json.
inline nlohmann::json copied_answer(Session& window, const std::string& panel) {
    const auto command = window.text(panel + ".command");
    REQUIRE(command.rfind("diaban " + panel, 0) == 0);
    return nlohmann::json::parse(run_copied(command + " --json --quiet"));
}

} // namespace diaban::test
