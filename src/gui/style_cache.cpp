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

} // namespace diaban::gui
