#include "files/sheets.hpp"

#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"
#include "files/gdal_handles.hpp"
#include "files/xml.hpp"

#include <algorithm>
#include <cpl_vsi.h>
#include <set>

namespace diaban::files {
namespace fs = std::filesystem;
namespace {

using base::Error;
using base::ErrorKind;

[[noreturn]] void sheet_not_written(const fs::path& file, const std::string& reason) {
    throw Error(ErrorKind::Write, "error.file.cannot_write",
                {{"file", file.filename().string()}, {"reason", reason}});
}

std::string cell_text(const SheetCell& cell, char decimal) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* number = std::get_if<double>(&cell)) {
        auto out = base::format_exact(*number);
        std::replace(out.begin(), out.end(), '.', decimal);
        return out;
    }
    return "";
}

std::string csv_of(const Sheet& sheet) {
    auto out = std::string(base::kByteOrderMark) + base::csv_line(sheet.header);
    for (const auto& row : sheet.rows) {
        std::vector<std::string> cells;
        for (const auto& cell : row) cells.push_back(cell_text(cell, '.'));
        out += base::csv_line(cells);
    }
    return out;
}

std::vector<fs::path> write_csv(const fs::path& file, const Workbook& workbook) {
    std::vector<fs::path> written;
    for (std::size_t s = 0; s < workbook.sheets.size(); ++s) {
        auto target = file;
        if (s > 0)
            target.replace_filename(file.stem().string() + "_" +
                                    base::file_name_part(workbook.sheets[s].name) + ".csv");
        base::write_file(target, csv_of(workbook.sheets[s]));
        written.push_back(std::move(target));
    }
    return written;
}

std::string html_of(const Workbook& workbook) {
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"" + workbook.language +
        "\"><head><meta charset=\"utf-8\"><title>" + xml_text(workbook.title) +
        "</title>\n<style>body{font:11pt 'Noto Sans',sans-serif;margin:2em;color:#23262B}"
        "table{border-collapse:collapse;margin:0 0 1.5em}"
        "th,td{border:1px solid #6B727B;padding:3px 8px;vertical-align:top}"
        "th{background:#F1F0EC;text-align:left}td.n{text-align:right}"
        "p{margin:.2em 0;color:#43484F}@media print{body{margin:0}}</style></head>\n"
        "<body><h1>" +
        xml_text(workbook.title) + "</h1>\n";
    for (const auto& sheet : workbook.sheets) {
        out += "<h2>" + xml_text(sheet.name) + "</h2>\n<table><thead><tr>";
        for (const auto& name : sheet.header) out += "<th>" + xml_text(name) + "</th>";
        out += "</tr></thead>\n<tbody>\n";
        for (const auto& row : sheet.rows) {
            out += "<tr>";
            for (const auto& cell : row)
                out += (std::holds_alternative<double>(cell) ? "<td class=\"n\">" : "<td>") +
                       xml_text(cell_text(cell, workbook.decimal)) + "</td>";
            out += "</tr>\n";
        }
        out += "</tbody></table>\n";
    }
    for (const auto& note : workbook.notes) out += "<p>" + xml_text(note) + "</p>\n";
    return out + "</body></html>\n";
}

// Spreadsheets allow 31 characters and none of []:*?/\ in the name of a tab, and no name twice.
std::string tab_name(const std::string& wanted, std::set<std::string>& used) {
    std::string name;
    for (const char c : wanted)
        name += std::string_view("[]:*?/\\").find(c) == std::string_view::npos ? c : ' ';
    while (base::length(name) > 31) {
        name.pop_back();
        while (!base::valid_utf8(name)) name.pop_back();
    }
    auto unique = name;
    for (int n = 2; !used.insert(unique).second; ++n)
        unique = name.substr(0, 27) + " " + std::to_string(n);
    return unique;
}

