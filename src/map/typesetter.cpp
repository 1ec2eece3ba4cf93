#include "map/typesetter.hpp"

#include "base/error.hpp"
#include "map/text_path.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <iterator>
#include <mutex>
#include <pango/pangocairo.h>
#include <string_view>

namespace diaban::map {
namespace {

template <class T, auto Free> struct Deleter {
    void operator()(T* p) const { Free(p); }
};
template <class T, auto Free> using Handle = std::unique_ptr<T, Deleter<T, Free>>;
using PangoText = Handle<PangoLayout, g_object_unref>;

// Letters that fonts without Vietnamese lack.
constexpr char32_t kVietnamese[] = U"ĂăÂâĐđÊêÔôƠơƯưẤấẢảẠạẴẵẶặẾếỂểỆệỈỉỊịỐốỔổỘộỚớỢợỦủỨứỰựỲỳỸỹỴỵ";

constexpr double kUnseen = 0.005; // opacity: less than a step of eight bits, more than Cairo's none

bool covers_vietnamese(FcPattern* font) {
    FcCharSet* letters = nullptr;
    if (FcPatternGetCharSet(font, FC_CHARSET, 0, &letters) != FcResultMatch) return false;
    for (const char32_t c : kVietnamese)
        if (c != 0 && !FcCharSetHasChar(letters, c)) return false;
    return true;
}

// The family fontconfig gives for `wanted`, if it covers Vietnamese.
std::string match_family(FcConfig* config, const char* wanted) {
    const Handle<FcPattern, FcPatternDestroy> pattern(FcPatternCreate());
    FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(wanted));
    FcPatternAddString(pattern.get(), FC_LANG, reinterpret_cast<const FcChar8*>("vi"));
    FcPatternAddBool(pattern.get(), FC_SCALABLE, FcTrue);
    FcConfigSubstitute(config, pattern.get(), FcMatchPattern);
    FcDefaultSubstitute(pattern.get());
    FcResult result = FcResultNoMatch;
    const Handle<FcPattern, FcPatternDestroy> font(FcFontMatch(config, pattern.get(), &result));
    FcChar8* family = nullptr;
    if (!font || !covers_vietnamese(font.get()) ||
        FcPatternGetString(font.get(), FC_FAMILY, 0, &family) != FcResultMatch)
        return {};
    return reinterpret_cast<const char*>(family);
}

cairo_t* as_cairo(void* opaque) {
    return static_cast<cairo_t*>(opaque);
}

void stroke_halo(cairo_t* cr, const Text& text) {
    cairo_set_source_rgba(cr, 1, 1, 1, 0.9);
    cairo_set_line_width(cr, text.halo * 2);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
}

void set_ink(cairo_t* cr, const Text& text) {
    cairo_set_source_rgb(cr, text.colour.r / 255.0, text.colour.g / 255.0, text.colour.b / 255.0);
}

// The path of a context as SVG path data; it is gone from there.
std::string take_path_data(cairo_t* cr) {
    const Handle<cairo_path_t, cairo_path_destroy> path(cairo_copy_path(cr));
    cairo_new_path(cr);
    std::string out;
    const auto put = [&](char command, const cairo_path_data_t* points, int count) {
        out += command;
        for (int i = 0; i < count; ++i)
            fmt::format_to(std::back_inserter(out), "{}{:.2f} {:.2f}", i ? " " : "",
                           points[i].point.x, points[i].point.y);
    };
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const auto* data = path->data + i;
        switch (data->header.type) {
        case CAIRO_PATH_MOVE_TO:
            // Pango leaves a lone move behind each line.
            if (i + data->header.length < path->num_data) put('M', data + 1, 1);
            break;
        case CAIRO_PATH_LINE_TO:
            put('L', data + 1, 1);
            break;
        case CAIRO_PATH_CURVE_TO:
            put('C', data + 1, 3);
            break;
        case CAIRO_PATH_CLOSE_PATH:
            out += 'Z';
            break;
        }
    }
    return out;
}

