#version 330 core
// Distance to the segment gives an edge of exactly one soft pixel at any zoom. Lines thinner than a
// pixel keep their weight by fading.
in vec2 along;
flat in float length_px;
out vec4 result;

flat in vec4 pen;
uniform float width_px;

void main() {
    float beyond = along.x < 0.0 ? along.x : max(along.x - length_px, 0.0);
    float d = length(vec2(beyond, along.y));
    float drawn = max(width_px, 1.0);
    float cover = clamp(drawn * 0.5 + 0.5 - d, 0.0, 1.0) * min(width_px, 1.0);
    if (cover <= 0.004) discard;
    result = vec4(pen.rgb, pen.a * cover);
}
