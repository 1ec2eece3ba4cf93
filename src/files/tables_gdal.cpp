// Tables of spreadsheets and DBF files, read through GDAL.

#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/encoding.hpp"
#include "files/gdal_handles.hpp"
#include "files/tables_raw.hpp"

#include <array>
#include <cpl_conv.h>
#include <fstream>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

namespace diaban::files {
namespace {
using base::Error;
using base::ErrorKind;

// Options that GDAL has no parameter for: the first row of a sheet is always its header.
class ThreadOptions {
public:
    ThreadOptions() {
        for (const char* name : kForced) CPLSetThreadLocalConfigOption(name, "FORCE");
    }
    ~ThreadOptions() {
        for (const char* name : kForced) CPLSetThreadLocalConfigOption(name, nullptr);
    }
    ThreadOptions(const ThreadOptions&) = delete;
    ThreadOptions& operator=(const ThreadOptions&) = delete;

private:
    static constexpr std::array kForced = {"OGR_XLSX_HEADERS", "OGR_XLS_HEADERS",
                                           "OGR_ODS_HEADERS"};
};

// Why a workbook could not be opened, where its first bytes tell; the names of its formats in "is
// no table" would be no help.
void check_workbook(const std::filesystem::path& file) {
    const auto extension = base::lower_extension(file);
    if (extension != ".xlsx" && extension != ".ods") return;
    std::array<char, 4> head{};
    std::ifstream(file, std::ios::binary).read(head.data(), head.size());
    const std::string_view bytes(head.data(), head.size());
    const base::Args named{{"file", file.filename().string()}};
    // What Excel makes of an .xlsx with a password.
    if (bytes == "\xD0\xCF\x11\xE0") throw Error(ErrorKind::Input, "error.import.password", named);
    if (bytes == "PK\x03\x04") throw Error(ErrorKind::Input, "error.table.damaged", named);
}

Dataset open_table(const TableSource& source, const GdalMessages& messages) {
    start_gdal();
    // Raw bytes from a .dbf: its encoding is decided by us, from the content.
    auto dataset = open_vector(source.file.string(), {"ENCODING="});
    if (dataset) return dataset;
    check_workbook(source.file);
    throw messages.unopened("error.table.unreadable", "error.table.alien",
                            source.file.filename().string());
}

bool numeric(OGRFieldType type) {
    return type == OFTInteger || type == OFTInteger64 || type == OFTReal;
}

// A table read from a legacy .dbf holds raw bytes; one encoding is chosen for all of its cells.
void decode_cells(std::vector<RawColumn>& columns, const std::string& asked) {
    std::vector<std::string_view> cells;
    bool utf8 = true;
    for (const auto& column : columns)
        for (const auto& cell : column.text) {
            if (cell.empty()) continue;
            cells.emplace_back(cell);
            utf8 = utf8 && base::valid_utf8(cell);
        }
    std::string encoding = asked;
    if (asked == "auto") encoding = utf8 ? "UTF-8" : score_encodings(cells).front().encoding;
    for (auto& column : columns)
        for (auto& cell : column.text)
            if (!cell.empty()) cell = decode(cell, encoding);
}

} // namespace

TableRead read_gdal_table(const TableSource& given, base::JobContext& ctx) {
    const GdalMessages messages;
    const ThreadOptions headers;
    const auto handle = open_table(given, messages);
    auto* const dataset = GDALDataset::FromHandle(handle.get());
    std::vector<std::string> layers;
    for (auto* layer : dataset->GetLayers())
        // Workbooks come with empty sheets; they are no candidates unless asked for.
        if (layer->GetLayerDefn()->GetFieldCount() > 0 || layer->GetName() == given.table)
            layers.emplace_back(layer->GetName());
    auto source = given;
    source.table = choose_table(given, layers);
    auto* layer = dataset->GetLayerByName(source.table.c_str());
    const bool dbf = EQUAL(dataset->GetDriverName(), "ESRI Shapefile");
    const auto* definition = layer->GetLayerDefn();

    base::Findings findings;
    std::vector<std::string> names;
    for (int f = 0; f < definition->GetFieldCount(); ++f) {
        const std::string name = definition->GetFieldDefn(f)->GetNameRef();
        names.push_back(base::valid_utf8(name) ? name : decode(name, "CP1258"));
    }
    names = tidy_names(std::move(names), findings);
    std::vector<int> kept;
    std::vector<RawColumn> columns;
    for (int f = 0; f < definition->GetFieldCount(); ++f)
        if (wanted(source, names[static_cast<std::size_t>(f)], findings)) {
            kept.push_back(f);
            columns.emplace_back().name = names[static_cast<std::size_t>(f)];
        }

    const auto total = static_cast<std::uint64_t>(std::max<GIntBig>(layer->GetFeatureCount(), 1));
    std::uint64_t row = 0;
    for (const auto& feature : *layer) {
        for (std::size_t k = 0; k < kept.size(); ++k) {
            const int f = kept[k];
            if (!feature->IsFieldSetAndNotNull(f))
                columns[k].add_empty();
            else if (numeric(definition->GetFieldDefn(f)->GetType()))
                columns[k].add(feature->GetFieldAsDouble(f));
            else
                columns[k].add(std::string(feature->GetFieldAsString(f)));
        }
        if (++row % 4096 == 0) ctx.step(std::min(row, total), total);
    }
    if (dbf)
        decode_cells(columns, source.encoding);
    else
        for (auto& column : columns)
            for (auto& cell : column.text) cell = base::nfc(cell);
    // The header takes the first row of a sheet.
    return finish_table(std::move(columns), source, dbf ? 1 : 2, std::move(findings));
}

} // namespace diaban::files
