#version 330 core
// Writes the number of a face.
flat in vec4 digits;
out vec4 result;

void main() {
    result = digits;
}
