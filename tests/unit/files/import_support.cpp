#include "import_support.hpp"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <stdexcept>

namespace diaban::test {
namespace {

bool digits(const std::string& text) {
    return !text.empty() && (text == "0" || text[0] != '0') && text.size() < 10 &&
           text.find_first_not_of("0123456789") == std::string::npos;
}

bool column_of_numbers(const Rows& rows, std::size_t column) {
    for (const auto& row : rows)
        if (column < row.size() && !row[column].empty() && !digits(row[column])) return false;
    return true;
}

} // namespace

void write_workbook(const std::filesystem::path& file, const std::vector<NamedSheet>& sheets) {
    GDALAllRegister();
    auto* driver =
        GetGDALDriverManager()->GetDriverByName(file.extension() == ".ods" ? "ODS" : "XLSX");
    if (!driver) throw std::runtime_error("GDAL lacks the driver for " + file.string());
    CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", "DISABLE");
    auto* dataset = driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    for (const auto& sheet : sheets) {
        auto* layer = dataset->CreateLayer(sheet.name.c_str(), nullptr, wkbNone, nullptr);
        // The driver writes the names of the fields as the first row of the sheet.
        const auto& first = sheet.rows.front();
        std::size_t width = 0;
        for (const auto& row : sheet.rows) width = std::max(width, row.size());
        const Rows below(sheet.rows.begin() + 1, sheet.rows.end());
        for (std::size_t c = 0; c < width; ++c) {
            const auto name = c < first.size() && !first[c].empty() ? first[c] : std::string(" ");
            OGRFieldDefn field(name.c_str(),
                               column_of_numbers(below, c) ? OFTInteger64 : OFTString);
            layer->CreateField(&field);
        }
        for (const auto& row : below) {
            auto* feature = OGRFeature::CreateFeature(layer->GetLayerDefn());
            for (std::size_t c = 0; c < row.size(); ++c)
                if (!row[c].empty()) feature->SetField(static_cast<int>(c), row[c].c_str());
            if (layer->CreateFeature(feature) != OGRERR_NONE)
                throw std::runtime_error("GDAL cannot write a row");
            OGRFeature::DestroyFeature(feature);
        }
    }
    GDALClose(dataset);
}

files::StoreContent empty_store(std::size_t count) {
    files::StoreContent content;
    content.title = "Tỉnh thử";
    auto& vintage = content.vintages.emplace_back();
    vintage.id = "2009";
    auto& units = vintage.units;
    units.groups[2] = {{"89", "Tỉnh An Giang"}};
    for (std::size_t i = 0; i < count; ++i) {
        units.code.push_back(fmt::format("{:05}", i + 1));
        units.name.push_back(fmt::format("Xã Tân {}", i + 1));
        units.type.emplace_back("Xã");
        if (i % 10 == 0)
            units.groups[1].push_back(
                {fmt::format("{:03}", i / 10 + 1), fmt::format("Huyện {}", i / 10 + 1)});
        units.parent[1].push_back(static_cast<geo::GroupIndex>(i / 10));
        units.parent[2].push_back(0);
        const double x = 105 + static_cast<double>(i % 100) * 0.01,
                     y = 9 + static_cast<double>(i / 100) * 0.01;
        vintage.soup.points.insert(vintage.soup.points.end(),
                                   {{x, y}, {x + 0.01, y}, {x + 0.01, y + 0.01}, {x, y + 0.01}});
        vintage.soup.end_ring();
        vintage.soup.end_face();
    }
    return content;
}

} // namespace diaban::test