// ---- Along a path ------------------------------------------------------------------------------

Text in_one_line(Text text) {
    text.wrap = 0;
    std::replace(text.string.begin(), text.string.end(), '\n', ' ');
    return text;
}

// A letter with its marks, as it was shaped.
struct Cluster {
    PangoFont* font;
    PangoGlyphString glyphs; // a part of the run's
    double advance;
};

// The clusters of the first line, from left to right.
template <class F> void each_cluster(PangoLayout* layout, F f) {
    const PangoLayoutLine* line = pango_layout_get_line_readonly(layout, 0);
    const char* text = pango_layout_get_text(layout);
    for (const GSList* at = line ? line->runs : nullptr; at; at = at->next) {
        auto* run = static_cast<PangoGlyphItem*>(at->data);
        PangoGlyphItemIter cluster;
        for (gboolean more = pango_glyph_item_iter_init_start(&cluster, run, text); more;
             more = pango_glyph_item_iter_next_cluster(&cluster)) {
            // Of text from right to left they count down.
            const bool back = cluster.start_glyph > cluster.end_glyph;
            const int from = back ? cluster.end_glyph + 1 : cluster.start_glyph;
            Cluster one{run->item->analysis.font, *run->glyphs, 0};
            one.glyphs.num_glyphs = std::abs(cluster.end_glyph - cluster.start_glyph);
            one.glyphs.glyphs = run->glyphs->glyphs + from;
            one.glyphs.log_clusters = run->glyphs->log_clusters + from;
            for (int g = 0; g < one.glyphs.num_glyphs; ++g)
                one.advance +=
                    static_cast<double>(one.glyphs.glyphs[g].geometry.width) / PANGO_SCALE;
            f(one);
        }
    }
}

// All letters as the path of the context. Each is traced as it stands upright and turned then, so
// that its shape is the same at every angle.
void trace_along(cairo_t* cr, PangoLayout* layout, std::span<const geo::Point> path) {
    std::vector<double> advances;
    each_cluster(layout, [&](const Cluster& one) { advances.push_back(one.advance); });
    const auto stands = stands_along(path, advances);
    const Handle<cairo_surface_t, cairo_surface_destroy> nowhere(
        cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nullptr));
    const Handle<cairo_t, cairo_destroy> upright(cairo_create(nowhere.get()));
    cairo_new_path(cr);
    std::size_t next = 0;
    each_cluster(layout, [&](Cluster one) {
        const auto& stand = stands[next++];
        cairo_new_path(upright.get());
        cairo_move_to(upright.get(), 0, 0);
        pango_cairo_glyph_string_path(upright.get(), one.font, &one.glyphs);
        const Handle<cairo_path_t, cairo_path_destroy> letter(cairo_copy_path(upright.get()));
        cairo_save(cr);
        cairo_translate(cr, stand.at.x, stand.at.y);
        cairo_rotate(cr, stand.angle);
        cairo_append_path(cr, letter.get());
        cairo_restore(cr);
    });
}

