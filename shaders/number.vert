#version 330 core
// Which face lies where, as a number in a colour: read back, the view can be given any colours
// without drawing it anew (gui/plate.hpp). Positions as in fill.vert.
layout(location = 0) in vec2 at;
layout(location = 1) in uint face;

uniform vec2 centre;          // of the view, relative to the origin, metres
uniform vec2 clip_per_metre;
uniform bool some_hidden;     // faces that do not exist: what lies below them is seen
uniform sampler2D colours;    // rows of 1024 faces; a = 1: hidden

flat out vec4 digits;         // of the number of the face + 1, base 256; 0 is left for no face

void main() {
    uint n = face + 1u;
    digits = vec4(float(n & 255u), float((n >> 8) & 255u), float((n >> 16) & 255u),
                  float(n >> 24)) / 255.0;
    gl_Position = vec4((at - centre) * clip_per_metre, 0.0, 1.0);
    if (some_hidden)
        if (texelFetch(colours, ivec2(int(face & 1023u), int(face >> 10)), 0).a == 1.0)
            gl_Position = vec4(2.0, 2.0, 2.0, 1.0); // outside, like the other two corners
}
