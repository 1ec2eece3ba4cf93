#version 330 core
// Fills a face with its colour: maps on which nothing is hatched.
flat in vec4 colour;
out vec4 result;

void main() {
    result = vec4(colour.rgb, 1.0);
}
