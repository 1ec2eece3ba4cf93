#include "cli/parse.hpp"

#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

namespace diaban::cli {
namespace {

using app::Classification;
using app::DataRequest;
using app::MapChoice;
using base::Error;
using base::ErrorKind;

// --name VALUE or --name=VALUE before the real parse: the language decides the words of the help,
// and a project gives the defaults that the other flags override.
std::string early_value(const std::vector<std::string>& arguments, std::string_view name) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view a = arguments[i];
        if (a == "--") break;
        if (a == name && i + 1 < arguments.size()) return arguments[i + 1];
        if (a.starts_with(name) && a.size() > name.size() && a[name.size()] == '=')
            return std::string(a.substr(name.size() + 1));
    }
    return {};
}

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

// "2010-2025", "2010,2012", "2010-H1,2010-H2".
std::vector<data::Period> periods_flag(const std::string& text) {
    std::vector<data::Period> out;
    for (const auto& part : CLI::detail::split(text, ',')) {
        const auto dash = part.find('-');
        if (part.size() == 9 && dash == 4 && part[5] != 'H') {
            const auto first = period_flag("--years", part.substr(0, 4)).year;
            const auto last = period_flag("--years", part.substr(5)).year;
            if (last < first || last - first > 500) bad_value("--years", part, "2010-2025");
            for (int year = first; year <= last; ++year) out.push_back({year, 0});
        } else {
            out.push_back(period_flag("--years", part));
        }
    }
    return out;
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

// Builds the flags of one verb; each add_ function binds flags to the fields of a request.
class Verb {
public:
    Verb(CLI::App& parent, const char* name, const app::Language& language)
        : language_(language),
          app_(parent.add_subcommand(name, language.text(std::string("help.verb.") + name))) {
        app_->footer(language.text(std::string("help.example.") + name));
        // CLI11 prints the name of a group as its heading.
        app_->group(language.text("help.verbs"));
        app_->option_defaults()->group(language.text("help.options"));
        app_->set_help_flag("-h,--help", language.text("help.flag.help"))
            ->group(language.text("help.options"));
    }
    CLI::App* app() { return app_; }

    template <class T> CLI::Option* option(const char* flags, T& target, const char* help_id) {
        return app_->add_option(flags, target, language_.text(help_id))->type_name("");
    }
    CLI::Option* flag(const char* flags, bool& target, const char* help_id) {
        return app_->add_flag(flags, target, language_.text(help_id));
    }
    CLI::Option* parsed(const char* flags, const char* help_id,
                        std::function<void(const std::string&)> take) {
        return app_
            ->add_option_function<std::string>(flags, std::move(take), language_.text(help_id))
            ->type_name("");
    }
    CLI::Option* path(const char* flags, std::filesystem::path& target, const char* help_id) {
        return parsed(flags, help_id, [&target](const std::string& text) { target = text; });
    }

    void common(Invocation& invocation) {
        option("--lang", invocation.language, "help.flag.lang");
        flag("--quiet", invocation.quiet, "help.flag.quiet");
        flag("--json", invocation.json, "help.flag.json");
        option("--threads", invocation.threads, "help.flag.threads");
    }

    void data(DataRequest& d, bool values) {
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
        if (!values) return;
        path("--db", d.db, "help.flag.db");
        option("--table", d.table, "help.flag.table");
        option("--key", d.key, "help.flag.key");
        option("--year-column", d.year_column, "help.flag.year_column");
        option("--value", d.values, "help.flag.value")->allow_extra_args(false);
        option("--denominator", d.denominator, "help.flag.denominator");
        option("--scale-rate", d.scale, "help.flag.scale_rate");
        app_->add_option_function<std::vector<std::string>>(
                "--places",
                [&d](const std::vector<std::string>& given) {
                    d.places.clear();
                    for (const auto& one : given) {
                        const auto equals = one.find('=');
                        if (equals == std::string::npos)
                            d.places.push_back({one, "other"});
                        else
                            d.places.push_back({one.substr(equals + 1), one.substr(0, equals)});
                    }
                },
                language_.text("help.flag.places"))
            ->allow_extra_args(false)
            ->type_name("");
    }

    void choice(MapChoice& m) {
        option("--indicator", m.indicator, "help.flag.indicator");
        parsed("--year", "help.flag.year",
               [&m](const std::string& text) { m.period = period_flag("--year", text); });
        parsed("--method", "help.flag.method", [&m](const std::string& text) {
            const auto method = map::parse_method(text);
            if (!method)
                bad_value("--method", text, "quantile equal pretty natural sd manual unique");
            m.method = *method;
        });
        option("--k", m.k, "help.flag.k");
        parsed("--breaks", "help.flag.breaks", [&m](const std::string& text) {
            m.manual = numbers_flag("--breaks", text);
            m.method = map::Method::Manual;
        });
        option("--palette", m.palette, "help.flag.palette");
        flag("--reversed", m.reversed, "help.flag.reversed");
    }

    void classification(Classification& c) {
        parsed("--classification", "help.flag.classification", [&c](const std::string& text) {
            if (text != "public" && text != "internal")
                bad_value("--classification", text, "public | internal");
            c = text == "internal" ? Classification::Internal : Classification::Public;
        });
    }

private:
    const app::Language& language_;
    CLI::App* app_;
};

// One request of each kind, filled by whichever verb was given.
struct Requests {
    ViewRequest view;
    SampleRequest sample;
    app::CheckRequest check;
    app::JoinRequest join;
    app::ClassesRequest classes;
    app::MapRequest map;
    app::WeightsRequest weights;
    app::WhereRequest where;
};

void start_from_project(Requests& r, const std::string& file) {
    const auto project = app::load_project(file);
    r.check.data = r.join.data = r.classes.data = r.map.data = r.weights.data = r.where.data =
        project.data;
    r.classes.map = r.map.map = project.map;
    r.map.page = project.page;
}

void define_small_verbs(CLI::App& app, Requests& r, Invocation& invocation,
                        const app::Language& language) {
    Verb sample(app, "sample", language);
    sample.path("folder", r.sample.folder, "help.flag.sample_folder")->required();
    sample.option("--communes", r.sample.communes, "help.flag.communes");
    sample.option("--seed", r.sample.seed, "help.flag.seed");
    sample.common(invocation);

    Verb check(app, "check", language);
    check.data(r.check.data, false);
    check.common(invocation);

    Verb join(app, "join", language);
    join.data(r.join.data, true);
    join.path("--out", r.join.out, "help.flag.join_out");
    join.common(invocation);

    Verb classes(app, "classes", language);
    classes.data(r.classes.data, true);
    classes.choice(r.classes.map);
    classes.classification(r.classes.classification);
    classes.common(invocation);

    Verb where(app, "where", language);
    where.data(r.where.data, true);
    where.option("x", r.where.x, "help.flag.x")->required();
    where.option("y", r.where.y, "help.flag.y")->required();
    where.option("--point-crs", r.where.point_crs, "help.flag.point_crs");
    where.classification(r.where.classification);
    where.common(invocation);
}

void define_map(CLI::App& app, Requests& r, Invocation& invocation, const app::Language& language) {
    Verb map(app, "map", language);
    map.data(r.map.data, true);
    map.choice(r.map.map);
    map.parsed("--years", "help.flag.years",
               [&r](const std::string& text) { r.map.years = periods_flag(text); });
    map.option("--size", r.map.page.size, "help.flag.size");
    map.option("--dpi", r.map.dpi, "help.flag.dpi");
    map.option("--title", r.map.page.title, "help.flag.title");
    map.option("--subtitle", r.map.page.subtitle, "help.flag.subtitle");
    map.option("--source", r.map.page.source, "help.flag.source");
    map.app()->add_flag_callback(
        "--no-labels", [&r] { r.map.page.district_labels = false; },
        language.text("help.flag.no_labels"));
    map.classification(r.map.classification);
    map.path("--out", r.map.out, "help.flag.map_out")->required();
    map.common(invocation);
}

void define_weights(CLI::App& app, Requests& r, Invocation& invocation,
                    const app::Language& language) {
    Verb weights(app, "weights", language);
    weights.data(r.weights.data, false);
    auto& spec = r.weights.spec;
    weights.parsed("--contiguity", "help.flag.contiguity", [&spec](const std::string& text) {
        if (text != "queen" && text != "rook") bad_value("--contiguity", text, "queen | rook");
        spec.kind = text == "queen" ? analysis::WeightsKind::Queen : analysis::WeightsKind::Rook;
    });
    weights.option("--order", spec.order, "help.flag.order");
    weights.parsed("--nearest", "help.flag.nearest", [&spec](const std::string& text) {
        int k = 0;
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), k);
        if (status != std::errc{} || end != text.data() + text.size() || k < 1)
            bad_value("--nearest", text, "1, 2, 3 …");
        spec.kind = analysis::WeightsKind::Nearest;
        spec.k = k;
    });
    weights.parsed("--distance", "help.flag.distance", [&spec](const std::string& text) {
        const auto metres = base::parse_number(text, {});
        if (!metres || *metres < 0) bad_value("--distance", text, "5000 (m), 0");
        spec.kind = analysis::WeightsKind::DistanceBand;
        spec.distance_m = *metres;
    });
    weights.path("--out", r.weights.out, "help.flag.weights_out");
    weights.common(invocation);
}

