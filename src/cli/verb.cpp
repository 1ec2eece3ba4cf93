#include "cli/verb.hpp"

#include "app/commands/hotspots.hpp"
#include "app/place_source.hpp"
#include "app/smoothed.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "map/palette.hpp"

#include <charconv>
#include <memory>

namespace diaban::cli {

using app::Classification;
using app::DataRequest;
using app::MapChoice;
using base::Error;
using base::ErrorKind;

[[noreturn]] void bad_value(const std::string& flag, const std::string& value,
                            const char* expected) {
    throw Error(ErrorKind::Usage, "error.flag.bad_value",
                {{"flag", flag}, {"value", value}, {"expected", std::string(expected)}});
}

data::Period period_flag(const std::string& flag, const std::string& text) {
    const auto period = data::parse_period(text);
    if (!period) bad_value(flag, text, "2015 | 2015-H1");
    return *period;
}

std::vector<double> numbers_flag(const std::string& flag, const std::string& text) {
    std::vector<double> out;
    for (const auto& part : CLI::detail::split(text, ',')) {
        const auto value = base::parse_number(part, {});
        if (!value) bad_value(flag, text, "1.5,3,10");
        out.push_back(*value);
    }
    return out;
}

template <class T> T number_flag(const std::string& flag, const std::string& text) {
    T value{};
    bool good = false;
    if constexpr (std::is_integral_v<T>) {
        const auto* const last = text.data() + text.size();
        const auto [end, status] = std::from_chars(text.data(), last, value);
        good = status == std::errc{} && end == last;
    } else if (const auto number = base::parse_number(text, {})) {
        value = *number;
        good = true;
    }
    if (!good) throw Error(ErrorKind::Usage, "error.flag.bad", {{"flag", flag}});
    return value;
}
template double number_flag<double>(const std::string&, const std::string&);
template int number_flag<int>(const std::string&, const std::string&);
template std::uint32_t number_flag<std::uint32_t>(const std::string&, const std::string&);
template std::uint64_t number_flag<std::uint64_t>(const std::string&, const std::string&);

std::filesystem::path path_word(const std::string& text) {
    if (base::trim(text).empty()) throw Error(ErrorKind::Usage, "error.path.empty");
    return text;
}

double range_flag(const std::string& flag, const std::string& text, double least, double most) {
    const auto value = base::parse_number(text, {});
    if (!value || *value < least || *value > most)
        throw Error(ErrorKind::Usage, "error.flag.range",
                    {{"flag", flag}, {"value", text}, {"least", least}, {"most", most}});
    return *value;
}

int whole_flag(const std::string& flag, const std::string& text, int least, const char* expected) {
    int value = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc{} || end != text.data() + text.size() || value < least)
        bad_value(flag, text, expected);
    return value;
}

Verb::Verb(CLI::App& parent, const char* name, const app::Language& language, const char* id)
    : language_(language), app_(parent.add_subcommand(
                               name, language.text(std::string("help.verb.") + (id ? id : name)))) {
    app_->footer(language.text(std::string("help.example.") + (id ? id : name)));
    // CLI11 prints the name of a group as its heading.
    app_->group(language.text("help.verbs"));
    app_->option_defaults()->group(language.text("help.options"));
    app_->set_help_flag("-h,--help", language.text("help.flag.help"))
        ->group(language.text("help.options"));
}

CLI::Option* Verb::parsed(const char* flags, const char* help_id,
                          std::function<void(const std::string&)> take) {
    return app_->add_option_function<std::string>(flags, std::move(take), language_.text(help_id))
        ->type_name("");
}

CLI::Option* Verb::first_path(const char* flags, std::filesystem::path& first,
                              std::vector<std::filesystem::path>& others, const char* help_id) {
    return app_
        ->add_option_function<std::vector<std::string>>(
            flags,
            [&first, &others](const std::vector<std::string>& given) {
                first = given.front();
                others.clear();
                for (std::size_t i = 1; i < given.size(); ++i)
                    others.push_back(path_word(given[i]));
            },
            language_.text(help_id))
        ->allow_extra_args(false)
        ->type_name("");
}

void Verb::common(Invocation& invocation) {
    option("--lang", invocation.language, "help.flag.lang");
    flag("--quiet", invocation.quiet, "help.flag.quiet");
    flag("--json", invocation.json, "help.flag.json");
    option("--threads", invocation.threads, "help.flag.threads");
    // What changes a store by itself cannot be made again from what it was made of.
    const bool of_store = app_->get_parent()->get_name() == "store";
    if (app_->get_option_no_throw("--out") && (!of_store || app_->get_name() == "export"))
        path("--manifest", invocation.manifest, "help.flag.manifest");
}

