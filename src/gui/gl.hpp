// OpenGL 3.3 objects with owners, and the errors of making them. Only for the thread of the window.
#pragma once

#include "base/error.hpp"

#include <epoxy/gl.h>
#include <string_view>
#include <utility>

namespace diaban::gui {

// Owns one GL name; Release frees it.
template <void (*Release)(GLuint)> class GlName {
public:
    GlName() = default;
    explicit GlName(GLuint name) : name_(name) {}
    GlName(GlName&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
    GlName& operator=(GlName&& other) noexcept {
        std::swap(name_, other.name_);
        return *this;
    }
    ~GlName() {
        if (name_) Release(name_);
    }
    operator GLuint() const { return name_; }

private:
    GLuint name_ = 0;
};

inline void release_buffer(GLuint name) {
    glDeleteBuffers(1, &name);
}
inline void release_vertices(GLuint name) {
    glDeleteVertexArrays(1, &name);
}
inline void release_texture(GLuint name) {
    glDeleteTextures(1, &name);
}
inline void release_program(GLuint name) {
    glDeleteProgram(name);
}
inline void release_framebuffer(GLuint name) {
    glDeleteFramebuffers(1, &name);
}
inline void release_renderbuffer(GLuint name) {
    glDeleteRenderbuffers(1, &name);
}

using GlBuffer = GlName<release_buffer>;
using GlVertices = GlName<release_vertices>;
using GlTexture = GlName<release_texture>;
using GlProgram = GlName<release_program>;
using GlFramebuffer = GlName<release_framebuffer>;
using GlRenderbuffer = GlName<release_renderbuffer>;

GlBuffer make_buffer();
GlVertices make_vertices();
GlTexture make_texture();
GlFramebuffer make_framebuffer();
GlRenderbuffer make_renderbuffer();

// Compiles shaders/<name>.vert and .frag. Throws Error Input "error.shader" with the driver's log.
GlProgram make_program(std::string_view name);

// Whether OpenGL runs on the processor, where geometry is dear and memory is near. The environment
// variable DIABAN_GL ("card" or "processor") overrules it, so that tests can compare the two.
bool gl_on_processor();

// A colour target of one size: drawn with several samples per pixel, shown as one texture.
class Target {
public:
    // Makes or keeps the storage.
    void resize(int width, int height, int samples);
    // Draws into the samples, or into the texture itself.
    void bind(bool smooth) const;
    void resolve(bool smooth) const;     // samples to texture; call after drawing
    void fill(const void* pixels) const; // of the texture: RGBA, eight bits each, from below
    // Copies a part, from (x, y) counted from the bottom left, to the window's framebuffer.
    void show(int x, int y, int width, int height, int window_x, int window_y) const;
    GLuint texture() const { return texture_; }
    int width() const { return width_; }
    int height() const { return height_; }

private:
    GlTexture texture_;
    GlFramebuffer single_, multi_;
    GlRenderbuffer samples_buffer_;
    int width_ = 0, height_ = 0, samples_ = -1;
};

} // namespace diaban::gui