void add_tab(GDALDatasetH dataset, const Sheet& sheet, const std::string& name) {
    const auto layer = GDALDatasetCreateLayer(dataset, name.c_str(), nullptr, wkbNone, nullptr);
    if (!layer) throw Error(ErrorKind::Write, "error.sheets.tab", {{"name", name}});
    for (std::size_t c = 0; c < sheet.header.size(); ++c) {
        const bool number =
            std::any_of(sheet.rows.begin(), sheet.rows.end(),
                        [&](const auto& row) { return std::holds_alternative<double>(row[c]); }) &&
            std::none_of(sheet.rows.begin(), sheet.rows.end(), [&](const auto& row) {
                return std::holds_alternative<std::string>(row[c]);
            });
        const auto field = OGR_Fld_Create(sheet.header[c].c_str(), number ? OFTReal : OFTString);
        OGR_L_CreateField(layer, field, TRUE);
        OGR_Fld_Destroy(field);
    }
    for (const auto& row : sheet.rows) {
        const Feature feature(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
        for (std::size_t c = 0; c < row.size(); ++c) {
            const auto at = static_cast<int>(c);
            if (const auto* number = std::get_if<double>(&row[c]))
                OGR_F_SetFieldDouble(feature.get(), at, *number);
            else if (const auto* text = std::get_if<std::string>(&row[c]))
                OGR_F_SetFieldString(feature.get(), at, text->c_str());
        }
        if (OGR_L_CreateFeature(layer, feature.get()) != OGRERR_NONE)
            throw Error(ErrorKind::Write, "error.sheets.tab", {{"name", name}});
    }
}

// GDAL's writers do not tell when a disk is full, and leave an empty file. So they write into
// memory, and what they made goes to the disk as any other file of ours does: whole or not at all.
class WorkbookInMemory {
public:
    explicit WorkbookInMemory(const fs::path& file)
        : path_(memory_folder() + "/workbook" + base::lower_extension(file)) {}
    ~WorkbookInMemory() { VSIUnlink(path_.c_str()); }
    WorkbookInMemory(const WorkbookInMemory&) = delete;
    WorkbookInMemory& operator=(const WorkbookInMemory&) = delete;
    const char* path() const { return path_.c_str(); }
    // Empty if nothing was written; valid as long as the object.
    std::string_view content() const {
        vsi_l_offset size = 0;
        const auto* bytes = VSIGetMemFileBuffer(path_.c_str(), &size, FALSE);
        return {reinterpret_cast<const char*>(bytes), bytes ? static_cast<std::size_t>(size) : 0};
    }

private:
    std::string path_;
};

void write_spreadsheet(const fs::path& file, const Workbook& workbook, const char* driver_name) {
    start_gdal();
    const GdalMessages messages;
    const auto driver = GDALGetDriverByName(driver_name);
    if (!driver) sheet_not_written(file, std::string("GDAL ") + driver_name);
    const WorkbookInMemory made(file);
    {
        const Dataset dataset(GDALCreate(driver, made.path(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!dataset) sheet_not_written(file, messages.reason());
        std::set<std::string> used;
        for (const auto& sheet : workbook.sheets)
            add_tab(dataset.get(), sheet, tab_name(sheet.name, used));
        if (!workbook.notes.empty()) {
            Sheet notes{"Info", {workbook.title}, {}};
            for (const auto& note : workbook.notes) notes.rows.push_back({note});
            add_tab(dataset.get(), notes, tab_name(notes.name, used));
        }
    }
    // The content comes into being when the dataset is closed; failures are only messages.
    if (messages.failed() || made.content().empty()) sheet_not_written(file, messages.reason());
    base::write_file(file, made.content());
}

} // namespace

std::vector<fs::path> write_workbook(const fs::path& file, const Workbook& workbook) {
    const auto extension = base::lower(file.extension().string());
    if (extension == ".csv") return write_csv(file, workbook);
    if (extension == ".html" || extension == ".htm")
        base::write_file(file, html_of(workbook));
    else if (extension == ".xlsx")
        write_spreadsheet(file, workbook, "XLSX");
    else if (extension == ".ods")
        write_spreadsheet(file, workbook, "ODS");
    else
        throw Error(ErrorKind::Usage, "error.sheets.format", {{"file", file.filename().string()}});
    return {file};
}

} // namespace diaban::files