void Verb::data(DataRequest& d, bool values) {
    path("--boundaries", d.boundaries, "help.flag.boundaries");
    option("--layer", d.layer, "help.flag.layer");
    option("--code", d.code_column, "help.flag.code");
    option("--name", d.name_column, "help.flag.name");
    option("--encoding", d.encoding, "help.flag.encoding");
    option("--crs", d.crs, "help.flag.crs");
    option("--tolerance", d.tolerance, "help.flag.tolerance");
    path("--store", d.store, "help.flag.store");
    option("--vintage", d.vintage, "help.flag.vintage");
    app_->add_flag_callback(
        "--no-cache", [&d] { d.use_cache = false; }, language_.text("help.flag.no_cache"));
    // Read early, so that its values are the defaults of the other flags.
    parsed("--project", "help.flag.project", [](const std::string&) {});
    parsed("--view", "help.flag.view", [](const std::string&) {});
    if (!values) return;
    path("--db", d.db, "help.flag.db");
    option("--table", d.table, "help.flag.table");
    option("--key", d.key, "help.flag.key");
    option("--year-column", d.year_column, "help.flag.year_column");
    option("--value", d.values, "help.flag.value")->allow_extra_args(false);
    option("--denominator", d.denominator, "help.flag.denominator");
    option("--scale-rate", d.scale, "help.flag.scale_rate");
    flag("--by-name", d.by_name, "help.flag.by_name");
    option("--name-key", d.name_key, "help.flag.name_key");
    option("--accept-suggestions", d.accept_names, "help.flag.accept_suggestions");
    path("--aliases", d.aliases, "help.flag.aliases");
    app_->add_option_function<std::vector<std::string>>(
            "--places",
            [&d](const std::vector<std::string>& given) {
                d.places.clear();
                for (const auto& one : given) d.places.push_back(app::parse_places(one));
            },
            language_.text("help.flag.places"))
        ->allow_extra_args(false)
        ->type_name("");
}

void Verb::cell(std::string& indicator, data::Period& period) {
    option("--indicator", indicator, "help.flag.indicator");
    parsed("--year", "help.flag.year",
           [&period](const std::string& text) { period = period_flag("--year", text); });
}

void Verb::choice(MapChoice& m) {
    cell(m.indicator, m.period);
    // After --indicator, which it adds to: a smoothed rate is an indicator of its own.
    parsed("--rate", "help.flag.rate_shown", [&m](const std::string& text) {
        const auto kind = app::parse_rate(text);
        if (!kind) bad_value("--rate", text, "raw excess eb spatial-eb eb-index");
        m.indicator = app::smoothed_id(m.indicator, *kind);
    });
    parsed("--method", "help.flag.method", [&m](const std::string& text) {
        const auto method = map::parse_method(text);
        if (!method)
            bad_value("--method", text,
                      "quantile equal pretty natural sd headtail box box3 percentile geometric "
                      "manual unique");
        m.method = *method;
    })->default_str(std::string(map::to_string(m.method)));
    parsed("--k", "help.flag.k", [&m](const std::string& text) {
        m.k = whole_flag("--k", text, 2, "2, 3 … 12");
        if (m.k > 12) range_flag("--k", text, 2, 12);
    })->default_str(std::to_string(m.k));
    parsed("--breaks", "help.flag.breaks", [&m](const std::string& text) {
        m.manual = numbers_flag("--breaks", text);
        m.method = map::Method::Manual;
    });
    // Maps of categories have colours of their own; a wrong name is told for them too.
    parsed("--palette", "help.flag.palette", [&m](const std::string& text) {
        map::palette_colours(text, 1);
        m.palette = text;
    })->default_str(m.palette);
    flag("--reversed", m.reversed, "help.flag.reversed");
    condition(m.where, "help.flag.where");
    legend(m);
}

void Verb::map_kind(MapChoice& m) {
    parsed("--kind", "help.flag.map_kind", [&m](const std::string& text) {
        const auto kind = map::parse_map_kind(text);
        if (!kind)
            bad_value("--kind", text, "choropleth symbols graduated dots bivariate cartogram");
        m.kind = *kind;
    })->default_str(std::string(map::to_string(m.kind)));
    option("--second", m.second, "help.flag.map_second");
    parsed("--second-breaks", "help.flag.second_breaks", [&m](const std::string& text) {
        m.second_breaks = numbers_flag("--second-breaks", text);
    });
    parsed("--dot-value", "help.flag.dot_value", [&m](const std::string& text) {
        m.dot_value = number_flag<double>("--dot-value", text);
        if (!(m.dot_value > 0)) bad_value("--dot-value", text, "> 0");
    });
    parsed("--largest", "help.flag.largest",
           [&m](const std::string& text) { m.largest_mm = range_flag("--largest", text, 1, 60); });
}

