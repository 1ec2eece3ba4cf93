// Files dropped on the window arrive through GLFW's callback. Needs a display; says so without one.
#include "gui/input.hpp"

#include <GLFW/glfw3.h>
#include <catch2/catch.hpp>
#include <imgui.h>
#include <iostream>

TEST_CASE("dropped files and keys arrive through the callbacks") {
    if (!glfwInit()) {
        std::cerr << "skipped: no display for the callbacks of a window\n";
        return;
    }
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
    GLFWwindow* window = glfwCreateWindow(200, 100, "test", nullptr, nullptr);
    REQUIRE(window);
    ImGui::CreateContext();
    {
        diaban::gui::Input input(window);
        input.take_activity();
        const auto drop = glfwSetDropCallback(window, nullptr);
        REQUIRE(drop);
        const char* files[] = {"/xã/ranh giới.shp", "/b.csv"};
        drop(window, 2, files);
        CHECK(input.take_activity());
        const auto dropped = input.take_dropped();
        REQUIRE(dropped.size() == 2);
        CHECK(dropped[0].filename() == "ranh giới.shp");
        CHECK(input.take_dropped().empty());

        const auto press = glfwSetKeyCallback(window, nullptr);
        press(window, GLFW_KEY_LEFT, 0, GLFW_PRESS, 0);
        press(window, GLFW_KEY_LEFT, 0, GLFW_RELEASE, 0);
        input.begin_frame();
        REQUIRE(input.keys().size() == 1);
        CHECK(input.keys()[0].key == GLFW_KEY_LEFT);
        CHECK(ImGui::GetIO().KeysDown[GLFW_KEY_LEFT]);
        CHECK(input.pending());
        input.begin_frame();
        CHECK(input.keys().empty());
        CHECK_FALSE(ImGui::GetIO().KeysDown[GLFW_KEY_LEFT]);
    }
    ImGui::DestroyContext();
    glfwDestroyWindow(window);
    glfwTerminate();
}