void define_view(CLI::App& app, Requests& r, Invocation& invocation,
                 const app::Language& language) {
    Verb view(app, "view", language);
    view.app()->add_option_function<std::vector<std::string>>(
        "files",
        [&r](const std::vector<std::string>& files) {
            for (const auto& file : files) r.view.files.emplace_back(file);
        },
        language.text("help.flag.files"));
    view.parsed("--project", "help.flag.project",
                [&r](const std::string& file) { r.view.files.emplace_back(file); });
    view.option("--scale", r.view.scale, "help.flag.scale")->check(CLI::Range(0.75, 3.0));
    view.parsed("--window", "help.flag.window", [&r](const std::string& text) {
        const auto parts = CLI::detail::split(text, 'x');
        const auto number = [&](std::size_t i) {
            return static_cast<int>(base::parse_number(parts[i], {}).value_or(0));
        };
        if (parts.size() != 2 || number(0) < 400 || number(1) < 300)
            bad_value("--window", text, "1280x720");
        r.view.width = number(0);
        r.view.height = number(1);
    });
    view.path("--dump-items", r.view.dump_items, "help.flag.dump_items")->group("");
    view.flag("--bench", r.view.bench, "help.flag.bench")->group("");
    view.common(invocation);
}

Request chosen(const CLI::App& app, Requests& r) {
    if (app.got_subcommand("sample")) return std::move(r.sample);
    if (app.got_subcommand("check")) return std::move(r.check);
    if (app.got_subcommand("join")) return std::move(r.join);
    if (app.got_subcommand("classes")) return std::move(r.classes);
    if (app.got_subcommand("map")) return std::move(r.map);
    if (app.got_subcommand("weights")) return std::move(r.weights);
    if (app.got_subcommand("where")) return std::move(r.where);
    return std::move(r.view);
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

// The flag or verb that nobody knows, with the nearest ones that exist.
Error unknown_word(const CLI::App& app, const std::vector<std::string>& arguments) {
    const CLI::App* verb = nullptr;
    for (const auto* sub : app.get_subcommands()) verb = sub;
    std::vector<std::string> known;
    if (verb) {
        for (const auto* option : verb->get_options())
            if (!option->get_lnames().empty()) known.push_back("--" + option->get_lnames().front());
        for (const auto& a : arguments) {
            const auto flag = a.substr(0, a.find('='));
            if (!a.starts_with("--") || a == "--" ||
                std::find(known.begin(), known.end(), flag) != known.end())
                continue;
            const auto near = base::nearest(flag, known);
            return {ErrorKind::Usage,
                    near.empty() ? "error.flag.unknown" : "error.flag.unknown_near",
                    {{"flag", flag}, {"verb", verb->get_name()}, {"near", joined(near)}}};
        }
        const auto extra = verb->remaining();
        return {ErrorKind::Usage,
                "error.argument.extra",
                {{"argument", extra.empty() ? arguments.back() : extra.front()},
                 {"verb", verb->get_name()}}};
    }
    for (const auto* sub : app.get_subcommands({})) known.push_back(sub->get_name());
    const auto& word = arguments.front();
    const auto near = base::nearest(word, known);
    return {ErrorKind::Usage,
            near.empty() ? "error.verb.unknown" : "error.verb.unknown_near",
            {{"verb", word}, {"near", joined(near)}, {"known", joined(known)}}};
}

// The flag or argument that a message of the parser speaks of ("Could not convert: x = abc"); the
// message itself if it names none.
std::string flag_in(const std::string& what) {
    auto begin = what.find("--");
    if (begin == std::string::npos)
        if (const auto colon = what.find(": "); colon != std::string::npos) begin = colon + 2;
    if (begin == std::string::npos) return what;
    const auto end = what.find_first_of(" :=", begin);
    return what.substr(begin, end == std::string::npos ? end : end - begin);
}

void label_help(CLI::App& app, const app::Language& language) {
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", language.text("help.usage"));
    formatter->label("OPTIONS", language.text("help.options_word"));
    formatter->label("SUBCOMMAND", language.text("help.verb_word"));
    formatter->label("SUBCOMMANDS", language.text("help.verbs_word"));
    formatter->label("Positionals", language.text("help.arguments"));
    formatter->label("REQUIRED", language.text("help.required"));
    formatter->column_width(34);
    app.formatter(formatter);
}

} // namespace

