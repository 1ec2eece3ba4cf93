#include "geo/crs.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "geo/proj_handles.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fmt/format.h>
#include <proj_experimental.h> // proj_crs_alter_geodetic_crs: in PROJ since 6.0, still so declared

namespace diaban::geo {
namespace {

[[noreturn]] void unknown_crs(std::string_view text) {
    // A WKT text can be long; a person recognises it by its beginning.
    constexpr std::size_t kShown = 120;
    std::string shown(text.substr(0, kShown));
    if (text.size() > kShown) shown += "...";
    throw base::Error(base::ErrorKind::Data, "error.crs.unknown", {{"crs", shown}});
}

std::string text_or_empty(const char* text) {
    return text ? text : "";
}

std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : base::search_key(text))
        if (std::isalnum(static_cast<unsigned char>(c))) letters += c;
    return letters;
}

// PROJ takes a text without structure for the beginning or a part of a name: "foo" is Amersfoort to
// it. A name counts when it is the whole name.
bool found_by_part_of_name(const std::string& wanted, PJ* found) {
    return wanted.find_first_of(":=[{") == std::string::npos &&
           letters_of(wanted) != letters_of(text_or_empty(proj_get_name(found)));
}

// The EPSG code of the CRS itself, or of the one registered CRS it equals. Files by ESRI software
// carry no code, only names; 70 is PROJ's confidence for "the same but for its name".
int epsg_of(PJ* crs) {
    if (text_or_empty(proj_get_id_auth_name(crs, 0)) == "EPSG")
        return std::atoi(proj_get_id_code(crs, 0));
    int* confidence = nullptr;
    PJ_OBJ_LIST* matches = proj_identify(proj_context(), crs, "EPSG", nullptr, &confidence);
    int code = 0;
    if (matches && proj_list_get_count(matches) > 0 && confidence[0] >= 70) {
        const Pj best(proj_list_get(proj_context(), matches, 0));
        const auto number = text_or_empty(proj_get_id_code(best.get(), 0));
        std::from_chars(number.data(), number.data() + number.size(), code);
    }
    proj_int_list_destroy(confidence);
    proj_list_destroy(matches);
    return code;
}

// Strips what does not matter on a map: a vertical part, and for VN-2000 a shift of the file's own,
// because files carry it with either rotation sign. Everything VN-2000 is put on EPSG:4756, so that
// the one official shift applies whatever the file calls its datum.
Pj tidied(Pj crs) {
    PJ_CONTEXT* context = proj_context();
    if (proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS)
        crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
    if (!crs || !is_vn2000(crs.get())) return crs;
    if (proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS)
        crs.reset(proj_get_source_crs(context, crs.get()));
    Pj vn2000(proj_create_from_database(context, "EPSG", "4756", PJ_CATEGORY_CRS, 0, nullptr));
    if (proj_get_type(crs.get()) != PJ_TYPE_PROJECTED_CRS) return vn2000;
    // The registry's own object keeps its identity; only foreign ones are put on EPSG:4756.
    if (proj_get_id_auth_name(crs.get(), 0)) return crs;
    return Pj(proj_crs_alter_geodetic_crs(context, crs.get(), vn2000.get()));
}

// Three zones have registry names ("TM-3 zone 482") that hide their meridian from people.
std::string name_of(int epsg, PJ* crs) {
    switch (epsg) {
    case 5897:
        return "VN-2000 / TM-3 105-00";
    case 5898:
        return "VN-2000 / TM-3 108-00";
    case 5899:
        return "VN-2000 / TM-3 107-45";
    default:
        return text_or_empty(proj_get_name(crs));
    }
}

double unit_of(PJ* crs) {
    PJ_CONTEXT* context = proj_context();
    const Pj source(proj_get_type(crs) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(context, crs)
                                                            : proj_clone(context, crs));
    const Pj axes(proj_crs_get_coordinate_system(context, source.get()));
    double factor = 1;
    if (!axes || !proj_cs_get_axis_info(context, axes.get(), 0, nullptr, nullptr, nullptr, &factor,
                                        nullptr, nullptr, nullptr))
        return 1;
    return factor;
}

