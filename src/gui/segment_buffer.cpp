#include "gui/segment_buffer.hpp"

namespace diaban::gui {

void SegmentBuffer::upload(const std::vector<LineSegment>& segments) {
    if (!corners_) corners_ = make_buffer(), index_ = make_buffer(), vertices_ = make_vertices();
    count_ = static_cast<std::uint32_t>(segments.size());
    std::vector<LineSegment> corners;
    std::vector<std::uint32_t> index;
    corners.reserve(segments.size() * 4);
    index.reserve(segments.size() * 6);
    for (std::uint32_t i = 0; i < count_; ++i) {
        corners.insert(corners.end(), 4, segments[i]);
        // The shader tells the corners apart by the last two bits of their number.
        for (const std::uint32_t corner : {0U, 1U, 2U, 2U, 1U, 3U}) index.push_back(4 * i + corner);
    }
    glBindVertexArray(vertices_);
    glBindBuffer(GL_ARRAY_BUFFER, corners_);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(corners.size() * sizeof(LineSegment)),
                 corners.data(), GL_STATIC_DRAW);
    glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(LineSegment), nullptr);
    glEnableVertexAttribArray(0);
    glVertexAttribIPointer(1, 2, GL_UNSIGNED_INT, sizeof(LineSegment),
                           reinterpret_cast<const void*>(offsetof(LineSegment, left)));
    glEnableVertexAttribArray(1);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, index_);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER,
                 static_cast<GLsizeiptr>(index.size() * sizeof(std::uint32_t)), index.data(),
                 GL_STATIC_DRAW);
    glBindVertexArray(0);
}

void SegmentBuffer::draw(std::uint32_t first, std::uint32_t count) const {
    if (count == 0) return;
    glBindVertexArray(vertices_);
    const std::size_t offset = std::size_t{6} * first * sizeof(std::uint32_t);
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(6 * count), GL_UNSIGNED_INT,
                   reinterpret_cast<const void*>(offset));
}

} // namespace diaban::gui
