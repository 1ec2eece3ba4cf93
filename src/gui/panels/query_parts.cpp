// The builder: the parts of a query as rows of choices.
#include "base/number.hpp"
#include "gui/panels/query_panel.hpp"
#include "gui/widgets.hpp"

#include <algorithm>

namespace diaban::gui {
namespace {

using data::Condition;
using data::Query;
using data::Subject;

constexpr float kPartIndent = 12;
constexpr std::size_t kDeepestShown = 5; // further in there is no room; the text has it all

class QueryParts {
public:
    QueryParts(Ui& ui, const app::QueryHints& hints, std::map<std::string, std::string>& typed)
        : ui_(ui), hints_(hints), typed_(typed) {}

    bool draw(Query& query) {
        part(query, "query", 0, false);
        return changed_;
    }

private:
    float width() const { return ImGui::GetContentRegionAvail().x; }

    // One part with what is in it. Returns true if it is to be taken away.
    bool part(Query& query, const std::string& name, std::size_t depth, bool removable) {
        std::vector<std::string> kinds;
        for (std::size_t k = 0; k < app::kQueryKinds; ++k)
            kinds.push_back(ui_.text("query.kind." + app::query_kind_word(k)));
        auto kind = app::query_kind(query);
        const float close = removable ? ui_.px(34) : 0;
        bool away = false;
        if (small_choice(ui_, "ui.query.kind", kind, kinds, width() - close, name + ".kind")) {
            query = app::as_kind(std::move(query), kind, hints_);
            other_fields();
        }
        if (removable) {
            ImGui::SameLine(0, ui_.px(4));
            away = tool_button(ui_, "ui.query.remove",
                               {.icon = Icon::Close, .name = name + ".remove"});
        }
        ImGui::Indent(ui_.px(kPartIndent));
        if (query.kind == Query::Kind::Is)
            condition(query.is, name);
        else if (depth == kDeepestShown)
            paragraph(ui_, ui_.fonts.small, ui_.theme->muted, data::to_text(query));
        else
            parts(query, name, depth);
        ImGui::Unindent(ui_.px(kPartIndent));
        return away;
    }

    void parts(Query& query, const std::string& name, std::size_t depth) {
        const bool group = query.kind == Query::Kind::And || query.kind == Query::Kind::Or;
        std::optional<std::size_t> gone;
        for (std::size_t i = 0; i < query.of.size(); ++i)
            if (part(query.of[i], name + "." + std::to_string(i), depth + 1, group)) gone = i;
        if (!group) return;
        if (link(ui_, name + ".add", ui_.text("ui.query.add"))) {
            query = app::with_part(std::move(query), hints_);
            changed_ = true;
        } else if (gone) {
            query = app::without_part(std::move(query), *gone);
            other_fields();
        }
    }

    // What was typed belongs to fields that are others now.
    void other_fields() {
        changed_ = true;
        typed_.clear();
    }

    void condition(Condition& c, const std::string& name) {
        switch (c.subject) {
        case Subject::Status:
            domain(c, name);
            period(c.period, name + ".period", true);
            break;
        case Subject::Move:
            domain(c, name);
            period(c.from, name + ".from", false);
            period(c.period, name + ".period", false);
            break;
        case Subject::Rate:
            indicator(c.indicator, name + ".indicator");
            indicator(c.denominator, name + ".denominator");
            number(c.scale, name + ".scale", "ui.query.scale", 1);
            period(c.period, name + ".period", true);
            break;
        case Subject::Value:
        case Subject::Rank:
        case Subject::Known:
            indicator(c.indicator, name + ".indicator");
            period(c.period, name + ".period", true);
            break;
        case Subject::Change:
            indicator(c.indicator, name + ".indicator");
            period(c.from, name + ".from", false);
            period(c.period, name + ".period", false);
            break;
        case Subject::Result:
            result(c, name);
            break;
        case Subject::Near:
            places(c, name);
            break;
        case Subject::On:
            outline(c, name);
            break;
        default:
            break;
        }
        comparison(c, name);
    }

    void domain(Condition& c, const std::string& name) {
        auto at = static_cast<std::size_t>(c.domain);
        if (!small_choice(ui_, "ui.query.domain", at,
                          {ui_.text("query.domain.drug"), ui_.text("query.domain.prostitution")},
                          width(), name + ".domain"))
            return;
        c.domain = static_cast<data::Domain>(at);
        changed_ = true;
    }

