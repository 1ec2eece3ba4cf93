#include "gui/gl.hpp"

#include "base/paths.hpp"

#include <cstdlib>
#include <string>

namespace diaban::gui {
namespace {

GLuint compile(GLenum kind, const std::string& file) {
    const std::string source = base::read_file(base::asset(file));
    const GLuint shader = glCreateShader(kind);
    const char* text = source.c_str();
    glShaderSource(shader, 1, &text, nullptr);
    glCompileShader(shader);
    GLint good = 0;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
    if (good) return shader;
    char log[1024] = "";
    glGetShaderInfoLog(shader, sizeof log, nullptr, log);
    glDeleteShader(shader);
    throw base::Error(base::ErrorKind::Input, "error.shader",
                      {{"file", file}, {"reason", std::string(log)}});
}

// A new name for an object, with its owner.
template <class Owner> Owner made(void (*generate)(GLsizei, GLuint*)) {
    GLuint name = 0;
    generate(1, &name);
    return Owner(name);
}

} // namespace

GlBuffer make_buffer() {
    return made<GlBuffer>(glGenBuffers);
}
GlVertices make_vertices() {
    return made<GlVertices>(glGenVertexArrays);
}
GlTexture make_texture() {
    return made<GlTexture>(glGenTextures);
}
GlFramebuffer make_framebuffer() {
    return made<GlFramebuffer>(glGenFramebuffers);
}
GlRenderbuffer make_renderbuffer() {
    return made<GlRenderbuffer>(glGenRenderbuffers);
}

GlProgram make_program(std::string_view name) {
    const std::string stem = "shaders/" + std::string(name);
    const GLuint vertex = compile(GL_VERTEX_SHADER, stem + ".vert");
    GlProgram program(glCreateProgram());
    glAttachShader(program, vertex);
    glDeleteShader(vertex); // freed with the program
    const GLuint fragment = compile(GL_FRAGMENT_SHADER, stem + ".frag");
    glAttachShader(program, fragment);
    glDeleteShader(fragment);
    glLinkProgram(program);
    GLint good = 0;
    glGetProgramiv(program, GL_LINK_STATUS, &good);
    if (!good) {
        char log[1024] = "";
        glGetProgramInfoLog(program, sizeof log, nullptr, log);
        throw base::Error(base::ErrorKind::Input, "error.shader",
                          {{"file", stem}, {"reason", std::string(log)}});
    }
    return program;
}

bool gl_on_processor() {
    if (const char* wanted = std::getenv("DIABAN_GL")) return std::string_view(wanted) != "card";
    const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    const std::string_view renderer = name ? name : "";
    // Mesa's, and what Windows has without a driver.
    for (const std::string_view known :
         {"llvmpipe", "softpipe", "swrast", "GDI Generic", "Microsoft Basic Render"})
        if (renderer.find(known) != std::string_view::npos) return true;
    return false;
}

void Target::resize(int width, int height, int samples) {
    if (width == width_ && height == height_ && samples == samples_) return;
    width_ = width, height_ = height, samples_ = samples;
    if (!texture_) texture_ = make_texture();
    glBindTexture(GL_TEXTURE_2D, texture_);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    if (!single_) single_ = make_framebuffer();
    glBindFramebuffer(GL_FRAMEBUFFER, single_);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
    if (samples > 1) {
        if (!multi_) multi_ = make_framebuffer();
        if (!samples_buffer_) samples_buffer_ = make_renderbuffer();
        glBindRenderbuffer(GL_RENDERBUFFER, samples_buffer_);
        glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_RGBA8, width, height);
        glBindFramebuffer(GL_FRAMEBUFFER, multi_);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                                  samples_buffer_);
    }
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

void Target::bind(bool smooth) const {
    glBindFramebuffer(GL_FRAMEBUFFER, smooth && samples_ > 1 ? multi_ : single_);
    glViewport(0, 0, width_, height_);
}

void Target::resolve(bool smooth) const {
    if (smooth && samples_ > 1) {
        glBindFramebuffer(GL_READ_FRAMEBUFFER, multi_);
        glBindFramebuffer(GL_DRAW_FRAMEBUFFER, single_);
        glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT,
                          GL_NEAREST);
    }
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

void Target::fill(const void* pixels) const {
    glBindTexture(GL_TEXTURE_2D, texture_);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
}

void Target::show(int x, int y, int width, int height, int window_x, int window_y) const {
    glBindFramebuffer(GL_READ_FRAMEBUFFER, single_);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
    glBlitFramebuffer(x, y, x + width, y + height, window_x, window_y, window_x + width,
                      window_y + height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

} // namespace diaban::gui
