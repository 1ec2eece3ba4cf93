#include "app/commands/hotspots_result.hpp"

#include "app/commands/hotspots_parts.hpp"
#include "app/commands/map_preview.hpp"

namespace diaban::app {

namespace {

// What is written, and in which language, may differ from what was asked when it was computed. A
// window computes from true values; what is published is computed anew from what may be.
HotspotsResult as_asked(HotspotsResult result, const HotspotsRequest& request,
                        const Language& language, base::JobContext& ctx) {
    if (request.classification != result.report.request.classification) {
        auto inputs = prepare(request, result.inputs.dataset, ctx);
        if (!inputs.masked_cells.empty() || !result.inputs.masked_cells.empty()) {
            result.report = run(request, inputs, language, ctx);
            result.inputs = std::move(inputs);
            result.language = language.code();
        }
    }
    if (result.language != language.code()) result = reworded(std::move(result), language);
    result.report.request = request;
    result.report.files.clear();
    return result;
}

} // namespace

HotspotsResult find_hotspots(const HotspotsRequest& request, std::shared_ptr<const Dataset> dataset,
                             const Language& language, base::JobContext& ctx) {
    HotspotsResult result;
    result.inputs = prepare(request, std::move(dataset), ctx);
    result.report = run(request, result.inputs, language, ctx);
    result.language = language.code();
    return result;
}

HotspotsResult reworded(HotspotsResult result, const Language& language) {
    put_into_words(result.report, result.inputs, language);
    result.language = language.code();
    return result;
}

std::vector<std::filesystem::path> export_hotspots(HotspotsResult result,
                                                   const HotspotsRequest& request,
                                                   const Language& language,
                                                   base::JobContext& ctx) {
    result = as_asked(std::move(result), request, language, ctx);
    write(result.report, result.inputs, language, ctx);
    return std::move(result.report.files);
}

map::Raster preview(HotspotsResult result, const HotspotsRequest& request, int width_px,
                    const Language& language, base::JobContext& ctx) {
    result = as_asked(std::move(result), request, language, ctx);
    if (!request.scatter_out.empty())
        return map::scatter_preview(scatter_of(result.report, result.inputs, language), width_px);
    const auto& dataset = *result.inputs.dataset;
    const auto page = page_of(page_request(result.report, result.inputs, language),
                              map_shown(result.report), dataset, language,
                              load_line_layers(request.layers, *dataset.vintage->coverage, ctx));
    return map::page_preview(page, width_px, ctx);
}

} // namespace diaban::app
