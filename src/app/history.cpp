#include "app/history.hpp"

namespace diaban::app {

History::History(Project initial) {
    reset(std::move(initial));
}

void History::reset(Project initial) {
    entries_.clear();
    entries_.push_back({std::make_shared<const Project>(std::move(initial)), {}});
    at_ = 0;
    merging_.clear();
    saved_ = entries_[0].project;
}

void History::edit(Project next, std::string label_key, std::string merge_key) {
    if (next == now()) return;
    auto project = std::make_shared<const Project>(std::move(next));
    const bool merge = !merge_key.empty() && merge_key == merging_ && at_ > 0 &&
                       at_ + 1 == entries_.size() && entries_[at_].project != saved_;
    if (merge) {
        entries_[at_].project = std::move(project);
        return;
    }
    entries_.resize(at_ + 1);
    entries_.push_back({std::move(project), std::move(label_key)});
    at_ = entries_.size() - 1;
    merging_ = std::move(merge_key);
}

void History::undo() {
    if (can_undo()) --at_;
    merging_.clear();
}

void History::redo() {
    if (can_redo()) ++at_;
    merging_.clear();
}

void History::go_to(std::size_t i) {
    if (i < entries_.size()) at_ = i;
    merging_.clear();
}

bool History::unsaved() const {
    return entries_[at_].project != saved_ && !(*entries_[at_].project == *saved_);
}

std::string History::undo_label() const {
    return can_undo() ? entries_[at_].label : "";
}
std::string History::redo_label() const {
    return can_redo() ? entries_[at_ + 1].label : "";
}

} // namespace diaban::app