// The text as one hyphen, stretched from the start of the path to its end and as good as clear: a
// file of pages keeps words beside the glyphs that show them. Cairo leaves out what has no ink at
// all, a blank or a glyph that is quite clear.
void show_unseen(cairo_t* cr, PangoLayout* layout, std::span<const geo::Point> path) {
    const std::string_view text = pango_layout_get_text(layout);
    PangoFont* font = nullptr;
    double length = 0;
    each_cluster(layout, [&](const Cluster& one) {
        if (!font) font = one.font;
        length += one.advance;
    });
    if (!font || path.empty()) return;
    const auto from = path.front(), to = point_along(path, length);
    cairo_scaled_font_t* upright = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));
    cairo_glyph_t* hyphen = nullptr;
    int count = 0;
    if (cairo_scaled_font_text_to_glyphs(upright, 0, 0, "-", 1, &hyphen, &count, nullptr, nullptr,
                                         nullptr) != CAIRO_STATUS_SUCCESS)
        return;
    const Handle<cairo_glyph_t, cairo_glyph_free> keep(hyphen);
    if (count != 1) return;
    cairo_text_extents_t size;
    cairo_scaled_font_glyph_extents(upright, hyphen, 1, &size);
    const double way = std::hypot(to.x - from.x, to.y - from.y);
    if (!(size.x_advance > 0) || !(way > 0)) return;
    cairo_matrix_t matrix;
    cairo_scaled_font_get_font_matrix(upright, &matrix);
    matrix.xx *= way / size.x_advance;
    cairo_save(cr);
    cairo_translate(cr, from.x, from.y);
    cairo_rotate(cr, std::atan2(to.y - from.y, to.x - from.x));
    cairo_set_font_face(cr, cairo_scaled_font_get_font_face(upright));
    cairo_set_font_matrix(cr, &matrix);
    cairo_set_source_rgba(cr, 1, 1, 1, kUnseen);
    const cairo_text_cluster_t whole{static_cast<int>(text.size()), 1};
    cairo_show_text_glyphs(cr, text.data(), static_cast<int>(text.size()), hyphen, 1, &whole, 1,
                           static_cast<cairo_text_cluster_flags_t>(0));
    cairo_restore(cr);
}

} // namespace

std::string find_font_family(const std::filesystem::path& fontconfig_file) {
    Handle<FcConfig, FcConfigDestroy> own;
    if (!fontconfig_file.empty()) {
        own.reset(FcConfigCreate());
        FcConfigParseAndLoad(own.get(), reinterpret_cast<const FcChar8*>(fontconfig_file.c_str()),
                             FcTrue);
        FcConfigBuildFonts(own.get());
    }
    auto family = match_family(own.get(), "Noto Sans");
    if (family.empty()) family = match_family(own.get(), "sans-serif");
    if (family.empty())
        throw base::Error(base::ErrorKind::Input, "error.font.missing",
                          {{"package", std::string("fonts-noto-core")}});
    return family;
}

struct Typesetter::Impl {
    mutable std::mutex mutex; // Pango is for one thread at a time
    Handle<cairo_surface_t, cairo_surface_destroy> surface;
    Handle<cairo_t, cairo_destroy> cairo;
    Handle<PangoContext, g_object_unref> context;
    Handle<PangoFontDescription, pango_font_description_free> font;

    explicit Impl(const std::string& family)
        // Unbounded: Cairo leaves out letters that fall outside a surface, even from a path.
        : surface(cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nullptr)),
          cairo(cairo_create(surface.get())),
          context(pango_font_map_create_context(pango_cairo_font_map_get_default())),
          font(pango_font_description_new()) {
        const Handle<cairo_font_options_t, cairo_font_options_destroy> options(
            cairo_font_options_create());
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        pango_cairo_context_set_font_options(context.get(), options.get());
        pango_cairo_context_set_resolution(context.get(), 96);
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        pango_context_set_language(context.get(), pango_language_from_string("vi"));
        pango_font_description_set_family(font.get(), family.c_str());
    }

    PangoText layout(const Text& text) const {
        PangoText out(pango_layout_new(context.get()));
        pango_font_description_set_absolute_size(font.get(), text.size * PANGO_SCALE);
        pango_font_description_set_weight(font.get(),
                                          text.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(out.get(), font.get());
        // Digits of one width, so that numbers stand in columns.
        const Handle<PangoAttrList, pango_attr_list_unref> attributes(pango_attr_list_new());
        pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("tnum=1"));
        pango_layout_set_attributes(out.get(), attributes.get());
        pango_layout_set_text(out.get(), text.string.data(), static_cast<int>(text.string.size()));
        if (text.wrap > 0) {
            pango_layout_set_width(out.get(), static_cast<int>(std::ceil(text.wrap * PANGO_SCALE)));
            pango_layout_set_wrap(out.get(), PANGO_WRAP_WORD_CHAR);
        }
        pango_layout_set_alignment(out.get(), text.align == Align::Left     ? PANGO_ALIGN_LEFT
                                              : text.align == Align::Centre ? PANGO_ALIGN_CENTER
                                                                            : PANGO_ALIGN_RIGHT);
        return out;
    }
};

