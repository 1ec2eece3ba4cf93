#include "app/commands/hotspots_result.hpp"

#include "app/commands/hotspots_parts.hpp"

namespace diaban::app {

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
    if (result.language != language.code()) result = reworded(std::move(result), language);
    result.report.request = request;
    result.report.files.clear();
    if (request.classification == Classification::Internal) {
        result.inputs.masked.clear();
        result.inputs.masked_cells.clear();
        result.report.masked = 0;
    }
    write(result.report, result.inputs, language, ctx);
    return std::move(result.report.files);
}

} // namespace diaban::app
