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
    if (dataset_ == document.dataset() && choice_ == timeless && where_ == now->where &&
        language_ == code)
        return years_;
    dataset_ = document.dataset();
    choice_ = timeless;
    where_ = now->where;
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
    ChangeKey key{dataset, timeless, now->where, document.language().code(), from, to};
    if (changed_for_ != key) {
        change_ = app::change_between(*dataset, *now, from, to, document.language());
        changed_for_ = std::move(key);
    }
    return &change_;
}

std::shared_ptr<const app::Dataset> StyleCache::outlined(app::Document& document) {
    const auto dataset = document.dataset();
    if (!dataset || !dataset->vintage->coverage) return dataset;
    if (outlined_->of != dataset || outlined_at_ != document.revision()) {
        outlined_at_ = document.revision();
        app::QuerySources sources{.lines = app::near_lines(document.project().lines),
                                  .outline = document.project().outline};
        if (outlined_->of != dataset || outlined_->lines != sources) {
            *outlined_ = {dataset, nullptr, sources};
            if (!sources.lines.empty() || !sources.outline.empty())
                document.jobs().run(
                    {.key = "outline", .replace = true},
                    [sources, dataset, code = document.language().code()](base::JobContext& ctx) {
                        Outlined out{dataset, nullptr, sources};
                        try {
                            out.found = app::with_outline(dataset, sources,
                                                          *app::Language::load(code), ctx);
                        } catch (const base::Error&) {
                            // Said where somebody asks for the lines: near places, queries.
                        }
                        return out;
                    },
                    [to = outlined_](app::Document&, Outlined out) {
                        if (to->of == out.of && to->lines == out.lines) *to = std::move(out);
                    });
        }
    }
    return outlined_->found ? outlined_->found : dataset;
}

const app::StatusCard* StyleCache::status_card(app::Document& document, std::size_t unit) {
    const app::StyledMap* now = document.styled();
    const auto dataset = document.dataset();
    if (!now || !dataset) return nullptr;
    const std::string rule = document.project().rule.name();
    // What the queries of the rule look at.
    if (sources_at_ != document.revision()) {
        sources_at_ = document.revision();
        auto sources = rule.empty() ? app::QuerySources() : app::query_sources(document.project());
        if (sources != sources_) background_.reset(), card_for_.reset();
        sources_ = std::move(sources);
    }
    CardKey key{dataset, rule, document.language().code(), now->choice.period, unit};
    if (card_for_ == key) return card_ ? &*card_ : nullptr;
    card_for_ = std::move(key);
    card_.reset();
    try {
        base::JobContext ctx;
        if (!background_ || background_->dataset != dataset ||
            background_->period != now->choice.period || background_rule_ != rule) {
            background_ = app::status_background(dataset, rule, now->choice.period, ctx, &sources_);
            background_rule_ = rule;
        }
        std::map<data::IndicatorId, files::CellSource> sources;
        if (!dataset->request.store.empty())
            sources = files::read_sources(dataset->request.store, dataset->vintage->id,
                                          dataset->vintage->units.code[unit], now->choice.period);
        card_ = app::status_card(*background_, unit, sources, document.language());
    } catch (const base::Error& error) {
        background_.reset();
        document.report(error); // once: the key stands
    }
    return card_ ? &*card_ : nullptr;
}

} // namespace diaban::gui