std::string wanted_language(const std::vector<std::string>& arguments) {
    const auto wanted = early_value(arguments, "--lang");
    return wanted.empty() ? base::environment_language() : wanted;
}

Invocation parse(const std::vector<std::string>& arguments) {
    Invocation invocation;
    invocation.language = wanted_language(arguments);
    const auto language = app::Language::load(invocation.language);

    Requests requests;
    if (const auto project = early_value(arguments, "--project");
        !project.empty() && arguments.front() != "view")
        start_from_project(requests, project);

    CLI::App app(language->text("help.about"), "diaban");
    label_help(app, *language);
    app.option_defaults()->group(language->text("help.options"));
    app.set_help_flag("-h,--help", language->text("help.flag.help"))
        ->group(language->text("help.options"));
    bool version = false;
    app.add_flag("--version", version, language->text("help.flag.version"));
    app.add_option("--lang", invocation.language, language->text("help.flag.lang"))->type_name("");
    app.footer(language->text("help.footer"));
    app.require_subcommand(0, 1);
    define_view(app, requests, invocation, *language);
    define_small_verbs(app, requests, invocation, *language);
    define_map(app, requests, invocation, *language);
    define_weights(app, requests, invocation, *language);

    try {
        auto reversed = arguments;
        std::reverse(reversed.begin(), reversed.end()); // what CLI11 asks for
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        const auto verbs = app.get_subcommands();
        invocation.print = verbs.empty() ? app.help() : verbs.front()->help("diaban");
        return invocation;
    } catch (const CLI::ExtrasError&) {
        throw unknown_word(app, arguments);
    } catch (const CLI::RequiredError& error) {
        // "--out is required": its first word is all that needs no translation.
        const std::string what = error.what();
        throw Error(ErrorKind::Usage, "error.flag.required",
                    {{"flag", what.substr(0, what.find(' '))}});
    } catch (const CLI::ParseError& error) {
        throw Error(ErrorKind::Usage, "error.flag.bad", {{"flag", flag_in(error.what())}});
    }
    if (version) invocation.print = "diaban " + base::version() + "\n";
    invocation.request = chosen(app, requests);
    return invocation;
}

} // namespace diaban::cli
