// Sheets of Excel 97-2003, read with FreeXL: like GDAL's driver, but cell by cell with its type.

#include "files/report_raw.hpp"

#include <freexl.h>
#include <memory>
#include <type_traits>

namespace diaban::files {
namespace {

using base::Error;
using base::ErrorKind;

struct CloseXls {
    void operator()(void* handle) const { freexl_close(handle); }
};

void read_cells(const void* handle, SheetBuilder& builder, base::JobContext& ctx) {
    unsigned rows = 0;
    unsigned short columns = 0;
    if (freexl_worksheet_dimensions(handle, &rows, &columns) != FREEXL_OK) return;
    for (unsigned r = 0; r < rows; ++r) {
        if (r % 1024 == 0) ctx.check();
        for (unsigned short c = 0; c < columns; ++c) {
            FreeXL_CellValue cell;
            if (freexl_get_cell_value(handle, r, c, &cell) != FREEXL_OK) continue;
            if (cell.type == FREEXL_CELL_INT)
                builder.number(r + 1, c, cell.value.int_value);
            else if (cell.type == FREEXL_CELL_DOUBLE)
                builder.number(r + 1, c, cell.value.double_value);
            else if (cell.type != FREEXL_CELL_NULL && cell.value.text_value)
                builder.text(r + 1, c, cell.value.text_value);
        }
    }
}

} // namespace

Sheets read_xls_sheets(const std::filesystem::path& file, base::JobContext& ctx) {
    const auto name = file.filename().string();
    const void* opened = nullptr;
    const int code = freexl_open(file.c_str(), &opened);
    const std::unique_ptr<void, CloseXls> handle(const_cast<void*>(opened));
    unsigned value = 0;
    if (code == FREEXL_OK && freexl_get_info(opened, FREEXL_BIFF_PASSWORD, &value) == FREEXL_OK &&
        value == FREEXL_BIFF_OBFUSCATED)
        throw Error(ErrorKind::Input, "error.import.password", {{"file", name}});
    unsigned sheets = 0;
    if (code != FREEXL_OK || freexl_get_info(opened, FREEXL_BIFF_SHEET_COUNT, &sheets) != FREEXL_OK)
        throw Error(ErrorKind::Input, "error.table.unreadable",
                    {{"file", name}, {"reason", "FreeXL " + std::to_string(code)}});
    SheetBuilder builder;
    for (unsigned short s = 0; s < sheets; ++s) {
        const char* title = nullptr;
        if (freexl_get_worksheet_name(opened, s, &title) != FREEXL_OK ||
            freexl_select_active_worksheet(opened, s) != FREEXL_OK)
            continue;
        builder.begin_sheet(title ? title : "");
        read_cells(opened, builder, ctx);
    }
    return builder.finish();
}

} // namespace diaban::files