    void indicator(data::IndicatorId& id, const std::string& name) {
        std::vector<std::string> ids, texts;
        if (hints_.dataset.cube)
            for (const auto& one : hints_.dataset.cube->indicators) {
                if (one.kind == data::Kind::Category) continue;
                ids.push_back(one.id);
                texts.push_back(app::indicator_name(one, ui_.document.language()));
            }
        choose_word(id, name, "ui.query.indicator", ids, texts);
    }

    // A word of a list; one that is not in it stays until another is chosen.
    void choose_word(std::string& word, const std::string& name, std::string_view key,
                     const std::vector<std::string>& words, const std::vector<std::string>& texts) {
        auto at =
            static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
        if (!small_choice(ui_, key, at, texts, width(), name) || at >= words.size()) return;
        word = words[at];
        changed_ = true;
    }

    void period(data::Period& period, const std::string& name, bool shown_one) {
        std::vector<data::Period> periods;
        std::vector<std::string> texts;
        if (shown_one) {
            periods.emplace_back();
            texts.push_back(ui_.text("ui.query.period_shown"));
        }
        if (hints_.dataset.cube)
            for (const auto one : hints_.dataset.cube->periods)
                if (one.year != 0) periods.push_back(one), texts.push_back(data::to_string(one));
        if (period.year != 0 && std::find(periods.begin(), periods.end(), period) == periods.end())
            periods.push_back(period), texts.push_back(data::to_string(period));
        auto at = static_cast<std::size_t>(std::find(periods.begin(), periods.end(), period) -
                                           periods.begin());
        if (!small_choice(ui_, "ui.query.period", at, texts, width(), name)) return;
        period = periods[at];
        changed_ = true;
    }

    void result(Condition& c, const std::string& name) {
        std::vector<std::string> names;
        for (const auto& one : hints_.sources.results) names.push_back(one.name);
        const auto before = c.name;
        choose_word(c.name, name + ".result", "ui.query.no_result", names, names);
        const auto* stored = stored_result(c);
        if (c.name == before || !stored) return;
        // Another method may not have the class.
        const auto words = app::result_words(stored->request, hints_.dataset);
        if (std::find(words.begin(), words.end(), c.word) == words.end()) c.word = words.front();
    }

    const app::StoredHotspots* stored_result(const Condition& c) const {
        for (const auto& one : hints_.sources.results)
            if (one.name == c.name) return &one;
        return nullptr;
    }

    // As the legend of the result calls its classes; a result that is not there has none.
    void result_class(Condition& c, const std::string& name) {
        const auto* stored = stored_result(c);
        if (!stored) return typed_word(c.word, name);
        const auto words = app::result_words(stored->request, hints_.dataset);
        std::vector<std::string> texts;
        for (const auto& word : words)
            texts.push_back(app::result_text(word, stored->request, ui_.document.language()));
        choose_word(c.word, name, "ui.query.word", words, texts);
    }

    void places(Condition& c, const std::string& name) {
        auto kinds = app::query_place_kinds(hints_);
        for (const auto& kind : c.kinds)
            if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
        paragraph(ui_, ui_.fonts.small, ui_.theme->muted,
                  ui_.text(c.kinds.empty() ? "ui.query.any_place" : "ui.query.places"));
        for (const auto& kind : kinds) {
            const auto at = std::find(c.kinds.begin(), c.kinds.end(), kind);
            bool on = at != c.kinds.end();
            if (!check_named(ui_, name + ".place:" + kind,
                             app::place_kind_text(kind, ui_.document.language()), on))
                continue;
            if (on)
                c.kinds.push_back(kind);
            else
                c.kinds.erase(at);
            changed_ = true;
        }
    }

    void outline(Condition& c, const std::string& name) {
        const auto words = data::words_of(c.subject);
        std::vector<std::string> texts;
        for (const auto& word : words)
            texts.push_back(app::place_kind_text(word, ui_.document.language()));
        choose_word(c.word, name + ".outline", "ui.query.word", words, texts);
    }

