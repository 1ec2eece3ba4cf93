#version 330 core
// As fill.vert, for maps on which something is hatched.
layout(location = 0) in vec2 at;
layout(location = 1) in uint face;

uniform vec2 centre;          // of the view, relative to the origin, metres
uniform vec2 clip_per_metre;
uniform sampler2D colours;    // rows of 1024 faces; rgb = colour, a = number of the hatch
uniform sampler2D inks;       // the same rows; colour of the hatch, a = its opacity

flat out vec4 colour;
flat out vec4 ink;

void main() {
    gl_Position = vec4((at - centre) * clip_per_metre, 0.0, 1.0);
    ivec2 texel = ivec2(int(face & 1023u), int(face >> 10));
    colour = texelFetch(colours, texel, 0);
    ink = texelFetch(inks, texel, 0);
}
