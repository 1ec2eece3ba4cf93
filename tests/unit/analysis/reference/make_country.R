# Makes country_2009.inc: local statistics of every 50th commune of the whole country by spdep.
#
#   Rscript make_country.R GEODATA   (the folder that DIABAN_GEODATA names; communes_2009.shp.zip
#                                     unpacked beside the working folder as communes_2009.shp)
#
# R 4.2.2, spdep 1.2-7, sf 1.0-9. Communes of 2009 with the share of households of one person in the
# census of 2019; queen contiguity of vertices within 1e-8 degree, found by poly2nb itself; communes
# without a value are left out before. Nothing of ours is used.
suppressMessages({library(spdep); library(sf)})
suppressMessages(sf_use_s2(FALSE))
geodata <- commandArgs(TRUE)[1]
m <- st_read("communes_2009.shp", quiet = TRUE)
h <- read.csv(file.path(geodata, "indicators/households_commune_census_2019.csv"), colClasses = c(commune_code = "character"))
h <- h[h$commune_code != "", ]
at <- match(m$ma_xa, h$commune_code)
rate <- h$hh_1[at] / h$hh_total[at]
keep <- which(!is.na(rate))
m <- m[keep, ]; x <- rate[keep]
nb <- poly2nb(m, snap = 1e-8)
b <- nb2listw(nb, style = "B", zero.policy = TRUE); w <- nb2listw(nb, style = "W", zero.policy = TRUE)
g <- as.numeric(localG(x, nb2listw(include.self(nb), style = "B", zero.policy = TRUE), zero.policy = TRUE))
gi <- as.numeric(localG(x, b, zero.policy = TRUE))
lm <- localmoran(x, w, zero.policy = TRUE)
mt <- moran.test(x, w, zero.policy = TRUE)
cat(sprintf("%d units, %d islands; moran %.15g expected %.15g z %.15g\n", length(x), sum(card(nb) == 0),
            mt$estimate[1], mt$estimate[2], mt$statistic))
o <- data.frame(code = m$ma_xa, g, gi, lm[, 1], lm[, 4])[card(nb) > 0, ]
o <- o[seq(1, nrow(o), by = 50), ]
sink("country_2009.inc")
cat("// made by make_country.R: z of Gi* and of Gi, local Moran's I and its z\nR\"(code,gstar,gi,I,z\n")
cat(sprintf("%s,%.15g,%.15g,%.15g,%.15g\n", o[, 1], o[, 2], o[, 3], o[, 4], o[, 5]), sep = "")
cat(")\"\n")
sink()
