# Prints the strongest zones of lung cancer in Pennsylvania as SpatialEpi finds them:
#
#   Rscript make_scan_spatialepi.R GEODATA
#
# R 4.2.2, kulldorff() and expected() of the R package SpatialEpi (Kim & Wakefield), which is not in
# Debian and has to be installed by hand. The numbers stand in scan_published_test.cpp.
suppressMessages({library(SpatialEpi); library(sf)})
suppressMessages(sf_use_s2(FALSE))
bench <- function(...) file.path(commandArgs(TRUE)[1], "benchmarks", "pennlc", ...)
strata <- read.csv(bench("pennlc_strata.csv"))
map <- st_read(bench("pennlc_counties.shp"), quiet = TRUE)
county <- factor(strata$county, levels = map$county)
at <- suppressWarnings(st_coordinates(st_centroid(st_geometry(map))))
geo <- cbind(at[, 1] * cos(41 * pi / 180), at[, 2])
cases <- as.vector(tapply(strata$cases, county, sum))
people <- as.vector(tapply(strata$population, county, sum))
adjusted <- expected(strata$population, strata$cases, 16)
show <- function(name, expected, limit = 0.5) {
  found <- kulldorff(geo, cases, people, expected, limit, 999, 0.05, plot = FALSE)
  for (one in c(list(found$most.likely.cluster), found$secondary.clusters))
    cat(sprintf("%s: llr %.9f, %d cases:", name, one$log.likelihood.ratio, one$number.of.cases),
        map$county[one$location.IDs.included], "\n")
}
show("adjusted, Poisson", adjusted)
show("raw, Poisson", people * sum(cases) / sum(people))
show("raw, Bernoulli", NULL)
show("raw, Bernoulli, 10 %", NULL, 0.1)
