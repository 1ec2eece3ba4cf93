#version 330 core
// Fills a face with its colour and, where the class has one, a hatch that moves with the map.
flat in vec4 colour;
out vec4 result;

uniform vec2 hatch_origin;    // pixels; where the pattern starts
uniform float hatch_scale;    // interface scale: the pattern stays as large as the text

// Coverage of a line of width w across a period p, at distance x, one pixel soft.
float stripe(float x, float p, float w) {
    float d = abs(mod(x, p) - p * 0.5);
    return clamp(w * 0.5 + 0.5 - d, 0.0, 1.0);
}

float dots(vec2 at, float p, float radius) {
    vec2 row = vec2(mod(floor(at.y / p), 2.0) * p * 0.5, 0.0);
    vec2 cell = mod(at + row, p) - p * 0.5;
    return clamp(radius + 0.5 - length(cell), 0.0, 1.0);
}

void main() {
    int hatch = int(colour.a * 255.0 + 0.5);
    if (hatch == 255) discard;                     // not existing: only its outline is drawn
    vec3 paint = colour.rgb;
    if (hatch > 0) {
        vec2 at = gl_FragCoord.xy - hatch_origin;
        float s = hatch_scale, ink = 0.0;
        if (hatch == 1) ink = dots(at, 8.0 * s, 1.3 * s);
        else if (hatch == 2) ink = dots(at, 5.0 * s, 0.8 * s);
        else if (hatch == 3) ink = stripe((at.x + at.y) * 0.7071, 7.0 * s, 1.1 * s);
        else if (hatch == 4) ink = stripe((at.x - at.y) * 0.7071, 7.0 * s, 1.1 * s);
        else if (hatch == 5) ink = max(stripe((at.x + at.y) * 0.7071, 8.0 * s, 1.0 * s),
                                       stripe((at.x - at.y) * 0.7071, 8.0 * s, 1.0 * s));
        else if (hatch == 6) ink = stripe(at.y, 6.0 * s, 1.0 * s);
        else if (hatch == 7) ink = stripe(at.x, 6.0 * s, 1.0 * s);
        float lightness = dot(paint, vec3(0.299, 0.587, 0.114));
        vec3 other = lightness > 0.45 ? paint * 0.72 : mix(paint, vec3(1.0), 0.30);
        paint = mix(paint, other, ink);
    }
    result = vec4(paint, 1.0);
}
