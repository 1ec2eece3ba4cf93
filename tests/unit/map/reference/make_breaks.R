# Writes breaks.inc: class breaks of R's classInt, the oracle of classes_test.cpp.
# Run by hand:  Rscript make_breaks.R > breaks.inc   (R 4.2.2, classInt 0.4-9)
# The data sets are integers and short decimals made by closed formulas, so that the test rebuilds
# them exactly without R.
suppressMessages(library(classInt))
i <- 0:999
mix <- (i * 7919 + 104729) %% 10007                 # a permuted grid, uniform
sets <- list(
  skewed = (mix / 100)^3 / 1000,
  uniform1000 = mix / 8,
  ties = ((i[1:200] * 37) %% 11) * 0.5,
  negative = (mix[1:300] - 5000) / 64,
  small = c(3.5, 1.25, 9, 4.75, 2, 30, 7.5),
  tenths = ((i[1:150] * 53) %% 97) / 10,
  years = 1000000 + (mix[1:120] %% 401) * 25,
  tiny = mix[1:80] * 1e-9,
  counts = floor((mix[1:500] / 1000)^2))
for (name in names(sets)) for (style in c("quantile", "equal", "pretty", "fisher", "sd"))
  for (k in c(2, 3, 5, 7, 9)) {
    x <- sets[[name]]
    if (k >= length(unique(x))) next
    b <- suppressWarnings(classIntervals(x, k, style = style, largeN = 1e6)$brks)
    cat(sprintf('{"%s", "%s", %d, {%s}},\n', name, style, k,
                paste(sprintf("%.17g", b), collapse = ", ")))
  }