bool is_geographic(PJ* crs) {
    const auto type = proj_get_type(crs);
    if (type == PJ_TYPE_BOUND_CRS) {
        const Pj source(proj_get_source_crs(proj_context(), crs));
        return source && is_geographic(source.get());
    }
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

} // namespace

PJ_CONTEXT* proj_context() {
    static thread_local const PjContext context = [] {
        PjContext made(proj_context_create());
        proj_log_level(made.get(), PJ_LOG_NONE);
        proj_context_set_enable_network(made.get(), 0);
        return made;
    }();
    return context.get();
}

bool is_vn2000(PJ* crs) {
    PJ_CONTEXT* context = proj_context();
    const Pj geodetic(proj_crs_get_geodetic_crs(context, crs));
    if (!geodetic) return false;
    if (text_or_empty(proj_get_id_auth_name(geodetic.get(), 0)) == "EPSG" &&
        text_or_empty(proj_get_id_code(geodetic.get(), 0)) == "4756")
        return true;
    std::string names = text_or_empty(proj_get_name(geodetic.get()));
    if (const Pj datum{proj_crs_get_datum(context, geodetic.get())})
        names += " " + text_or_empty(proj_get_name(datum.get()));
    const auto letters = letters_of(names);
    return letters.find("vn2000") != std::string::npos ||
           letters.find("vietnam2000") != std::string::npos;
}

Crs Crs::epsg(int code) {
    return parse(fmt::format("EPSG:{}", code));
}

Crs Crs::parse(std::string_view text) {
    std::string wanted(base::trim(text));
    const auto digits = [](char c) { return c >= '0' && c <= '9'; };
    if (std::all_of(wanted.begin(), wanted.end(), digits)) wanted = "EPSG:" + wanted;
    PJ_CONTEXT* context = proj_context();
    Pj pj(proj_create(context, wanted.c_str()));
    if (pj && found_by_part_of_name(wanted, pj.get())) pj.reset();
    // A bare "+proj=..." is an operation to PROJ; people mean the CRS.
    if ((!pj || !proj_is_crs(pj.get())) && wanted.find("+proj") != std::string::npos)
        pj.reset(proj_create(context, (wanted + " +type=crs").c_str()));
    if (pj && proj_is_crs(pj.get())) pj = tidied(std::move(pj));
    if (!pj || !proj_is_crs(pj.get())) unknown_crs(text);

    Crs crs;
    crs.epsg_ = epsg_of(pj.get());
    if (crs.epsg_ > 0) {
        const auto code = std::to_string(crs.epsg_);
        pj.reset(
            proj_create_from_database(context, "EPSG", code.c_str(), PJ_CATEGORY_CRS, 0, nullptr));
        crs.definition_ = "EPSG:" + code;
    } else {
        crs.definition_ = text_or_empty(proj_as_wkt(context, pj.get(), PJ_WKT2_2019, nullptr));
    }
    if (!pj || crs.definition_.empty()) unknown_crs(text);
    crs.name_ = name_of(crs.epsg_, pj.get());
    crs.geographic_ = is_geographic(pj.get());
    crs.metres_per_unit_ = crs.geographic_ ? 1 : unit_of(pj.get());
    return crs;
}

Crs Crs::local_equal_area(Point lon_lat) {
    auto crs = parse(fmt::format("+proj=laea +lat_0={:.6f} +lon_0={:.6f} +datum=WGS84 +units=m "
                                 "+no_defs +type=crs",
                                 lon_lat.y, lon_lat.x));
    crs.name_ = fmt::format("Lambert azimuthal equal area {:.2f} {:.2f}", lon_lat.x, lon_lat.y);
    return crs;
}

std::string Crs::wkt() const {
    if (!known()) return {};
    PJ_CONTEXT* context = proj_context();
    const Pj pj(proj_create(context, definition_.c_str()));
    const char* const options[] = {"MULTILINE=NO", nullptr};
    return pj ? text_or_empty(proj_as_wkt(context, pj.get(), PJ_WKT1_ESRI, options)) : "";
}

} // namespace diaban::geo
