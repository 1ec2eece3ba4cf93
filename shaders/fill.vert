#version 330 core
// Faces: the position of a vertex is relative to the geometry's own origin, so that floats suffice.
// The colour of a face comes from a small table; stepping through years replaces only that table.
layout(location = 0) in vec2 at;
layout(location = 1) in uint face;

uniform vec2 centre;          // of the view, relative to the origin, metres
uniform vec2 clip_per_metre;
uniform sampler2D colours;    // rows of 1024 faces; rgb = colour, a = hatch index

flat out vec4 colour;

void main() {
    gl_Position = vec4((at - centre) * clip_per_metre, 0.0, 1.0);
    colour = texelFetch(colours, ivec2(int(face & 1023u), int(face >> 10)), 0);
}