// An empty one is most often a variable of a script that was never set.
void Verb::condition(std::string& where, const char* help_id) {
    parsed("--where", help_id, [&where](const std::string& text) {
        if (base::trim(text).empty()) throw Error(ErrorKind::Usage, "error.flag.empty_where");
        where = text;
    })->default_str(where);
}

void Verb::legend(MapChoice& m) {
    // Of the indicator that is mapped; --indicator is read before.
    const auto edit = [&m](const auto& change) {
        auto edits = app::edits_of(m.legends, m.indicator);
        edits.indicator = m.indicator;
        change(edits);
        m.legends = app::with_edits(std::move(m.legends), std::move(edits));
    };
    app_->add_option_function<std::vector<std::string>>(
            "--legend-name",
            [edit](const std::vector<std::string>& given) {
                for (const auto& one : given) {
                    const auto equals = one.find('=');
                    if (equals == std::string::npos || equals == 0)
                        bad_value("--legend-name", one, "class:1/5=…");
                    edit([&](app::LegendEdits& e) {
                        e = app::renamed(e, one.substr(0, equals),
                                         base::nfc(one.substr(equals + 1)));
                    });
                }
            },
            language_.text("help.flag.legend_name"))
        ->allow_extra_args(false)
        ->type_name("");
    parsed("--indicator-name", "help.flag.indicator_name", [edit](const std::string& text) {
        edit([&](app::LegendEdits& e) {
            e = app::renamed(e, std::string(app::kIndicatorKey), base::nfc(base::trim(text)));
        });
    });
    const auto keys = [&](const char* flags, auto field, const char* help_id) {
        parsed(flags, help_id, [edit, field](const std::string& text) {
            edit([&](app::LegendEdits& e) {
                (e.*field).clear();
                for (const auto& key : CLI::detail::split(text, ','))
                    if (!key.empty()) (e.*field).push_back(key);
            });
        });
    };
    keys("--legend-hide", &app::LegendEdits::hidden, "help.flag.legend_hide");
    keys("--legend-order", &app::LegendEdits::order, "help.flag.legend_order");
}

void Verb::across(app::Across& a) {
    parsed("--across", "help.flag.across", [&a](const std::string& text) {
        for (const auto one : {app::Across::No, app::Across::Own, app::Across::Carried})
            if (text == to_string(one)) {
                a = one;
                return;
            }
        bad_value("--across", text, "no | own | carried");
    });
}
void Verb::extent(app::Extent& e) {
    parsed("--extent", "help.flag.extent", [&e](const std::string& text) {
        const auto numbers = numbers_flag("--extent", text);
        if (numbers.size() != 4 || numbers[0] >= numbers[2] || numbers[1] >= numbers[3])
            bad_value("--extent", text, "105.1,10.2,105.9,10.8");
        e = {numbers[0], numbers[1], numbers[2], numbers[3], e.crs};
    });
    option("--extent-crs", e.crs, "help.flag.extent_crs");
}

void Verb::list(const char* flags, std::vector<std::string>& target, const char* help_id) {
    parsed(flags, help_id, [&target](const std::string& text) {
        target.clear();
        for (const auto& one : CLI::detail::split(text, ','))
            if (!one.empty()) target.push_back(one);
    });
}

void Verb::line_layers(std::vector<app::LineLayer>& layers, const char* help_id) {
    app_->add_option_function<std::vector<std::string>>(
            "--lines",
            [&layers](const std::vector<std::string>& given) {
                layers.clear();
                for (const auto& one : given) layers.push_back(app::parse_line_layer(one));
            },
            language_.text(help_id))
        ->allow_extra_args(false)
        ->type_name("");
}

void Verb::lines(std::vector<app::NearLine>& lines, std::vector<app::OutlineWord>& outline) {
    const auto several = [&](const char* flag, const char* help_id, auto clear, auto take) {
        app_->add_option_function<std::vector<std::string>>(
                flag,
                [clear, take](const std::vector<std::string>& given) {
                    clear();
                    for (const auto& one : given) take(one);
                },
                language_.text(help_id))
            ->allow_extra_args(false)
            ->type_name("");
    };
    several(
        "--line", "help.flag.near_line", [&lines] { lines.clear(); },
        [&lines](const std::string& one) { lines.push_back(app::parse_near_line("--line", one)); });
    several(
        "--outline", "help.flag.near_outline", [&outline] { outline.clear(); },
        [&outline](const std::string& one) {
            for (auto& word : app::parse_outline("--outline", one))
                outline.push_back(std::move(word));
        });
}

void Verb::classification(Classification& c) {
    parsed("--classification", "help.flag.classification", [&c](const std::string& text) {
        if (text != "public" && text != "internal")
            bad_value("--classification", text, "public | internal");
        c = text == "internal" ? Classification::Internal : Classification::Public;
    });
}

