#include "app/commands/hotspots_result.hpp"

#include "app/commands/hotspots_parts.hpp"
#include "app/commands/map_preview.hpp"

namespace diaban::app {

namespace {

// What is written, and in which language, may differ from what was asked when it was computed.
void take_request(HotspotsResult& result, const HotspotsRequest& request,
                  const Language& language) {
    if (result.language != language.code()) result = reworded(std::move(result), language);
    result.report.request = request;
    result.report.files.clear();
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
    take_request(result, request, language);
    if (request.classification == Classification::Internal) {
        result.inputs.masked.clear();
        result.inputs.masked_cells.clear();
        result.report.masked = 0;
    }
    write(result.report, result.inputs, language, ctx);
    return std::move(result.report.files);
}

map::Page first_page(HotspotsResult result, const HotspotsRequest& request,
                     const Language& language) {
    take_request(result, request, language);
    return page_of(page_request(request), map_shown(result.report), *result.inputs.dataset,
                   language);
}

} // namespace diaban::app
