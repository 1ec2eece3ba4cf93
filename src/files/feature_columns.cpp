#include "files/feature_columns.hpp"

namespace diaban::files {
namespace {

bool is_number(OGRFieldType type) {
    return type == OFTInteger || type == OFTInteger64 || type == OFTReal;
}

} // namespace

FeatureColumns::FeatureColumns(OGRLayerH layer,
                               const std::function<bool(const std::string&)>& wants) {
    std::vector<const char*> ignored;
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        const char* name = OGR_Fld_GetNameRef(field);
        if (wants && !wants(name)) {
            ignored.push_back(name);
            continue;
        }
        field_.push_back(i);
        data::Column column;
        column.name = name;
        column.type =
            is_number(OGR_Fld_GetType(field)) ? data::ColumnType::Number : data::ColumnType::Text;
        columns_.push_back(std::move(column));
    }
    if (!ignored.empty() && OGR_L_TestCapability(layer, OLCIgnoreFields)) {
        ignored.push_back(nullptr);
        OGR_L_SetIgnoredFields(layer, ignored.data());
    }
}

void FeatureColumns::append(OGRFeatureH feature) {
    for (std::size_t c = 0; c < field_.size(); ++c) {
        auto& column = columns_[c];
        const bool there = OGR_F_IsFieldSetAndNotNull(feature, field_[c]) != 0;
        if (column.type == data::ColumnType::Number) {
            column.number.push_back(there ? OGR_F_GetFieldAsDouble(feature, field_[c]) : 0);
            column.null.push_back(!there);
        } else {
            const char* text = there ? OGR_F_GetFieldAsString(feature, field_[c]) : "";
            column.null.push_back(!there || *text == '\0');
            column.text.emplace_back(text);
        }
    }
}

} // namespace diaban::files