void Verb::neighbours(app::NeighbourChoice& n) {
    auto& spec = n.spec;
    using analysis::WeightsKind;
    // There is one kind of neighbours: a second one is refused, not silently the winner.
    const auto first = std::make_shared<std::string>();
    const auto take = [first, &n](const std::string& flag) {
        const bool contiguity = flag == "--contiguity" || flag == "--order";
        const bool same = contiguity && (*first == "--contiguity" || *first == "--order");
        if (!first->empty() && *first != flag && !same)
            throw Error(ErrorKind::Usage, "error.flag.conflict",
                        {{"first", *first}, {"second", flag}});
        *first = flag;
        n.file.clear(); // of a stored request
    };
    parsed("--contiguity", "help.flag.contiguity", [&spec, take](const std::string& text) {
        take("--contiguity");
        if (text != "queen" && text != "rook") bad_value("--contiguity", text, "queen | rook");
        spec.kind = text == "queen" ? WeightsKind::Queen : WeightsKind::Rook;
    });
    parsed("--order", "help.flag.order", [&spec, take](const std::string& text) {
        take("--order");
        spec.order = whole_flag("--order", text, 1, "1, 2, 3 …");
    });
    parsed("--nearest", "help.flag.nearest", [&spec, take](const std::string& text) {
        take("--nearest");
        spec.k = whole_flag("--nearest", text, 1, "1, 2, 3 …");
        spec.kind = WeightsKind::Nearest;
    });
    parsed("--distance", "help.flag.distance", [&spec, take](const std::string& text) {
        take("--distance");
        const auto metres = base::parse_number(text, {});
        if (!metres || *metres < 0) bad_value("--distance", text, "5000 (m), 0");
        spec.kind = WeightsKind::DistanceBand;
        spec.distance_m = *metres;
    });
    parsed("--decay", "help.flag.decay", [&spec](const std::string& text) {
        const auto decay = analysis::parse_decay(text);
        if (!decay)
            bad_value("--decay", text,
                      "none inverse uniform triangular epanechnikov quartic gaussian");
        spec.decay = *decay;
    });
    // Defined after --decay, whose function has run by then.
    parsed("--power", "help.flag.power", [&spec](const std::string& text) {
        if (spec.decay != analysis::Decay::Inverse)
            throw Error(ErrorKind::Usage, "error.flag.power", {});
        spec.power = number_flag<double>("--power", text);
    })->default_str(app::number_flag(spec.power));
    app_->add_option_function<std::vector<std::string>>(
            "--link",
            [&n](const std::vector<std::string>& given) {
                n.links.clear();
                for (const auto& one : given) {
                    const auto equals = one.find('=');
                    if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
                        bad_value("--link", one, "00001=00002");
                    n.links.emplace_back(one.substr(0, equals), one.substr(equals + 1));
                }
            },
            language_.text("help.flag.link"))
        ->allow_extra_args(false)
        ->type_name("");
    parsed("--weights", "help.flag.weights_in", [&n, take](const std::string& text) {
        take("--weights");
        n.file = text;
    });
}

void Verb::page(app::PageChoice& p, double& dpi, bool plans) {
    // A layout has a size of its own; what is given here counts, not what a project says.
    const auto sized = std::make_shared<bool>(false);
    parsed("--size", "help.flag.size", [&p, sized](const std::string& text) {
        p.size = text;
        p.layout.clear();
        *sized = true;
    })->default_str(p.size);
    parsed("--layout", "help.flag.layout", [&p, sized](const std::string& text) {
        if (*sized) throw Error(ErrorKind::Usage, "error.flag.layout_size");
        app::layout_named(text); // a wrong one is said before the work
        p.layout = text;
    });
    if (plans) option("--page-plan", p.plan, "help.flag.page_plan");
    parsed("--dpi", "help.flag.dpi",
           [&dpi](const std::string& text) { dpi = range_flag("--dpi", text, 10, 2400); });
    option("--title", p.title, "help.flag.title");
    option("--subtitle", p.subtitle, "help.flag.subtitle");
    option("--source", p.source, "help.flag.source");
    parsed("--labels", "help.flag.labels", [&p](const std::string& text) {
        const bool both = text == "both";
        if (!both && text != "districts" && text != "places" && text != "none")
            bad_value("--labels", text, "districts | places | both | none");
        p.district_labels = both || text == "districts";
        p.place_labels = both || text == "places";
    });
    app_->add_flag_callback(
        "--no-labels", [&p] { p.district_labels = p.place_labels = false; },
        language_.text("help.flag.no_labels"));
}

} // namespace diaban::cli