    // A number as it is typed; what is no number is said and changes nothing.
    void number(double& value, const std::string& name, std::string_view key, double per) {
        const auto style = ui_.document.language().numbers();
        auto& text = typed_[name];
        const auto shown = [&] {
            auto out = base::format_exact(value / per);
            std::replace(out.begin(), out.end(), '.', style.decimal);
            return out;
        };
        if (text.empty()) text = shown();
        if (text_input(ui_, key, text, width(), name)) {
            const auto typed = base::parse_number(text, style);
            if (typed) value = *typed * per, changed_ = true;
        }
        if (!base::parse_number(text, style))
            paragraph(ui_, ui_.fonts.small, ui_.theme->error, ui_.text("ui.query.bad_number"));
    }

    void comparison(Condition& c, const std::string& name) {
        const auto possible = data::compares_of(c);
        if (possible.empty()) return;
        std::vector<std::string> signs;
        for (const auto one : possible)
            signs.push_back(ui_.text("query.compare." + std::string(word_of(one))));
        auto at = static_cast<std::size_t>(std::find(possible.begin(), possible.end(), c.compare) -
                                           possible.begin());
        if (small_choice(ui_, "ui.query.compare", at, signs, width(), name + ".compare")) {
            c.compare = possible[at];
            // Unknown stands outside the order.
            if (c.word == "unknown" && c.subject == Subject::Status) c.word = "hot";
            changed_ = true;
        }
        compared_with(c, name + ".with");
    }

    static std::string_view word_of(data::Comparison comparison) {
        constexpr std::string_view kWords[] = {"equal",   "not_equal", "less",
                                               "at_most", "more",      "at_least"};
        return kWords[static_cast<std::size_t>(comparison)];
    }

    void compared_with(Condition& c, const std::string& name) {
        switch (c.subject) {
        case Subject::Value:
        case Subject::Rate:
        case Subject::Rank:
        case Subject::Change:
            number(c.number, name, "ui.query.number", 1);
            return;
        case Subject::Near: {
            const double before = c.number;
            number(c.number, name, "ui.query.km", 1000);
            if (c.number < 0) c.number = before; // there is no such distance
            return;
        }
        case Subject::Status:
        case Subject::Move:
            listed_word(c, name);
            return;
        case Subject::District:
            group(c, name, data::Level::District);
            return;
        case Subject::Province:
            group(c, name, data::Level::Province);
            return;
        case Subject::Set: {
            std::vector<std::string> names;
            for (const auto& set : hints_.sources.sets) names.push_back(set.name);
            choose_word(c.word, name, "ui.query.no_set", names, names);
            return;
        }
        case Subject::Result:
            result_class(c, name);
            return;
        case Subject::Code:
        case Subject::Known:
        case Subject::On:
            typed_word(c.word, name);
            return;
        }
    }

    void listed_word(Condition& c, const std::string& name) {
        auto words = data::words_of(c.subject);
        const bool ordered =
            c.compare != data::Comparison::Equal && c.compare != data::Comparison::NotEqual;
        if (ordered) std::erase(words, "unknown");
        std::vector<std::string> texts;
        for (const auto& word : words)
            texts.push_back(app::category_text(word, ui_.document.language()));
        choose_word(c.word, name, "ui.query.word", words, texts);
    }

    void group(Condition& c, const std::string& name, data::Level level) {
        std::vector<std::string> names;
        for (const auto& one :
             hints_.dataset.vintage->units.groups[static_cast<std::size_t>(level)])
            names.push_back(one.name.empty() ? one.code : one.name);
        choose_word(c.word, name, "ui.query.word", names, names);
    }

    void typed_word(std::string& word, const std::string& name) {
        auto& text = typed_[name];
        if (text.empty()) text = word;
        if (!text_input(ui_, "ui.query.word", text, width(), name) || text.empty()) return;
        word = text;
        changed_ = true;
    }

    Ui& ui_;
    const app::QueryHints& hints_;
    std::map<std::string, std::string>& typed_;
    bool changed_ = false;
};

} // namespace

bool draw_query_parts(Ui& ui, Query& query, const app::QueryHints& hints,
                      std::map<std::string, std::string>& typed) {
    return QueryParts(ui, hints, typed).draw(query);
}

} // namespace diaban::gui
