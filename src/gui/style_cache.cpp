#include "gui/style_cache.hpp"

namespace diaban::gui {

const std::vector<app::StyledMap>& StyleCache::all_years(app::Document& document) {
    const app::StyledMap* now = document.styled();
    if (!now || !document.dataset()) {
        years_.clear();
        dataset_.reset();
        return years_;
    }
    app::MapChoice timeless = now->choice;
    timeless.period = {};
    const std::string& code = document.language().code();
    if (dataset_ == document.dataset() && choice_ == timeless && language_ == code) return years_;
    dataset_ = document.dataset();
    choice_ = timeless;
    language_ = code;
    years_.clear();
    for (const data::Period period : dataset_->cube->periods)
        years_.push_back(app::restyled(*dataset_, *now, period, document.language()));
    return years_;
}

const app::Change* StyleCache::change(app::Document& document, data::Period from, data::Period to) {
    const app::StyledMap* now = document.styled();
    const auto dataset = document.dataset();
    if (!now || !dataset || !dataset->cube->find(from) || !dataset->cube->find(to)) return nullptr;
    app::MapChoice timeless = now->choice;
    timeless.period = {};
    ChangeKey key{dataset, timeless, document.language().code(), from, to};
    if (changed_for_ != key) {
        change_ = app::change_between(*dataset, *now, from, to, document.language());
        changed_for_ = std::move(key);
    }
    return &change_;
}

} // namespace diaban::gui
