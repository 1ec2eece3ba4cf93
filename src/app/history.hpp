// Undo and redo: a list of whole project values with labels.
#pragma once

#include "app/project.hpp"

#include <memory>
#include <string>
#include <vector>

namespace diaban::app {

class History {
public:
    explicit History(Project initial = {});
    const Project& now() const { return *entries_[at_].project; }
    // A new state. Entries ahead are dropped. Consecutive edits with the same non-empty merge key
    // (a slider being dragged) become one.
    void edit(Project next, std::string label_key, std::string merge_key = {});
    void reset(Project initial);
    bool can_undo() const { return at_ > 0; }
    bool can_redo() const { return at_ + 1 < entries_.size(); }
    void undo();
    void redo();
    // The list as people see it: states 0 .. size()-1, the first without a label.
    std::size_t size() const { return entries_.size(); }
    std::size_t at() const { return at_; }
    const std::string& label(std::size_t i) const { return entries_[i].label; } // message id
    const Project& state(std::size_t i) const { return *entries_[i].project; }
    bool saved(std::size_t i) const { return entries_[i].project == saved_; }
    void go_to(std::size_t i);
    // Ends merging: the next edit is a new entry even with the same key.
    void settle() { merging_.clear(); }
    void mark_saved() { saved_ = entries_[at_].project; }
    bool unsaved() const;
    std::string undo_label() const; // message id; empty if none
    std::string redo_label() const;

private:
    struct Entry {
        std::shared_ptr<const Project> project;
        std::string label;
    };
    std::vector<Entry> entries_;
    std::size_t at_ = 0;
    std::string merging_;
    std::shared_ptr<const Project> saved_;
};

} // namespace diaban::app