Typesetter::Typesetter(const std::string& family) : impl_(std::make_unique<Impl>(family)) {}
Typesetter::~Typesetter() = default;

TextSize Typesetter::measure(const Text& text) const {
    const std::scoped_lock lock(impl_->mutex);
    const auto layout = impl_->layout(text);
    PangoRectangle logical;
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    return {static_cast<double>(logical.width) / PANGO_SCALE,
            static_cast<double>(logical.height) / PANGO_SCALE,
            pango_layout_get_line_count(layout.get())};
}

LineOfText Typesetter::line_of(const Text& text) const {
    const auto layout = impl_->layout(in_one_line(text));
    LineOfText out;
    each_cluster(layout.get(),
                 [&](const Cluster& cluster) { out.advances.push_back(cluster.advance); });
    PangoRectangle ink;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout.get(), 0), &ink, nullptr);
    out.above = -static_cast<double>(ink.y) / PANGO_SCALE;
    out.below = static_cast<double>(ink.y + ink.height) / PANGO_SCALE;
    return out;
}

std::string Typesetter::outline(const Text& text, geo::Point at) const {
    const std::scoped_lock lock(impl_->mutex);
    const auto layout = impl_->layout(text);
    cairo_t* cr = impl_->cairo.get();
    cairo_new_path(cr);
    cairo_move_to(cr, at.x, at.y);
    pango_cairo_layout_path(cr, layout.get());
    return take_path_data(cr);
}

std::string Typesetter::outline_along(const Text& text, std::span<const geo::Point> path) const {
    const auto layout = impl_->layout(in_one_line(text));
    cairo_t* cr = impl_->cairo.get();
    trace_along(cr, layout.get(), path);
    return take_path_data(cr);
}

void Typesetter::show(void* cairo, const Text& text, geo::Point at) const {
    const std::scoped_lock lock(impl_->mutex);
    cairo_t* cr = as_cairo(cairo);
    const auto layout = impl_->layout(text);
    if (text.halo > 0) {
        cairo_new_path(cr);
        cairo_move_to(cr, at.x, at.y);
        pango_cairo_layout_path(cr, layout.get());
        stroke_halo(cr, text);
    }
    set_ink(cr, text);
    cairo_move_to(cr, at.x, at.y);
    pango_cairo_show_layout(cr, layout.get());
    cairo_new_path(cr);
}

void Typesetter::show_along(void* cairo, const Text& text, std::span<const geo::Point> path) const {
    cairo_t* cr = as_cairo(cairo);
    const auto layout = impl_->layout(in_one_line(text));
    if (cairo_surface_has_show_text_glyphs(cairo_get_target(cr)))
        show_unseen(cr, layout.get(), path);
    trace_along(cr, layout.get(), path);
    if (text.halo > 0) {
        const Handle<cairo_path_t, cairo_path_destroy> letters(cairo_copy_path(cr));
        stroke_halo(cr, text);
        cairo_append_path(cr, letters.get());
    }
    set_ink(cr, text);
    cairo_fill(cr);
}

double longest_word(const Text& text, const Typesetter& typesetter) {
    double longest = 0;
    auto word = text;
    word.wrap = 0;
    for (std::size_t from = 0; from < text.string.size();) {
        const auto blank = std::min(text.string.find(' ', from), text.string.size());
        word.string = text.string.substr(from, blank - from);
        longest = std::max(longest, typesetter.measure(word).width);
        from = blank + 1;
    }
    return longest;
}

} // namespace diaban::map
