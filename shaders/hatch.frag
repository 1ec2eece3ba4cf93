#version 330 core
// Fills a face with its colour and the hatch of its class. Spacing and width come from the same
// numbers as on pages (map/hatch.hpp); edges are one pixel soft.
flat in vec4 colour;
flat in vec4 ink;
out vec4 result;

uniform vec4 phase;           // pixels: where patterns start, along x, y and both diagonals
uniform float spacing;        // pixels between lines
uniform float width;          // of a line

const float kDiagonal = 0.70710678;

void main() {
    int hatch = int(colour.a * 255.0 + 0.5); // map::Hatch
    if (hatch == 255) discard;               // not existing: only its outline is drawn
    vec2 p = gl_FragCoord.xy;
    bool dots = hatch <= 2, fine = hatch == 2;
    float period = fine ? spacing * 0.75 : spacing;
    // Distances to the nearest line: across x, across y, and to both diagonals.
    vec4 across = vec4(p.x, p.y, (p.x - p.y) * kDiagonal, (p.x + p.y) * kDiagonal) - phase;
    vec4 d = abs(fract(across / period + 0.5) - 0.5) * period;
    float line = hatch == 3 ? d.z : hatch == 4 ? d.w : hatch == 5 ? min(d.z, d.w)
               : hatch == 6 ? d.y : d.x;
    float away = dots ? length(d.xy) : line;
    float reach = width * (dots && !fine ? 0.85 : 0.5);
    float cover = hatch == 0 ? 0.0 : clamp(reach + 0.5 - away, 0.0, 1.0);
    result = vec4(mix(colour.rgb, ink.rgb, ink.a * cover), 1.0);
}
