# Clusters of the sudden infant deaths of 1974 by name, and Moran's I of their empirical Bayes index.
#
#   Rscript make_sids.R GEODATA   (the folder that DIABAN_GEODATA names)
#
# R 4.2.2, spdep 1.2-7.
suppressMessages({library(spdep); library(sf)})
nc <- st_read(file.path(commandArgs(TRUE)[1], "benchmarks/sids/nc.shp"), quiet = TRUE)
nb <- poly2nb(nc, queen = TRUE)
lw <- nb2listw(nb)
rate <- nc$SID74 / nc$BIR74
named <- function(what, which) cat(what, paste(sort(as.character(nc$NAME)[which]), collapse = ", "), "\n")

local <- localmoran(rate, lw, conditional = TRUE, alternative = "two.sided")
high <- rate > mean(rate)
high_around <- lag(lw, rate - mean(rate)) > 0
significant <- local[, 5] <= 0.05
named("high among high:", significant & high & high_around)
named("low among low:", significant & !high & !high_around)
named("high among low:", significant & high & !high_around)
named("low among high:", significant & !high & high_around)

g <- localG(rate, nb2listw(include.self(nb), style = "B"))
p <- 2 * pnorm(-abs(g))
named("hot:", p <= 0.05 & g > 0)
named("cold:", p <= 0.05 & g < 0)

set.seed(1)
index <- EBImoran.mc(nc$SID74, nc$BIR74, lw, nsim = 99)
cat("Moran's I of the empirical Bayes index:", format(index$statistic, digits = 15), "\n")
