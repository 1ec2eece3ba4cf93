#version 330 core
// Four vertices per segment, spread out to a quad: half the width, half a pixel for the soft edge, and
// round ends so that joins close.
layout(location = 0) in vec4 segment;   // from.xy, to.xy, metres from the origin
layout(location = 1) in uvec2 sides;    // faces left and right

uniform vec2 centre;
uniform float metres_per_px;
uniform vec2 viewport;                  // pixels
uniform float width_px;
uniform sampler2D faces;                // their colours, as in fill.vert
uniform vec4 colour;
uniform bool adapt;                     // grey where white would not be seen
uniform float cap_px;                   // how far the ends reach; 0 for hairlines

out vec2 along;                         // pixels from the first end: along and across
flat out float length_px;
flat out vec4 pen;

// A white line between two faces lighter than this is lost (the pages use the same limit).
const float kTooLight = 226.0 / 255.0;

bool light(uint face) {
    if (face == 0xFFFFFFFFu) return true;
    vec3 c = texelFetch(faces, ivec2(int(face & 1023u), int(face >> 10)), 0).rgb;
    return dot(c, vec3(0.299, 0.587, 0.114)) > kTooLight;
}

void main() {
    vec2 a = (segment.xy - centre) / metres_per_px;
    vec2 b = (segment.zw - centre) / metres_per_px;
    vec2 d = b - a;
    length_px = length(d);
    vec2 forward = length_px > 1e-6 ? d / length_px : vec2(1.0, 0.0);
    vec2 side = vec2(-forward.y, forward.x);
    float across = max(width_px, 1.0) * 0.5 + 0.5;
    float beyond = cap_px > 0.0 ? cap_px + 0.5 : 0.0;
    float u = (gl_VertexID & 1) == 0 ? -beyond : length_px + beyond;
    float v = (gl_VertexID & 2) == 0 ? -across : across;
    along = vec2(u, v);
    pen = colour;
    if (adapt)
        if (light(sides.x) && light(sides.y)) pen.rgb = vec3(0.706, 0.722, 0.749);
    gl_Position = vec4((a + forward * u + side * v) / viewport * 2.0, 0.0, 1.0);
}
