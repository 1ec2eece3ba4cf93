#include "app/opening.hpp"

#include "files/boundaries.hpp"

#include <algorithm>

namespace diaban::app {
namespace {

// The boundaries alone, as they were asked for.
DataRequest without_table(DataRequest request) {
    request.db.clear();
    request.table.clear();
    request.key.clear();
    request.year_column.clear();
    request.values.clear();
    request.denominator.clear();
    request.by_name = false;
    request.name_key.clear();
    request.accept_names.clear();
    request.aliases.clear();
    return request;
}

void offer_layers(Question& question, const std::filesystem::path& file, bool polygons) {
    question.file = file.filename().string();
    for (const auto& layer : files::list_layers(file)) {
        if (polygons && layer.geometry != "polygon") continue;
        question.choices.push_back(layer.name);
        question.rows.push_back(layer.features);
    }
}

void offer_columns(Question& question, const DataRequest& request, base::JobContext& ctx) {
    constexpr std::size_t kExamples = 3;
    question.file = request.db.filename().string();
    const auto read = files::read_table({.file = request.db, .table = request.table}, ctx);
    for (const auto& column : read.table.columns) {
        question.choices.push_back(column.name);
        std::string cells;
        for (std::size_t row = 0; row < std::min(kExamples, column.rows()); ++row)
            if (!column.null[row]) cells += (cells.empty() ? "" : ", ") + column.cell(row);
        question.examples.push_back(std::move(cells));
    }
}

std::optional<Question> question_of(const base::Error& error, const DataRequest& request,
                                    base::JobContext& ctx) {
    using About = Question::About;
    const auto& key = error.message.key;
    Question question{.request = request};
    try {
        if (key == "error.boundaries.which_layer") {
            question.about = About::Layer;
            offer_layers(question, request.boundaries, true);
        } else if (key == "error.table.which") {
            question.about = About::Table;
            offer_layers(question, request.db, false);
        } else if (key == "error.table.no_key") {
            question.about = About::Key;
            offer_columns(question, request, ctx);
        }
    } catch (const base::Error&) {
        // The first error says it all.
    }
    if (question.choices.empty()) return std::nullopt;
    return question;
}

} // namespace

DataRequest answered(const Question& question, const std::string& choice) {
    auto request = question.request;
    switch (question.about) {
    case Question::About::Layer:
        request.layer = choice;
        break;
    case Question::About::Table:
        request.table = choice;
        break;
    case Question::About::Key:
        request.key = choice;
        break;
    }
    return request;
}

Opened open_for_window(const DataRequest& request, base::JobContext& ctx) {
    Opened opened;
    try {
        opened.dataset = load(request, Need::Everything, ctx);
        return opened;
    } catch (const base::Error& error) {
        opened.error = error;
    }
    opened.question = question_of(*opened.error, request, ctx);
    if (request.db.empty()) return opened;
    try {
        opened.dataset = load(without_table(request), Need::Everything, ctx);
    } catch (const base::Error&) {
        // It was the boundaries; the error says so.
    }
    return opened;
}

} // namespace diaban::app
