#include "app/fonts.hpp"

#include "base/error.hpp"

#include <fontconfig/fontconfig.h>
#include <memory>
#include <tuple>

namespace diaban::app {
namespace {

struct Destroy {
    void operator()(FcPattern* p) const { FcPatternDestroy(p); }
    void operator()(FcCharSet* s) const { FcCharSetDestroy(s); }
};
using FontPattern = std::unique_ptr<FcPattern, Destroy>;

// The installed font that comes nearest to what is wanted; null if there is none at all.
FontPattern nearest_font(const FontPattern& wanted) {
    FcPatternAddBool(wanted.get(), FC_SCALABLE, FcTrue);
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultNoMatch;
    return FontPattern(FcFontMatch(nullptr, wanted.get(), &result));
}

// Its file, and which font of the file it is; nothing of none.
std::pair<std::filesystem::path, int> font_file(const FontPattern& font) {
    FcChar8* file = nullptr;
    int index = 0;
    if (!font || FcPatternGetString(font.get(), FC_FILE, 0, &file) != FcResultMatch) return {};
    FcPatternGetInteger(font.get(), FC_INDEX, 0, &index);
    // The upper half of the index names an instance of a variable font.
    return {reinterpret_cast<const char*>(file), index & 0xFFFF};
}

// Letters that fonts without Vietnamese lack.
constexpr FcChar32 kTelltale[] = {0x01A0, 0x01B0, 0x0110, 0x1EA1, 0x1EB7, 0x1EC7, 0x1EDF, 0x1EF9};

std::pair<std::filesystem::path, int> find(int weight) {
    const FontPattern wanted(FcPatternCreate());
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("Noto Sans"));
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("sans-serif"));
    FcPatternAddString(wanted.get(), FC_LANG, reinterpret_cast<const FcChar8*>("vi"));
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
    FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
    const auto found = nearest_font(wanted);
    FcCharSet* letters = nullptr;
    if (found && FcPatternGetCharSet(found.get(), FC_CHARSET, 0, &letters) == FcResultMatch) {
        bool complete = true;
        for (FcChar32 letter : kTelltale) complete = complete && FcCharSetHasChar(letters, letter);
        if (auto file = font_file(found); complete && !file.first.empty()) return file;
    }
    throw base::Error(base::ErrorKind::Input, "error.font.missing",
                      {{"package", std::string("fonts-noto-core")}});
}

// A font with the signs that text fonts often lack.
std::pair<std::filesystem::path, int> find_signs(int weight) {
    const std::unique_ptr<FcCharSet, Destroy> wanted_signs(FcCharSetCreate());
    for (const FcChar32 sign : {0x2212U, 0x2190U, 0x2192U, 0x2264U})
        FcCharSetAddChar(wanted_signs.get(), sign);
    const FontPattern wanted(FcPatternCreate());
    FcPatternAddCharSet(wanted.get(), FC_CHARSET, wanted_signs.get());
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
    return font_file(nearest_font(wanted));
}

} // namespace

FontFiles interface_fonts() {
    FontFiles fonts;
    std::tie(fonts.regular, fonts.regular_index) = find(FC_WEIGHT_REGULAR);
    std::tie(fonts.bold, fonts.bold_index) = find(FC_WEIGHT_BOLD);
    std::tie(fonts.signs, fonts.signs_index) = find_signs(FC_WEIGHT_REGULAR);
    fonts.bold_signs = find_signs(FC_WEIGHT_BOLD).first;
    return fonts;
}

} // namespace diaban::app
